/** Padding: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html */
import type { SymInt } from '../../symint/symint';
import { add, constant } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { show, showSize } from '../common/text';

/** Pairs of paddings from the last dim on. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html */
const pad: Rule = (args, context) => {
  const input = args.tensor('input');
  // Whatever it adds, the dims stay as many.
  if (args.value('pad').kind === 'unknown') return fresh({ ...input.shape, dims: input.shape.dims.map(() => context.fresh('padded', 'a size with paddings that are not known')) }, input.dtype);
  const amounts = args.ints('pad');
  const mode = args.string('mode');
  const { shape } = input;
  if (amounts.length % 2 !== 0) context.fail('argument-mismatch', `pad: ${amounts.length} paddings ${show(amounts)}: there must be two for each dim, from the last on`);
  const n = amounts.length / 2;
  const known = shape.rest ? shape.dims.length - shape.rest.at : shape.dims.length;
  if (n > known) {
    if (shape.rest) return context.unknown(`padding of ${show(input)}`);
    context.fail('rank-mismatch', `pad: ${n} pairs of paddings for ${show(input)}, which has ${known} dims`);
  }
  if (mode !== 'constant' && !shape.rest && (shape.dims.length < n + 1 || shape.dims.length > n + 2)) context.fail('rank-mismatch', `pad: in mode '${mode}', ${n} pairs pad the last ${n} of ${n + 1} or ${n + 2} dims, but the input is ${show(input)}`);
  const dims = shape.dims.map((size, i) => {
    const at = shape.dims.length - 1 - i;
    if (at >= n) return size;
    const [before, after] = [amounts[2 * at]!, amounts[2 * at + 1]!];
    limitPadding(mode, size, [before, after], () => show(input), context);
    const padded = add(size, add(before, after));
    if (context.lessEqual(padded, constant(-1)) === true || (mode !== 'constant' && padded.value !== null && padded.value < 1)) context.fail('pad-size-mismatch', `pad: (${showSize(before)}, ${showSize(after)}) leaves nothing of the size ${showSize(size)} of ${show(input)}`);
    return padded;
  });
  return fresh({ ...shape, dims }, input.dtype);
};

function limitPadding(mode: string, size: SymInt, amounts: readonly SymInt[], input: () => string, context: RuleContext): void {
  for (const amount of amounts) {
    const over = mode === 'reflect' ? context.lessEqual(size, amount) === true : mode === 'circular' && context.lessEqual(amount, size) === false;
    if (over) context.fail('pad-size-mismatch', `pad: mode '${mode}' pads with what is there: ${showSize(amount)} is too much for the size ${showSize(size)} of ${input()}`);
  }
}

const F = 'torch.nn.functional.';
export const rows: readonly OperationRow[] = [
  { name: `${F}pad`, signature: "pad(input, pad, mode='constant', value=None)", rule: pad, explain: 'adds elements at the ends of dims' },
  { name: 'torch.constant_pad_nd', signature: "constant_pad_nd(input, pad, value=0, *, mode='constant')", rule: pad, explain: 'adds elements at the ends of dims' },
];
