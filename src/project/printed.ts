/**
 * What a post printed, matched with what its statements print: the basis of `verify`, and of evaluating with the values
 * that the author's random initialization drew.
 */
import { matchOutputs } from '../documents/matching';
import type { MatchedPair, Matching, PrintedValue } from '../documents/matching';
import { parseOutput } from '../documents/outputs';
import type { OutputItem } from '../documents/outputs';
import { printedParameterValues } from '../documents/parameters';
import { cellOf } from '../documents/document';
import { printingStatements } from '../documents/statements';
import type { PrintingStatement } from '../documents/statements';
import type { NodeId } from '../shapes/graph/graph';
import type { PrintedPass } from '../shapes/interpreter/state/prints';
import type { Seen } from '../shapes/interpreter/state/recorder';
import type { TensorValue } from '../shapes/values/values';
import type { Expr, Span } from '../shapes/python/ast';
import { isRandom } from '../shapes/interpreter/tensors/apply';
import { ownTensor } from './evaluation';
import type { BoundValues, Bindings } from './evaluation';
import type { TracedFile } from './tracedFile';
import { isUninitialized } from './uncertainty';

/** A statement that prints, in one of its passes. */
export interface Printing extends PrintingStatement {
  /** null where the trace did not come by, and for expressions whose value is shown. */
  readonly pass: PrintedPass | null;
  /** Whether it is known how often what runs with it prints: else its outputs may be those of another pass. */
  readonly isCounted: boolean;
}

export interface PrintedOutputs {
  /** In the order of execution. */
  readonly statements: readonly Printing[];
  readonly items: readonly OutputItem[];
  readonly matching: Matching;
}

const known = new WeakMap<TracedFile, PrintedOutputs>();

export function printedOutputs(file: TracedFile): PrintedOutputs {
  const before = known.get(file);
  if (before) return before;
  const { document } = file;
  const statements = printings(file);
  const items = document.outputs.flatMap((output) => parseOutput(output.text, output.range.start).items.map((item) => ({ item, cell: output.cell, before: lineBefore(document, item.range.start), isOwn: output.cell !== null && document.cells[output.cell]?.kind === 'transcript' })));
  const matching = matchOutputs(
    statements.map((statement) => {
      const after = statement.pass && statement.within === 'function' ? statement.pass.at : statement.statement;
      return { end: document.map.spanToDocument(after).end, cell: cellOf(document, after), parts: statement.parts.map((part) => (part.kind === 'text' ? { kind: 'text', text: part.text } : printedValue(seenOf(file, statement, part.expr), statement.shows))) };
    }),
    items,
  );
  const result = { statements, items: items.map(({ item }) => item), matching };
  known.set(file, result);
  return result;
}

function lineBefore({ text }: TracedFile['document'], offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** One for each pass of each statement, in the order of execution: by the top-level statement that runs, and within it as they came. */
function printings({ analysis, document }: TracedFile): Printing[] {
  const { body } = analysis.tree;
  const top = ({ start }: Span): number => body.findIndex((each) => each.start <= start && start < each.end);
  const passes = new Map<Span, PrintedPass[]>();
  for (const pass of analysis.prints) {
    const known = passes.get(pass.statement);
    if (known) known.push(pass);
    else passes.set(pass.statement, [pass]);
  }
  const order = new Map(analysis.prints.map((pass, i) => [pass, i]));
  const uncounted = new Set(analysis.prints.filter(({ isAnyRound, isConditional }) => isAnyRound || isConditional).map(({ at }) => top(at)));
  const found = printingStatements(analysis.tree, document).flatMap((statement): (Printing & { readonly top: number })[] => {
    const own = passes.get(statement.statement) ?? [];
    if (own.length === 0) return [{ ...statement, pass: null, top: top(statement.statement), isCounted: true }];
    return own.map((pass) => ({ ...statement, pass, top: top(pass.at), isCounted: statement.within === 'module' || !uncounted.has(top(pass.at)) }));
  });
  const place = ({ pass }: Printing): number => (pass ? order.get(pass)! : analysis.prints.length);
  return found.sort((a, b) => a.top - b.top || place(a) - place(b) || a.statement.start - b.statement.start);
}

function seenOf(file: TracedFile, printing: Printing, expr: Expr): Seen | null {
  return printing.pass ? printing.pass.values.get(expr) ?? null : file.analysis.recordings.get(expr)?.seen[0] ?? null;
}

/** The value that a pair prints; null for text and what was never evaluated. */
export function valueOf(file: TracedFile, printed: PrintedOutputs, pair: MatchedPair): Seen | null {
  const printing = printed.statements[pair.statement]!;
  const part = printing.parts[pair.part]!;
  let seen = part.kind === 'value' ? seenOf(file, printing, part.expr) : null;
  for (const index of pair.path) seen = seen?.type === 'sequence' ? seen.items?.[index] ?? null : null;
  return seen;
}

function printedValue(seen: Seen | null, shows: PrintingStatement['shows'] = 'print'): PrintedValue {
  if (!seen) return { kind: 'unknown' };
  const tensor = ownTensor(seen);
  if (tensor) return { kind: 'tensor', shape: tensor.shape.rest ? null : tensor.shape.dims.map((dim) => dim.value), dtype: tensor.dtype, isParameter: tensor.isParameter };
  switch (seen.type) {
    case 'sequence': {
      if (seen.items === null) return { kind: 'unknown' };
      if (seen.name === 'torch.Size') return { kind: 'size', dims: seen.items.map((item) => (item.type === 'value' && item.value.kind === 'int' ? item.value.value?.value ?? null : null)) };
      return { kind: 'several', values: seen.items.map((item) => printedValue(item)) };
    }
    case 'Tensor': case 'union': return { kind: 'unknown' };
    case 'value': {
      const { value } = seen;
      if (value.kind === 'unknown') return { kind: 'unknown' };
      if (value.kind === 'str') return value.value === null ? { kind: 'unknown' } : { kind: 'text', text: value.value };
      // Of an expression that is None nothing is shown.
      if (value.kind === 'None' && shows === 'value') return { kind: 'other' };
      return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'None' ? { kind: 'scalar', type: value.kind, value: value.kind === 'int' ? value.value?.value ?? null : null } : { kind: 'other' };
    }
  }
}

const isDrawn = (op: string): boolean => isRandom(op) || isUninitialized(op);

/** The printed values of what was drawn at random and printed before anything changed it, by the node that drew it. */
export function printedBindings(file: TracedFile): Bindings {
  const printed = printedOutputs(file);
  const drawn = new Map<NodeId, TensorValue>();
  const found = printedParameterValues(printed.matching.pairs, printed.items, (pair) => {
    const seen = valueOf(file, printed, pair);
    const tensor = seen && ownTensor(seen);
    const node = tensor?.node ?? null;
    if (!node || !tensor || !isDrawn(file.analysis.graph[node.node]!.op)) return null;
    drawn.set(node.node, tensor);
    return node.node;
  });
  const bindings = new Map<NodeId, BoundValues>();
  for (const [node, { item }] of found) {
    const { dtype } = drawn.get(node)!;
    const line = file.document.lines.lineAt(item.range.start) + 1;
    if (dtype && item.shape) bindings.set(node, { values: item.values.map(Number), shape: item.shape.map((size) => size ?? 0), dtype, halves: item.decimals.map((decimals) => (decimals === null ? 0 : 0.5 * 10 ** -decimals)), provenance: `values that the post printed (line ${line})` });
  }
  return bindings;
}
