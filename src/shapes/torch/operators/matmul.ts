/** Products of matrices and vectors: https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import type { Shape, TensorValue, Value } from '../../interpreter/values';
import type { SymInt } from '../../symint/symint';
import { mul } from '../../symint/symint';
import type { Dtype } from '../dtype';
import { isFloating } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { broadcastShapes, requireBroadcastTo } from '../common/broadcast';
import { promoteTypes, resultType } from '../common/promotion';
import { fresh } from '../common/results';
import { dimIndexes, dimsOf, lastDims, replaceLast } from '../common/shape';
import { count, show, showSize } from '../common/text';

/**
 * The operands' common dtype: products do not promote. Of two different float dtypes nothing is said, as autocast may
 * convert them. @throws ShapeFault `dtype-mismatch`
 */
export function commonDtype(op: string, tensors: readonly TensorValue[], context: RuleContext): Dtype | null {
  const known = tensors.flatMap((tensor) => (tensor.dtype === null ? [] : [tensor.dtype]));
  const other = known.find((dtype) => dtype !== known[0]);
  if (other === undefined) return known.length === tensors.length ? known[0] ?? null : null;
  if (known.every(isFloating)) return null;
  return context.fail('dtype-mismatch', `${op}: the operands have dtypes ${known[0]} and ${other}, which must be the same: convert one with .to(…)`);
}

function inner(op: string, sign: string, a: TensorValue, b: TensorValue, x: SymInt, y: SymInt, context: RuleContext): void {
  context.requireEqual(x, y, 'matmul-size-mismatch', () => {
    const hint = transposeHint(a, b, x, context);
    return `${op}: the inner sizes differ: ${show(a)} ${sign} ${show(b)} needs ${showSize(x)} == ${showSize(y)}${hint}`;
  });
}

function transposeHint(a: TensorValue, b: TensorValue, x: SymInt, context: RuleContext): string {
  const [p, q] = [b.shape.dims.at(-1), a.shape.dims.at(-2)];
  if (b.shape.dims.length >= 2 && p && context.equal(x, p) === true) return '; the second operand would fit transposed (.mT)';
  const y = b.shape.dims.at(-2);
  if (q && y && context.equal(q, y) === true) return '; the first operand would fit transposed (.mT)';
  return '';
}

/** https://docs.pytorch.org/docs/stable/generated/torch.matmul.html */
export const matmul: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const dtype = commonDtype('matmul', [a, b], context);
  for (const each of [a, b]) if (!each.shape.rest && each.shape.dims.length === 0) context.fail('rank-mismatch', `matmul: both tensors need at least 1 dim, but they have the shapes ${show(a)} and ${show(b)}; use * for a number`);
  const vector = (shape: Shape): boolean => !shape.rest && shape.dims.length === 1;
  const [lastA, lastB] = [lastDims(a.shape, vector(a.shape) ? 1 : 2), lastDims(b.shape, vector(b.shape) ? 1 : 2)];
  if (!lastA || !lastB) return context.unknown(`matmul of ${show(a)} and ${show(b)}`);
  const [x, y] = [lastA.at(-1)!, lastB[0]!];
  inner('matmul', '@', a, b, x, y, context);
  const rows = vector(a.shape) ? [] : [lastA[0]!];
  const columns = vector(b.shape) ? [] : [lastB[1]!];
  const batch = broadcastShapes([batchOf(a.shape), batchOf(b.shape)], 'matmul: the batch dims', context);
  return fresh({ dims: [...batch.dims, ...rows, ...columns], rest: batch.rest }, dtype);
};

const batchOf = (shape: Shape): Shape => ({ dims: shape.dims.slice(0, Math.max(shape.dims.length - 2, 0)), rest: shape.rest });

function ranked(op: string, tensor: TensorValue, rank: number, context: RuleContext): readonly SymInt[] {
  const dims = dimsOf(tensor, context);
  if (dims.length !== rank) context.fail('rank-mismatch', `${op}: the operand must have ${count(rank, 'dim')}, not ${show(tensor)}`);
  return dims;
}

const product = (op: string, first: string, second: string, ranks: readonly [number, number]): Rule => (args, context) => fresh(...productOf(op, args.tensor(first), args.tensor(second), ranks, context));

