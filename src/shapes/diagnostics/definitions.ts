/** What a finding about sizes points at: where the sizes that clash, or the operands' shapes, were made. */
import { shapeText } from '../values/text';
import type { GraphNode } from '../graph/graph';
import type { Machine } from '../interpreter/machine';
import type { Related } from './finding';
import type { TensorValue, Value } from '../values/values';
import type { Span } from '../python/ast';
import { render } from '../symint/render';
import { symbolsOf } from '../symint/symint';
import type { SymbolInfo } from '../symint/symint';
import type { ShapeFault } from '../torch/rule';
import { introduction } from './provenance';

/** Operands of a `cat` beyond these say nothing new. */
const MAX_OPERANDS = 4;

export function definitions(m: Machine, fault: ShapeFault, operands: readonly Value[], span: Span): Related[] {
  const here = m.placeOf(span);
  const found: Related[] = [];
  for (const [i, tensor] of operands.flatMap(tensorsIn).slice(0, MAX_OPERANDS).entries()) {
    if (!tensor.node) continue;
    // The first size is most often the first operand's.
    const sizes = i === 1 ? [...fault.sizes ?? []].reverse() : fault.sizes;
    const size = sizes?.find((each) => tensor.shape.dims.some((dim) => dim.key === each.key));
    const node = size ? introduction(m.graph.nodes, tensor.node, size) : m.graph.get(tensor.node);
    const place = node && placeOfNode(m, node);
    if (!place || (place.start === here?.start && place.end === here.end) || found.some((other) => other.span.start === place.start && other.span.end === place.end)) continue;
    const ofDtype = fault.code.includes('dtype') && tensor.dtype !== null ? ` of ${tensor.dtype}` : '';
    found.push({ span: place, message: size ? `the size ${render(size)} comes from here` : `the shape ${shapeText(tensor.shape)}${ofDtype} comes from here` });
  }
  return found;
}

/** In the document: the operation itself, or the call that led to it. */
function placeOfNode(m: Machine, node: GraphNode): Span | null {
  return node.path === null ? node.source : m.places.get(node.id) ?? null;
}

function tensorsIn(value: Value): TensorValue[] {
  if (value.kind === 'Tensor') return [value];
  return (value.kind === 'tuple' || value.kind === 'list') && value.items ? value.items.flatMap(tensorsIn) : [];
}

/** The symbols that a message about the fault may name. */
export function symbolsIn(fault: ShapeFault, operands: readonly Value[]): SymbolInfo[] {
  const sizes = [...fault.sizes ?? [], ...operands.flatMap((value) => [...tensorsIn(value).flatMap(({ shape }) => shape.dims), ...intsIn(value)])];
  return [...new Set(sizes.flatMap((size) => [...symbolsOf(size)]))];
}

function intsIn(value: Value) {
  const items = value.kind === 'tuple' || value.kind === 'list' ? value.items ?? [] : [value];
  return items.flatMap((item) => (item.kind === 'int' && item.value ? [item.value] : []));
}
