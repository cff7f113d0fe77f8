/** Whether the same memory can be seen under other sizes, and with which strides. */
import type { SymInt } from '../../symint/symint';
import { constant, mul } from '../../symint/symint';
import type { RuleContext, Tri } from '../rule';
import { contiguousStrides, matches } from './layout';

const ONE = constant(1);

export type ViewStrides = { readonly view: true; readonly strides: readonly SymInt[] } | { readonly view: false } | { readonly view: null };

/**
 * The strides with which `to` (of the same numel) is a view of `from`; `view` null where that depends on sizes that are
 * not known. Adjacent old dims that lie seamless in memory form a chunk; each chunk must be covered by whole new dims.
 * As torch does: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html
 */
export function viewStrides(from: readonly SymInt[], strides: readonly SymInt[], to: readonly SymInt[], context: RuleContext): ViewStrides {
  const { equal } = context;
  if (matches(from, strides, contiguousStrides(from), context) === true) return { view: true, strides: contiguousStrides(to) };
  if (from.some((size) => size.value === 0)) return { view: true, strides: contiguousStrides(to) };
  const result = new Array<SymInt>(to.length).fill(ONE);
  let at = to.length - 1;
  let base = strides.at(-1) ?? ONE;
  let chunk = ONE;
  let covered = ONE;
  for (let dim = from.length - 1; dim >= 0; dim--) {
    chunk = mul(chunk, from[dim]!);
    const seam = dim === 0 || endsChunk(dim, from, strides, chunk, base, equal);
    if (seam === null) return { view: null };
    if (!seam) continue;
    while (at >= 0) {
      const inside = context.lessEqual(chunk, covered);
      const single = equal(to[at]!, ONE);
      if (inside === true && single !== true) {
        if (single === null && equal(covered, chunk) !== true) return { view: null };
        break;
      }
      if (inside === null && single !== true) {
        const done = equal(covered, chunk);
        if (done === null) return { view: null };
        if (done) break;
      }
      result[at] = mul(covered, base);
      covered = mul(covered, to[at]!);
      at--;
    }
    const full = equal(covered, chunk);
    if (full === null) return { view: null };
    if (!full) return { view: false };
    if (dim > 0) {
      base = strides[dim - 1]!;
      chunk = ONE;
      covered = ONE;
    }
  }
  return at === -1 ? { view: true, strides: result } : { view: false };
}

function endsChunk(dim: number, from: readonly SymInt[], strides: readonly SymInt[], chunk: SymInt, base: SymInt, equal: RuleContext['equal']): Tri {
  const one = equal(from[dim - 1]!, ONE);
  if (one === true) return false;
  const seamless = equal(strides[dim - 1]!, mul(chunk, base));
  if (seamless === true) return false;
  return one === false && seamless === false ? true : null;
}
