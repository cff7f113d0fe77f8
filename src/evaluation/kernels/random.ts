/** Random tensors and initializers, seeded by the run's seed and the node. https://docs.pytorch.org/docs/stable/nn.init.html */
import { allocate } from '../elements';
import type { Elements } from '../messages';
import { normalCumulative, normalQuantiles, type Generator } from '../random';
import { numelOf, Value } from '../value';
import { hostExpanded } from './broadcast';
import { fill, unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';

/** Draws of so many elements at a time stay in the processor's cache from one step to the next. */
const CHUNK = 1024;

/** A tensor drawn chunk by chunk, each of which `draws` fills whole; and a line that says so. */
function draw(call: KernelCall, what: string, draws: (generator: Generator, chunk: Float64Array, start: number) => void): Value {
  call.note(`${what}, seeded (not torch's own numbers)`);
  const generator = call.generator();
  const elements = allocate(call.dtype, numelOf(call.shape));
  const chunk = new Float64Array(Math.min(CHUNK, elements.length));
  for (let start = 0; start < elements.length; start += CHUNK) {
    const part = chunk.subarray(0, elements.length - start);
    draws(generator, part, start);
    elements.set(part, start);
  }
  return Value.computed(elements, call.shape, call.dtype);
}

/** Each element times `factor`, and `offset` more. */
function scale(chunk: Float64Array, factor: number, offset: number): void {
  for (let i = 0; i < chunk.length; i++) chunk[i] = offset + factor * chunk[i]!;
}

function between(from: number, to: number): (generator: Generator, chunk: Float64Array) => void {
  return (generator, chunk) => {
    generator.uniforms(chunk);
    scale(chunk, to - from, from);
  };
}

const uniform = (low: string, high: string): Kernel => (call) => {
  const from = call.args.number(low, 0);
  const to = call.args.number(high, 1);
  return draw(call, `random uniform in [${from}, ${to})`, between(from, to));
};

/** Means and deviations may be numbers or tensors that broadcast. */
const normal: Kernel = (call) => {
  const { args, shape } = call;
  const each = (name: string, otherwise: number): Elements | number => (args.isTensor(name) ? hostExpanded(args.tensor(name), 'float32', shape) : args.number(name, otherwise));
  const [mean, std] = [each('mean', 0), each('std', 1)];
  if (typeof mean === 'number' && typeof std === 'number') {
    return draw(call, `random normal with mean ${mean}, std ${std}`, (generator, chunk) => {
      generator.normals(chunk);
      scale(chunk, std, mean);
    });
  }
  const at = (given: Elements | number, i: number): number => (typeof given === 'number' ? given : given[i]!);
  return draw(call, 'random normal', (generator, chunk, start) => {
    generator.normals(chunk);
    for (let i = 0; i < chunk.length; i++) chunk[i] = at(mean, start + i) + at(std, start + i) * chunk[i]!;
  });
};

/** By the inverse of the distribution between the bounds, so that no draw is thrown away. https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.trunc_normal_ */
const truncatedNormal: Kernel = (call) => {
  const { args } = call;
  const mean = args.number('mean', 0);
  const std = args.number('std', 1);
  const low = args.number('a', -2);
  const high = args.number('b', 2);
  const draws = between(normalCumulative((low - mean) / std), normalCumulative((high - mean) / std));
  return draw(call, `random normal with mean ${mean}, std ${std}, cut to [${low}, ${high}]`, (generator, chunk) => {
    draws(generator, chunk);
    normalQuantiles(chunk);
    scale(chunk, std, mean);
    for (let i = 0; i < chunk.length; i++) chunk[i] = Math.min(high, Math.max(low, chunk[i]!));
  });
};

const integers: Kernel = (call) => {
  const low = call.args.int('low', 0);
  const high = call.args.int('high');
  return draw(call, `random integers in [${low}, ${high})`, (generator, chunk) => {
    generator.uniforms(chunk);
    for (let i = 0; i < chunk.length; i++) chunk[i] = low + Math.floor(chunk[i]! * (high - low));
  });
};

const permutation: Kernel = (call) => {
  call.note('a random permutation, seeded (not torch\'s own numbers)');
  return Value.computed(call.generator().permutation(numelOf(call.shape)), call.shape, call.dtype);
};

const bernoulli: Kernel = (call) => {
  const { args } = call;
  const given = args.has('p') ? args.operand('p') : args.operand('input', 'self');
  const generator = call.generator();
  call.note('random Bernoulli draws, seeded (not torch\'s own numbers)');
  const chances = given instanceof Value ? given.host() : null;
  return fill(call.shape, call.dtype, (i) => Number(generator.uniform() < (chances ? chances[i] as number : (given as { value: number }).value)));
};

/** Sizes that flow into and out of one unit of a weight. https://docs.pytorch.org/docs/stable/nn.init.html */
function fans(call: KernelCall): { readonly fanIn: number; readonly fanOut: number } {
  if (call.shape.length < 2) throw unsupported(call, `a tensor of ${call.shape.length} dims`);
  const [outputs, inputs, ...kernel] = call.shape as [number, number, ...number[]];
  return { fanIn: inputs * numelOf(kernel), fanOut: outputs * numelOf(kernel) };
}

/** The recommended scale for what follows the layer. https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain */
function gainOf(call: KernelCall): number {
  const name = call.args.text('nonlinearity', 'leaky_relu');
  if (name === 'leaky_relu') return Math.sqrt(2 / (1 + call.args.number('a', 0) ** 2));
  const gain: Record<string, number> = { linear: 1, sigmoid: 1, conv1d: 1, conv2d: 1, conv3d: 1, conv_transpose1d: 1, conv_transpose2d: 1, conv_transpose3d: 1, tanh: 5 / 3, relu: Math.SQRT2, selu: 3 / 4 };
  const found = gain[name];
  if (found === undefined) throw unsupported(call, `nonlinearity '${name}'`);
  return found;
}

const scaled = (std: (call: KernelCall) => number, isUniform: boolean): Kernel => (call) => {
  const deviation = std(call);
  const bound = Math.sqrt(3) * deviation;
  return isUniform
    ? draw(call, `random uniform in [-${bound.toPrecision(3)}, ${bound.toPrecision(3)})`, between(-bound, bound))
    : draw(call, `random normal with std ${deviation.toPrecision(3)}`, (generator, chunk) => {
      generator.normals(chunk);
      scale(chunk, deviation, 0);
    });
};

const xavier = (call: KernelCall): number => {
  const { fanIn, fanOut } = fans(call);
  return call.args.number('gain', 1) * Math.sqrt(2 / (fanIn + fanOut));
};
const kaiming = (call: KernelCall): number => {
  const { fanIn, fanOut } = fans(call);
  return gainOf(call) / Math.sqrt(call.args.text('mode', 'fan_in') === 'fan_out' ? fanOut : fanIn);
};

const unit = uniform('', '');

export const RANDOM: KernelTable = {
  'torch.rand': unit, 'torch.rand_like': unit, 'torch.randn': normal, 'torch.randn_like': normal, 'torch.normal': normal,
  'torch.randint': integers, 'torch.randint_like': integers, 'torch.randperm': permutation, 'torch.bernoulli': bernoulli,
  'torch.Tensor.uniform_': uniform('from', 'to'), 'torch.Tensor.normal_': normal, 'torch.Tensor.bernoulli_': bernoulli,
  'torch.nn.init.uniform_': uniform('a', 'b'), 'torch.nn.init.normal_': normal, 'torch.nn.init.trunc_normal_': truncatedNormal,
  'torch.nn.init.xavier_uniform_': scaled(xavier, true), 'torch.nn.init.xavier_normal_': scaled(xavier, false),
  'torch.nn.init.kaiming_uniform_': scaled(kaiming, true), 'torch.nn.init.kaiming_normal_': scaled(kaiming, false),
};
