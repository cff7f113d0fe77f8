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

/** `In [1]:` alone is the heading of a cell whose code follows without prompts. */
const prompt = /^(\s*)(?:>>>(?: |$|(?=[\w(\[@]))|In \[\d*\]: (?=\s*\S))/;
const continuation = /^(\s*)(?:\.\.\.(?: |$)|\.\.\.+:(?: |$))/;
/** Behind prompts without a blank. */
const gluedContinuation = /^\s*\.\.\.(?= {0,20}\S)/;

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
    let isGlued = false;
    while (line < to) {
      const text = lines.lineText(line);
      const found = (line > start && (isGlued ? gluedContinuation.exec(text) ?? continuation.exec(text) : continuation.exec(text))) || prompt.exec(text);
      if (!found) break;
      if (found[0].trim() === '>>>') isGlued = /^>>>\S/.test(text.trimStart());
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
  let traceback = false;
  while (line < to) {
    const content = lines.lineText(line);
    if (content.trim() === '' || hasPrompt(content)) break;
    const column = outputMarker(content) ?? 0;
    const end = tensorLineEnd(text, lines.lineStart(line) + column, lines.lineEnd(line), true);
    traceback ||= /^\s*Traceback \(/.test(content);
    if (end === null && column === 0 && !traceback && isSentence(content)) break;
    start ??= lines.lineStart(line) + column;
    line = Math.min(to, end === null ? line + 1 : Math.max(line, lines.lineAt(end)) + 1);
  }
  return start === null ? null : { span: { start, end: lines.lineEnd(line - 1) }, next: line };
}

/** The author goes on without a blank line. */
function isSentence(line: string): boolean {
  const words = line.trim().split(/\s+/).length;
  return words >= 8 || (words >= 4 && /[.:!?]$/.test(line.trim())) || /[。,:]/.test(line) || /^[^\x00-\x7F]{6,}$/.test(line.trim());
}
