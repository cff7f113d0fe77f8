/** What operations demand of the rank and the sizes of operands that are parameters, by canonical name. */
import { namesAroundDots, namesOfDims } from '../../torch/einops/demands';
import { demandDim, demandFromEnd, demandRank, demandRankFor, demandSplit, dimsIn, parameterOf, proposeRank, restOf } from './demands';
import { rankByCallers } from './given';
import { fitLast } from './keptRanks';
import type { Machine } from '../machine';
import { demandOn } from './sides';
import type { Value } from '../../values/values';

type Demand = (m: Machine, bound: ReadonlyMap<string, Value>) => void;

const rank = (n: number): Demand => (m, bound) => demandRank(m, bound.get('input')!, n);
const convolution = (n: number): Demand => (m, bound) => {
  const input = bound.get('input')!;
  const weight = bound.get('weight');
  const groups = bound.get('groups');
  demandRank(m, input, n + 2);
  const channels = weight?.kind === 'Tensor' && !weight.shape.rest && groups?.kind === 'int' && groups.value?.value === 1 ? weight.shape.dims[1] : undefined;
  if (channels) demandFromEnd(m, input, n + 1, channels);
};
/** The last dim is one of the weight's. */
const lastDim = (weight: string, dim: number): Demand => (m, bound) => {
  const tensor = bound.get(weight);
  const size = tensor?.kind === 'Tensor' && !tensor.shape.rest ? tensor.shape.dims.at(dim) : undefined;
  if (size) demandFromEnd(m, bound.get('input')!, 1, size);
  fitLast(m, bound.get('input')!);
};

/** The left side of a pattern of einops names the dims. */
const patterned = (tensor: string): Demand => (m, bound) => {
  const pattern = bound.get('pattern');
  const operand = bound.get(tensor);
  if (pattern?.kind === 'str' && pattern.value !== null && operand) demandNamed(m, operand, pattern.value.split('->')[0]!);
};

function demandNamed(m: Machine, operand: Value, side: string): void {
  const names = namesOfDims(side);
  const own = parameterOf(operand);
  if (own) own.become('tensor');
  if (names) return demandRank(m, operand, names.length, names);
  const around = namesAroundDots(side);
  around?.before.forEach((name, at) => demandAxis(m, operand, at, name));
  around?.behind.forEach((name, at) => demandAxis(m, operand, at - around.behind.length, name));
}

/** There is a dim there, from the front or from the end, which has the name. */
function demandAxis(m: Machine, input: Value, dim: number, name: string | null): void {
  const rest = restOf(m, input);
  if (!rest) return;
  const { shape, before, behind } = rest;
  const [front, back] = shape.knownDims;
  if (before === front && behind === back) demandOn(m, shape, (known) => known.demandDim(dim, name));
}

/** A batch of channels, and so many dims behind those; without the batch where all calls in the document give it so. Asked early, before a caller's own ranks are settled, convolutions would miss their batch. */
function pooledRank(m: Machine, input: Value, count: number): number {
  const parameter = parameterOf(input) ?? restOf(m, input)?.shape.parameter;
  return parameter && rankByCallers(m, parameter) === count + 1 ? count + 1 : count + 2;
}

/** They take a batch of channels, and so many dims behind those. */
const SPATIAL = /^torch\.(?:nn\.functional\.)?(?:max_pool|avg_pool|adaptive_avg_pool|adaptive_max_pool|conv_transpose)([123])d(?:_with_indices)?$/;

/** How many dims behind those of the channels a mode of `interpolate` is for. */
const RESIZED: ReadonlyMap<string, number> = new Map([['linear', 1], ['bilinear', 2], ['bicubic', 2], ['trilinear', 3]]);

/** A factor of which nothing is known beside one of known shape: it has the size that they share. */
function demandFactor(m: Machine, factor: Value, other: Value, isRight: boolean): void {
  const rest = restOf(m, factor);
  if (rest?.shape.parameter.role !== 'name' || rest.before + rest.behind > 0 || other.kind !== 'Tensor' || other.shape.rest || other.shape.dims.length === 0) return;
  const { dims } = other.shape;
  const { shape: { parameter, knownDims: [front, back] } } = rest;
  if (front + back > 0) return;
  const shared = isRight || dims.length === 1 ? dims.at(-1)! : dims.at(-2)!;
  if (!isRight) return demandFromEnd(m, factor, 1, shared);
  // To a matrix it may be a vector.
  if (dims.length < 3) return;
  const batch = dims.slice(0, -2).flatMap((size, at) => (size.value === 1 ? [] : [[at - dims.length, size] as const]));
  parameter.propose(dims.length, new Map([...batch, [-2, shared]]), `${parameter.name} is taken to have ${dims.length} dims, as what it is multiplied with: nothing here says how many`);
}

const positions: Demand = (m, bound) => proposeRank(m, bound.get('index')!, 1, 'it says which are taken');

