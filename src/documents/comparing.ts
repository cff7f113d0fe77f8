// Whether what was printed is what was computed, at the precision that was printed.
import type { OutputItem, ScalarItem, SizeItem, TensorItem } from './outputs';

export interface Comparison {
  readonly status: 'reproduced' | 'differs';
  /** Where the first difference is and what stands there, or what was compared. */
  readonly detail: string;
  /** The index among the item's printed numbers of the first that differs. */
  readonly number: number | null;
}

export interface ComputedTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: ArrayLike<number | boolean>;
}

/** What a printed part was computed to be. */
export type Computed =
  | ({ readonly kind: 'tensor' } & ComputedTensor)
  | { readonly kind: 'size'; readonly dims: readonly number[] }
  | { readonly kind: 'scalar'; readonly value: number | boolean | null };

/** Null where the two are of kinds that cannot be compared: text, or a number printed for a tensor of several. */
export function compareItem(item: OutputItem, computed: Computed, slack = 0): Comparison | null {
  switch (item.kind) {
    case 'tensor':
      if (computed.kind === 'tensor') return compareTensor(item, computed, slack);
      return computed.kind === 'size' ? compareTensor(item, { shape: [computed.dims.length], values: computed.dims }) : null;
    case 'size':
      return computed.kind === 'size' ? compareSize(item, computed.dims) : null;
    case 'scalar':
      if (computed.kind === 'scalar') return compareScalar(item, computed.value, slack);
      return computed.kind === 'tensor' && computed.shape.length === 0 ? compareScalar(item, computed.values[0] ?? null, slack) : null;
    case 'text':
      return null;
  }
}

/** Rounding in float32 along a computation, relative to the value; far below what four printed digits show. */
const relativeNoise = 2e-6;
/** Relative to the largest value of the tensor: what is left of it where values cancel. */
const cancellationNoise = 1e-7;

/** @param slack what a computed value, or each of them, may be off beyond that, where it was computed from values that were printed rounded */
export function compareTensor(item: TensorItem, computed: ComputedTensor, slack: number | ArrayLike<number> = 0): Comparison {
  const shape = item.shape;
  if (shape && (shape.length !== computed.shape.length || shape.some((size, dim) => size !== null && size !== computed.shape[dim]))) {
    return differs(`printed shape ${list(shape)}, computed ${list(computed.shape)}`, null);
  }
  const noise = cancellationNoise * largest(computed.values);
  for (let index = 0; index < item.values.length; index++) {
    const position = resolve(item.positions[index]!, computed.shape);
    if (!position) return differs(`printed shape is ragged, computed ${list(computed.shape)}`, index);
    const at = flatIndex(position, computed.shape);
    const value = computed.values[at]!;
    const allowed = noise + (typeof slack === 'number' ? slack : slack[at]!);
    const printed = item.values[index]!;
    const decimals = item.decimals[index]!;
    if (sameValue(printed, value, decimals, allowed)) continue;
    const where = position.length === 0 ? 'printed' : `first difference at ${list(position)}: printed`;
    return differs(`${where} ${show(printed, decimals)}, computed ${show(value, decimals)}`, index);
  }
  const edges = item.summarized ? ', the edges that are printed' : '';
  return { status: 'reproduced', detail: `${item.values.length} of ${computed.shape.reduce((product, size) => product * size, 1)} values${edges}`, number: null };
}

export function compareSize(item: SizeItem, dims: readonly number[]): Comparison {
  if (item.dims.length === dims.length && item.dims.every((dim, index) => dim === dims[index])) return { status: 'reproduced', detail: `size ${list(dims)}`, number: null };
  const first = item.dims.findIndex((dim, index) => dim !== dims[index]);
  return differs(`printed size ${list(item.dims)}, computed ${list(dims)}`, first < 0 ? null : first);
}

/** @param value null for None */
export function compareScalar(item: ScalarItem, value: number | boolean | null, slack = 0): Comparison {
  const same = item.value === null || value === null ? item.value === value : sameValue(item.value, value, item.decimals, slack);
  if (same) return { status: 'reproduced', detail: `value ${show(value, item.decimals)}`, number: null };
  return differs(`printed ${show(item.value, item.decimals)}, computed ${show(value, item.decimals)}`, 0);
}

/** `decimals` digits were printed behind the point, null for an integer or a boolean. */
export function sameValue(printed: number | boolean, computed: number | boolean, decimals: number | null, slack = 0): boolean {
  if (typeof printed === 'boolean' || typeof computed === 'boolean') return printed === computed || Number(printed) === Number(computed);
  if (Number.isNaN(printed) || Number.isNaN(computed)) return Number.isNaN(printed) && Number.isNaN(computed);
  if (!Number.isFinite(printed) || !Number.isFinite(computed)) return printed === computed;
  if (decimals === null && Number.isInteger(computed)) return printed === computed;
  const noise = Math.abs(computed) * relativeNoise + slack;
  // A float that was printed without digits behind the point is a whole number to all digits that torch shows.
  const half = decimals === null || decimals === 0 ? 5e-5 * Math.max(1, Math.abs(printed)) : 0.5 * 10 ** -decimals;
  return Math.abs(printed - computed) <= half + noise;
}

function largest(values: ArrayLike<number | boolean>): number {
  let found = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(Number(values[index]));
    if (size > found && Number.isFinite(size)) found = size;
  }
  return found;
}

/** The index of a printed value in the whole tensor; null if the brackets don't lead there. */
function resolve(position: readonly number[], shape: readonly number[]): number[] | null {
  if (position.length !== shape.length) return null;
  const resolved = position.map((index, dim) => (index < 0 ? shape[dim]! + index : index));
  return resolved.every((index, dim) => index >= 0 && index < shape[dim]!) ? resolved : null;
}

function flatIndex(position: readonly number[], shape: readonly number[]): number {
  return position.reduce((flat, index, dim) => flat * shape[dim]! + index, 0);
}

const differs = (detail: string, number: number | null): Comparison => ({ status: 'differs', detail, number });
const list = (numbers: readonly (number | null)[]): string => `[${numbers.map((number) => number ?? '...').join(', ')}]`;

function show(value: number | boolean | null, decimals: number | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (decimals === null || decimals < 0) return String(value);
  return value.toFixed(Math.min(20, decimals));
}
