/**
 * Operations that leave out what a mask hides: the plain ones of an operand whose hidden elements are replaced by what
 * changes nothing. https://docs.pytorch.org/docs/stable/masked.html
 */
import { isFloat } from '../elements';
import type { Value } from '../value';
import { ALONG } from './along';
import { withTensors, type Arguments } from './arguments';
import { hostExpanded } from './broadcast';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { NORMALIZATION } from './normalization';
import { POINTWISE } from './pointwise';
import { REDUCTION, reduceRows, rowsOf } from './reduction';
import { STATISTICS } from './statistics';

/** The operand, its hidden elements replaced. */
function filled(args: Arguments, name: string, maskName: string, otherwise: number): Value {
  const input = args.tensor(name);
  const mask = args.optionalTensor(maskName);
  if (!mask) return input;
  const shown = hostExpanded(mask, 'bool', input.shape);
  const source = input.host();
  const value = isFloat(input.dtype) || Number.isFinite(otherwise) ? otherwise : Math.sign(otherwise) * Number.MAX_SAFE_INTEGER;
  return fill(input.shape, input.dtype, (i) => (shown[i] === 0 ? value : source[i] as number));
}

const plainly = (kernel: Kernel | undefined, otherwise: number): Kernel => (call) =>
  (kernel as Kernel)({ ...call, args: withTensors(call.args, { input: filled(call.args, 'input', 'mask', otherwise) }) });

/** Rows of what is shown only. */
const ofShown = (reduce: (shown: readonly number[], call: KernelCall) => number): Kernel => (call) => {
  const values = plainly((inner) => { const rows = rowsOf(inner, call.dtype); return fill([rows.rows, rows.length], call.dtype, (i) => rows.input.host()[i] as number); }, 0)(call) as Value;
  const mask = call.args.optionalTensor('mask');
  const whole = call.args.tensor('input');
  const shown = fill(whole.shape, 'bool', (() => { const elements = mask ? hostExpanded(mask, 'bool', whole.shape) : null; return (i: number) => (elements ? elements[i] as number : 1); })());
  const rows = rowsOf({ ...call, args: withTensors(call.args, { input: shown }) }, null);
  const elements = values.host();
  let at = 0;
  return reduceRows(rows, call.shape, call.dtype, (row) => {
    const kept = [...row].flatMap((is, i) => (is === 0 ? [] : [elements[at + i] as number]));
    at += row.length;
    return reduce(kept, call);
  });
};

const total = (row: readonly number[]): number => row.reduce((sum, x) => sum + x, 0);
const spread = (row: readonly number[], { args }: KernelCall): number => {
  const correction = args.has('correction') ? args.number('correction') : Number(args.bool('unbiased', true));
  const mean = total(row) / row.length;
  return total(row.map((x) => (x - mean) ** 2)) / Math.max(0, row.length - correction);
};

const logaddexp: Kernel = (call) => (POINTWISE['torch.logaddexp'] as Kernel)({
  ...call, args: withTensors(call.args, { input: filled(call.args, 'input', 'input_mask', -Infinity), other: filled(call.args, 'other', 'other_mask', -Infinity) }),
});

/** By the norm of what is shown. */
const normalize: Kernel = (call) => {
  const args = withTensors(call.args, { input: filled(call.args, 'input', 'mask', 0) });
  args.number = (name, otherwise) => call.args.number(name === 'p' ? 'ord' : name, otherwise);
  return (NORMALIZATION['torch.nn.functional.normalize'] as Kernel)({ ...call, args });
};

const M = 'torch.masked.';
export const MASKED: KernelTable = {
  [`${M}sum`]: plainly(REDUCTION['torch.sum'], 0), [`${M}prod`]: plainly(REDUCTION['torch.prod'], 1),
  [`${M}amax`]: plainly(REDUCTION['torch.amax'], -Infinity), [`${M}amin`]: plainly(REDUCTION['torch.amin'], Infinity),
  [`${M}argmax`]: plainly(REDUCTION['torch.argmax'], -Infinity), [`${M}argmin`]: plainly(REDUCTION['torch.argmin'], Infinity),
  [`${M}logsumexp`]: plainly(REDUCTION['torch.logsumexp'], -Infinity), [`${M}norm`]: plainly(REDUCTION['torch.linalg.vector_norm'], 0),
  [`${M}mean`]: ofShown((row) => total(row) / row.length), [`${M}var`]: ofShown(spread), [`${M}std`]: ofShown((row, call) => Math.sqrt(spread(row, call))),
  [`${M}softmax`]: plainly(ALONG['torch.softmax'], -Infinity), [`${M}log_softmax`]: plainly(ALONG['torch.log_softmax'], -Infinity), [`${M}softmin`]: plainly(ALONG['torch.nn.functional.softmin'], Infinity),
  [`${M}cumsum`]: plainly(ALONG['torch.cumsum'], 0), [`${M}cumprod`]: plainly(ALONG['torch.cumprod'], 1),
  [`${M}median`]: plainly(STATISTICS['torch.nanmedian'], NaN), [`${M}logaddexp`]: logaddexp, [`${M}normalize`]: normalize,
};
