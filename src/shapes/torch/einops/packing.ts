/** pack and unpack: tensors whose dims differ along one axis, side by side. https://einops.rocks/api/pack_unpack/ */
import { int, list, size, str } from '../../values/values';
import type { Shape, TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, product, sub, sum } from '../../symint/symint';
import { resultType } from '../common/promotion';
import { fresh, listOf, tupleOf, value, view } from '../common/results';
import { dimsOf, replaceDim } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { reshaped } from '../operators/reshape';
import type { BoundArguments, Rule, RuleContext, RuleResult } from '../rule';

/** How many axes stand before and behind `*`. @throws ShapeFault `einops-pattern` */
function around(op: string, args: BoundArguments, context: RuleContext): { readonly pattern: string; readonly before: number; readonly behind: number } {
  const pattern = args.string('pattern');
  const axes = pattern.split(' ').filter((axis) => axis !== '');
  const at = axes.indexOf('*');
  const fail = (why: string): never => context.fail('einops-pattern', `${op}: the pattern '${pattern}' cannot be read: ${why}`);
  if (at < 0 || at !== axes.lastIndexOf('*')) fail("it must have one '*'");
  const strange = axes.find((axis) => axis !== '*' && !/^\p{L}[\p{L}\p{N}_]*$/u.test(axis));
  if (strange !== undefined) fail(`'${strange}' is no name of an axis`);
  const twice = axes.find((axis, i) => axes.indexOf(axis) !== i);
  if (twice !== undefined) fail(`${twice} appears twice`);
  return { pattern, before: at, behind: axes.length - at - 1 };
}

export const pack: Rule = (args, context) => {
  const { pattern, before, behind } = around('pack', args, context);
  const tensors = args.tensors('tensors');
  const [first] = tensors;
  if (!first) return context.fail('argument-mismatch', 'pack: there must be at least one tensor');
  if (tensors.length === 1 && first.shape.rest) return packedRun(first, before, behind, context);
  const packed = tensors.map((tensor, i) => {
    const dims = dimsOf(tensor, context);
    if (dims.length < before + behind) context.fail('einops-rank-mismatch', `pack: tensor ${i} has shape ${show(dims)}, but '${pattern}' names at least ${count(before + behind, 'dim')}`);
    const end = dims.length - behind;
    return { dims, front: dims.slice(0, before), own: dims.slice(before, end), back: dims.slice(end) };
  });
  const [start, ...others] = packed;
  const fixed = [...start!.front, ...start!.back];
  others.forEach((other, i) => [...other.front, ...other.back].forEach((each, dim) => {
    context.requireEqual(fixed[dim]!, each, 'einops-size-mismatch', () => `pack: by '${pattern}' all sizes but those of '*' must agree, but tensor 0 has shape ${show(start!.dims)} and tensor ${i + 1} has ${show(other.dims)}: ${showSize(fixed[dim]!)} and ${showSize(each)}`);
  }));
  const dims = [...start!.front, sum(packed.map(({ own }) => product(own))), ...start!.back];
  return tupleOf([fresh(dims, resultType(tensors, context.defaultDtype)), value(list(packed.map(({ own }) => size(own))))]);
};

/** One tensor whose unknown dims are all among those of `*`. */
function packedRun(tensor: TensorValue, before: number, behind: number, context: RuleContext): RuleResult {
  const { dims, rest } = tensor.shape;
  if (!rest || before > rest.at || behind > dims.length - rest.at) return context.unknown(`pack: which dims of ${show(tensor)} are packed is not known`);
  const own = { dims: dims.slice(before, dims.length - behind), rest: { ...rest, at: rest.at - before } };
  const size: Value = { kind: 'tuple', items: null, element: int(null), typeName: 'torch.Size', fields: null, sizeOf: { ...tensor, shape: own } };
  return tupleOf([fresh([...dims.slice(0, before), mul(context.sizeOfRun(rest.name), product(own.dims)), ...dims.slice(dims.length - behind)], tensor.dtype), value(list([size]))]);
}

/** The shape that a tensor alone was packed from, where its dims were of unknown number. */
function onlyRun(given: Value): Shape | null {
  const only = given.kind === 'list' && given.items?.length === 1 ? given.items[0]! : null;
  return only?.kind === 'tuple' && only.items === null ? only.sizeOf?.shape ?? null : null;
}

/** The shape of each part; a number that is not known makes all unknown. */
function shapesOf(given: Value, context: RuleContext): SymInt[][] {
  const items = (each: Value): readonly Value[] => {
    if ((each.kind === 'list' || each.kind === 'tuple') && each.items) return each.items;
    return context.unknown(each.kind === 'unknown' ? each.reason : 'the shapes to unpack into are not known');
  };
  return items(given).map((shape) => items(shape).map((each) => (each.kind === 'int' && each.value ? each.value : context.unknown('a size to unpack into is not known'))));
}

