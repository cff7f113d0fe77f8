/** Losses over classes. https://docs.pytorch.org/docs/stable/nn.functional.html#loss-functions */
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import type { Elements } from '../messages';
import { Value } from '../value';
import { softmaxOf } from './along';
import { hostExpanded } from './broadcast';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { reduced, reductionOf, sumOf } from './losses';
import { matmul, plus } from './matmul';
import { logSigmoid } from './special';
import { permute } from './strided';

/** Scores as (samples, classes): the classes are dim 1, or dim 0 of a single sample. */
function byClass(input: Value): { readonly scores: Value; readonly classes: number } {
  const at = input.shape.length === 1 ? 0 : 1;
  const order = [...input.shape.keys()].filter((dim) => dim !== at);
  return { scores: permute(input, [...order, at]), classes: input.shape[at] as number };
}

/** Of each sample minus the score of its class, weighted; `of` what a mean divides by. */
function negativeLikelihood(call: KernelCall, logs: Value, smoothing: number): { readonly losses: Value; readonly of: number } {
  const { args, dtype } = call;
  const { scores, classes } = byClass(logs);
  const [elements, target] = [scores.host(), args.tensor('target').host()];
  const weight = args.optionalTensor('weight')?.hostAs('float32');
  const ignored = args.int('ignore_index', -100);
  const losses = allocate(dtype, target.length);
  let total = 0;
  target.forEach((label: number, i: number) => {
    if (label === ignored) return;
    if (label < 0 || label >= classes) throw new EvaluationError('index-out-of-range', `${call.op}: target ${label} is not among the classes 0 to ${classes - 1}`);
    const w = weight ? weight[label] as number : 1;
    let spread = 0;
    for (let c = 0; smoothing > 0 && c < classes; c++) spread -= (elements[i * classes + c] as number) * (weight ? weight[c] as number : 1);
    losses[i] = -(1 - smoothing) * w * (elements[i * classes + label] as number) + smoothing / classes * spread;
    total += w;
  });
  return { losses: Value.computed(losses, args.tensor('target').shape, dtype), of: total };
}

const nll: Kernel = (call) => {
  const { losses, of } = negativeLikelihood(call, call.args.tensor('input').to(call.dtype), 0);
  return reduced(call, losses, of);
};

