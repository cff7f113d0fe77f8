/** Hover: shape, dtype, the rule in one line, and for a chain its steps. */
import type { Hover, Position } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { Analysis } from '../shapes/analysis';
import { seenText, unknownReason } from '../shapes/describe';
import type { Recording } from '../shapes/interpreter/recorder';
import { namesIn } from '../shapes/naming';
import type { Expr, Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { explain } from '../shapes/torch/registry';
import { expressionAt } from '../project/find';
import { rangeOf } from '../project/tracedFile';
import { numbersBeside } from './openFile';
import type { OpenFile } from './openFile';

/** Steps of a chain that a hover lists. */
const MAX_STEPS = 12;

export function hover(file: OpenFile, position: Position): Hover | null {
  const recording = expressionAt(file, position);
  if (!recording || recording.seen.length === 0) return null;
  const lines = [firstLine(file, recording)];
  const reason = recording.seen.map(unknownReason).find((each) => each !== null);
  if (reason) lines.push(`Not known: ${escape(reason)}.`);
  const value = recording.target ? valueOf(file.analysis, recording.node as Expr) : (recording.node as Expr);
  const rule = value && explanation(file.analysis, value);
  if (rule) lines.push(escape(rule));
  const steps = value ? chain(file, value) : [];
  if (steps.length > 1) lines.push(table(file, steps));
  const assumes = [...new Set(recording.seen.flatMap((seen) => (seen.type === 'Tensor' ? seen.tensor.assumes : [])))];
  for (const index of assumes) lines.push(`≈ assumes ${escape(file.analysis.assumptions[index]?.text ?? '')}`);
  return { contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') }, range: rangeOf(file, recording.node) };
}

function firstLine(file: OpenFile, recording: Recording): string {
  const { node } = recording;
  const text = oneLine(file.document.source.slice(node.start, node.end));
  const shown = recording.seen.slice(0, 6).map((seen) => seenText(seen, namesIn(file.analysis, recording.context))).join(' then ');
  const more = recording.seen.length > 6 || recording.more ? ' …' : '';
  const numbers = numbersBeside(file, recording);
  // A code block: what the author wrote must not be read as Markdown.
  return `\`\`\`python\n${text.length > 60 ? `${text.slice(0, 57)}…` : text}: ${shown}${more}${numbers ? `\n    = ${numbers}` : ''}\n\`\`\``;
}

export function explanation(analysis: Analysis, node: Expr): string | null {
  const applied = analysis.operations.get(node);
  return applied ? explain(applied.operation, applied.bound, applied.result) : null;
}

/** What an assignment's target was given. */
function valueOf(analysis: Analysis, target: Expr): Expr | null {
  const statement = statementOf(analysis, target);
  if (statement?.kind === 'Assign' && statement.targets.includes(target)) return statement.value;
  if (statement?.kind === 'AnnAssign' || statement?.kind === 'AugAssign') return statement.value;
  return null;
}

function statementOf(analysis: Analysis, node: Expr): Stmt | null {
  let found: Stmt | null = null;
  walk(analysis.tree, (each) => {
    if (each.start > node.start || each.end < node.end) return false;
    if (each.kind === 'Assign' || each.kind === 'AnnAssign' || each.kind === 'AugAssign') found = each;
    return true;
  });
  return found;
}

/** The receivers of a chain from the innermost on: `x`, `x.permute(…)`, `x.permute(…).contiguous()`. */
export function chain(file: OpenFile, node: Expr): Recording[] {
  const steps: Recording[] = [];
  for (let at: Expr | null = node; at; at = receiver(at)) {
    const recording = file.analysis.recordings.get(at);
    if (recording && isStep(recording)) steps.push(recording);
  }
  return steps.reverse();
}

function isStep(recording: Recording): boolean {
  return recording.seen.some((seen) => seen.type !== 'value' || (seen.value.kind !== 'module' && seen.value.kind !== 'method' && seen.value.kind !== 'builtin'));
}

function receiver(node: Expr): Expr | null {
  switch (node.kind) {
    case 'Call': return node.func.kind === 'Attribute' ? node.func.value : null;
    case 'Attribute': case 'Subscript': return node.value;
    default: return null;
  }
}

function table(file: OpenFile, steps: readonly Recording[]): string {
  const rows = steps.slice(-MAX_STEPS).map((step) => {
    const text = oneLine(file.document.source.slice(step.node.start, step.node.end));
    const shown = step.node.kind === 'Name' ? text : stepText(file, step.node as Expr, text);
    return `| ${code(shown.length > 48 ? `${shown.slice(0, 45)}…` : shown)} | ${escape(step.seen.map((seen) => seenText(seen, namesIn(file.analysis, step.context))).join(' then '))} |`;
  });
  return ['| step | value |', '| --- | --- |', ...rows].join('\n');
}

/** The step alone, without what it is applied to: `.permute(1, 2, 0)`. */
function stepText(file: OpenFile, node: Expr, text: string): string {
  const inner = receiver(node);
  return inner ? oneLine(file.document.source.slice(inner.end, node.end)) : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A code span in a table cell: no back tick, pipe or line break may end it. */
function code(text: string): string {
  return `\`${text.replace(/`/g, 'ˋ').replace(/\|/g, '\\|')}\``;
}

export function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~$]/g, '\\$&');
}
