/** Distances and similarities of vectors, and the losses that are made of them. https://docs.pytorch.org/docs/stable/nn.functional.html#distance-functions */
import { allocate } from '../elements';
import type { Elements } from '../messages';
import { numelOf, Value } from '../value';
import { dimOf } from './arguments';
import { broadcastShapes } from './broadcast';
import { fill, unsupported, type Kernel, type KernelTable } from './kernel';
import { reduced } from './losses';
import { expandTo, permute } from './strided';

type Metric = (x: Elements, y: Elements) => number;

/** The p-norm of x - y + eps; p may be 0 (how many differ) or infinite. */
export function minkowski(p: number, eps = 0): Metric {
  return (x, y) => {
    let result = 0;
    for (let i = 0; i < x.length; i++) {
      const d = Math.abs((x[i] as number) - (y[i] as number) + eps);
      if (p === Infinity) result = Math.max(result, d);
      else if (p === 0) result += Number(d !== 0);
      else if (p === 1) result += d;
      else result += p === 2 ? d * d : d ** p;
    }
    return p === 2 ? Math.sqrt(result) : p === 0 || p === 1 || p === Infinity ? result : result ** (1 / p);
  };
}

const cosine = (eps: number): Metric => (x, y) => {
  let [dot, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] as number, y[i] as number];
    dot += a * b;
    xx += a * a;
    yy += b * b;
  }
  return dot / (Math.max(Math.sqrt(xx), eps) * Math.max(Math.sqrt(yy), eps));
};

/** A number for each pair of vectors along `dim`. */
function along(a: Value, b: Value, dim: number, metric: Metric): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const at = dimOf(dim, shape.length);
  const order = [...shape.keys()].filter((each) => each !== at);
  const [x, y] = [a, b].map((value) => permute(expandTo(value, shape), [...order, at]).host()) as [Elements, Elements];
  const length = shape[at] as number;
  return fill(order.map((each) => shape[each] as number), 'float32', (i) => metric(x.subarray(i * length, (i + 1) * length), y.subarray(i * length, (i + 1) * length)));
}

const cosineSimilarity: Kernel = ({ args, shape, dtype }) =>
  along(args.tensor('x1').to(dtype), args.tensor('x2').to(dtype), args.int('dim', 1), cosine(args.number('eps', 1e-8))).reshaped(shape).to(dtype);

const pairwiseDistance: Kernel = ({ args, shape, dtype }) =>
  along(args.tensor('x1').to(dtype), args.tensor('x2').to(dtype), -1, minkowski(args.number('p', 2), args.number('eps', 1e-6))).reshaped(shape).to(dtype);

/** Of every row of one with every row of the other. https://docs.pytorch.org/docs/stable/generated/torch.cdist.html */
const cdist: Kernel = ({ args, shape, dtype }) => {
  const [a, b] = [args.tensor('x1').to(dtype), args.tensor('x2').to(dtype)];
  const batch = shape.slice(0, -2);
  const [n, m] = shape.slice(-2) as [number, number];
  const length = a.shape.at(-1) as number;
  const [x, y] = [expandTo(a, [...batch, n, length]).host(), expandTo(b, [...batch, m, length]).host()];
  const metric = minkowski(args.number('p', 2));
  return fill(shape, dtype, (i) => {
    const row = Math.floor(i / m);
    const column = Math.floor(row / n) * m + i % m;
    return metric(x.subarray(row * length, (row + 1) * length), y.subarray(column * length, (column + 1) * length));
  });
};

/** Of every pair of rows, those above the diagonal. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pdist.html */
const pdist: Kernel = ({ args, shape, dtype }) => {
  const input = args.tensor('input');
  const [rows, length] = input.shape as [number, number];
  const source = input.host();
  const metric = minkowski(args.number('p', 2));
  const result = allocate(dtype, numelOf(shape));
  let to = 0;
  for (let i = 0; i < rows; i++) for (let j = i + 1; j < rows; j++) result[to++] = metric(source.subarray(i * length, (i + 1) * length), source.subarray(j * length, (j + 1) * length));
  return Value.computed(result, shape, dtype);
};

const dist: Kernel = ({ args, shape, dtype }) => {
  const [a, b] = [args.tensor('input').to(dtype), args.tensor('other').to(dtype)];
  const common = broadcastShapes(a.shape, b.shape);
  return Value.filled(minkowski(args.number('p', 2))(expandTo(a, common).host(), expandTo(b, common).host()), shape, dtype);
};

const smallerOf = (a: Value, b: Value): Value => fill(a.shape, a.dtype, (i) => Math.min(a.host()[i] as number, b.host()[i] as number));

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html */
const triplet = (metric: (p: number, eps: number) => Metric): Kernel => (call) => {
  const { args, dtype } = call;
  if (args.has('distance_function')) throw unsupported(call, 'a distance function');
  const [anchor, positive, negative] = ['anchor', 'positive', 'negative'].map((name) => args.tensor(name).to(dtype)) as [Value, Value, Value];
  const distance = metric(args.number('p', 2), args.number('eps', 1e-6));
  const near = along(anchor, positive, -1, distance);
  const away = along(anchor, negative, -1, distance);
  const far = args.bool('swap') ? smallerOf(away, along(positive, negative, -1, distance)) : away;
  const margin = args.number('margin', 1);
  return reduced(call, fill(near.shape, dtype, (i) => Math.max(0, margin + (near.host()[i] as number) - (far.host()[i] as number))));
};

/** The cosine's own form here: a small constant under the root. https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html */
const cosineEmbedding: Kernel = (call) => {
  const { args, dtype } = call;
  const similar = along(args.tensor('input1').to(dtype), args.tensor('input2').to(dtype), -1, cosine(1e-12));
  const target = args.tensor('target').hostAs(dtype);
  const margin = args.number('margin', 0);
  const shape = broadcastShapes(similar.shape, args.tensor('target').shape);
  return reduced(call, fill(shape, dtype, (i) => {
    const c = similar.host()[similar.numel === 1 ? 0 : i] as number;
    const y = target[target.length === 1 ? 0 : i] as number;
    return y === 1 ? 1 - c : y === -1 ? Math.max(0, c - margin) : 0;
  }));
};

const F = 'torch.nn.functional.';
export const DISTANCES: KernelTable = {
  [`${F}cosine_similarity`]: cosineSimilarity, [`${F}pairwise_distance`]: pairwiseDistance,
  'torch.cdist': cdist, 'torch.pdist': pdist, 'torch.dist': dist,
  [`${F}triplet_margin_loss`]: triplet(minkowski), [`${F}triplet_margin_with_distance_loss`]: triplet(() => minkowski(2, 1e-6)), [`${F}cosine_embedding_loss`]: cosineEmbedding,
};
