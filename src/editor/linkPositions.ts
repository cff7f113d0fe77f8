/** Evaluates how the elements of a gather belong together: positions flow through the graph in place of values. */
import { EvaluationError } from '../evaluation/errors';
import type { EvaluationClient } from '../evaluation/client';
import type { Handle } from '../evaluation/results';
import type { Binding } from '../evaluation/messages';
import type { Dtype } from '../shapes/values/dtype';
import type { EvaluateAnswer, Fill, PositionGraph } from '../server/messages';
import type { TensorLink, TensorMetadata } from '../webview/protocol';

/** The positions, each a sum of digits: those of the table have one place only. */
export interface LinkPositions {
  readonly link: TensorLink;
  readonly tensors: ReadonlyMap<string, { readonly metadata: TensorMetadata; readonly base: number; readonly digits: readonly Handle[] }>;
}

type Planned = Extract<EvaluateAnswer, { readonly ok: true }>;

/** null where it cannot be evaluated, which is logged: the tensors themselves can be shown without. */
export async function evaluateLink(evaluation: EvaluationClient, document: string, { link, bindings }: Planned, tensors: readonly TensorMetadata[], log: (line: string) => void): Promise<LinkPositions | null> {
  if (!link) return null;
  const run = async ({ cone, fills }: PositionGraph): Promise<Handle> => {
    const nodes = new Set(cone.nodes.map(({ id }) => id));
    const values = new Map<number, Binding>(bindings.filter(({ node }) => nodes.has(node)).map((bound) => [bound.node, { ...bound, dtype: bound.dtype as Dtype }]));
    for (const fill of fills) values.set(fill.node, { values: filled(fill), shape: fill.shape, dtype: 'int64', provenance: 'positions' });
    return (await evaluation.evaluate({ cone, bindings: values, seed: 0, training: false }, { document })).outputs[0]!.handle;
  };
  try {
    const table = await run(link.table);
    const index: Handle[] = [];
    for (const graph of link.index) index.push(await run(graph));
    const [from, by, result] = [link.members.table, link.members.index, link.members.result].map((at) => tensors[at]!) as [TensorMetadata, TensorMetadata, TensorMetadata];
    const positions = (of: string): TensorMetadata => ({ id: `positions in ${of}`, name: `positions in ${of}`, shape: result.shape, dims: result.dims, dtype: 'int64', backend: result.backend, provenance: [] });
    const [inTable, inIndex] = [positions('table'), positions('index')];
    return {
      link: { table: from.id, index: by.id, result: result.id, tablePositions: inTable.id, indexPositions: inIndex.id },
      tensors: new Map([[inTable.id, { metadata: inTable, base: 1, digits: [table] }], [inIndex.id, { metadata: inIndex, base: link.base, digits: index }]]),
    };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    log(`linking the tensors of a gather: ${error.message}`);
    return null;
  }
}

/** What a fill stands for, row-major. */
export function filled(fill: Fill): Float64Array {
  const count = fill.shape.reduce((product, size) => product * size, 1);
  if (fill.kind === 'position' || (fill.kind === 'coordinate' && fill.dim === null)) return Float64Array.from({ length: count }, (_, i) => i);
  if (fill.kind === 'digit') return Float64Array.from({ length: count }, (_, i) => Math.floor(i / fill.base ** fill.place) % fill.base);
  const stride = fill.shape.slice(fill.dim! + 1).reduce((product, size) => product * size, 1);
  return Float64Array.from({ length: count }, (_, i) => Math.floor(i / stride) % fill.shape[fill.dim!]!);
}
