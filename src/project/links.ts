/**
 * How the elements of a gather's result, index and table belong together, as graphs to evaluate. What is gathered from a
 * table of positions is, for each element of the result, its position in the table; with an index of positions (written
 * in as many digits as the table has rows for) it is its position in the index. So every gather and every operation that
 * moves elements is followed exactly, without rules of its own.
 */
import { cutCone, operands, reach } from '../shapes/graph/cone';
import type { Cone, GraphNode, NodeId } from '../shapes/graph/graph';
import type { SymbolInfo } from '../shapes/symint/symint';
import type { Bindings } from './evaluation';
import type { Gathered } from './gathered';
import type { TracedFile } from './tracedFile';

/** The values that take a node's place. */
export type Fill =
  /** Each element's own position, row-major. */
  | { readonly kind: 'position'; readonly node: NodeId; readonly shape: readonly number[] }
  /** Where each element lies along a dim; `null`: as `position`. */
  | { readonly kind: 'coordinate'; readonly node: NodeId; readonly shape: readonly number[]; readonly dim: number | null }
  /** One digit of each element's position, the last one being place 0. */
  | { readonly kind: 'digit'; readonly node: NodeId; readonly shape: readonly number[]; readonly base: number; readonly place: number };

export interface PositionGraph { readonly cone: Cone; readonly fills: readonly Fill[] }

export interface LinkPlan {
  /** For each element of the result, its position in the table as it is shown. */
  readonly table: PositionGraph;
  /** For each element of the result, the digits of its position in the index as it is shown, place 0 first. */
  readonly index: readonly PositionGraph[];
  readonly base: number;
}

/** Larger tables, indices and results are not linked: their positions take more memory than they are worth. */
const MAX_ELEMENTS = 2 ** 20;

/** null: too large, or something in between has no number yet. */
export function planLinks(file: TracedFile, gathered: Gathered, bindings: Bindings): LinkPlan | null {
  const { graph } = file.analysis;
  const { table, index, result, operands: read, dim } = gathered;
  const [tableNode, indexNode, output] = [table.tensor.node, index.tensor.node, result.tensor.node];
  if (!tableNode || !indexNode || !output) return null;
  const sizeOf = (symbol: SymbolInfo): number | null => symbol.hint;
  const cut = (start: NodeId, ...ends: NodeId[]): Cone | null => {
    // Printed values take the place of nodes, but not of those that are to hold positions.
    const touched = dependents(graph, output.node, start);
    const bound = [...bindings.keys()].filter((id) => !touched.has(id));
    const cone = cutCone(graph, [output], sizeOf, new Set([...bound, start, ...ends]));
    return cone.ok ? cone.cone : null;
  };
  const shapeIn = (cone: Cone, id: NodeId): readonly number[] | null => cone.nodes.find((node) => node.id === id)?.outputs[0]?.shape ?? null;
  const forTable = cut(tableNode.node);
  const tableShape = forTable && shapeIn(forTable, tableNode.node);
  const forIndex = cut(read.table, indexNode.node);
  const [sourceShape, indexShape] = forIndex ? [shapeIn(forIndex, read.table), shapeIn(forIndex, indexNode.node)] : [null, null];
  if (!forTable || !tableShape || !forIndex || !sourceShape || !indexShape) return null;
  const outputs = forTable.nodes.find(({ id }) => id === output.node)?.outputs[output.output]?.shape ?? [];
  if ([tableShape, sourceShape, indexShape, outputs].some((shape) => numelOf(shape) > MAX_ELEMENTS)) return null;
  const along = dim === null ? null : dim < 0 ? dim + sourceShape.length : dim;
  const base = along === null ? numelOf(sourceShape) : sourceShape[along] ?? 0;
  if (base < 2) return null;
  const places = Math.max(1, Math.ceil(Math.log(numelOf(indexShape)) / Math.log(base) - 1e-9));
  const source: Fill = { kind: 'coordinate', node: read.table, shape: sourceShape, dim: along };
  return {
    base,
    table: { cone: ofPositions(forTable, tableNode.node), fills: [{ kind: 'position', node: tableNode.node, shape: tableShape }] },
    index: Array.from({ length: places }, (_, place) => ({
      cone: ofPositions(forIndex, read.table), fills: [source, { kind: 'digit', node: indexNode.node, shape: indexShape, base, place }],
    })),
  };
}

/** The nodes on the way from one to another. */
function dependents(graph: readonly GraphNode[], end: NodeId, start: NodeId): Set<NodeId> {
  const touched = new Set([start]);
  for (const id of [...reach(graph, [{ node: end, output: 0 }], new Set([start]))].sort((a, b) => a - b)) {
    if (Object.values(graph[id]!.args).flatMap(operands).some((operand) => touched.has(operand)) && id !== start) touched.add(id);
  }
  return touched;
}

/** What depends on the positions holds positions: integers, whatever the table holds. */
function ofPositions(cone: Cone, start: NodeId): Cone {
  const touched = new Set([start]);
  const nodes = cone.nodes.map((node) => {
    if (node.id !== start && !Object.values(node.args).some((argument) => refersTo(argument, touched))) return node;
    touched.add(node.id);
    return { ...node, outputs: node.outputs.map((output) => ({ ...output, dtype: 'int64' as const })) };
  });
  return { ...cone, nodes };
}

function refersTo(argument: unknown, nodes: ReadonlySet<NodeId>): boolean {
  if (typeof argument !== 'object' || argument === null) return false;
  if ('node' in argument && typeof argument.node === 'number') return nodes.has(argument.node);
  return Object.values(argument).some((part) => refersTo(part, nodes));
}

function numelOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