function productOf(op: string, a: TensorValue, b: TensorValue, ranks: readonly [number, number], context: RuleContext): [SymInt[], Dtype | null] {
  const [x, y] = [ranked(op, a, ranks[0], context), ranked(op, b, ranks[1], context)];
  const dtype = commonDtype(op, [a, b], context);
  if (ranks[0] === 3) {
    context.requireEqual(x[0]!, y[0]!, 'matmul-size-mismatch', () => `${op}: the batch sizes differ: ${show(a)} and ${show(b)} need ${showSize(x[0]!)} == ${showSize(y[0]!)}`);
    inner(op, '@', a, b, x[2]!, y[1]!, context);
    return [[x[0]!, x[1]!, y[2]!], dtype];
  }
  inner(op, '@', a, b, x.at(-1)!, y[0]!, context);
  return [[...x.slice(0, -1), ...y.slice(1)], dtype];
}

/** beta * input + alpha * (a @ b), where input broadcasts to the product. */
const added = (op: string, first: string, second: string, ranks: readonly [number, number], shapeFor: (dims: SymInt[]) => SymInt[] = (dims) => dims): Rule => (args, context) => {
  const input = args.tensor('input');
  const [dims, dtype] = productOf(op, args.tensor(first), args.tensor(second), ranks, context);
  const result = shapeFor(dims);
  return withInput(op, input, result, dtype, context);
};

