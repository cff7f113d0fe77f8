/** The text of a document, or of a notebook's cells, with edits made. */
import type { NotebookCell } from '../../documents/document';
import type { TracedFile } from '../../project/tracedFile';
import type { SourceEdit } from './candidate';

export function editedText(file: TracedFile, edits: readonly SourceEdit[]): string {
  return applied(file.document.text, placedEdits(file, edits));
}

export function editedCells(file: TracedFile, cells: readonly NotebookCell[], edits: readonly SourceEdit[]): NotebookCell[] {
  const parts = file.document.notebook ?? [];
  return cells.map((cell, index) => {
    const part = parts.find((each) => each.cell === index && each.output === null);
    if (!part) return cell;
    const own = placedEdits(file, edits).filter(({ start, end }) => start >= part.start && end <= part.end);
    return { ...cell, source: applied(cell.source, own.map(({ start, end, text }) => ({ start: start - part.start, end: end - part.start, text }))) };
  });
}

export interface PlacedEdit { readonly start: number; readonly end: number; readonly text: string }

/** Offsets in the document instead of the module's text. */
export function placedEdits(file: TracedFile, edits: readonly SourceEdit[]): PlacedEdit[] {
  return edits.map((edit) => ({ ...file.document.map.spanToDocument(edit.span), text: edit.text }));
}

/** Whether nothing follows in the document's line: a line that is put back into code which has lost its line breaks ends in the midst of one. */
export function endsDocumentLine({ document }: TracedFile, offset: number): boolean {
  const end = document.map.spanToDocument({ start: offset, end: offset }).start;
  return document.text.slice(end, endOfLine(document.text, end)).trim() === '';
}

export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function applied(text: string, edits: readonly PlacedEdit[]): string {
  let changed = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) changed = changed.slice(0, edit.start) + edit.text + changed.slice(edit.end);
  return changed;
}
