// A Jupyter notebook's JSON (nbformat 4, and 3's worksheets): code cells in order make the module, their saved outputs are
// what the author printed. All texts are laid out in one, so that offsets work as in any document.
// https://nbformat.readthedocs.io/en/latest/format_description.html
import { LineIndex } from '../line-index';
import type { Region } from '../regions';
import { cellLines } from './magics';

export interface NotebookPart {
  /** The index of the cell, counting cells of all kinds. */
  readonly cell: number;
  /** The index of the output whose text this is; null for the cell's source. */
  readonly output: number | null;
  readonly start: number;
  readonly end: number;
}

export interface NotebookText {
  readonly text: string;
  readonly parts: readonly NotebookPart[];
  readonly regions: readonly Region[];
  readonly error: string | null;
}

/** What an editor or a file has of a cell. */
export interface NotebookCell {
  readonly kind: 'code' | 'markup';
  readonly source: string;
  readonly outputs: readonly string[];
}

/** Never throws: text that is no notebook gives an error to be shown. */
export function readNotebook(json: string): NotebookText {
  let content: unknown;
  try {
    content = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { text: '', parts: [], regions: [], error: `This notebook is not valid JSON: ${(error as Error).message}.` };
  }
  const cells = cellsOf(content);
  if (!cells) return { text: '', parts: [], regions: [], error: 'This file is JSON, but no notebook: it has no list of cells.' };
  return layOut(cells.map(readCell));
}

/** One text of all cells and outputs, each ended by a line break, and what is code and output in it. */
export function layOut(cells: readonly NotebookCell[]): NotebookText {
  let text = '';
  const parts: NotebookPart[] = [];
  const add = (cell: number, output: number | null, content: string): NotebookPart => {
    const part = { cell, output, start: text.length, end: text.length + content.length };
    parts.push(part);
    text += content + '\n';
    return part;
  };
  const found: { readonly part: NotebookPart; readonly kind: 'code' | 'output' }[] = [];
  cells.forEach((cell, index) => {
    const source = add(index, null, cell.source);
    if (cell.kind !== 'code') return;
    if (cell.source.trim() !== '') found.push({ part: source, kind: 'code' });
    cell.outputs.forEach((output, number) => {
      if (output.trim() !== '') found.push({ part: add(index, number, output), kind: 'output' });
    });
  });
  const lines = new LineIndex(text);
  const regions = found.map(({ part, kind }): Region => {
    const document = { start: part.start, end: part.end };
    if (kind === 'output') return { kind, document };
    return { kind, document, lines: cellLines(lines, lines.lineAt(part.start), lines.lineAt(part.end) + 1) };
  });
  return { text, parts, regions, error: null };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function cellsOf(content: unknown): readonly unknown[] | null {
  if (!isObject(content)) return null;
  if (Array.isArray(content['cells'])) return content['cells'];
  if (!Array.isArray(content['worksheets'])) return null;
  return content['worksheets'].flatMap((sheet) => (isObject(sheet) && Array.isArray(sheet['cells']) ? (sheet['cells'] as unknown[]) : []));
}

function readCell(cell: unknown): NotebookCell {
  if (!isObject(cell)) return { kind: 'markup', source: '', outputs: [] };
  const isCode = cell['cell_type'] === 'code';
  const outputs = isCode && Array.isArray(cell['outputs']) ? cell['outputs'].map(outputText) : [];
  return { kind: isCode ? 'code' : 'markup', source: multiline(cell['source'] ?? cell['input']), outputs };
}

/** Text of an output, empty for pictures and errors. Warnings on standard error are nothing that a statement prints. */
function outputText(output: unknown): string {
  if (!isObject(output)) return '';
  switch (output['output_type']) {
    case 'stream': return (output['name'] ?? output['stream']) === 'stderr' ? '' : multiline(output['text']);
    case 'execute_result': case 'display_data': case 'pyout': return multiline(isObject(output['data']) ? output['data']['text/plain'] : output['text']);
    default: return '';
  }
}

/** nbformat keeps text whole or as a list of lines that keep their line breaks. */
function multiline(text: unknown): string {
  const whole = Array.isArray(text) ? text.filter((line) => typeof line === 'string').join('') : typeof text === 'string' ? text : '';
  return whole.replace(/\r\n?/g, '\n');
}
