// Prompts in the middle of a line: a page that lost its line breaks has a sentence, `>>>`, a statement, what it printed and the
// next `>>>` one behind the other. Each of them is given a line of its own.
import { hasPrompt } from './formats/transcript';
import type { RestoredRun } from '../shapes/python/repair/detect';

const PROMPT = />>>(?=\s*[A-Za-z_([@#])/g;
/** A value as the interpreter shows it, behind a statement that is complete. */
const PRINTED = /(?<=[\w)\]}'"]\s+)(?:torch\.Size|tensor|array)\((?=[[\d])/g;
/** Statements that go on with what looks like a printed value. */
const OPEN = /(?:^|\W)(?:return|in|is|and|or|not|if|else|print|assert|lambda)\s*$/;

/** The lines of a document that hold prompts behind something else. */
export function findPrompts(lines: readonly string[]): RestoredRun[] {
  if (!lines.some(hasPrompt)) return [];
  return lines.flatMap((text, line) => {
    if (/^\s*\|/.test(text)) return [];
    const prompts = [...text.matchAll(PROMPT)].map(({ index }) => index).filter((at) => !isInString(text.slice(0, at)));
    if (!prompts.some((at) => text.slice(0, at).trim() !== '')) return [];
    const breaks = prompts.flatMap((at, i) => [at, ...outputIn(text, at + 3, prompts[i + 1] ?? text.length)]);
    const starts = [...(text.slice(0, breaks[0]).trim() === '' ? [] : [0]), ...breaks];
    const parts = starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length, indent: '' }));
    return parts.length < 2 ? [] : [{ line, restored: { lines: parts.map((part) => trimmed(text, part)), assumptions: [] } }];
  });
}

/** Where what was printed begins, in what stands between two prompts. */
function outputIn(text: string, start: number, end: number): number[] {
  for (const { index } of text.slice(0, end).matchAll(PRINTED)) {
    if (index <= start) continue;
    const before = text.slice(start, index);
    if (/#/.test(before) || closes(before)) {
      if (!OPEN.test(before)) return [index];
    }
  }
  return [];
}

function closes(text: string): boolean {
  let depth = 0;
  for (const character of text) depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
  return depth === 0;
}

function isInString(before: string): boolean {
  return (before.match(/["'`]/g) ?? []).length % 2 === 1;
}

function trimmed<T extends { readonly start: number; readonly end: number }>(text: string, part: T): T {
  return { ...part, end: part.start + text.slice(part.start, part.end).trimEnd().length };
}
