/** The notebooks that the client has open: their Python cells, in the order in which they stand, are one module. */
import { NotebookDocuments } from 'vscode-languageserver';
import type { Connection, NotebookDocumentSyncOptions, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Markdown and other languages' cells are not sent. */
export const NOTEBOOK_SYNC: NotebookDocumentSyncOptions = { notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }] };

export interface OpenCell { readonly uri: string; readonly version: number; readonly text: string }

export class OpenNotebooks {
  private readonly notebooks: NotebookDocuments<TextDocument>;

  constructor(private readonly documents: TextDocuments<TextDocument>) {
    this.notebooks = new NotebookDocuments(documents);
  }

  /** @param onChange cells were opened, added, moved, removed or edited */
  listen(connection: Connection, onChange: (notebook: string) => void, onClose: (notebook: string | null, cells: readonly string[]) => void): void {
    this.notebooks.onDidOpen(({ uri }) => onChange(uri));
    this.notebooks.onDidChange(({ notebookDocument, cells }) => {
      onClose(null, cells?.removed.map((cell) => cell.document) ?? []);
      onChange(notebookDocument.uri);
    });
    this.notebooks.onDidClose(({ uri, cells }) => onClose(uri, cells.map((cell) => cell.document)));
    this.notebooks.listen(connection);
  }

  /** null where the document is no cell. */
  notebookOf(uri: string): string | null {
    return this.notebooks.findNotebookDocumentForCell(uri)?.uri ?? null;
  }

  /** null where there is no such notebook. */
  cellsOf(notebook: string): OpenCell[] | null {
    const cells = this.notebooks.getNotebookDocument(notebook)?.cells;
    return cells?.flatMap(({ document }) => {
      const text = this.documents.get(document);
      return text ? [{ uri: document, version: text.version, text: text.getText() }] : [];
    }) ?? null;
  }
}
