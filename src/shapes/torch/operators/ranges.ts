/** Numbers in equal steps: https://docs.pytorch.org/docs/stable/torch.html#creation-ops */
import type { Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, neg, sub } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { asInt } from '../common/constants';
import { fresh } from '../common/results';
import { ONE } from '../common/shape';
import { FACTORY } from './creation';

/** A number as the quotient of two ints where it is one; null where it is not known or no such quotient. */
function quotient(value: Value): { readonly numerator: SymInt; readonly denominator: SymInt } | null {
  if (value.kind === 'int') return value.value && { numerator: value.value, denominator: ONE };
  if (value.kind !== 'float') return null;
  if (value.value !== null) return Number.isInteger(value.value) ? { numerator: constant(value.value), denominator: ONE } : null;
  return value.ratio ?? null;
}

/** ceil(a / b) for b > 0, where b is a number; for any b otherwise. */
function ceilDivide(a: SymInt, b: SymInt): SymInt {
  if (b.value === 1) return a;
  return b.value !== null && b.value > 0 ? floordiv(add(a, constant(b.value - 1)), b) : neg(floordiv(neg(a), b));
}

/** ceil((end - start) / step). https://docs.pytorch.org/docs/stable/generated/torch.arange.html */
const arange: Rule = (args, context) => {
  const given = [args.value('start'), args.value('end'), args.value('step')];
  const values = given.map((value) => asInt(value, context));
  const numbers = [args.float('start'), args.float('end'), args.float('step')] as const;
  const dtype = args.optionalDtype('dtype') ?? (values.every((value) => value.kind === 'int' || value.kind === 'bool') ? 'int64' : given.some((value) => value.kind === 'Tensor') ? null : context.defaultDtype);
  const [start, end, step] = numbers;
  if (step === 0) context.fail('argument-mismatch', 'arange: step must not be 0');
  if (start !== null && end !== null && step !== null) {
    if ((end - start) / step < 0) context.fail('argument-mismatch', `arange: from ${start} to ${end} there are no steps of ${step}: the step has the wrong sign`);
    return fresh([constant(Math.ceil((end - start) / step))], dtype);
  }
  const [from, to, by] = values.map(quotient);
  if (!from || !to || !by) return fresh([context.fresh('arange', 'the length of an arange whose bounds are not known')], dtype);
  // (to - from) / by, over one denominator.
  const difference = sub(mul(to.numerator, from.denominator), mul(from.numerator, to.denominator));
  return fresh([ceilDivide(mul(difference, by.denominator), mul(mul(to.denominator, from.denominator), by.numerator))], dtype);
};

/** Deprecated, and with both ends included: https://docs.pytorch.org/docs/stable/generated/torch.range.html */
const range: Rule = (args, context) => {
  const [start, end, step] = [args.float('start'), args.float('end'), args.float('step')];
  if (start === null || end === null || !step) return context.unknown('the bounds of torch.range are not known');
  return fresh([constant(Math.floor((end - start) / step) + 1)], args.optionalDtype('dtype') ?? context.defaultDtype);
};

const spaced: Rule = (args, context) => {
  const ends = [args.value('start'), args.value('end')];
  const dims = ends.flatMap((end) => (end.kind === 'Tensor' ? end.shape.dims : []));
  if (dims.length > 0) context.unknown('bounds given as tensors with dims are not traced');
  if (context.lessEqual(args.int('steps'), constant(-1)) === true) context.fail('negative-size', `the number of steps must not be negative, but is ${args.int('steps').value ?? ''}`);
  const isComplex = ends.some((end) => end.kind === 'complex');
  return fresh([args.int('steps')], args.optionalDtype('dtype') ?? (isComplex ? 'complex64' : context.defaultDtype));
};

const explain = 'makes a tensor';
export const rows: readonly OperationRow[] = [
  { name: 'torch.arange', signature: ['arange(end, *, start=0, step=1, dtype=None, **options)', 'arange(start, end, step=1, *, dtype=None, **options)'], rule: arange, explain: 'counts' },
  { name: 'torch.range', signature: `range(start, end, step=1, ${FACTORY})`, rule: range, explain: 'counts, with the end' },
  { name: 'torch.linspace', signature: `linspace(start, end, steps, ${FACTORY})`, rule: spaced, explain },
  { name: 'torch.logspace', signature: `logspace(start, end, steps, base=10.0, ${FACTORY})`, rule: spaced, explain },
];
