/** `shapelens trace`: each line with its shapes, or the JSON that other programs read. */
import { positionAt } from '../documents/document';
import { seenText, unknownReason } from '../shapes/describe';
import { namesIn } from '../shapes/naming';
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { TracedFile } from '../project/tracedFile';
import { findingLines } from './findings';
import { traceInput } from './options';
import type { TraceOptions } from './options';
import { cellText } from './places';
import { fileJson } from './traceJson';

/** Values of one expression, one after the other, that a line shows. */
const MAX_VALUES = 6;

export async function runTrace(files: readonly string[], options: TraceOptions & { json?: boolean }, write: (text: string) => void): Promise<number> {
  const traced: [string, TracedFile][] = [];
  for (const file of files) traced.push([file, await traceInput(file, options)]);
  if (options.json) write(`${JSON.stringify({ schema: 1, files: traced.map(([path, file]) => fileJson(path, file)) })}\n`);
  else for (const [path, file] of traced) write(annotated(path, file));
  return traced.some(([, file]) => file.analysis.findings.some((finding) => finding.severity === 'error')) ? 1 : 0;
}

/** Every line of code with what it stores or evaluates at its right. */
export function annotated(path: string, file: TracedFile): string {
  const notes = new Map<number, string[]>();
  for (const recording of file.analysis.recordings.values()) {
    if (!isShown(recording)) continue;
    const line = file.document.lines.lineAt(file.document.map.spanToDocument(recording.node).end);
    const { node } = recording;
    const names = namesIn(file.analysis, recording.context);
    const label = node.kind === 'arg' ? node.arg : file.document.source.slice(node.start, node.end).replace(/\s+/g, ' ');
    const what = inTurn(recording.seen.map((seen) => seenText(seen, names)));
    const reason = recording.seen.map(unknownReason).find((each) => each !== null);
    const list = notes.get(line) ?? [];
    list.push(`${label.length > 40 ? `${label.slice(0, 37)}…` : label}: ${what}${reason ? ` (${reason})` : ''}`);
    notes.set(line, list);
  }
  const codeLines = new Set(file.document.cells.flatMap((cell) => {
    const place = file.document.map.spanToDocument(cell.source);
    const [first, last] = [file.document.lines.lineAt(place.start), file.document.lines.lineAt(Math.max(place.start, place.end - 1))];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }));
  const lines = [`${path}`];
  let cell: string | null = null;
  for (const line of [...codeLines].sort((a, b) => a - b)) {
    const text = file.document.lines.lineText(line);
    const shown = notes.get(line);
    const place = positionAt(file.document, file.document.lines.lineStart(line));
    const own = cellText(place);
    if (own !== null && own !== cell) lines.push(own);
    cell = own;
    lines.push(`${String(place.line + 1).padStart(5)}  ${text}${shown ? `${' '.repeat(Math.max(2, 60 - text.length))}# ${shown.join('; ')}` : ''}`);
  }
  lines.push(...findingLines(path, file));
  for (const assumption of [...file.analysis.assumptions, ...file.document.assumptions]) lines.push(`  assumed: ${assumption.text}`);
  if (file.analysis.notice) lines.push(`  ${file.analysis.notice}`);
  return `${lines.join('\n')}\n`;
}

/** The counter of a long loop is told by its first and last values. */
function inTurn(texts: readonly string[]): string {
  return (texts.length <= MAX_VALUES ? texts : [...texts.slice(0, MAX_VALUES - 2), '…', texts.at(-1)!]).join(' then ');
}

/** Targets of assignments, and expressions that stand alone. */
function isShown(recording: Recording): boolean {
  if (recording.target) return recording.node.kind === 'Name' || recording.node.kind === 'Attribute' || recording.node.kind === 'Subscript';
  return recording.node.kind === 'arg';
}