function withInput(op: string, input: TensorValue, dims: readonly SymInt[], dtype: Dtype | null, context: RuleContext): TensorResult {
  if (!input.shape.rest) requireBroadcastTo(input.shape.dims, dims, 'broadcast-mismatch', () => `${op}: the input of shape ${show(input)} does not broadcast to the product, ${show(dims)}`, context);
  return fresh(dims, dtype);
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html */
const linear: Rule = (args, context) => {
  const [input, weight] = [args.tensor('input'), args.tensor('weight')];
  const bias = args.optionalTensor('bias');
  const dtype = commonDtype('linear', bias ? [input, weight, bias] : [input, weight], context);
  const matrix = dimsOf(weight, context);
  const features = input.shape.dims.at(-1) ?? context.fail('rank-mismatch', 'linear: the input must have at least 1 dim');
  if (input.shape.rest && !lastDims(input.shape, 1)) return context.unknown(`linear of ${show(input)}`);
  if (matrix.length > 2 || matrix.length < 1) context.fail('rank-mismatch', `linear: the weight must have 2 dims (out_features, in_features), not ${show(weight)}`);
  const wanted = matrix.at(-1)!;
  context.requireEqual(features, wanted, 'linear-size-mismatch', () => `linear: the last dim of the input ${show(input)} must be in_features = ${showSize(wanted)} (the weight is ${show(weight)}), but it is ${showSize(features)}`);
  const out = matrix.length === 2 ? [matrix[0]!] : [];
  if (bias && !bias.shape.rest) requireBroadcastTo(bias.shape.dims, out, 'linear-size-mismatch', () => `linear: the bias ${show(bias)} must have out_features = ${show(out)} elements`, context);
  return fresh(replaceLast(input.shape, 1, out), dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html */
const bilinear: Rule = (args, context) => {
  const [a, b, weight] = [args.tensor('input1'), args.tensor('input2'), args.tensor('weight')];
  const [x, y, w] = [dimsOf(a, context), dimsOf(b, context), ranked('bilinear', weight, 3, context)];
  if (x.length !== y.length) context.fail('rank-mismatch', `bilinear: both inputs must have as many dims, not ${show(a)} and ${show(b)}`);
  x.slice(0, -1).forEach((size, i) => context.requireEqual(size, y[i]!, 'bilinear-size-mismatch', () => `bilinear: all dims of the inputs but the last must agree: ${show(a)} and ${show(b)}`));
  context.requireEqual(x.at(-1)!, w[1]!, 'bilinear-size-mismatch', () => `bilinear: the last dim of ${show(a)} must be ${showSize(w[1]!)}, as the weight ${show(weight)} wants`);
  context.requireEqual(y.at(-1)!, w[2]!, 'bilinear-size-mismatch', () => `bilinear: the last dim of ${show(b)} must be ${showSize(w[2]!)}, as the weight ${show(weight)} wants`);
  const bias = args.optionalTensor('bias');
  if (bias) context.requireEqual(bias.shape.dims[0] ?? w[0]!, w[0]!, 'bilinear-size-mismatch', () => `bilinear: the bias ${show(bias)} must have ${showSize(w[0]!)} elements`);
  return fresh([...x.slice(0, -1), w[0]!], a.dtype);
};

const outer = (op: string, second: string): Rule => (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor(second)];
  return fresh([ranked(op, a, 1, context)[0]!, ranked(op, b, 1, context)[0]!], resultType([a, b], context.defaultDtype));
};

const addr: Rule = (args, context) => {
  const [a, b] = [args.tensor('vec1'), args.tensor('vec2')];
  const dims = [ranked('addr', a, 1, context)[0]!, ranked('addr', b, 1, context)[0]!];
  const input = args.tensor('input');
  requireBroadcastTo(dimsOf(input, context), dims, 'broadcast-mismatch', () => `addr: the input of shape ${show(input)} does not broadcast to ${show(dims)}`, context);
  const dtype = a.dtype && b.dtype && input.dtype && promoteTypes(promoteTypes(a.dtype, b.dtype) ?? a.dtype, input.dtype);
  return fresh(dims, dtype);
};

/** Contracts dims of a with dims of b. https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html */
const tensordot: Rule = (args, context) => {
  const [a, b] = [args.tensor('a'), args.tensor('b')];
  const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
  const given = args.value('dims');
  let over: [number[], number[]];
  if (given.kind === 'int') {
    const n = args.number('dims');
    if (n > x.length || n > y.length) context.fail('dim-out-of-range', `tensordot: ${n} dims to contract, but the shapes are ${show(a)} and ${show(b)}`);
    over = [Array.from({ length: n }, (_, i) => x.length - n + i), Array.from({ length: n }, (_, i) => i)];
  } else if ((given.kind === 'tuple' || given.kind === 'list') && given.items?.length === 2) {
    const lists = given.items.map((item) => (item.kind === 'int' ? [item] : item.kind === 'tuple' || item.kind === 'list' ? item.items ?? [] : []));
    const numbers = lists.map((list) => list.map((item) => (item.kind === 'int' && item.value?.value != null ? item.value.value : context.unknown('the dims of tensordot are not known'))));
    over = [dimIndexes(a.shape, numbers[0]!, 'tensordot', context), dimIndexes(b.shape, numbers[1]!, 'tensordot', context)];
  } else return context.unknown('the dims of tensordot are not known');
  if (over[0].length !== over[1].length) context.fail('argument-mismatch', `tensordot: ${over[0].length} dims of the first and ${over[1].length} of the second tensor are to be contracted; there must be as many`);
  over[0].forEach((dim, i) => {
    const other = over[1][i]!;
    if (context.equal(x[dim]!, y[other]!) === false && (x[dim]!.value === 1 || y[other]!.value === 1)) return;
    context.requireEqual(x[dim]!, y[other]!, 'matmul-size-mismatch', () => `tensordot: dim ${dim} of ${show(a)} and dim ${other} of ${show(b)} are contracted: their sizes ${showSize(x[dim]!)} and ${showSize(y[other]!)} must be equal`);
  });
  return fresh([...x.filter((_, i) => !over[0].includes(i)), ...y.filter((_, i) => !over[1].includes(i))], commonDtype('tensordot', [a, b], context));
};

const kron: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
  const rank = Math.max(x.length, y.length);
  const dims = Array.from({ length: rank }, (_, i) => [x[i - rank + x.length], y[i - rank + y.length]].filter((size) => size !== undefined).reduce((p, q) => mul(p, q)));
  return fresh(dims, resultType([a, b], context.defaultDtype));
};

/** A product of matrices in the cheapest order; the first and last may be vectors. */
const chain = (name: string, op: string): Rule => (args, context) => {
  const tensors = args.tensors(name);
  if (tensors.length < (op === 'multi_dot' ? 2 : 1)) context.fail('argument-mismatch', `${op}: there must be at least ${op === 'multi_dot' ? 2 : 1} tensors`);
  const dtype = commonDtype(op, tensors, context);
  let dims: readonly SymInt[] = dimsOf(tensors[0]!, context);
  tensors.forEach((tensor, i) => {
    const rank = dimsOf(tensor, context).length;
    const ends = i === 0 || i === tensors.length - 1;
    if (rank !== 2 && !(ends && rank === 1 && op === 'multi_dot')) context.fail('rank-mismatch', `${op}: tensor ${i} must have 2 dims${ends ? ' or 1' : ''}, not ${show(tensor)}`);
  });
  for (const [i, next] of tensors.slice(1).entries()) {
    const other = dimsOf(next, context);
    context.requireEqual(dims.at(-1)!, other[0]!, 'matmul-size-mismatch', () => `${op}: the inner sizes of tensor ${i} and ${i + 1} differ: ${show(tensors[i]!)} @ ${show(next)} needs ${showSize(dims.at(-1)!)} == ${showSize(other[0]!)}`);
    dims = [...dims.slice(0, -1), ...other.slice(1)];
  }
  return fresh(dims, dtype);
};

const dot = product('dot', 'input', 'tensor', [1, 1]);
const SCALES = '*, beta=1, alpha=1';
/** `contracts C//num_heads` */
const contracted = (name: string) => (bound: ReadonlyMap<string, Value>): string => {
  const operand = bound.get(name);
  const size = operand?.kind === 'Tensor' ? operand.shape.dims.at(-1) : undefined;
  return size ? `contracts ${showSize(size)}` : 'contracts the inner dims';
};
const explain = 'contracts the inner dims';
export const rows: readonly OperationRow[] = [
  { name: 'torch.matmul', signature: 'matmul(input, other)', functions: ['torch.linalg.matmul'], methods: ['matmul', '__matmul__'], rule: matmul, explain: contracted('input') },
  { name: 'torch.mm', signature: 'mm(input, mat2)', methods: ['mm'], rule: product('mm', 'input', 'mat2', [2, 2]), explain },
  { name: 'torch.bmm', signature: 'bmm(input, mat2)', methods: ['bmm'], rule: product('bmm', 'input', 'mat2', [3, 3]), explain },
  { name: 'torch.mv', signature: 'mv(input, vec)', methods: ['mv'], rule: product('mv', 'input', 'vec', [2, 1]), explain },
  { name: 'torch.dot', signature: 'dot(input, tensor)', methods: ['dot'], rule: dot, explain },
  { name: 'torch.inner', signature: 'inner(input, other)', methods: ['inner'], rule: (args, context) => {
    const [a, b] = [args.tensor('input'), args.tensor('other')];
    const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
    const dtype = commonDtype('inner', [a, b], context);
    if (x.length === 0 || y.length === 0) return fresh(x.length === 0 ? y : x, dtype);
    inner('inner', 'and', a, b, x.at(-1)!, y.at(-1)!, context);
    return fresh([...x.slice(0, -1), ...y.slice(0, -1)], dtype);
  }, explain: 'contracts the last dims' },
  { name: 'torch.vdot', signature: 'vdot(input, other)', methods: ['vdot'], rule: product('vdot', 'input', 'other', [1, 1]), explain },
  { name: 'torch.outer', signature: 'outer(input, vec2)', functions: ['torch.ger'], methods: ['outer', 'ger'], rule: outer('outer', 'vec2'), explain: 'multiplies every element with every other' },
  { name: 'torch.addmm', signature: `addmm(input, mat1, mat2, ${SCALES})`, methods: ['addmm'], inPlace: true, rule: added('addmm', 'mat1', 'mat2', [2, 2]), explain },
  { name: 'torch.addmv', signature: `addmv(input, mat, vec, ${SCALES})`, methods: ['addmv'], inPlace: true, rule: added('addmv', 'mat', 'vec', [2, 1]), explain },
  { name: 'torch.baddbmm', signature: `baddbmm(input, batch1, batch2, ${SCALES})`, methods: ['baddbmm'], inPlace: true, rule: added('baddbmm', 'batch1', 'batch2', [3, 3]), explain },
  { name: 'torch.addbmm', signature: `addbmm(input, batch1, batch2, ${SCALES})`, methods: ['addbmm'], rule: added('addbmm', 'batch1', 'batch2', [3, 3], (dims) => dims.slice(1)), explain: 'contracts and adds up the batch' },
  { name: 'torch.addr', signature: `addr(input, vec1, vec2, ${SCALES})`, methods: ['addr'], inPlace: true, rule: addr, explain: 'adds an outer product' },
  { name: 'torch.nn.functional.linear', signature: 'linear(input, weight, bias=None)', rule: linear, explain: contracted('input') },
  { name: 'torch.nn.functional.bilinear', signature: 'bilinear(input1, input2, weight, bias=None)', functions: ['torch.bilinear'], rule: bilinear, explain: 'contracts both last dims with the weight' },
  { name: 'torch.tensordot', signature: 'tensordot(a, b, dims=2)', rule: tensordot, explain: 'contracts several dims' },
  { name: 'torch.kron', signature: 'kron(input, other)', methods: ['kron'], rule: kron, explain: 'multiplies every element with the whole other tensor' },
  { name: 'torch.chain_matmul', signature: 'chain_matmul(*matrices)', rule: chain('matrices', 'chain_matmul'), explain },
  { name: 'torch.linalg.multi_dot', signature: 'multi_dot(tensors)', rule: chain('tensors', 'multi_dot'), explain },
];