const DEMANDS: Readonly<Record<string, Demand>> = {
  'torch.nn.functional.linear': lastDim('weight', -1),
  'torch.nn.functional.layer_norm': (m, bound) => {
    const shape = bound.get('normalized_shape');
    if (shape?.kind === 'tuple' && shape.items?.length === 1 && shape.items[0]!.kind === 'int' && shape.items[0]!.value) demandFromEnd(m, bound.get('input')!, 1, shape.items[0]!.value);
  },
  'torch.conv1d': convolution(1), 'torch.conv2d': convolution(2), 'torch.conv3d': convolution(3),
  'torch.nn.functional.conv1d': convolution(1), 'torch.nn.functional.conv2d': convolution(2), 'torch.nn.functional.conv3d': convolution(3),
  'torch.pixel_shuffle': rank(4), 'torch.pixel_unshuffle': rank(4), 'torch.nn.functional.unfold': rank(4), 'torch.nn.functional.fold': rank(3),
  'torch.nn.functional.interpolate': (m, bound) => {
    const [mode, ...sizes] = ['mode', 'size', 'scale_factor'].map((name) => bound.get(name));
    const ofMode = mode?.kind === 'str' ? RESIZED.get(mode.value ?? '') : undefined;
    const counts = sizes.map((size) => (size?.kind === 'tuple' || size?.kind === 'list' ? size.items?.length : undefined));
    const count = ofMode ?? counts.find((each) => each !== undefined);
    if (count !== undefined) demandRank(m, bound.get('input')!, count + 2);
  },
  'torch.nn.functional.pad': (m, bound) => {
    const [input, amounts] = [bound.get('input')!, bound.get('pad')];
    const pairs = amounts?.kind === 'tuple' || amounts?.kind === 'list' ? (amounts.items?.length ?? 0) / 2 : 0;
    if (input.kind === 'Tensor') for (let at = 1; at <= pairs; at++) demandDim(m, input, -at);
  },
  // `x.size(0)` asks for what `x.shape[0]` does. A dim farther in may be the last one, which something else asks for.
  'torch.Tensor.size': (m, bound) => {
    const input = bound.get('input')!;
    if (input.kind === 'Tensor') for (const dim of dimsIn(bound)) if (dim <= 0) demandDim(m, input, dim);
  },
  'torch.meshgrid': (m, bound) => {
    const given = bound.get('tensors');
    const items = given?.kind === 'tuple' || given?.kind === 'list' ? given.items ?? [] : [];
    const axes = items.length === 1 && (items[0]!.kind === 'tuple' || items[0]!.kind === 'list') ? items[0]!.items ?? [] : items;
    for (const axis of axes) proposeRank(m, axis, 1, 'they are the places along one axis of a grid');
  },
  'torch.matmul': (m, bound) => {
    const [left, right] = [bound.get('input')!, bound.get('other')!];
    demandFactor(m, left, right, false);
    demandFactor(m, right, left, true);
  },
  'torch.index_select': positions, 'torch.index_add': positions, 'torch.index_copy': positions, 'torch.index_fill': positions,
  'torch.Tensor.T': (m, bound) => proposeRank(m, bound.get('input')!, 2, 'T is for matrices'),
  'torch.mm': rank(2), 'torch.t': rank(2),
  'torch.transpose': (m, bound) => {
    const [first, second] = dimsIn(bound);
    if (first === undefined || second === undefined) return;
    const [input, low, high] = [bound.get('input')!, Math.min(first, second), Math.max(first, second)];
    demandSplit(m, input, low, high);
    // Nobody swaps a dim with itself: there is one more.
    if (low < 0 && high >= 0 && input.kind === 'Tensor') demandRankFor(m, input, high - low);
  },
  'torch.permute': (m, bound) => {
    const dims = bound.get('dims');
    if ((dims?.kind === 'tuple' || dims?.kind === 'list') && dims.items) demandRank(m, bound.get('input')!, dims.items.length);
  },
  'einops.rearrange': patterned('tensor'), 'einops.repeat': patterned('tensor'), 'einops.reduce': patterned('tensor'), 'einops.parse_shape': patterned('x'),
  'einops.pack': (m, bound) => {
    const [given, pattern] = [bound.get('tensors'), bound.get('pattern')];
    const axes = pattern?.kind === 'str' && pattern.value !== null ? pattern.value.split(' ').filter((axis) => axis !== '') : [];
    const run = axes.indexOf('*');
    if (run < 0 || (given?.kind !== 'list' && given?.kind !== 'tuple')) return;
    for (const item of given.items ?? []) axes.forEach((name, at) => { if (at !== run) demandAxis(m, item, at < run ? at : at - axes.length, name); });
  },
  'einops.einsum': (m, bound) => {
    const given = bound.get('tensors_and_pattern');
    const items = given?.kind === 'tuple' && given.items ? given.items : [];
    const pattern = items.at(-1);
    if (pattern?.kind === 'str' && pattern.value !== null) pattern.value.split('->')[0]!.split(',').forEach((side, i) => { if (i < items.length - 1) demandNamed(m, items[i]!, side); });
  },
  'torch.einsum': (m, bound) => {
    const equation = bound.get('equation');
    const operands = bound.get('operands');
    if (equation?.kind !== 'str' || equation.value === null || equation.value.includes('.') || (operands?.kind !== 'tuple' && operands?.kind !== 'list')) return;
    const inputs = equation.value.split('->')[0]!.replace(/\s/g, '').split(',');
    operands.items?.forEach((operand, i) => { if (inputs[i] !== undefined) demandRank(m, operand, inputs[i]!.length); });
  },
};

/** What the operation demands, of which the arguments are known by name. */
export function demandOfOperation(m: Machine, name: string, bound: ReadonlyMap<string, Value>): void {
  DEMANDS[name]?.(m, bound);
  const spatial = SPATIAL.exec(name)?.[1];
  const input = bound.get('input');
  if (spatial && input) demandRank(m, input, pooledRank(m, input, Number(spatial)));
}
