/** Attention. https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html */
import type { Dtype } from '../../shapes/torch/dtype';
import { allocate } from '../elements';
import { numelOf, Value } from '../value';
import { softmaxOf } from './along';
import { broadcastShapes, hostExpanded } from './broadcast';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { matmul, plus, times } from './matmul';
import { concatenate, expandTo, narrow, permute } from './strided';

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

/** (L, N, E) to (N * heads, L, E / heads). */
function splitHeads(value: Value, heads: number): Value {
  const [length, batch, width] = value.shape as [number, number, number];
  return permute(value.reshaped([length, batch * heads, width / heads]), [1, 0, 2]);
}

function project(input: Value, weight: Value, bias: Value | null, dtype: Dtype): Value {
  const result = matmul(input, permute(weight.to(dtype), [1, 0]), dtype, [...input.shape.slice(0, -1), weight.shape[0] as number]);
  return bias ? plus(result, bias.to(dtype), dtype) : result;
}

/** Query, key and value through their weights: one matrix for all three, or three. */
function projections({ args, dtype }: KernelCall, inputs: readonly Value[]): Value[] {
  const separate = args.bool('use_separate_proj_weight');
  const whole = separate ? null : args.tensor('in_proj_weight');
  const bias = args.optionalTensor('in_proj_bias');
  const width = args.int('embed_dim_to_check');
  return inputs.map((input, i) => {
    const weight = whole ? narrow(whole, 0, i * width, width) : args.tensor(['q_proj_weight', 'k_proj_weight', 'v_proj_weight'][i] as string);
    return project(input, weight, bias && narrow(bias, 0, i * width, width), dtype);
  });
}

/** One more key and value at the end: a bias, or zeros. */
function appended(value: Value, more: Value): Value {
  return concatenate([value, more], 0, [(value.shape[0] as number) + 1, ...value.shape.slice(1)]);
}

/** Masks know nothing of what was appended: it is seen by all. */
function widened(mask: Value, columns: number): Value {
  const missing = columns - (mask.shape.at(-1) as number);
  if (missing === 0) return mask;
  const before = mask.shape.slice(0, -1);
  return concatenate([mask, Value.filled(0, [...before, missing], mask.dtype)], mask.shape.length - 1, [...before, columns]);
}

/** In these masks True means: not to be seen. */
function hidden(mask: Value): Value {
  if (mask.dtype !== 'bool') return mask;
  return Value.of(Float32Array.from(mask.host(), (hide) => (hide === 0 ? 0 : -Infinity)), mask.shape, 'float32');
}

/** https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html */
const multiHead: Kernel = (call) => {
  const { args, dtype } = call;
  noteDropout(call);
  const whole = args.tensor('query');
  const batched = whole.shape.length === 3;
  const inputs = ['query', 'key', 'value'].map((name) => {
    const value = args.tensor(name).to(dtype);
    return batched ? value : value.reshaped([value.shape[0] as number, 1, value.shape[1] as number]);
  });
  const heads = args.int('num_heads');
  const [query, ...others] = projections(call, inputs) as [Value, Value, Value];
  let [key, value] = others;
  const [length, batch, width] = query.shape as [number, number, number];
  const [biasKey, biasValue] = [args.optionalTensor('bias_k'), args.optionalTensor('bias_v')];
  if (biasKey && biasValue) [key, value] = [appended(key, expandTo(biasKey, [1, batch, width])), appended(value, expandTo(biasValue, [1, batch, width]))];
  if (args.bool('add_zero_attn')) [key, value] = [key, value].map((each) => appended(each, Value.filled(0, [1, batch, width], dtype))) as [Value, Value];
  const source = key.shape[0] as number;
  const masks = masksOf(call, batch, heads, source);
  const probabilities = weights(splitHeads(query, heads), splitHeads(key, heads), 1 / Math.sqrt(width / heads), masks, dtype);
  const attended = matmul(probabilities, splitHeads(value, heads), dtype, [batch * heads, length, width / heads]);
  const joined = permute(attended, [1, 0, 2]).reshaped([length, batch, width]);
  const result = project(joined, args.tensor('out_proj_weight'), args.optionalTensor('out_proj_bias'), dtype).reshaped(call.shape);
  const declared = call.outputs[1];
  if (!declared) return result;
  return [result, args.bool('average_attn_weights', true) ? headMean(probabilities, heads, declared.shape) : probabilities.reshaped(declared.shape)];
};

function masksOf({ args }: KernelCall, batch: number, heads: number, source: number): Value[] {
  const masks: Value[] = [];
  const mask = args.optionalTensor('attn_mask');
  if (mask) masks.push(widened(hidden(mask), source));
  const padding = args.optionalTensor('key_padding_mask');
  if (padding) {
    const rows = widened(hidden(padding).reshaped([batch, padding.numel / batch]), source);
    masks.push(expandTo(rows.reshaped([batch, 1, 1, source]), [batch, heads, 1, source]).reshaped([batch * heads, 1, source]));
  }
  return masks;
}

function headMean(probabilities: Value, heads: number, shape: readonly number[]): Value {
  const elements = hostExpanded(probabilities, probabilities.dtype, probabilities.shape);
  const area = numelOf(probabilities.shape.slice(1));
  const result = allocate(probabilities.dtype, numelOf(shape));
  elements.forEach((x: number, i: number) => {
    const to = Math.floor(i / (area * heads)) * area + i % area;
    result[to] = (result[to] as number) + x / heads;
  });
  return Value.computed(result, shape, probabilities.dtype);
}

export const ATTENTION: KernelTable = {
  'torch.nn.functional.scaled_dot_product_attention': scaledDotProduct,
  'torch.nn.functional.multi_head_attention_forward': multiHead,
};
