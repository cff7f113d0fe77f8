/** Sizes of the axes of a pattern, from the sizes of the tensor and the lengths that the call gives. */
import type { Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, floordiv, mul, product } from '../../symint/symint';
import { count, show, showSize } from '../common/text';
import type { BoundArguments, RuleContext } from '../rule';
import { ELLIPSIS } from './pattern';
import type { Axis, Group, Side } from './pattern';

/** One call, for messages. */
export interface Call { readonly op: string; readonly pattern: string; readonly context: RuleContext }

/** The lengths given as keywords; null: given, but not known. */
export function givenLengths(call: Call, args: BoundArguments): Map<string, SymInt | null> {
  const lengths = new Map<string, SymInt | null>();
  const given = args.value('axes_lengths');
  if (given.kind !== 'tuple' || !given.items) return lengths;
  for (const item of given.items) {
    const [name, value] = item.kind === 'tuple' && item.items ? item.items : [];
    if (name?.kind === 'str' && name.value !== null && value) lengths.set(name.value, lengthOf(call, name.value, value));
  }
  return lengths;
}

function lengthOf({ op, pattern, context }: Call, name: string, value: Value): SymInt | null {
  if (value.kind === 'int') return value.value ?? context.fresh(name, `the length of ${name} in '${pattern}'`);
  if (value.kind === 'str' || value.kind === 'None' || (value.kind === 'float' && !value.ratio) || value.kind === 'tuple' || value.kind === 'list') {
    return context.fail('argument-mismatch', `${op}: the length of ${name} in '${pattern}' must be an int`);
  }
  return null;
}

/** The groups with `...` replaced by one group a dim that it stands for. */
export function spread(side: Side, run: readonly Axis[]): readonly Group[] {
  return side.groups.flatMap((group): Group[] => {
    if (!group.axes.includes(ELLIPSIS)) return [group];
    if (!group.parenthesized) return run.map((axis) => ({ axes: [axis], written: '...', parenthesized: false }));
    return [{ ...group, axes: group.axes.flatMap((axis) => (axis === ELLIPSIS ? run : [axis])) }];
  });
}

/** So many axes for `...`. */
export const runOf = (length: number): Axis[] => Array.from({ length }, (_, i) => ({ label: `...${i}`, size: null }));

/** @throws ShapeFault `einops-size-mismatch`, `einops-pattern` */
export function solve(call: Call, groups: readonly Group[], dims: readonly SymInt[], lengths: ReadonlyMap<string, SymInt | null>): Map<string, SymInt> {
  const sizes = new Map<string, SymInt>();
  groups.forEach((group, at) => solveGroup(call, group, at, dims, lengths, sizes));
  return sizes;
}

function solveGroup({ op, pattern, context }: Call, group: Group, at: number, dims: readonly SymInt[], lengths: ReadonlyMap<string, SymInt | null>, sizes: Map<string, SymInt>): void {
  const dim = dims[at]!;
  const known: SymInt[] = [];
  const missing: Axis[] = [];
  for (const axis of group.axes) {
    const size = axis.size === null ? lengths.get(axis.label) ?? null : constant(axis.size);
    if (size === null) missing.push(axis);
    else {
      known.push(size);
      sizes.set(axis.label, size);
    }
  }
  const whole = product(known);
  const where = (): string => `${op}: dim ${at} of ${show(dims)} has size ${showSize(dim)}, but '${group.written}' in '${pattern}'`;
  const [only, second] = missing;
  if (only === undefined) {
    const factors = group.axes.length > 1 ? ` (${group.axes.map((axis) => `${named(axis)}=${showSize(sizes.get(axis.label)!)}`).join(', ')})` : '';
    context.requireEqual(whole, dim, 'einops-size-mismatch', () => `${where()} is ${showSize(whole)}${factors}; they must be equal`);
    return;
  }
  if (second !== undefined) {
    if (missing.some((axis) => lengths.get(axis.label) === null)) context.unknown(`the lengths of ${missing.map(named).join(' and ')} in '${pattern}' are not known`);
    // One length may be of any value where the others are 1; einops asks for it all the same.
    context.fail('einops-pattern', `${op}: the sizes of ${missing.map(named).join(' and ')} in '${pattern}' cannot be inferred from a dim of size ${showSize(dim)}: give ${count(missing.length - 1, 'of them')} as ${only.label}=…`.replace('1 of them', 'one of them'));
  }
  if (known.length === 0) {
    sizes.set(only.label, dim);
    return;
  }
  const message = (): string => `${where()} needs a multiple of ${showSize(whole)} (${group.axes.filter((axis) => axis !== only).map((axis) => `${named(axis)}=${showSize(sizes.get(axis.label)!)}`).join(', ')}): ${showSize(dim)} is not divisible by it`;
  if (context.divisible(dim, whole) === false) context.fail('einops-size-mismatch', message());
  const exact = context.divideExact(dim, whole);
  const size = exact ?? floordiv(dim, whole);
  if (exact === null) context.requireEqual(mul(size, whole), dim, 'einops-size-mismatch', message);
  sizes.set(only.label, size);
}

/** An axis as the pattern has it. */
export const named = (axis: Axis): string => (axis.size === null ? axis.label : String(axis.size));
