/** A change of the code that may mend a finding. It is offered only once a trace of the changed text has shown that it does. */
import type { Finding } from '../../shapes/diagnostics/finding';
import type { Recording } from '../../shapes/interpreter/state/recorder';
import type { TensorValue } from '../../shapes/values/values';
import { expressionsWithin } from '../../shapes/evidence/nodes';
import type { Call, Expr, Span } from '../../shapes/python/ast';
import type { TracedFile } from '../../project/tracedFile';

/** Spans are offsets in the module's text. */
export interface SourceEdit { readonly span: Span; readonly text: string }
export interface Candidate { readonly title: string; readonly edits: readonly SourceEdit[] }

/** What the findings of one code may be mended by, the likeliest first. */
export type Family = (file: TracedFile, finding: Finding) => Candidate[];

/** The expression that a finding is about. */
export function expressionOf({ analysis }: TracedFile, span: Span): Expr | null {
  const node = expressionsWithin(analysis.recordings, span).find((each) => each.start === span.start && each.end === span.end);
  return node && node.kind !== 'arg' ? node : operationAt(analysis.operations, span);
}

/** A product that failed has no value, but it was applied. */
function operationAt(operations: ReadonlyMap<Span, unknown>, span: Span): Expr | null {
  for (const node of operations.keys()) if (node.start === span.start && node.end === span.end && 'kind' in node) return node as Expr;
  return null;
}

/** The two operands of `a @ b`, `torch.add(a, b)`, `a.matmul(b)`. */
export function operandsOf(file: TracedFile, node: Expr | null): readonly [Expr, Expr] | null {
  if (node?.kind === 'BinOp') return [node.left, node.right];
  if (node?.kind !== 'Call') return null;
  const [first, second] = node.args;
  if (second && tensorAt(file, first!) && tensorAt(file, second)) return [first!, second];
  return first && node.func.kind === 'Attribute' && tensorAt(file, node.func.value) && tensorAt(file, first) ? [node.func.value, first] : null;
}

export function tensorAt({ analysis }: TracedFile, node: Expr): TensorValue | null {
  return tensorOf(analysis.recordings.get(node));
}

function tensorOf(recording: Recording | undefined): TensorValue | null {
  const seen = recording?.seen.at(-1);
  return seen?.type === 'Tensor' ? seen.tensor : null;
}

export function textOf({ document }: TracedFile, span: Span): string {
  return document.source.slice(span.start, span.end);
}

/** `.transpose(…)` behind it: what binds less than a call stands in parentheses, its own or new ones. */
export function appended(file: TracedFile, node: Expr, suffix: string): SourceEdit {
  const isPrimary = node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Call' || node.kind === 'Subscript';
  const span = isPrimary ? node : parenthesized(file.document.source, node);
  const isBare = !isPrimary && span === node;
  return { span: { start: span.start, end: span.end }, text: `${isBare ? `(${textOf(file, node)})` : textOf(file, span)}${suffix}` };
}

/** With the parentheses around it, which the tree leaves out; the node itself where there are none of its own. */
function parenthesized(source: string, node: Span): Span {
  const before = /(^|[^\p{L}\p{N}_\])])(\()\s*$/u.exec(source.slice(0, node.start));
  const after = /^\s*\)/.exec(source.slice(node.end));
  return before && after ? { start: before.index + before[1]!.length, end: node.end + after[0].length } : node;
}

/** What a method is called on: `x` of `x.mean(-1)`; null where it is no method call of that name. */
export function methodCall(node: Expr, names: ReadonlySet<string>): { readonly call: Call; readonly receiver: Expr } | null {
  return node.kind === 'Call' && node.func.kind === 'Attribute' && names.has(node.func.attr) ? { call: node, receiver: node.func.value } : null;
}
