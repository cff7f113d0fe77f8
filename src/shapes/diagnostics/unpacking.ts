/** `unpack-count-mismatch`: as many targets as values, or with a starred target at least as many values as others. */
import { shapeText } from '../values/text';
import type { Machine } from '../interpreter/machine';
import type { TensorValue, Value } from '../values/values';
import type { Span } from '../python/ast';
import { divisible } from '../symint/facts';
import { constant } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { ShapeFault } from '../torch/rule';
import { definitions, symbolsIn } from './definitions';
import { restsOnDefault } from './overrides';
import { isDecided, restsOnSupposedRank } from './proof';
import { Certainty } from './provenance';

/** @param targets in words, `2` or `at least 2` */
export function reportUnpacking(m: Machine, value: Value, items: readonly Value[], targets: string, span: Span): string {
  const fault = new ShapeFault('unpack-count-mismatch', `${whatOf(value, items)} into ${targets} ${targets === '1' ? 'target' : 'targets'}`);
  const tensors = value.kind === 'Tensor' ? [value] : items;
  if (isKnownCount(m, value, items)) m.report(fault.code, 'error', fault.message, span, definitions(m, fault, tensors.slice(0, 1), span), symbolsIn(fault, tensors));
  return fault.message;
}

function whatOf(value: Value, items: readonly Value[]): string {
  const count = `${items.length} ${items.length === 1 ? 'value is' : 'values are'} unpacked`;
  if (value.kind === 'Tensor') return `a tensor of shape ${shapeText(value.shape)} is taken apart along dim 0: ${count}`;
  if (value.kind === 'tuple' && value.typeName === 'torch.Size') return `a shape of ${items.length} ${items.length === 1 ? 'dim' : 'dims'}: ${count}`;
  return count;
}

/** In code that nothing calls: whether it is as many values in every call. */
function isKnownCount(m: Machine, value: Value, items: readonly Value[]): boolean {
  if (!m.guesses) return true;
  if (!isDecided(m) || restsOnDefault(m) || restsOnSupposedRank(m)) return false;
  const certainty = new Certainty(m);
  if (value.kind === 'Tensor') return value.node !== null && !value.shape.rest && certainty.ofDim(value.node, -value.shape.dims.length);
  const [first] = items;
  if (first?.kind !== 'Tensor' || !first.node || !items.every((item): item is TensorValue => item.kind === 'Tensor' && item.node?.node === first.node!.node)) return false;
  // The parts that one operation made.
  const { op, args } = m.graph.get(first.node);
  const number = (name: string): number | null => (args[name]?.type === 'int' ? args[name].value.value : null);
  if (op === 'torch.split' || op === 'torch.split_with_sizes') return args['split_size_or_sections']?.type === 'list' || args['split_sizes']?.type === 'list';
  const input = args['input']?.type === 'tensor' ? args['input'].ref : null;
  const shape = input && m.graph.get(input).outputs[input.output]?.shape;
  const dim = number('dim');
  if (!shape) return op === 'torch.chunk' && isCutInto(m, items, number('chunks'), dim);
  if (dim === null) return false;
  const at = dim < 0 ? dim : dim - shape.length;
  if (op === 'torch.unbind') return certainty.ofDim(input, at);
  return op === 'torch.chunk' && certainty.ofDim(input, at) && divides(shape.at(at)!, number('chunks'));
}

/** Without the whole: parts of one symbolic size that is a multiple for itself are all there. */
function isCutInto(m: Machine, items: readonly TensorValue[], chunks: number | null, dim: number | null): boolean {
  if (dim === null || dim >= 0 || chunks !== items.length) return false;
  const sizes = items.map(({ shape }) => shape.dims.at(dim)?.key);
  const certainty = new Certainty(m);
  return sizes[0] !== undefined && sizes.every((key) => key === sizes[0]) && certainty.ofDim(items[0]!.node!, dim);
}

function divides(size: SymInt, chunks: number | null): boolean {
  return chunks !== null && divisible(size, constant(chunks)) === true;
}
