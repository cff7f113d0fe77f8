/** Losses that compare element by element. https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import { numelOf, Value } from '../value';
import { broadcastShapes, combine } from './broadcast';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { logSigmoid } from './special';

/** What becomes of the losses of each element; the old flags `size_average` and `reduce` say it too. */
export function reductionOf({ args }: KernelCall): string {
  if (args.has('size_average') || args.has('reduce')) return !args.bool('reduce', true) ? 'none' : args.bool('size_average', true) ? 'mean' : 'sum';
  const given = args.raw('reduction');
  if (typeof given === 'number') return ['none', 'mean', 'sum'][given] ?? 'none';
  return args.text('reduction', 'mean');
}

export function sumOf(value: Value): number {
  let sum = 0;
  for (const x of value.host()) sum += x;
  return sum;
}

/** One number, or the losses as they are. `count` is what a mean divides by. */
export function reduced(call: KernelCall, losses: Value, count = losses.numel): Value {
  switch (reductionOf(call)) {
    case 'none': return losses.reshaped(call.shape);
    case 'sum': return Value.filled(sumOf(losses), call.shape, call.dtype);
    case 'mean': return Value.filled(sumOf(losses) / count, call.shape, call.dtype);
    case 'batchmean': return Value.filled(sumOf(losses) / (losses.shape[0] ?? 1), call.shape, call.dtype);
    default: throw unsupported(call, `reduction '${reductionOf(call)}'`);
  }
}

type Term = (input: number, target: number) => number;

/** Losses of each element: a function of input and target, weighted where there is a `weight`. */
function lossesOf({ args, dtype }: KernelCall, term: Term): Value {
  const [input, target] = [args.tensor('input').to(dtype), args.tensor('target').to(dtype)];
  const weight = args.optionalTensor('weight');
  const operands = weight ? [input, target, weight.to(dtype)] : [input, target];
  const shape = operands.map((value) => value.shape).reduce(broadcastShapes);
  return combine(operands, shape, dtype, dtype, (x, y, w = 1) => w * term(x as number, y as number));
}

const loss = (build: (call: KernelCall) => Term): Kernel => (call) => reduced(call, lossesOf(call, build(call)));
/** Here a mean with weights divides by their sum. */
const weightedMean = (build: (call: KernelCall) => Term): Kernel => (call) => {
  const losses = lossesOf(call, build(call));
  const weight = call.args.optionalTensor('weight');
  return reduced(call, losses, weight ? sumOf(combine([weight.to(call.dtype)], losses.shape, call.dtype, call.dtype, (w) => w as number)) : losses.numel);
};

const squared: Term = (x, y) => (x - y) ** 2;
const absolute: Term = (x, y) => Math.abs(x - y);

const smooth = ({ args }: KernelCall): Term => {
  const beta = args.number('beta', 1);
  return (x, y) => { const d = Math.abs(x - y); return d < beta ? d * d / (2 * beta) : d - beta / 2; };
};

const huber = ({ args }: KernelCall): Term => {
  const delta = args.number('delta', 1);
  return (x, y) => { const d = Math.abs(x - y); return d <= delta ? d * d / 2 : delta * (d - delta / 2); };
};

const divergence = ({ args }: KernelCall): Term =>
  (args.bool('log_target') ? (x, y) => Math.exp(y) * (y - x) : (x, y) => (Number.isNaN(y) ? NaN : y === 0 ? 0 : y * Math.log(y)) - y * x);

/** With `full`, Stirling's term for targets above 1. https://docs.pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html */
const poisson = ({ args }: KernelCall): Term => {
  const [logInput, full, eps] = [args.bool('log_input', true), args.bool('full'), args.number('eps', 1e-8)];
  return (x, y) => (logInput ? Math.exp(x) - y * x : x - y * Math.log(x + eps)) + (full && y > 1 ? y * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI * y) : 0);
};

const hinge = ({ args }: KernelCall): Term => {
  const margin = args.number('margin', 1);
  // For a target of neither 1 nor -1 both halves count, as in torch.
  return (x, y) => (y !== 1 ? Math.max(0, margin - x) : 0) + (y !== -1 ? x : 0);
};

/** Logarithms are cut off at -100. https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html */
const crossEntropy: Term = (x, y) => (y - 1) * Math.max(-100, Math.log1p(-x)) - y * Math.max(-100, Math.log(x));

const crossEntropyWithLogits: Kernel = (call) => {
  const { args, dtype } = call;
  const positive = args.optionalTensor('pos_weight');
  const losses = combine([args.tensor('input').to(dtype), args.tensor('target').to(dtype), ...['weight', 'pos_weight'].map((name) => args.optionalTensor(name)?.to(dtype) ?? Value.filled(1, [], dtype))],
    args.tensor('input').shape, dtype, dtype, (x, y, weight, p) => {
      const log = logSigmoid(x as number);
      const [target, scale] = [y as number, 1 + ((positive ? p as number : 1) - 1) * (y as number)];
      return (weight as number) * ((1 - target) * (x as number) - scale * log);
    });
  return reduced(call, losses);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html */
const gaussian: Kernel = (call) => {
  const { args, dtype } = call;
  const [full, eps] = [args.bool('full'), args.number('eps', 1e-6)];
  const input = args.tensor('input').to(dtype);
  const given = args.operand('var');
  const bare = given instanceof Value ? given.to(dtype) : Value.filled(given.value, input.shape, dtype);
  // A variance for each sample, without the last dim, holds for all of it.
  const variance = bare.shape.length === input.shape.length - 1 && bare.numel === numelOf(input.shape.slice(0, -1)) ? bare.reshaped([...bare.shape, 1]) : bare;
  const losses = combine([input, args.tensor('target').to(dtype), variance], broadcastShapes(input.shape, args.tensor('target').shape), dtype, dtype, (x, y, v) => {
    const spread = Math.max(v as number, eps);
    return 0.5 * (Math.log(spread) + ((x as number) - (y as number)) ** 2 / spread) + (full ? 0.5 * Math.log(2 * Math.PI) : 0);
  });
  return reduced(call, losses);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html */
const marginRanking: Kernel = (call) => {
  const { args, dtype } = call;
  const margin = args.number('margin', 0);
  const operands = ['input1', 'input2', 'target'].map((name) => args.tensor(name).to(dtype));
  const shape = operands.map((value) => value.shape).reduce(broadcastShapes);
  return reduced(call, combine(operands, shape, dtype, dtype, (x, y, target) => Math.max(0, -(target as number) * ((x as number) - (y as number)) + margin)));
};

const F = 'torch.nn.functional.';
export const LOSSES: KernelTable = {
  [`${F}mse_loss`]: weightedMean(() => squared), [`${F}l1_loss`]: weightedMean(() => absolute),
  [`${F}smooth_l1_loss`]: loss(smooth), [`${F}huber_loss`]: weightedMean(huber),
  [`${F}soft_margin_loss`]: loss(() => (x, y) => Math.log1p(Math.exp(-y * x))),
  [`${F}kl_div`]: loss(divergence), [`${F}poisson_nll_loss`]: loss(poisson), [`${F}hinge_embedding_loss`]: loss(hinge),
  [`${F}binary_cross_entropy`]: loss(() => crossEntropy), [`${F}binary_cross_entropy_with_logits`]: crossEntropyWithLogits,
  [`${F}gaussian_nll_loss`]: gaussian, [`${F}margin_ranking_loss`]: marginRanking,
};
