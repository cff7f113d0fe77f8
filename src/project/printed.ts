/**
 * What a post printed, matched with what its statements print: the basis of `verify`, and of evaluating with the values
 * that the author's random initialization drew.
 */
import { matchOutputs } from '../documents/matching';
import type { MatchedPair, Matching, PrintedValue } from '../documents/matching';
import { parseOutput } from '../documents/outputs';
import type { OutputItem } from '../documents/outputs';
import { printedParameterValues } from '../documents/parameters';
import { printingStatements } from '../documents/statements';
import type { PrintingStatement } from '../documents/statements';
import type { NodeId } from '../shapes/graph/graph';
import type { Seen } from '../shapes/interpreter/recorder';
import type { TensorValue } from '../shapes/interpreter/values';
import { isRandom } from '../shapes/interpreter/apply';
import type { BoundValues, Bindings } from './evaluation';
import type { TracedFile } from './tracedFile';

export interface PrintedOutputs {
  readonly statements: readonly PrintingStatement[];
  readonly items: readonly OutputItem[];
  readonly matching: Matching;
}

const known = new WeakMap<TracedFile, PrintedOutputs>();

export function printedOutputs(file: TracedFile): PrintedOutputs {
  const before = known.get(file);
  if (before) return before;
  const { document, analysis } = file;
  const statements = printingStatements(analysis.tree, document);
  const items = document.outputs.flatMap((output) => parseOutput(output.text, output.range.start).items.map((item) => ({ item, cell: output.cell })));
  const matching = matchOutputs(
    statements.map((statement) => ({ end: document.map.spanToDocument(statement.statement).end, cell: statement.cell, parts: statement.parts.map((part) => (part.kind === 'text' ? { kind: 'text', text: part.text } : printedValue(seenOf(file, part.expr)))) })),
    items,
  );
  const result = { statements, items: items.map(({ item }) => item), matching };
  known.set(file, result);
  return result;
}

function seenOf(file: TracedFile, expr: Parameters<typeof file.analysis.recordings.get>[0]): Seen | null {
  return file.analysis.recordings.get(expr)?.seen[0] ?? null;
}

/** The value that a pair prints; null for text and what was never evaluated. */
export function valueOf(file: TracedFile, printed: PrintedOutputs, pair: MatchedPair): Seen | null {
  const part = printed.statements[pair.statement]!.parts[pair.part]!;
  let seen = part.kind === 'value' ? seenOf(file, part.expr) : null;
  for (const index of pair.path) seen = seen?.type === 'sequence' ? seen.items?.[index] ?? null : null;
  return seen;
}

function printedValue(seen: Seen | null): PrintedValue {
  if (!seen) return { kind: 'unknown' };
  switch (seen.type) {
    case 'Tensor': return { kind: 'tensor', shape: seen.tensor.shape.rest ? null : seen.tensor.shape.dims.map((dim) => dim.value), dtype: seen.tensor.dtype, isParameter: seen.tensor.isParameter };
    case 'sequence': {
      if (seen.items === null) return { kind: 'unknown' };
      if (seen.name === 'torch.Size') return { kind: 'size', dims: seen.items.map((item) => (item.type === 'value' && item.value.kind === 'int' ? item.value.value?.value ?? null : null)) };
      return { kind: 'several', values: seen.items.map(printedValue) };
    }
    case 'union': return { kind: 'unknown' };
    case 'value': {
      const { value } = seen;
      if (value.kind === 'unknown') return { kind: 'unknown' };
      if (value.kind === 'str') return value.value === null ? { kind: 'unknown' } : { kind: 'text', text: value.value };
      return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'None' ? { kind: 'scalar' } : { kind: 'other' };
    }
  }
}

/** The printed values of what was drawn at random and printed before anything changed it, by the node that drew it. */
export function printedBindings(file: TracedFile): Bindings {
  const printed = printedOutputs(file);
  const drawn = new Map<NodeId, TensorValue>();
  const found = printedParameterValues(printed.matching.pairs, printed.items, (pair) => {
    const seen = valueOf(file, printed, pair);
    const node = seen?.type === 'Tensor' ? seen.tensor.node : null;
    if (!node || seen?.type !== 'Tensor' || !isRandom(file.analysis.graph[node.node]!.op)) return null;
    drawn.set(node.node, seen.tensor);
    return node.node;
  });
  const bindings = new Map<NodeId, BoundValues>();
  for (const [node, { item }] of found) {
    const { dtype } = drawn.get(node)!;
    const line = file.document.lines.lineAt(item.range.start) + 1;
    if (dtype && item.shape) bindings.set(node, { values: item.values.map(Number), shape: item.shape.map((size) => size ?? 0), dtype, provenance: `values that the post printed (line ${line})` });
  }
  return bindings;
}
