// Which lines of a text are outputs that the author printed: those below a line that says so, those whose form no prose has,
// and those that follow code and look like what it prints. Lines that are code come in as known.
import type { Expr, Stmt } from '../../shapes/python/ast';
import type { Candidate } from './candidate';
import { nodesOf } from './names';
import { isLabelLine, isPlainValue, isPunctuation, moduleEnd, outputMarker, tensorLineEnd } from './output-forms';
import type { LineIndex } from '../line-index';
import type { Span } from '../../shapes/python/ast';

/** Texts that the code prints, line by line, without white space around. */
export function printedTexts(code: readonly Candidate[]): Set<string> {
  const texts = new Set<string>();
  const add = (text: string): void => {
    for (const line of text.split('\n')) if (/\p{L}{2}/u.test(line)) texts.add(line.trim());
  };
  for (const call of nodesOf(code.flatMap((candidate) => candidate.statements as Stmt[]))) {
    const func = call['func'] as Expr | undefined;
    if (call.kind !== 'Call' || func?.kind !== 'Name' || func.id !== 'print') continue;
    for (const node of nodesOf(call['args'])) {
      const value = node['value'] as { type?: string; value?: string } | undefined;
      if (node.kind === 'Constant' && value?.type === 'str') add(value.value!);
      if (node.kind === 'FormattedValue' && typeof node['debugText'] === 'string') add(node['debugText']);
    }
  }
  return texts;
}

/** @param isCode whether a line was found to be code @param usable false for lines that are known to be something else */
export function findOutputs(text: string, lines: LineIndex, isCode: (line: number) => boolean, usable: (line: number) => boolean, printed: ReadonlySet<string>): Span[] {
  const found: Span[] = [];
  /** Where the output that is being read started; null outside one. */
  let start: number | null = null;
  let end = 0;
  let expected: 'no' | 'behind-code' | 'announced' = 'no';

  const close = (): void => {
    if (start !== null) found.push({ start, end });
    start = null;
  };
  const startsWithPrinted = (line: string): boolean => {
    const trimmed = line.trim();
    for (const each of printed) if (trimmed.startsWith(each)) return true;
    return false;
  };
  /** The next line that is neither blank nor a note. */
  const following = (from: number): number | null => {
    for (let line = from; line < lines.lineCount && usable(line) && !isCode(line); line++) {
      const content = lines.lineText(line).trim();
      if (content !== '' && !content.startsWith('#')) return line;
    }
    return null;
  };
  const isValue = (line: number | null): boolean => {
    if (line === null) return false;
    return tensorLineEnd(text, lines.lineStart(line), lines.lineEnd(line), true) !== null || isPlainValue(lines.lineText(line)) || startsWithPrinted(lines.lineText(line));
  };
  const take = (line: number, from = lines.lineStart(line), to = lines.lineEnd(line)): void => {
    start ??= from;
    end = to;
  };

  for (let line = 0; line < lines.lineCount; line++) {
    const content = lines.lineText(line);
    if (!usable(line)) {
      close();
      expected = 'no';
      continue;
    }
    if (isCode(line)) {
      close();
      expected = 'behind-code';
      continue;
    }
    const column = outputMarker(content);
    if (column !== null) {
      close();
      expected = 'announced';
      if (column >= content.trimEnd().length) continue;
    }
    const from = lines.lineStart(line) + (column ?? 0);
    const last = expected === 'no' ? null : moduleEnd((number) => (usable(number) && !isCode(number) ? lines.lineText(number) : null), line);
    const tensorEnd = last !== null ? lines.lineEnd(last) : tensorLineEnd(text, from, lines.lineEnd(line), expected !== 'no');
    if (tensorEnd !== null) {
      take(line, from);
      line = Math.max(line, lines.lineAt(tensorEnd));
      end = lines.lineEnd(line);
      expected = expected === 'no' ? 'behind-code' : expected;
      continue;
    }
    if (expected === 'no') continue;
    const next = following(line + 1);
    if (content.trim() === '') {
      if (start !== null && !isValue(following(line))) {
        close();
        expected = 'no';
      } else if (start === null && lines.lineText(line + 1).trim() === '') expected = 'no';
    } else if (content.trim().startsWith('#')) {
      if (isValue(next) || start !== null) take(line);
    } else if (column !== null || isPlainValue(content) || startsWithPrinted(content)) take(line, from);
    else if ((isPunctuation(content) || isLabelLine(content) || (expected === 'announced' && isShort(content))) && isValue(next)) take(line);
    else {
      close();
      expected = 'no';
    }
  }
  close();
  return found;
}

/** As long as a printed title may be; sentences are longer. */
function isShort(line: string): boolean {
  return line.trim().split(/\s+/).length <= 6 && !/[。,.]\s*$/.test(line);
}
