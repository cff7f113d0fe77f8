// Markdown: the code of fences and indented blocks, transcripts and printed outputs among them. Prose is searched for code only
// where there is no fence: such a text was pasted without them.
// https://spec.commonmark.org/0.31.2/#fenced-code-blocks
import type { PythonParser } from '../../shapes/python/parser';
import type { LineIndex } from '../line-index';
import { readCandidate } from '../recognition/candidate';
import type { Candidate } from '../recognition/candidate';
import { chunksOf } from '../recognition/chunks';
import type { Chunk, Lines } from '../recognition/chunks';
import type { Region } from '../regions';
import type { PostParts } from './post';
import { readPost } from './post';
import { hasPrompt } from './transcript';

interface Block {
  /** The first line of the content. */
  readonly from: number;
  readonly to: number;
  /** The first word of the info string, lower case; null for an indented block. */
  readonly info: string | null;
  /** What of each line stands before the content: the marks of quotes, the indentation of a list. */
  readonly prefix: (line: string) => number;
}

const python = new Set(['python', 'py', 'python3', 'py3', 'pycon', 'ipython', 'ipython3', 'pytorch', 'python-repl', 'pyi']);
const outputNames = new Set(['text', 'txt', 'output', 'out', 'result', 'results', 'plaintext', 'plain', 'none', 'console-output']);

export function readMarkdown(text: string, lines: LineIndex, parser: PythonParser): PostParts {
  const chunks: Chunk[] = [];
  const others: Region[] = [];
  const blocks = [...blocksOf(lines)];
  const bare = blocks.every(({ info }) => info === null) ? readPost(text, lines, parser, behindFrontMatter(lines)) : null;
  // Code at the margin is code that lost its fences.
  if (bare?.chunks.some(({ candidates }) => candidates.some(({ kind, indent }) => kind === 'statement' && indent === 0))) return bare;
  for (const block of blocks) {
    const within = contentLines(lines, block);
    const content = Array.from({ length: block.to - block.from }, (_, index) => within.lineText(block.from + index));
    const isPython = block.info !== null && python.has(block.info);
    const mayBe = isPython || block.info === null || block.info === '' || block.info === 'diff' || outputNames.has(block.info);
    if (!mayBe || content.every((line) => line.trim() === '')) continue;
    const quoted = /[^\s]/.test(lines.lineText(block.from).slice(0, block.prefix(lines.lineText(block.from))));
    const found = quoted ? null : readPost(text, lines, parser, block.from, block.to);
    if (block.info !== null && outputNames.has(block.info)) {
      // An output is one because a statement came before it; any other text block is none.
      if (chunks.length > 0 || others.length > 0) others.push(outputBlock(within, block));
    } else if (isPython && !content.some((line) => hasPrompt(line)) && !(found && printsWithin(found))) {
      chunks.push(...codeBlock(within, block, parser));
    } else if (found && chunks.length > 0 && isPrinted(block, found, content)) {
      others.push(outputBlock(within, block));
    } else if (found) {
      chunks.push(...found.chunks);
      others.push(...found.others);
    }
  }
  return { chunks, others };
}

/** Values that were pasted into the fence of the code that prints them. */
function printsWithin(found: PostParts): boolean {
  return found.others.some((region) => region.kind === 'output');
}

