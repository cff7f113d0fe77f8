/** Finds recorded expressions by their place in the document. */
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import type { Span } from '../shapes/python/ast';
import { offsetOf, rangeOf } from './tracedFile';
import type { DocumentRange, TracedFile } from './tracedFile';

/** The innermost expression at a position, the call where it is on the name of what is called; null where no code was traced. */
export function expressionAt(file: TracedFile, position: DocumentRange['start']): Recording | null {
  const offset = sourceOffset(file, position);
  if (offset === null) return null;
  let best: Recording | null = null;
  for (const recording of file.analysis.recordings.values()) {
    const { node } = recording;
    if (node.start > offset || offset > node.end) continue;
    if (!best || isCloser(node, best.node, offset)) best = recording;
  }
  return best && (callOf(file, best) ?? best);
}

/** The call of a function, method or class that is named there: nobody asks what `permute` is, but what it makes. */
function callOf({ analysis }: TracedFile, { node, seen }: Recording): Recording | null {
  if ((node.kind !== 'Name' && node.kind !== 'Attribute') || seen.length === 0 || !seen.every(isCallable)) return null;
  for (const recording of analysis.recordings.values()) {
    if (recording.node.kind === 'Call' && recording.node.func === node && recording.seen.length > 0) return recording;
  }
  return null;
}

function isCallable(seen: Seen): boolean {
  if (seen.type === 'union') return seen.options.every(isCallable);
  return seen.type === 'value' && ['function', 'method', 'builtin', 'class'].includes(seen.value.kind);
}

/** A position in the module's text; null where it is in no code. */
export function sourceOffset(file: TracedFile, position: DocumentRange['start']): number | null {
  const at = offsetOf(file, position);
  return at === null ? null : file.document.map.toSource(at);
}

/** The outermost expression within a selection; for an empty one the innermost around the cursor. */
export function expressionIn(file: TracedFile, range: DocumentRange): Recording | null {
  const start = offsetOf(file, range.start);
  const end = offsetOf(file, range.end);
  if (start === null || end === null) return null;
  if (start === end) return expressionAt(file, range.start);
  const text = file.document.text.slice(start, end);
  const trimmed = { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
  const span = file.document.map.spanToSource(trimmed);
  if (!span) return null;
  let best: Recording | null = null;
  for (const recording of file.analysis.recordings.values()) {
    const { node } = recording;
    if (node.start >= span.start && node.end <= span.end && (!best || node.end - node.start > best.node.end - best.node.start)) best = recording;
  }
  return best ?? expressionAt(file, range.start);
}

/** Smaller is closer; of two that touch the offset, the one that begins there. */
function isCloser(a: Span, b: Span, offset: number): boolean {
  const [touchesA, touchesB] = [a.end === offset, b.end === offset];
  if (touchesA !== touchesB) return touchesB;
  return a.end - a.start <= b.end - b.start;
}

/** The tensor of a line: what it stores, else its widest tensor expression. For a cursor that is on none. */
export function tensorOnLine(file: TracedFile, line: number, isTensor: (recording: Recording) => boolean): Recording | null {
  let best: Recording | null = null;
  for (const recording of file.analysis.recordings.values()) {
    const { start, end } = rangeOf(file, recording.node);
    if (start.line > line || end.line < line || !isTensor(recording)) continue;
    const width = (each: Recording): number => (each.target ? Infinity : each.node.end - each.node.start);
    if (!best || width(recording) > width(best)) best = recording;
  }
  return best;
}
