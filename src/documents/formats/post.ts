// Plain text that holds code without marking it: a page dumped to text, a mail, a forum post. Transcripts are known by their
// prompts; the rest is searched for code by structure and names (`plausibility.ts`), then for outputs (`output-lines.ts`).
import type { PythonParser } from '../../shapes/python/parser';
import { asTyped } from '../recognition/candidate';
import type { Candidate } from '../recognition/candidate';
import { findCode } from '../recognition/code-lines';
import { findOutputs, printedTexts } from '../recognition/output-lines';
import { moduleEnd, outputMarker, tensorLineEnd } from '../recognition/output-forms';
import { chunksOf } from '../recognition/chunks';
import type { Chunk } from '../recognition/chunks';
import type { LineIndex } from '../line-index';
import type { OutputRegion, Region } from '../regions';
import { readTranscripts } from './transcript';

export interface PostParts {
  /** Code that is still to be given its place and indentation. */
  readonly chunks: readonly Chunk[];
  readonly others: readonly Region[];
}

/** @param from the first line to read @param to behind the last */
export function readPost(text: string, lines: LineIndex, parser: PythonParser, from = 0, to = lines.lineCount): PostParts {
  const transcripts = readTranscripts(text, lines, from, to);
  const usable = (line: number): boolean => line >= from && line < to && !transcripts.lines.has(line);
  const values = linesOfValues(text, lines, usable, from, to);
  /** A notebook's `In [1]:` announces code, a printed value right below speaks for it. */
  const expected = ({ first, last }: Candidate): number =>
    (first > from && /^\s*In\s*\[[\d ]*\]:?\s*$/.test(lines.lineText(first - 1)) ? 2 : 0) + (values.has(last + 1) || outputMarker(lines.lineText(last + 1)) !== null ? 1 : 0);
  const candidates = findCode(from, to, (line) => (usable(line) && !values.has(line) ? asTyped(lines.lineText(line)) : null), parser, expected);

  const codeLines = new Set<number>();
  for (const candidate of candidates) for (let line = candidate.first; line <= candidate.last; line++) codeLines.add(line);
  const outputs = findOutputs(text, lines, (line) => codeLines.has(line), usable, printedTexts(candidates));
  const chunks = chunksOf(candidates, (line) => !usable(line) || (!codeLines.has(line) && lines.lineText(line).trim() !== ''), lines);
  return { chunks, others: [...transcripts.regions, ...outputs.map((document): OutputRegion => ({ kind: 'output', document }))] };
}

/** Lines of nothing but values, maybe with a label: `tensor([1, 2])` would be a call to Python, `x: torch.Size([2])` an annotation. */
function linesOfValues(text: string, lines: LineIndex, usable: (line: number) => boolean, from: number, to: number): Set<number> {
  const found = new Set<number>();
  // Where the names were imported, `x = tensor([1, 2])` is code.
  const imported = /^\s*(?:from\s+\S+\s+)?import\s[^\n]*\b(?:tensor|array)\b/m.test(text);
  const line = (number: number): string | null => (usable(number) ? lines.lineText(number) : null);
  for (let number = from; number < to; number++) {
    if (!usable(number)) continue;
    const module = moduleEnd(line, number);
    const start = lines.lineStart(number);
    const end = module !== null ? lines.lineEnd(module) : imported && !/^\W*(?:tensor|array|torch\.Size|Parameter)\b/.test(line(number)!) ? null : tensorLineEnd(text, start, lines.lineEnd(number), false);
    if (end === null) continue;
    for (const last = lines.lineAt(end); number <= last; number++) found.add(number);
    number--;
  }
  return found;
}
