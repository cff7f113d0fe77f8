/**
 * Operations of which nothing is known for want of an operand's rank, but whose result has the same: what a later use
 * demands of that one (`conv(interpolate(x))`, `linear(torch.cat([a, b], 1))`) it demands of the operand.
 */
import { fitRank } from './fittingRanks';
import type { Machine } from '../machine';
import { demandRank, dimsIn, restOf } from './demands';
import { bind } from '../../torch/bind';
import type { Operation } from '../../torch/registry';
import type { Keywords } from '../interpreter';
import type { TensorValue, UnknownValue, Value } from '../../values/values';

/** Their result has sizes of its own. */
const RESIZING: ReadonlySet<string> = new Set(['cat', 'interpolate', 'pad', 'constant_pad_nd', 'index_select', 'narrow']);
/** Their result has the shape of the first operand. */
const ALIKE = /^(?:relu6?|gelu|elu|selu|celu|silu|mish|sigmoid|logsigmoid|tanh|softplus|softsign|leaky_relu|prelu|rrelu|hardtanh|hardswish|hardsigmoid|(?:alpha_|feature_alpha_)?dropout[123]?d?|(?:batch|layer|group|instance|rms)_norm|clamp|exp|log|sqrt|abs|square|neg|clone|contiguous|detach|to|float|half|double|type_as)$/;

/** What an unknown value has as many dims as; `along`: which of them tensors were joined along. */
interface Kept { readonly of: readonly TensorValue[]; readonly along: number | null }

const keptOf = (value: Value | undefined): Kept | null => (value?.kind === 'unknown' ? (value.kept as Kept | undefined) ?? null : null);

/** Whether uses of the value tell something of a parameter. */
export const isKept = (value: Value): boolean => keptOf(value) !== null;

/** The result of an operation that is not known, with what it has as many dims as. */
export function keeping(m: Machine, operation: Operation, args: readonly Value[], keywords: Keywords, made: UnknownValue): UnknownValue {
  const name = operation.name.slice(operation.name.lastIndexOf('.') + 1);
  const own = ALIKE.test(name) ? keptOf(args[0] ?? keywords.get('input')) : null;
  if (own) return { ...made, kept: own };
  if (!RESIZING.has(name)) return made;
  const binding = operation.signatures.map((signature) => bind(signature, args, keywords)).find(({ ok }) => ok);
  if (!binding?.ok) return made;
  const { bound } = binding;
  const given = bound.get(name === 'cat' ? 'tensors' : 'input');
  const before = keptOf(given);
  if (before) return { ...made, kept: { ...before, along: null } };
  const operands = (given?.kind === 'tuple' || given?.kind === 'list' ? given.items ?? [] : given ? [given] : []);
  const of = operands.filter((each): each is TensorValue => restOf(m, each) !== null && each.kind === 'Tensor');
  if (of.length === 0 || of.length < operands.length) return made;
  return { ...made, kept: { of, along: name === 'cat' ? dimsIn(bound)[0] ?? null : null } };
}

/** The value has so many dims: so have those that it has as many as. */
export function demandKeptRank(m: Machine, value: Value, rank: number): void {
  for (const tensor of keptOf(value)?.of ?? []) demandRank(m, tensor, rank);
}

/** A size is the last one of the value: what was joined along a dim counted from the front was joined along that one, mostly. */
export function fitLast(m: Machine, value: Value): void {
  const kept = keptOf(value);
  if (!kept || kept.along === null || kept.along < 1) return;
  for (const tensor of kept.of) fitRank(m, tensor, kept.along + 1);
}