/** The target gives the classes' probabilities: a mean is one over samples. */
function againstProbabilities(call: KernelCall, logs: Value, smoothing: number): Value {
  const { args, dtype } = call;
  const { scores, classes } = byClass(logs);
  const target = byClass(args.tensor('target').to(dtype)).scores.host();
  const weight = args.optionalTensor('weight')?.hostAs('float32');
  const elements = scores.host();
  const losses = allocate(dtype, elements.length / classes);
  for (let i = 0; i < elements.length; i++) {
    const row = Math.floor(i / classes);
    const p = (target[i] as number) * (1 - smoothing) + smoothing / classes;
    losses[row] = (losses[row] as number) - p * (elements[i] as number) * (weight ? weight[i % classes] as number : 1);
  }
  return reduced(call, Value.computed(losses, scores.shape.slice(0, -1), dtype));
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html */
function crossEntropyOf(call: KernelCall, input: Value): Value {
  const smoothing = call.args.number('label_smoothing', 0);
  const logs = softmaxOf(input, input.shape.length === 1 ? 0 : 1, call.dtype, true);
  if (call.args.tensor('target').shape.length === input.shape.length) return againstProbabilities(call, logs, smoothing);
  const { losses, of } = negativeLikelihood(call, logs, smoothing);
  return reduced(call, losses, of);
}

const crossEntropy: Kernel = (call) => crossEntropyOf(call, call.args.tensor('input').to(call.dtype));

/** The scores of a linear layer, whose weight may have more dims after the classes'. */
const linearCrossEntropy: Kernel = (call) => {
  const { args, dtype } = call;
  const [input, weight, bias] = [args.tensor('input').to(dtype), args.tensor('linear_weight').to(dtype), args.optionalTensor('linear_bias')];
  const features = input.shape.at(-1) as number;
  const rows = permute(weight.reshaped([weight.numel / features, features]), [1, 0]);
  const samples = input.numel / features;
  const scores = matmul(input.reshaped([samples, features]), rows, dtype, [samples, weight.numel / features]);
  const shape = [...input.shape.slice(0, -1), ...weight.shape.slice(0, -1)];
  return crossEntropyOf(call, (bias ? plus(scores, bias.to(dtype).reshaped([bias.numel]), dtype) : scores).reshaped(shape));
};

/** A loss of each sample from its row of scores and its target; `of` their mean's divisor. */
function perRow(call: KernelCall, loss: (scores: Elements, sample: number) => number): Value {
  const input = call.args.tensor('input').to(call.dtype);
  const classes = input.shape.at(-1) as number;
  const elements = input.host();
  const losses = allocate(call.dtype, elements.length / classes);
  for (let i = 0; i < losses.length; i++) losses[i] = loss(elements.subarray(i * classes, (i + 1) * classes), i);
  return reduced(call, Value.computed(losses, input.shape.slice(0, -1), call.dtype));
}

const multiMargin: Kernel = (call) => {
  const { args } = call;
  const [p, margin] = [args.number('p', 1), args.number('margin', 1)];
  const target = args.tensor('target').host();
  const weight = args.optionalTensor('weight')?.hostAs('float32');
  return perRow(call, (scores, sample) => {
    const label = target[sample] as number;
    const own = scores[label] as number;
    let sum = 0;
    scores.forEach((x: number, c: number) => { if (c !== label) sum += (weight ? weight[label] as number : 1) * Math.max(0, margin - own + x) ** p; });
    return sum / scores.length;
  });
};

/** The target lists its classes, up to the first -1. https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiLabelMarginLoss.html */
const multiLabelMargin: Kernel = (call) => {
  const target = call.args.tensor('target').host();
  return perRow(call, (scores, sample) => {
    const row = [...target.subarray(sample * scores.length, (sample + 1) * scores.length)];
    const end = row.indexOf(-1);
    const labels = end < 0 ? row : row.slice(0, end);
    let sum = 0;
    scores.forEach((x: number, c: number) => { if (!labels.includes(c)) for (const label of labels) sum += Math.max(0, 1 - (scores[label] as number) + x); });
    return sum / scores.length;
  });
};

const multiLabelSoftMargin: Kernel = (call) => {
  const { args, dtype } = call;
  const target = args.tensor('target').hostAs(dtype);
  const given = args.optionalTensor('weight');
  const weight = given && hostExpanded(given.to(dtype), dtype, args.tensor('input').shape);
  return perRow(call, (scores, sample) => {
    let sum = 0;
    scores.forEach((x: number, c: number) => {
      const i = sample * scores.length + c;
      sum -= (weight ? weight[i] as number : 1) * ((target[i] as number) * logSigmoid(x) + (1 - (target[i] as number)) * logSigmoid(-x));
    });
    return sum / scores.length;
  });
};

/**
 * The likelihood of all alignments of the target, blanks between labels, by dynamic programming over time.
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html
 */
const ctc: Kernel = (call) => {
  const { args, dtype } = call;
  const given = args.tensor('log_probs').to(dtype);
  const batched = given.shape.length === 3;
  const [, batch, classes] = (batched ? given.shape : [given.shape[0], 1, given.shape[1]]) as [number, number, number];
  const logs = given.host();
  const lengths = (name: string): number[] => (args.isTensor(name) ? [...args.tensor(name).host()] : args.ints(name));
  const [inputLengths, targetLengths] = [lengths('input_lengths'), lengths('target_lengths')];
  const targets = args.tensor('targets');
  const labels = targets.host();
  const width = targets.shape.length === 2 ? targets.shape[1] as number : null;
  const blank = args.int('blank', 0);
  let start = 0;
  const losses = allocate(dtype, batch);
  for (let n = 0; n < batch; n++) {
    const length = targetLengths[n] as number;
    const from = width === null ? start : n * width;
    start += length;
    const loss = -alignments([...labels.subarray(from, from + length)], inputLengths[n] as number, blank, (t, c) => logs[(t * batch + n) * classes + c] as number);
    losses[n] = args.bool('zero_infinity') && loss === Infinity ? 0 : loss;
  }
  const shape = batched ? [batch] : [];
  if (reductionOf(call) !== 'mean') return reduced(call, Value.computed(losses, shape, dtype));
  return Value.filled(sumOf(Value.of(losses.map((loss: number, n: number) => loss / Math.max(1, targetLengths[n] as number)), shape, dtype)) / batch, call.shape, dtype);
};

function alignments(labels: readonly number[], steps: number, blank: number, log: (t: number, label: number) => number): number {
  const extended = [blank, ...labels.flatMap((label) => [label, blank])];
  let alpha = extended.map((label, s) => (s < 2 ? log(0, label) : -Infinity));
  if (steps === 0) return labels.length === 0 ? 0 : -Infinity;
  for (let t = 1; t < steps; t++) {
    const before = alpha;
    alpha = extended.map((label, s) => {
      const skips = s >= 2 && label !== extended[s - 2];
      return log(t, label) + logSum([before[s] as number, before[s - 1] ?? -Infinity, skips ? before[s - 2] as number : -Infinity]);
    });
  }
  return logSum(alpha.slice(-2));
}

function logSum(terms: readonly number[]): number {
  const max = Math.max(...terms);
  return max === -Infinity ? max : max + Math.log(terms.reduce((sum, x) => sum + Math.exp(x - max), 0));
}

const F = 'torch.nn.functional.';
export const CLASS_LOSSES: KernelTable = {
  [`${F}nll_loss`]: nll, [`${F}cross_entropy`]: crossEntropy, [`${F}linear_cross_entropy`]: linearCrossEntropy,
  [`${F}multi_margin_loss`]: multiMargin, [`${F}multilabel_margin_loss`]: multiLabelMargin, [`${F}multilabel_soft_margin_loss`]: multiLabelSoftMargin,
  [`${F}ctc_loss`]: ctc,
};

