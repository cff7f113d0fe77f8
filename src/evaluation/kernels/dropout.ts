/** Dropout: nothing happens in eval mode, which is what evaluation shows unless training is asked for. https://docs.pytorch.org/docs/stable/nn.functional.html#dropout-functions */
import { numelOf, type Value } from '../value';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';

/** What becomes of an element that is kept, or dropped. */
interface Outcome { readonly kept: (x: number) => number; readonly dropped: number }

const plain = (p: number): Outcome => ({ kept: (x) => (p === 1 ? 0 : x / (1 - p)), dropped: 0 });

/** Where SELU saturates; mean and variance are kept by an affine map. https://docs.pytorch.org/docs/stable/generated/torch.nn.AlphaDropout.html */
const SATURATION = -1.7580993408473766;
const alpha = (p: number): Outcome => {
  const scale = p === 1 ? 0 : 1 / Math.sqrt((SATURATION ** 2 * p + 1) * (1 - p));
  const shift = -scale * SATURATION * p;
  return { kept: (x) => scale * x + shift, dropped: scale * SATURATION + shift };
};

/** `spatial` dims at the end are dropped as one; null: every element by itself. */
const dropout = (outcome: (p: number) => Outcome, spatial: (input: Value) => number | null): Kernel => (call: KernelCall) => {
  const { args, shape, dtype } = call;
  const input = args.tensor('input', 'self');
  const p = args.number('p', 0.5);
  const asked = args.has('train') ? args.bool('train') : args.bool('training', true);
  if (!asked || p === 0) return input;
  if (!call.training) {
    call.note('dropout passes everything on, as in eval mode');
    return input;
  }
  call.note(`dropout with p=${p}, seeded (not torch's own numbers)`);
  const generator = call.generator();
  const dims = spatial(input);
  const inner = dims === null ? 1 : numelOf(shape.slice(shape.length - dims));
  const keeps = Array.from({ length: input.numel / Math.max(1, inner) }, () => generator.uniform() >= p);
  const { kept, dropped } = outcome(p);
  const source = input.host();
  return fill(shape, dtype, (i) => (keeps[Math.floor(i / inner)] === true ? kept(source[i] as number) : dropped));
};

const F = 'torch.nn.functional.';
export const DROPOUT: KernelTable = {
  [`${F}dropout`]: dropout(plain, () => null), [`${F}alpha_dropout`]: dropout(alpha, () => null),
  [`${F}feature_alpha_dropout`]: dropout(alpha, ({ shape }) => shape.length - 2),
  ...Object.fromEntries([1, 2, 3].map((n) => [`${F}dropout${n}d`, dropout(plain, () => n)])),
};
