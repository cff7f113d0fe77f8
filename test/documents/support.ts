// What the tests of documents share: a parser, and texts whose lines say what they should be found to be.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { TracedDocument } from '../../src/documents/document';
import type { Language } from '../../src/documents/language';
import { readDocument } from '../../src/documents/document';
import type { PythonParser } from '../../src/shapes/python/parser';
import { createParser } from '../../src/shapes/python/parser';

const modules = path.join(process.cwd(), 'node_modules');
let started: Promise<PythonParser> | null = null;

export function pythonParser(): Promise<PythonParser> {
  started ??= Promise.resolve(createParser({
    runtime: fs.readFileSync(path.join(modules, 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: fs.readFileSync(path.join(modules, 'tree-sitter-python', 'tree-sitter-python.wasm')),
  }));
  return started;
}

/** C code, T transcript, O output, P none of them; `.` for a blank line. */
export type Mark = 'C' | 'T' | 'O' | 'P' | '.';

export function marksOf(document: TracedDocument): Mark[] {
  const within = (span: { start: number; end: number }, line: number): boolean =>
    document.lines.lineStart(line) < span.end && span.start < document.lines.lineEnd(line);
  return Array.from({ length: document.lines.lineCount }, (_, line): Mark => {
    if (document.lines.lineText(line).trim() === '') return '.';
    const cell = document.cells.find((each) => within(each.document, line));
    if (cell) return cell.kind === 'code' ? 'C' : 'T';
    return document.outputs.some((output) => within(output.range, line)) ? 'O' : 'P';
  });
}

/** @param marked a text whose lines begin with their mark and `|`; the mark of a blank line doesn't count */
export async function checkMarks(language: Language, marked: string): Promise<TracedDocument> {
  const lines = marked.replace(/^\n/, '').replace(/\n *$/, '').split('\n');
  const text = lines.map((line) => line.replace(/^[CTOP.]\|/, '')).join('\n');
  const document = readDocument(text, language, await pythonParser());
  const found = marksOf(document);
  const shown = text.split('\n').map((line, index) => `${found[index]}|${line}`);
  assert.deepEqual(shown, lines.map((line) => (/^[CTOP.]\|\s*$/.test(line) ? `.${line.slice(1)}` : line)));
  return document;
}

export async function read(language: Language, text: string): Promise<TracedDocument> {
  return readDocument(text, language, await pythonParser());
}

/** Posts that this project does not own; tests that need one are skipped where it is not there. */
export function seed(prefix: string): string | null {
  const folder = path.join(process.cwd(), '..', 'shared', 'seeds');
  const name = fs.existsSync(folder) ? fs.readdirSync(folder).find((each) => each.startsWith(prefix)) : undefined;
  return name ? fs.readFileSync(path.join(folder, name), 'utf8') : null;
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seeded(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