export const unpack: Rule = (args, context) => {
  const { pattern, before, behind } = around('unpack', args, context);
  const input = args.tensor('tensor');
  const dims = dimsOf(input, context);
  if (dims.length !== before + 1 + behind) context.fail('einops-rank-mismatch', `unpack: ${show(dims)} has ${count(dims.length, 'dim')}, but '${pattern}' names ${before + 1 + behind}`);
  const run = onlyRun(args.value('packed_shapes'));
  if (run?.rest) return listOf([{ type: 'tensor', shape: { dims: [...dims.slice(0, before), ...run.dims, ...dims.slice(before + 1)], rest: { ...run.rest, at: run.rest.at + before } }, dtype: input.dtype, maybeViewOf: input }]);
  const shapes = shapesOf(args.value('packed_shapes'), context);
  const whole = dims[before]!;
  const open = shapes.findIndex((shape) => shape.some((each) => each.value === -1));
  const inferred = open < 0 ? shapes : shapes.map((shape, i) => (i === open ? inferOne(shape, remainder(whole, shapes, open), context) : shape));
  const total = sum(inferred.map(product));
  context.requireEqual(total, whole, 'einops-size-mismatch', () => `unpack: the shapes ${shapes.map((shape) => show(shape)).join(', ')} have ${showSize(total)} elements together, but the dim '*' of ${show(dims)} in '${pattern}' has size ${showSize(whole)}`);
  let from = constant(0);
  return listOf(inferred.map((shape) => {
    const length = product(shape);
    const { layout } = input;
    const part: TensorValue = {
      ...input, shape: replaceDim(input.shape, before, length),
      layout: layout && { strides: layout.strides, offset: add(layout.offset, mul(from, layout.strides[before]!)) },
    };
    from = add(from, length);
    const sizes = [...dims.slice(0, before), ...shape, ...dims.slice(before + 1)];
    const made = reshaped(part, sizes, context, () => fresh(sizes, input.dtype));
    if (made.viewOf) return view(input, sizes, made.layout?.strides ?? null, made.layout?.offset ?? null);
    return made.maybeViewOf ? { ...made, maybeViewOf: input } : made;
  }));
};

const remainder = (whole: SymInt, shapes: readonly (readonly SymInt[])[], open: number): SymInt => sub(whole, sum(shapes.filter((_, i) => i !== open).map(product)));

/** The -1 of a shape that must have so many elements. */
function inferOne(shape: readonly SymInt[], elements: SymInt, context: RuleContext): SymInt[] {
  const known = product(shape.filter((each) => each.value !== -1));
  if (context.divisible(elements, known) === false) context.fail('einops-size-mismatch', `unpack: ${showSize(elements)} elements are left for ${show(shape)}, which is no multiple of ${showSize(known)}`);
  return shape.map((each) => (each.value === -1 ? context.divideExact(elements, known) ?? floordiv(elements, known) : each));
}

/** The sizes of the named axes, as a dict. https://einops.rocks/api/parse_shape/ */
export const parseShape: Rule = (args, context) => {
  const pattern = args.string('pattern');
  const dims = dimsOf(args.tensor('x'), context);
  // `()` is an axis of size 1.
  const axes = pattern.replace(/…/g, '...').replace(/\(\s*\)/g, ' 1 ').split(/\s+/).filter((axis) => axis !== '');
  const strange = axes.find((axis) => axis !== '...' && axis !== '_' && !/^([1-9]\d*|\p{L}[\p{L}\p{N}_]*)$/u.test(axis));
  if (strange !== undefined) context.fail('einops-pattern', `parse_shape: '${strange}' in '${pattern}' is no name of an axis`);
  const dots = axes.indexOf('...');
  const names = axes.length - (dots < 0 ? 0 : 1);
  if (dots < 0 ? names !== dims.length : names > dims.length) context.fail('einops-rank-mismatch', `parse_shape: ${show(dims)} has ${count(dims.length, 'dim')}, but '${pattern}' names ${dots < 0 ? '' : 'at least '}${names}`);
  const entries = new Map<string, { key: Value; value: Value }>();
  axes.forEach((axis, i) => {
    if (axis === '_' || axis === '...') return;
    const dim = dots >= 0 && i > dots ? dims.length - (axes.length - i) : i;
    if (/^\d/.test(axis)) return context.requireEqual(dims[dim]!, constant(Number(axis)), 'einops-size-mismatch', () => `parse_shape: '${pattern}' says ${axis} where ${show(dims)} has ${showSize(dims[dim]!)}`);
    entries.set(`s:${axis}`, { key: str(axis), value: int(dims[dim]!) });
  });
  return value({ kind: 'dict', entries, open: false, element: null, typeName: null });
};
