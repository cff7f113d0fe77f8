/** The language server: one connection, the features bound to it. A feature that fails answers nothing and logs why. */
import { TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Connection, InitializeResult } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../package.json';
import { loadParser } from '../node/parser';
import { CODE_ACTION_KINDS, codeActions } from './codeActions';
import { codeLenses } from './codeLens';
import { diagnostics } from './diagnostics';
import { hover } from './hover';
import { IncludedDocuments } from './included';
import { inlayHints } from './inlayHints';
import { DEFAULT_SETTINGS, STATUS, TRACE_DOCUMENT } from './messages';
import type { InitializationOptions, ServerSettings, TraceDocumentAnswer, TraceDocumentParams } from './messages';
import { NOTEBOOK_SYNC, OpenNotebooks } from './notebooks';
import { Refresher } from './refresher';
import { COMMANDS, registerRequests } from './requests';
import type { Guard } from './requests';
import { isUnknown, statusOf } from './traceWith';
import { useBundle } from './translation';
import { Workspace } from './workspace';

/**
 * Serves until the connection closes.
 *
 * @param directory where the parser's WebAssembly files lie
 */
export async function serve(connection: Connection, directory: string): Promise<void> {
  const documents = new TextDocuments(TextDocument);
  const parser = await loadParser(directory);
  const included = new IncludedDocuments(connection);
  const refresher = new Refresher(connection);
  let ownClient = false;
  const notebooks = new OpenNotebooks(documents);
  const workspace = new Workspace(connection, documents, parser, included, notebooks, (uri, version, file) => {
    void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(file) });
    if (ownClient) void connection.sendNotification(STATUS, statusOf(file));
    staleDropped(uri);
  });

  /** What imports the document, or anything that has changed, is shown anew. */
  const staleDropped = (uri?: string): void => { if (workspace.dropStale(uri)) refresher.refresh(); };

  /** One guard for all: no exception reaches the user. */
  const guarded: Guard = (what, fallback, run) => {
    try {
      return run();
    } catch (error) {
      connection.console.error(`${what} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return fallback;
    }
  };

  connection.onInitialize((params): InitializeResult => {
    const { ownClient: own, translations, ...settings } = (params.initializationOptions ?? {}) as InitializationOptions;
    useBundle(translations ?? {});
    workspace.settings = { ...DEFAULT_SETTINGS, ...settings };
    ownClient = own ?? false;
    refresher.supported = params.capabilities;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        notebookDocumentSync: NOTEBOOK_SYNC,
        hoverProvider: true,
        codeLensProvider: { resolveProvider: false },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS },
        executeCommandProvider: { commands: COMMANDS },
      },
      serverInfo: { name: 'shapelens', version },
    };
  });

  connection.onHover(async ({ textDocument, position }) => {
    const file = await workspace.tracedAt(textDocument.uri, position);
    return guarded('hover', null, () => file && hover(file, position, ownClient));
  });
  connection.onCodeLens(async ({ textDocument }) => {
    const file = workspace.settings.codeLens ? await workspace.whole(textDocument.uri) : null;
    return guarded('code lens', [], () => (file ? codeLenses(file, ownClient) : []));
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const file = await workspace.whole(textDocument.uri);
    return guarded('inlay hints', [], () => (file ? inlayHints(file, range, workspace.settings.inlayHints) : []));
  });
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    // The editor asks for them after each edit, for its light bulb: a hover must not wait for that.
    const file = await workspace.whole(textDocument.uri);
    return guarded('code actions', [], () => (file ? codeActions(file, range, context, (edits) => workspace.retraced(textDocument.uri, edits), workspace.costOfRetracing(textDocument.uri)) : []));
  });
  connection.onRequest(TRACE_DOCUMENT, async ({ uri, on, language }: TraceDocumentParams): Promise<TraceDocumentAnswer | null> => {
    if (!on) {
      included.remove(uri);
      for (const each of workspace.piecesOf(uri)) void connection.sendDiagnostics({ uri: each, diagnostics: [] });
      refresher.refresh();
      return null;
    }
    if (!documents.get(uri)) await included.add(uri, language);
    if (!(await workspace.opened(uri))) return null;
    return guarded('tracing', null, () => {
      const file = workspace.traced(uri);
      if (!file) return null;
      workspace.refresh(uri);
      refresher.refresh();
      const recordings = [...file.analysis.recordings.values()];
      return { codeCells: file.document.cells.length, expressions: recordings.length, unknown: recordings.filter(isUnknown).length };
    });
  });
  registerRequests({ connection, workspace, refresher, guarded });
  connection.onNotification('workspace/didChangeConfiguration', ({ settings }: { settings: { shapelens?: Partial<ServerSettings> } | null }) => {
    workspace.settings = { ...workspace.settings, ...settings?.shapelens };
    guarded('new settings', undefined, () => workspace.refreshAll());
    refresher.refresh();
  });

  const forget = (uri: string): void => {
    workspace.closed(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
  documents.onDidOpen(({ document }) => guarded('opening', undefined, () => workspace.refresh(document.uri)));
  documents.onDidChangeContent(({ document }) => workspace.changed(document.uri));
  connection.onDidChangeWatchedFiles(() => staleDropped());
  documents.onDidClose(({ document }) => {
    forget(document.uri);
    // It may have had changes that were not saved.
    staleDropped();
    refresher.refresh();
  });
  notebooks.listen(connection, (notebook) => workspace.changed(notebook), (notebook, cells) => [...(notebook ? [notebook] : []), ...cells].forEach(forget));
  documents.listen(connection);
  connection.listen();
}