/** A fence without a name behind code is what the code printed if values stand in it, and no code. */
function isPrinted({ info }: Block, found: PostParts, content: readonly string[]): boolean {
  return info === '' && found.chunks.length === 0 && (printsWithin(found) || content.some((line) => /\b(?:tensor\(|torch\.Size\(\[)/.test(line)));
}

function outputBlock(lines: Lines, block: Block): Region {
  return { kind: 'output', document: { start: lines.lineStart(block.from), end: lines.lineEnd(block.to - 1) } };
}

/** All of a block that says it is Python. */
function codeBlock(lines: Lines, block: Block, parser: PythonParser): Chunk[] {
  const line = (number: number): string | null => (number < block.to ? lines.lineText(number) : null);
  const candidates: Candidate[] = [];
  for (let number = block.from; number < block.to; number++) {
    if (lines.lineText(number).trim() === '') continue;
    const candidate = readCandidate(number, line, parser, true);
    if (!candidate) continue;
    candidates.push(candidate);
    number = candidate.last;
  }
  return chunksOf(candidates, () => false, lines);
}

function contentLines(lines: LineIndex, block: Block): Lines {
  const prefix = (line: number): number => block.prefix(lines.lineText(line));
  return {
    lineText: (line) => lines.lineText(line).slice(prefix(line)),
    lineStart: (line) => lines.lineStart(line) + prefix(line),
    lineEnd: (line) => lines.lineEnd(line),
  };
}

const opening = /^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^`\r\n]*)$/;

function* blocksOf(lines: LineIndex): Generator<Block> {
  let line = behindFrontMatter(lines);
  while (line < lines.lineCount) {
    const fence = opening.exec(lines.lineText(line));
    if (fence) {
      const close = closingLine(lines, line + 1, fence[2]!);
      yield { from: line + 1, to: close, info: infoWord(fence[3]!), prefix: prefixOf(fence[1]!) };
      line = close + 1;
      continue;
    }
    const end = indentedBlockEnd(lines, line);
    if (end > line) yield { from: line, to: end, info: null, prefix: () => 0 };
    line = Math.max(end, line + 1);
  }
}

/** An unclosed fence reaches to the end of the document. */
function closingLine(lines: LineIndex, from: number, fence: string): number {
  for (let line = from; line < lines.lineCount; line++) {
    const marks = /^[\s>]*([`~]{3,})\s*$/.exec(lines.lineText(line))?.[1];
    if (marks && marks[0] === fence[0] && marks.length >= fence.length) return line;
  }
  return lines.lineCount;
}

/** `python`, `{.python .numberLines}`, `{code-cell} ipython3`, `py title="x"`. */
function infoWord(info: string): string {
  const words = info.toLowerCase().replace(/\{code-cell\}/, '').match(/[\w+#-]+/g);
  return words?.[0] ?? '';
}

/** Quote marks and as much white space as stands before the fence. */
function prefixOf(before: string): (line: string) => number {
  const quotes = before.split('>').length - 1;
  const width = before.slice(before.lastIndexOf('>') + 1).length;
  return (line) => {
    let at = 0;
    for (let quote = 0; quote < quotes; quote++) at += /^[ \t]*>/.exec(line.slice(at))?.[0].length ?? 0;
    return at + Math.min(width, /^[ \t]*/.exec(line.slice(at))![0].length);
  };
}

function behindFrontMatter(lines: LineIndex): number {
  const mark = lines.lineText(0).trimEnd();
  if (mark !== '---' && mark !== '+++') return 0;
  for (let line = 1; line < lines.lineCount; line++) if (lines.lineText(line).trimEnd() === mark) return line + 1;
  return 0;
}

/** Behind the last line of a block indented by four blanks that follows a blank line outside a list; `line` if none starts. */
function indentedBlockEnd(lines: LineIndex, line: number): number {
  const indented = (at: number): boolean => /^(?: {4}|\t)\s*\S/.test(lines.lineText(at));
  if (!indented(line) || (line > 0 && lines.lineText(line - 1).trim() !== '')) return line;
  let before = line - 1;
  while (before >= 0 && (lines.lineText(before).trim() === '' || indented(before))) before--;
  if (before >= 0 && /^\s*(?:[-*+]|\d+[.)])\s/.test(lines.lineText(before))) return line;
  let end = line + 1;
  for (let at = end; at < lines.lineCount && (indented(at) || lines.lineText(at).trim() === ''); at++) if (indented(at)) end = at + 1;
  return end;
}
