/** Activations that are no plain functions of one number. https://docs.pytorch.org/docs/stable/nn.functional.html#non-linear-activation-functions */
import { dimOf } from './arguments';
import { combine } from './broadcast';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { sigmoid } from './special';
import { narrow } from './strided';
import { map } from './unary';

const shaped = (build: (call: KernelCall) => (x: number) => number): Kernel => (call) => map(call.args.tensor('input').to(call.dtype), build(call));

/** Half of the dim gates the other. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html */
const glu: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const dim = dimOf(args.int('dim', -1), input.shape.length);
  const half = (input.shape[dim] as number) / 2;
  return combine([narrow(input, dim, 0, half), narrow(input, dim, half, half)], shape, dtype, dtype, (x, gate) => x * sigmoid(gate));
};

/** A slope for all, or one a channel. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.prelu.html */
const prelu: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input').to(dtype);
  const weight = args.tensor('weight').to(dtype);
  const slopes = weight.numel === 1 ? weight.reshaped([]) : weight.reshaped(shape.length === 1 ? shape : [weight.numel, ...shape.slice(2).map(() => 1)]);
  return combine([input, slopes], shape, dtype, dtype, (x, slope) => (x > 0 ? x : slope * x));
};

/** The slope is drawn while training, else the middle. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html */
const rrelu: Kernel = (call) => {
  const [low, high] = [call.args.number('lower', 1 / 8), call.args.number('upper', 1 / 3)];
  const drawn = call.training && call.args.bool('training');
  if (drawn) call.note('slopes drawn at random, seeded (not torch\'s own numbers)');
  const generator = call.generator();
  const slope = drawn ? () => low + (high - low) * generator.uniform() : () => (low + high) / 2;
  return map(call.args.tensor('input'), (x) => (x >= 0 ? x : x * slope()));
};

const F = 'torch.nn.functional.';
export const ACTIVATIONS: KernelTable = {
  [`${F}hardshrink`]: shaped(({ args }) => { const bound = args.number('lambd', 0.5); return (x) => (Math.abs(x) <= bound ? 0 : x); }),
  [`${F}softshrink`]: shaped(({ args }) => { const bound = args.number('lambd', 0.5); return (x) => (x > bound ? x - bound : x < -bound ? x + bound : x * 0); }),
  [`${F}celu`]: shaped(({ args }) => { const alpha = args.number('alpha', 1); return (x) => (x > 0 ? x : alpha * Math.expm1(x / alpha)); }),
  [`${F}threshold`]: shaped(({ args }) => { const [bound, value] = [args.number('threshold'), args.number('value')]; return (x) => (x <= bound ? value : x); }),
  [`${F}rrelu`]: rrelu, [`${F}glu`]: glu, 'torch.prelu': prelu,
};
