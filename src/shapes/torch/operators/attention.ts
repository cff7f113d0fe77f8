/** Attention: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext } from '../rule';
import { broadcastShapes, requireBroadcastTo } from '../common/broadcast';
import { fresh, tupleOf } from '../common/results';
import { atLeast, dimsOf, ranked, shapeOf } from '../common/shape';
import { show, showSize } from '../common/text';
import { commonDtype } from './matmul';

/** (…, L, E) with (…, S, E) and (…, S, Ev) gives (…, L, Ev). */
const scaledDotProduct: Rule = (args, context) => {
  const op = 'scaled_dot_product_attention';
  const [query, key, value] = ['query', 'key', 'value'].map((name) => args.tensor(name)) as [ReturnType<typeof args.tensor>, ReturnType<typeof args.tensor>, ReturnType<typeof args.tensor>];
  const [q, k, v] = [atLeast(op, 'query', query, 2, context), atLeast(op, 'key', key, 2, context), atLeast(op, 'value', value, 2, context)];
  context.requireEqual(q.at(-1)!, k.at(-1)!, 'attention-size-mismatch', () => `${op}: the last dims of query ${show(query)} and key ${show(key)} must agree: ${showSize(q.at(-1)!)} and ${showSize(k.at(-1)!)}`);
  context.requireEqual(k.at(-2)!, v.at(-2)!, 'attention-size-mismatch', () => `${op}: dim -2 of key ${show(key)} and value ${show(value)} must agree: ${showSize(k.at(-2)!)} and ${showSize(v.at(-2)!)}`);
  const heads = (dims: typeof q): typeof q => dims.slice(0, -2);
  const grouped = args.bool('enable_gqa') && q.length >= 3;
  // Grouped queries: a head of key and value serves several of the query's.
  const batch = grouped ? shapeOf([...broadcastShapes([shapeOf(q.slice(0, -3)), shapeOf(k.slice(0, -3))], op, context).dims, q.at(-3)!]) : broadcastShapes([shapeOf(heads(q)), shapeOf(heads(k)), shapeOf(heads(v))], `${op}: the batch dims`, context);
  const mask = args.optionalTensor('attn_mask');
  const scores = [...batch.dims, q.at(-2)!, k.at(-2)!];
  if (mask && !mask.shape.rest) requireBroadcastTo(mask.shape.dims, scores, 'broadcast-mismatch', () => `${op}: the mask ${show(mask)} does not broadcast to the scores, ${show(scores)}`, context);
  return fresh([...batch.dims, q.at(-2)!, v.at(-1)!], commonDtype(op, [query, key, value], context));
};

interface Scores { readonly queries: SymInt; readonly keys: SymInt; readonly batch: SymInt | null; readonly heads: SymInt }

function checkMasks(op: string, args: BoundArguments, { queries, keys, batch, heads }: Scores, context: RuleContext): void {
  const require = (name: string, mask: TensorValue, wanted: readonly SymInt[]): void => {
    const message = (): string => `${op}: ${name} must have the shape ${show(wanted)}, not ${show(mask)}`;
    if (dimsOf(mask, context).length !== wanted.length) context.fail('mask-size-mismatch', message());
    mask.shape.dims.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'mask-size-mismatch', message));
  };
  const mask = args.optionalTensor('attn_mask');
  if (mask) require('attn_mask', mask, dimsOf(mask, context).length === 3 ? [batch ? mul(batch, heads) : heads, queries, keys] : [queries, keys]);
  const padding = args.optionalTensor('key_padding_mask');
  if (padding) require('key_padding_mask', padding, batch ? [batch, keys] : [keys]);
}

/** (L, N, E), or (L, E) without a batch; and the weights, averaged over heads or not. https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html */
const multiHead: Rule = (args, context) => {
  const op = 'multi_head_attention_forward';
  const [query, key, value] = [args.tensor('query'), args.tensor('key'), args.tensor('value')];
  const q = ranked(op, 'query', query, [2, 3], context);
  const k = ranked(op, 'key', key, [q.length], context);
  const v = ranked(op, 'value', value, [q.length], context);
  const batched = q.length === 3;
  const embed = args.int('embed_dim_to_check');
  context.requireEqual(q.at(-1)!, embed, 'attention-size-mismatch', () => `${op}: the last dim of the query ${show(query)} must be embed_dim = ${showSize(embed)}`);
  const heads = args.int('num_heads');
  if (context.divisible(embed, heads) === false) context.fail('attention-size-mismatch', `${op}: embed_dim = ${showSize(embed)} must be a multiple of num_heads = ${showSize(heads)}`);
  k.slice(0, -1).forEach((size, i) => context.requireEqual(size, v[i]!, 'attention-size-mismatch', () => `${op}: key ${show(key)} and value ${show(value)} must agree but in the last dim`));
  if (batched) context.requireEqual(q[1]!, k[1]!, 'attention-size-mismatch', () => `${op}: the batch sizes of query ${show(query)} and key ${show(key)} differ`);
  checkMasks(op, args, { queries: q[0]!, keys: k[0]!, batch: batched ? q[1]! : null, heads }, context);
  const extra = ['bias_k', 'static_k'].some((name) => args.has(name)) || args.bool('add_zero_attn');
  const source = extra ? context.fresh('S', 'the length of the keys with what is added') : k[0]!;
  const weights = [...(batched ? [q[1]!] : []), ...(args.bool('average_attn_weights') ? [] : [heads]), q[0]!, source];
  return tupleOf([fresh(q, query.dtype), args.bool('need_weights') ? fresh(weights, query.dtype) : { type: 'value', value: { kind: 'None' } }]);
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.nn.functional.scaled_dot_product_attention', signature: 'scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)', rule: scaledDotProduct, explain: 'weighs values by how queries match keys' },
  { name: 'torch.nn.functional.multi_head_attention_forward', signature: 'multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False)', rule: multiHead, explain: 'attends with several heads' },
];
