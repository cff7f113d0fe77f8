// A plain LSP client of the language server as any editor starts it: a process, its standard input and output.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from 'vscode-languageserver-protocol/node';
import type { CodeAction, CodeLens, Diagnostic, Hover, InlayHint, MarkupContent, Position, ProtocolConnection } from 'vscode-languageserver-protocol/node';

export class LspClient {
  private readonly published = new Map<string, Diagnostic[]>();
  private readonly texts = new Map<string, string>();
  private version = 1;

  private constructor(readonly connection: ProtocolConnection, private readonly ended: Promise<unknown>) {}

  static async start(initializationOptions: object = {}): Promise<LspClient> {
    const server = spawn(process.execPath, [path.join('bin', 'shapelens.mjs'), 'lsp', '--stdio']);
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    const client = new LspClient(connection, new Promise((resolve) => server.once('exit', resolve)));
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => client.published.set(uri, diagnostics));
    connection.listen();
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {}, initializationOptions });
    await connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'python'): Promise<void> {
    this.texts.set(uri, text);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: this.version, text } });
  }

  async change(uri: string, text: string): Promise<void> {
    this.texts.set(uri, text);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++this.version }, contentChanges: [{ text }] });
  }

  /** Replaces a part of the text, as editors tell of edits. */
  async edit(uri: string, { start, end, text }: { readonly start: number; readonly end: number; readonly text: string }): Promise<void> {
    const before = this.texts.get(uri)!;
    const range = { start: positionAt(before, start), end: positionAt(before, end) };
    this.texts.set(uri, before.slice(0, start) + text + before.slice(end));
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++this.version }, contentChanges: [{ range, text }] });
  }

  /** The position of `part` within the first `within` of the text. */
  at(uri: string, part: string, within = part): Position {
    const text = this.texts.get(uri)!;
    const start = text.indexOf(within);
    if (start < 0 || !within.includes(part)) throw new Error(`the text has no "${within}" with "${part}" in it`);
    return positionAt(text, start + within.indexOf(part));
  }

  hover(uri: string, part: string, within = part): Promise<string> {
    return this.hoverAtPosition(uri, this.at(uri, part, within));
  }

  /** The hover once it says so: some of it comes behind the trace. */
  async hoverThat(says: RegExp, uri: string, part: string, within = part): Promise<string> {
    for (const end = Date.now() + 10_000; ;) {
      const text = await this.hover(uri, part, within);
      if (says.test(text) || Date.now() > end) return text;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  hoverAt(uri: string, offset: number): Promise<string> {
    return this.hoverAtPosition(uri, positionAt(this.texts.get(uri)!, offset));
  }

  private async hoverAtPosition(uri: string, position: Position): Promise<string> {
    const hover = await this.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
    return (hover?.contents as MarkupContent | undefined)?.value ?? '';
  }

  async lenses(uri: string): Promise<string[]> {
    return (await this.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).map((lens) => lens.command?.title ?? '');
  }

  async hints(uri: string): Promise<string[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    return (await this.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range })).map((hint) => `${hint.position.line}${hint.label as string}`);
  }

  async actions(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
  }

  /** The actions of a kind at a place. */
  async actionsOf(uri: string, kind: string, part: string, within = part): Promise<CodeAction[]> {
    const at = this.at(uri, part, within);
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [], only: [kind] } });
  }

  /** The document with an action's edits made. */
  applied(uri: string, action: CodeAction): string {
    const lines = this.texts.get(uri)!.split('\n');
    const edits = [...action.edit!.changes![uri]!].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
    for (const { range: { start, end }, newText } of edits) {
      const text = lines[start.line]!.slice(0, start.character) + newText + lines[end.line]!.slice(end.character);
      lines.splice(start.line, end.line - start.line + 1, ...text.split('\n'));
    }
    return lines.join('\n');
  }

  /** What is published for the document, once it satisfies. */
  async diagnostics(uri: string, good: (diagnostics: readonly Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = this.published.get(uri);
      if (found && good(found)) return found;
    }
    throw new Error(`no such diagnostics; the last were ${JSON.stringify(this.published.get(uri))}`);
  }

  async stop(): Promise<unknown> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const status = await this.ended;
    this.connection.dispose();
    return status;
  }
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) };
}
