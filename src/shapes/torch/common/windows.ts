/** Sizes of what slides windows over the last dims: convolutions, pooling, unfold. */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, sub } from '../../symint/symint';
import type { BoundArguments, RuleContext } from '../rule';
import { ONE, ZERO, dimsOf } from './shape';
import { count, show, showSize } from './text';

/** A parameter that is one number for all `n` dims, or one for each. */
export function perDim(op: string, args: BoundArguments, name: string, n: number, context: RuleContext): SymInt[] {
  return spread(op, name, args.ints(name), n, context);
}

export function spread(op: string, name: string, values: readonly SymInt[], n: number, context: RuleContext): SymInt[] {
  if (values.length === n) return [...values];
  if (values.length === 1) return new Array<SymInt>(n).fill(values[0]!);
  return context.fail('argument-mismatch', `${op}: ${name} must be one int or ${n}, not ${show(values)}`);
}

/** floor((size + padding - dilation * (kernel - 1) - 1) / stride) + 1, where padding counts both sides. */
export function windows(size: SymInt, kernel: SymInt, stride: SymInt, padding: SymInt, dilation: SymInt, ceil = false): SymInt {
  const reach = add(mul(dilation, sub(kernel, ONE)), ONE);
  const left = sub(add(size, padding), reach);
  if (stride.value === 1) return add(left, ONE);
  return add(floordiv(ceil ? add(left, sub(stride, ONE)) : left, stride), ONE);
}

/** Fails where a size is less than 1, or a padding less than 0. */
export function requirePositive(op: string, name: string, values: readonly SymInt[], least: 0 | 1, context: RuleContext): void {
  if (values.some((value) => context.lessEqual(constant(least), value) === false)) context.fail('argument-mismatch', `${op}: ${name} must be ${least === 0 ? 'at least 0' : 'greater than 0'}, not ${show(values)}`);
}

/** Dims before the last `n`: batch and channels, or channels alone. @throws ShapeFault `rank-mismatch` */
export function leading(op: string, input: TensorValue, n: number, context: RuleContext): { readonly before: readonly SymInt[]; readonly spatial: readonly SymInt[] } {
  const dims = dimsOf(input, context);
  if (dims.length !== n + 1 && dims.length !== n + 2) {
    context.fail('rank-mismatch', `${op}: the input must have ${n + 2} dims (N, C, ${spatialNames(n)}), or ${n + 1} without the batch, not ${count(dims.length, 'dim')}: ${show(input)}`);
  }
  return { before: dims.slice(0, -n), spatial: dims.slice(-n) };
}

export const spatialNames = (n: number): string => (['L', 'H, W', 'D, H, W'] as const)[n - 1] ?? '…';

/** Fails where the kernel does not fit into the padded input. */
export function requireFits(op: string, input: TensorValue, result: readonly SymInt[], kernel: readonly SymInt[], context: RuleContext): void {
  if (result.some((size) => context.lessEqual(size, ZERO) === true)) {
    context.fail('kernel-size-mismatch', `${op}: the kernel ${show(kernel)} does not fit into the padded input ${show(input)}: the result would have sizes ${result.map(showSize).join(', ')}`);
  }
}
