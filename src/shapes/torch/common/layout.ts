/** Strides: of contiguous tensors, and of results that keep their operands' order in memory. */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { constant, max, mul } from '../../symint/symint';
import type { RuleContext, Tri } from '../rule';

const ONE = constant(1);

const rowMajor = new WeakMap<readonly SymInt[], readonly SymInt[]>();

/** In elements; a size of 0 counts as 1, as in torch. */
export function contiguousStrides(dims: readonly SymInt[]): readonly SymInt[] {
  const known = rowMajor.get(dims);
  if (known) return known;
  const strides = new Array<SymInt>(dims.length);
  let stride = ONE;
  for (let i = dims.length - 1; i >= 0; i--) {
    strides[i] = stride;
    const size = dims[i]!;
    stride = mul(stride, size.value === null ? size : max([size, ONE]));
  }
  rowMajor.set(dims, strides);
  return strides;
}

/** Whether the elements lie in row-major order without gaps. */
export function isContiguous(tensor: TensorValue, context: RuleContext): Tri {
  if (!tensor.layout) return null;
  if (tensor.layout.isRowMajor) return true;
  return matches(tensor.shape.dims, tensor.layout.strides, contiguousStrides(tensor.shape.dims), context);
}

/** Whether that is proven: what takes it for not known costs less to find out. */
function isSurelyContiguous({ shape: { dims }, layout }: TensorValue, context: RuleContext): boolean {
  if (!layout) return false;
  const wanted = layout.isRowMajor ? null : contiguousStrides(dims);
  return wanted === null || dims.some((size) => size.value === 0) || dims.every((size, i) => context.same(layout.strides[i]!, wanted[i]!) || context.same(size, ONE));
}

/** Strides of dims of size 1 are free; an empty tensor is always contiguous. */
export function matches(dims: readonly SymInt[], strides: readonly SymInt[], wanted: readonly SymInt[], context: RuleContext): Tri {
  if (dims.some((size) => size.value === 0)) return true;
  let result: Tri = true;
  for (let i = 0; i < dims.length; i++) {
    if (context.same(strides[i]!, wanted[i]!) || context.same(dims[i]!, ONE)) continue;
    if (context.equal(strides[i]!, wanted[i]!) === false && context.equal(dims[i]!, ONE) === false) return false;
    result = null;
  }
  return result;
}

/**
 * Strides of a result computed element by element: dims keep the order in memory that the operands have them in.
 * undefined: contiguous; null: not known. `operands` are tensors that broadcast to `dims`.
 */
export function elementwiseStrides(dims: readonly SymInt[], operands: readonly TensorValue[], context: RuleContext): readonly SymInt[] | null | undefined {
  const tensors = operands.filter((tensor) => tensor.shape.dims.length > 0 && !tensor.shape.rest);
  if (tensors.some((tensor) => tensor.layout === null)) return null;
  // Row-major operands, however they broadcast, give a row-major result.
  if (tensors.every((tensor) => isSurelyContiguous(tensor, context))) return undefined;
  const all = tensors.map((tensor) => broadcastStrides(tensor, dims, context));
  const order = memoryOrder(dims, all, context);
  if (order === null) return null;
  const strides = new Array<SymInt>(dims.length);
  let stride = ONE;
  for (const dim of order) {
    strides[dim] = stride;
    stride = mul(stride, dims[dim]!);
  }
  return strides;
}

/** Strides of the operand as broadcast to `dims`: 0 where it is repeated. */
function broadcastStrides(tensor: TensorValue, dims: readonly SymInt[], context: RuleContext): SymInt[] {
  const missing = dims.length - tensor.shape.dims.length;
  return dims.map((size, i) => {
    if (i < missing) return constant(0);
    const own = tensor.shape.dims[i - missing]!;
    return context.same(own, ONE) && !context.same(size, ONE) ? constant(0) : tensor.layout!.strides[i - missing]!;
  });
}

/**
 * Dims from the innermost to the outermost, as torch's iterator sorts them: by the first operand that tells two dims
 * apart, where strides of 0 tell nothing; insertion sort, starting from row-major order.
 */
function memoryOrder(dims: readonly SymInt[], strides: readonly (readonly SymInt[])[], context: RuleContext): number[] | null {
  const order = dims.map((_, i) => dims.length - 1 - i);
  let known = true;
  /** Negative: `a` is the inner one. */
  const compare = (a: number, b: number): number => {
    for (const each of strides) {
      const [x, y] = [each[a]!, each[b]!];
      if (x.value === 0 || y.value === 0) continue;
      if (context.same(x, y)) {
        // Equal strides: the larger size is the outer one.
        const less = context.lessEqual(dims[a]!, dims[b]!);
        if (less === null) known = false;
        if (less === false) return 1;
        continue;
      }
      const less = lessStride(x, y, context);
      if (less === null) {
        known = false;
        return 0;
      }
      return less ? -1 : 1;
    }
    return 0;
  };
  for (let i = 1; i < order.length; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const result = compare(order[j]!, order[at]!);
      if (result > 0) {
        [order[j], order[at]] = [order[at]!, order[j]!];
        at = j;
      } else if (result < 0) break;
    }
  }
  return known ? order : null;
}

/** A stride that divides another one is not larger: where a size is 0, no order matters. */
function lessStride(x: SymInt, y: SymInt, context: RuleContext): Tri {
  if (context.divideExact(y, x) !== null) return true;
  const less = context.lessEqual(x, y);
  if (less !== null) return less;
  return context.divideExact(x, y) !== null ? false : null;
}

/** Strides of a copy that keeps the order in memory (`clone`, `empty_like`): only where no element is repeated or skipped. */
export function preservedStrides(tensor: TensorValue, context: RuleContext): readonly SymInt[] | null | undefined {
  if (tensor.shape.rest || !tensor.layout) return null;
  const contiguous = isContiguous(tensor, context);
  if (contiguous === true) return undefined;
  const { dims } = tensor.shape;
  const dense = isDense(dims, tensor.layout.strides, context);
  if (dense === true) return tensor.layout.strides;
  return dense === null ? null : elementwiseStrides(dims, [tensor], context);
}

/** Whether the elements fill their memory without gaps or overlaps, in some order of the dims. */
function isDense(dims: readonly SymInt[], strides: readonly SymInt[], context: RuleContext): Tri {
  const order = memoryOrder(dims, [strides], context);
  if (order === null || strides.some((stride) => stride.value === 0)) return order === null ? null : false;
  let wanted = ONE;
  for (const dim of order) {
    if (context.same(dims[dim]!, ONE)) continue;
    if (!context.same(strides[dim]!, wanted)) return context.equal(strides[dim]!, wanted) === false && context.equal(dims[dim]!, ONE) === false ? false : null;
    wanted = mul(wanted, dims[dim]!);
  }
  return true;
}
