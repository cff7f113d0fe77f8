/**
 * Operations of which nothing is known because of how many dims a parameter has. Where nothing in the code says how many
 * these are, it is taken to have the fewest with which all such operations can be done.
 */
import { loneSymbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { bind } from '../../torch/bind';
import type { Operation } from '../../torch/registry';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { firstDims, places } from './parameterDims';
import { MAX_ITEMS } from './parameterShape';
import { noteFit } from './trial';
import type { Trial } from './trial';
import { dimsIn, restOf } from './demands';
import type { TensorValue, Value } from '../../values/values';

/** All of what they join has one number of dims. */
export const JOINED: ReadonlySet<string> = new Set(['torch.cat', 'torch.stack']);
/** So has their index. */
const ALIKE: ReadonlySet<string> = new Set([...JOINED, 'torch.gather', 'torch.scatter', 'torch.scatter_add', 'torch.take_along_dim']);
/** Of their dims the last two are those of a matrix. */
const OF_MATRICES = /^torch\.(?:linalg\.(?!.*norm)|svd$|qr$|inverse$|cholesky)/;
/** They give as many numbers for each element found as there are dims. */
const POSITIONS_OF = /^torch\.(?:nonzero|argwhere)$/;
/** They take a dim away that is not the one of the features, mostly. */
const POOLING = /^torch\.(?:mean|sum|prod|std|var|logsumexp|nanmean|median|amax|amin|std_mean|var_mean)$/;
/** Of these the last dim that they name is the last one of the tensor, or they leave that alone. */
const ALONG = /^torch\.(?:transpose|permute|movedim|softmax|log_softmax|nn\.functional\.(?:softmax|log_softmax|gumbel_softmax|normalize|glu)|norm|arg(?:max|min|sort)|max|min|sort|topk|chunk|split|tensor_split|index_select|cumsum|cumprod|flip|roll|diff|gather|scatter|scatter_add|take_along_dim)$/;

const ELEMENTWISE = /^torch\.(?:r?sub|add|mul|div|floor_divide|remainder|pow|maximum|minimum|max|min|where|eq|ne|lt|le|gt|ge|lerp|(?:logical|bitwise)_(?:and|or|xor)|masked_fill|Tensor\.masked_fill_?)$/;

/** The operation is not known for want of its operands' ranks. */
export function noteStuck(m: Machine, operation: Operation, args: readonly Value[], keywords: Keywords): void {
  const binding = operation.signatures.map((signature) => bind(signature, args, keywords)).find(({ ok }) => ok);
  if (!binding?.ok) return;
  const tensors = [...binding.bound.values()].flatMap((value) => (value.kind === 'tuple' || value.kind === 'list' ? value.items ?? [] : [value])).filter((value): value is TensorValue => value.kind === 'Tensor');
  for (const tensor of tensors) {
    if (!tensor.shape.rest) continue;
    // An index has dims of its own, where they are not the same.
    const isApart = tensor === binding.bound.get('index') && !ALIKE.has(operation.name);
    const runs = [...(isApart ? [] : namedRuns(operation.name, tensor, binding.bound)), ...(tensors.length > 1 && !isPaired(m, operation, tensors) ? besideRuns(operation, tensor, tensors) : [])];
    if (runs.length > 0) fit(m, tensor, Math.max(0, ...runs));
  }
}

/** `x.unsqueeze(1) - y.unsqueeze(0)`: each with each, whether they are numbers or rows. */
function isPaired(m: Machine, { name }: Operation, tensors: readonly TensorValue[]): boolean {
  return ELEMENTWISE.test(name) && tensors.every(({ shape, node }) => shape.rest !== null && node !== null && m.graph.nodes[node.node]!.op === 'torch.unsqueeze');
}

/** How many dims the run of unknown ones has for what the operation names of them. */
function namedRuns(name: string, { shape: { dims, rest } }: TensorValue, bound: ReadonlyMap<string, Value>): number[] {
  const behind = dims.length - rest!.at;
  const keepdim = bound.get('keepdim');
  const keeps = keepdim?.kind === 'bool' && keepdim.value !== false;
  const runs: number[] = OF_MATRICES.test(name) && behind === 0 && dims.length < 2 ? [2 - dims.length] : [];
  for (const dim of dimsIn(bound)) {
    if (dim < 0) {
      if (rest!.at > 0 && -dim > behind && name !== 'torch.unsqueeze') runs.push(-dim - behind);
    } else if (dim === 0 || dim < rest!.at) continue;
    else if ((POOLING.test(name) && !keeps) || name === 'torch.flatten') {
      if (behind > 0 || dim > 1) runs.push(dim + 1 - rest!.at);
    } else if (ALONG.test(name) && !(dim === 1 && dims.length === 0 && name === 'torch.transpose')) runs.push(dim + 1 - dims.length);
  }
  if (POSITIONS_OF.test(name) && dims.length > 0) runs.push(0);
  const sizes = bound.get('repeats') ?? (name === 'torch.Tensor.expand' ? bound.get('size') : undefined);
  if ((sizes?.kind === 'tuple' || sizes?.kind === 'list') && sizes.items) {
    const [first] = sizes.items;
    // A size in front may be one of a dim that is new.
    const isOwn = dims.some(({ value }) => value === 1) || (first?.kind === 'int' && (first.value?.value === 1 || first.value?.value === -1));
    if (isOwn) runs.push(sizes.items.length - dims.length);
  }
  return runs;
}

/** The same for what stands beside it. */
function besideRuns({ name }: Operation, tensor: TensorValue, all: readonly TensorValue[]): number[] {
  const { dims, rest } = tensor.shape;
  const others = all.filter(({ shape }) => !shape.rest).map(({ shape }) => shape.dims);
  const known = Math.max(0, ...others.map(({ length }) => length));
  if (ALIKE.has(name)) return known > 1 ? [known - dims.length] : [];
  if (name === 'torch.matmul') return known > 2 && dims.length === 0 ? [known] : [];
  if (!ELEMENTWISE.test(name)) return [];
  // A dim of 1 is put where another one has its dim, and those behind it are those of that one.
  if (rest!.at > 0 && dims[rest!.at - 1]!.value === 1) return [Math.max(0, known > 2 ? known - dims.length : 0)];
  if (known === 0) return rest!.at > 0 && all.some(({ shape }) => shape.dims.some(({ value }, at) => value === 1 && at > 0 && at < shape.rest!.at)) ? [0] : [];
  if (others.some((sizes) => sizes.length === known && isOfChannels(sizes))) return [known + 1 - dims.length];
  // What has the dims of a whole batch; a vector or a matrix fits behind any dims.
  const isWhole = others.some((sizes) => sizes.length === known && ((dims.length > 0 && isFirst(sizes[0]!)) || sizes.some(({ value }, at) => at > 0 && at < known - 1 && value === 1)));
  return isWhole ? [known - dims.length] : behindOwn(tensor, others);
}

/** `(C, 1, 1)`: a number for each channel, of which every picture of a batch has as many. */
function isOfChannels([first, ...others]: readonly SymInt[]): boolean {
  return others.length > 1 && first!.value !== 1 && !isFirst(first!) && others.every(({ value }) => value === 1);
}

/** What begins with one of its own dims in front (positions made for `x.shape[1]`) stands under that one. */
function behindOwn({ shape: { dims, rest } }: TensorValue, others: readonly (readonly SymInt[])[]): number[] {
  return others.flatMap(([first, ...behind]) => {
    const at = dims.slice(0, rest!.at).findIndex(({ key, value }) => value === null && key === first?.key);
    return at > 0 && behind.length > 0 ? [at + 1 + behind.length - dims.length] : [];
  });
}

/** Whether it is the first dim of a parameter. */
function isFirst(size: SymInt): boolean {
  const info = loneSymbol(size);
  return info !== null && firstDims.has(info);
}

/** The tensor has so many dims, if nothing else says how many. */
export function fitRank(m: Machine, tensor: TensorValue, rank: number): void {
  if (rank >= tensor.shape.dims.length) fit(m, tensor, rank - tensor.shape.dims.length);
}

function fit(m: Machine, tensor: TensorValue, run: number): void {
  const rest = restOf(m, tensor);
  // On one side of a condition it may have another number than on the other.
  if (!rest || rest.shape.side || m.side?.isPresence === false) return;
  const [front, back] = rest.shape.knownDims;
  const rank = front + run + back;
  if (rank <= 0 || rank > MAX_ITEMS) return;
  m.trial?.fit(rest.shape, rank);
  if (m.usesFreeNames) noteFit(m.fitting, rest.shape, rank);
}

/** Where nothing else says how many dims there are, they are as few as the last trace could be known with. */
export function takeFitting(fitting: Trial['fitting']): void {
  for (const [shape, rank] of fitting) shape.fitting = rank;
}

/** Whether nothing but a number of dims keeps the operation from being known. */
export function isKnown(value: Value): boolean {
  if (value.kind === 'tuple' || value.kind === 'list') return value.items?.every(isKnown) ?? false;
  return value.kind !== 'unknown' && value.kind !== 'union';
}

/** The code asks for the number of dims: it is made for several. */
export function noteRankAsked(m: Machine, tensor: Value): void {
  const rest = restOf(m, tensor);
  if (rest) rest.shape.isRankAsked = true;
}

/** The code asks for the length of a tensor's shape. */
export function noteLengthAsked(m: Machine, tensor: Value): void {
  const rest = restOf(m, tensor);
  if (rest) rest.shape.isLengthAsked = true;
}

/** The code asks how many dims a parameter has, and where it goes on brings it to that number: `if t.dim() == 0: t = t[None]`. */
export function noteMeeting(m: Machine, open: TensorValue, { shape: { dims } }: TensorValue): void {
  const rest = m.guesses ? restOf(m, open) : null;
  if (dims.length !== 1 || !rest || !(rest.shape.isRankAsked || rest.shape.isLengthAsked) || open.shape.dims.length > dims.length) return;
  const [front, back] = rest.shape.knownDims;
  if (rest.before !== front || rest.behind !== back || rest.shape.isTold(dims.length)) return;
  const { parameter } = rest.shape;
  parameter.propose(dims.length, new Map(), `${parameter.name} is taken to have ${dims.length} ${dims.length === 1 ? 'dim' : 'dims'}: the code gives it as many where it has fewer`);
}

/** A tensor has too few dims: parameters that it has its sizes of, and of which the rank was only taken to be the least, have more. */
export function noteTooFew(m: Machine, tensors: readonly Value[]): void {
  for (const tensor of tensors) {
    if (tensor.kind !== 'Tensor') continue;
    for (const dim of tensor.shape.dims) {
      const info = loneSymbol(dim);
      if (info) places.get(info)?.shape.widen(m.trial ?? m.fitting);
    }
  }
}
