/** Attention. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html */
import type { Dtype } from '../../shapes/values/dtype';
import { allocate } from '../elements';
import { Value } from '../value';
import { softmaxOf } from './along';
import { broadcastShapes } from './broadcast';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { matmul, plus, times } from './matmul';
import { expandTo, permute } from './strided';

function transposeLast(value: Value): Value {
  const rank = value.shape.length;
  return permute(value, [...value.shape.keys()].map((dim) => (dim === rank - 2 ? rank - 1 : dim === rank - 1 ? rank - 2 : dim)));
}

/** What is added to the scores: -inf where a bool mask is False. */
function additive(mask: Value): Value {
  if (mask.dtype !== 'bool') return mask;
  return Value.of(Float32Array.from(mask.host(), (keep) => (keep === 0 ? -Infinity : 0)), mask.shape, 'float32');
}

/** -inf above the diagonal. */
function causal(rows: number, columns: number): Value {
  return Value.of(Float32Array.from({ length: rows * columns }, (_, i) => (i % columns > Math.floor(i / columns) ? -Infinity : 0)), [rows, columns], 'float32');
}

/** softmax(q kᵀ scale + mask); a row of which everything is masked is zeros, as in torch. */
function weights(query: Value, key: Value, scale: number, masks: readonly Value[], dtype: Dtype): Value {
  const batch = broadcastShapes(query.shape.slice(0, -2), key.shape.slice(0, -2));
  const shape = [...batch, query.shape.at(-2) as number, key.shape.at(-2) as number];
  let scores = times(matmul(query, transposeLast(key), dtype, shape), scale, dtype);
  for (const mask of masks) scores = plus(scores, mask.to(dtype), dtype);
  const result = softmaxOf(scores, -1, dtype);
  return masks.length === 0 ? result : clearedOfMasked(scores, result);
}

function clearedOfMasked(scores: Value, result: Value): Value {
  const length = scores.shape.at(-1) as number;
  const source = scores.host();
  const elements = result.host();
  const cleared = allocate(result.dtype, elements.length);
  for (let row = 0; row < source.length; row += length) {
    const isMasked = source.subarray(row, row + length).every((x: number) => x === -Infinity);
    if (!isMasked) cleared.set(elements.subarray(row, row + length) as Float32Array, row);
  }
  return Value.of(cleared, result.shape, result.dtype);
}

/** Grouped queries: each head of key and value serves several neighbouring heads of the query. */
function repeatHeads(value: Value, heads: number): Value {
  const own = value.shape.at(-3) as number;
  if (own === heads) return value;
  const shape = [...value.shape.slice(0, -2), heads / own, ...value.shape.slice(-2)];
  return expandTo(value.reshaped([...value.shape.slice(0, -2), 1, ...value.shape.slice(-2)]), shape).reshaped([...value.shape.slice(0, -3), heads, ...value.shape.slice(-2)]);
}

/** Dropout of weights: in eval mode none. */
function noteDropout(call: KernelCall): void {
  if (call.args.number('dropout_p', 0) > 0) call.note('attention passes without its dropout, as in eval mode');
}

const scaledDotProduct: Kernel = (call) => {
  const { args, dtype, shape } = call;
  noteDropout(call);
  const query = args.tensor('query').to(dtype);
  const grouped = args.bool('enable_gqa') && query.shape.length >= 3;
  const [key, value] = [args.tensor('key'), args.tensor('value')].map((each) => (grouped ? repeatHeads(each.to(dtype), query.shape.at(-3) as number) : each.to(dtype))) as [Value, Value];
  const mask = args.optionalTensor('attn_mask');
  const masks = mask ? [additive(mask)] : args.bool('is_causal') ? [causal(query.shape.at(-2) as number, key.shape.at(-2) as number)] : [];
  const scale = args.has('scale') ? args.number('scale') : 1 / Math.sqrt(query.shape.at(-1) as number);
  return matmul(weights(query, key, scale, masks, dtype), value, dtype, shape);
};

export const ATTENTION: KernelTable = {
  'torch.nn.functional.scaled_dot_product_attention': scaledDotProduct,
};
