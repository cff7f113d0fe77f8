// Sessions of the interactive interpreter, `>>>` and `...`, and of IPython, `In [1]:` and `...:`. What follows a prompt's
// statement up to the next prompt or to a blank line outside brackets is its output.
import type { Span } from '../../shapes/python/ast';
import type { LineIndex } from '../line-index';
import { outputMarker, tensorLineEnd } from '../recognition/output-forms';
import type { CodeLine, Region } from '../regions';

export interface Transcripts {
  readonly regions: readonly Region[];
  /** All lines that belong to a transcript. */
  readonly lines: ReadonlySet<number>;
}

const prompt = /^(\s*)(?:>>>(?: |$)|In \[\d*\]:(?: |$))/;
const continuation = /^(\s*)(?:\.\.\.(?: |$)|\.\.\.+:(?: |$))/;

export function hasPrompt(line: string): boolean {
  return prompt.test(line);
}

export function readTranscripts(text: string, lines: LineIndex, from: number, to: number): Transcripts {
  const regions: Region[] = [];
  const taken = new Set<number>();
  for (let line = from; line < to; ) {
    if (!hasPrompt(lines.lineText(line))) {
      line++;
      continue;
    }
    const start = line;
    const code: CodeLine[] = [];
    while (line < to) {
      const found = (line > start && continuation.exec(lines.lineText(line))) || prompt.exec(lines.lineText(line));
      if (!found) break;
      code.push({ start: lines.lineStart(line) + found[0].length, end: lines.lineEnd(line) });
      line++;
    }
    regions.push({ kind: 'transcript', document: { start: lines.lineStart(start), end: lines.lineEnd(line - 1) }, lines: code });
    const output = readPrinted(text, lines, line, to);
    if (output) {
      regions.push({ kind: 'output', document: output.span });
      line = output.next;
    }
    for (let each = start; each < line; each++) taken.add(each);
  }
  return { regions, lines: taken };
}

/** The lines printed below a prompt; a tensor may have blank lines within its brackets. */
function readPrinted(text: string, lines: LineIndex, from: number, to: number): { span: Span; next: number } | null {
  let line = from;
  let start: number | null = null;
  while (line < to) {
    const content = lines.lineText(line);
    if (content.trim() === '' || hasPrompt(content)) break;
    const column = outputMarker(content) ?? 0;
    start ??= lines.lineStart(line) + column;
    const end = tensorLineEnd(text, lines.lineStart(line) + column, lines.lineEnd(line));
    line = Math.min(to, end === null ? line + 1 : Math.max(line, lines.lineAt(end)) + 1);
  }
  return start === null ? null : { span: { start, end: lines.lineEnd(line - 1) }, next: line };
}
