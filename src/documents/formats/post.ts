// Plain text that holds code without marking it: a page dumped to text, a mail, a forum post. Transcripts are known by their
// prompts; the rest is searched for code by structure and names (`plausibility.ts`), then for outputs (`output-lines.ts`).
import type { PythonParser } from '../../shapes/python/parser';
import { findCode } from '../recognition/code-lines';
import { findOutputs, printedTexts } from '../recognition/output-lines';
import { tensorLineEnd } from '../recognition/output-forms';
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
  const printedTensors = linesOfTensors(text, lines, usable, from, to);
  const candidates = findCode(from, to, (line) => (usable(line) && !printedTensors.has(line) ? lines.lineText(line) : null), parser);

  const codeLines = new Set<number>();
  for (const candidate of candidates) for (let line = candidate.first; line <= candidate.last; line++) codeLines.add(line);
  const outputs = findOutputs(text, lines, (line) => codeLines.has(line), usable, printedTexts(candidates));
  const chunks = chunksOf(candidates, (line) => !usable(line) || (!codeLines.has(line) && lines.lineText(line).trim() !== ''), lines);
  return { chunks, others: [...transcripts.regions, ...outputs.map((document): OutputRegion => ({ kind: 'output', document }))] };
}

/** Lines of nothing but tensors and sizes, maybe with a label: `tensor([1, 2])` would be a call to Python, `x: torch.Size([2])` an annotation. */
function linesOfTensors(text: string, lines: LineIndex, usable: (line: number) => boolean, from: number, to: number): Set<number> {
  const found = new Set<number>();
  // Code that imported the name means its function.
  if (/^\s*(?:from\s+\S+\s+)?import\s[^\n]*\b(?:tensor|array)\b/m.test(text)) return found;
  for (let line = from; line < to; line++) {
    if (!usable(line)) continue;
    const end = tensorLineEnd(text, lines.lineStart(line), lines.lineEnd(line));
    if (end === null) continue;
    for (const last = lines.lineAt(end); line <= last; line++) found.add(line);
    line--;
  }
  return found;
}
