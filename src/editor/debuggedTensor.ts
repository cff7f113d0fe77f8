/**
 * "View Tensor" of a paused debugger: the one place where something runs, and only in the user's own session, on an
 * explicit click, one fixed expression with the variable's name in it. The values come through a temporary `.npy`.
 */
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { TensorFileError } from '../tensorfiles/bytes';
import { openTensorPath } from '../tensorfiles/fileBytes';
import type { TensorFile } from '../tensorfiles/tensor';
import { DESCRIBE } from '../server/messages';
import type { Description } from '../server/messages';
import type { TensorMetadata } from '../webview/protocol';
import type { Services } from './services';
import { isVariable, saveVariable, stopOf } from './debuggee';
import type { Stop } from './debuggee';
import { metadataOf, TensorFileSource } from './tensorFileSource';

/** What the debugger's view of variables passes for the one that was clicked on. */
export interface DebuggedVariable { readonly variable?: { readonly evaluateName?: string } }

const DEBUGGERS = new Set(['debugpy', 'python']);

/** Returns what was shown; undefined where nothing was. */
export async function viewDebuggedTensor({ client, viewer, output }: Services, clicked: DebuggedVariable | undefined): Promise<TensorMetadata | undefined> {
  const session = vscode.debug.activeDebugSession;
  const problem = refusal(session);
  const name = clicked?.variable?.evaluateName ?? nameInEditor();
  if (!session || problem || name === null || !isVariable(name)) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0}', problem ?? vscode.l10n.t('choose a variable, or put the cursor on the name of one')));
    return undefined;
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shapelens-'));
  let file: TensorFile | undefined;
  try {
    const item = vscode.debug.activeStackItem;
    const stop = await stopOf(session, item?.session === session ? item : {});
    if (!stop) throw new Error(vscode.l10n.t('the program is not paused'));
    const saved = path.join(folder, 'tensor.npy');
    await saveVariable(session, name, saved, stop);
    file = await openTensorPath(saved);
    const metadata = metadataOf(file, '0');
    if (!metadata) throw new TensorFileError(file.tensors[0]?.unreadable ?? 'there is no tensor in it');
    const shown = { ...metadata, name, backend: 'debugger', provenance: [...metadata.provenance, ...await comparedWithTrace(client, name, stop, metadata.complex === undefined ? metadata.shape : metadata.shape.slice(0, -1))] };
    viewer.open([shown], shown.id, new DebuggedSource(file, folder), () => undefined);
    return shown;
  } catch (error) {
    await file?.close();
    await fs.rm(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    output.warn(`viewing ${name} of the debugger: ${reason}`);
    void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0} cannot be shown: {1}', name, reason));
    return undefined;
  }
}

/** Why its variables cannot be shown; null: they can. */
function refusal(session: vscode.DebugSession | undefined): string | null {
  if (!session) return vscode.l10n.t('no debugger is paused');
  if (!DEBUGGERS.has(session.type)) return vscode.l10n.t('only tensors of Python debuggers are shown, not of {0}', session.type);
  const { host, connect } = session.configuration as { host?: unknown; connect?: { host?: unknown } };
  const remote = [host, connect?.host].find((each) => each !== undefined && each !== 'localhost' && each !== '127.0.0.1' && each !== '::1');
  return remote === undefined ? null : vscode.l10n.t('the program runs on {0}: only tensors of local programs are shown', String(remote));
}

function nameInEditor(): string | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const { document, selection } = editor;
  const word = document.getWordRangeAtPosition(selection.active, /[\p{L}_][\p{L}\p{N}_.]*/u);
  return selection.isEmpty ? word ? document.getText(word) : null : document.getText(selection).trim();
}

/** In a remote window the debugger's paths come as addresses. */
function uriOf(file: string): vscode.Uri {
  return /^[a-z][\w+.-]+:\/\//i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file);
}

/** The shape that was traced for the name at its last place up to the line; in words, and a warning where it is another. */
async function comparedWithTrace(client: LanguageClient, name: string, stop: Stop, shape: readonly number[]): Promise<string[]> {
  const place = stop.file === null ? [] : [vscode.l10n.t('in the debugger at {0}:{1}', path.basename(stop.file), stop.line)];
  if (stop.file === null) return place;
  const document = await vscode.workspace.openTextDocument(uriOf(stop.file));
  const range = lastPlace(document, name, stop.line - 1);
  const traced = range && await client.sendRequest<Description | null>(DESCRIBE, { uri: client.code2ProtocolConverter.asUri(document.uri), range });
  if (!traced?.shape) return place;
  const differs = traced.dims.length > 0 && (traced.dims.length !== shape.length || traced.dims.some((dim, i) => /^\d+$/.test(dim) && Number(dim) !== shape[i]));
  if (differs) void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens: {0} is {1} here, and was traced as {2}', name, `(${shape.join(', ')})`, traced.shape));
  return [...place, vscode.l10n.t('traced: {0}', traced.shape)];
}

/** Before the line that is about to run. */
function lastPlace(document: vscode.TextDocument, name: string, line: number): vscode.Range | null {
  const text = document.getText(new vscode.Range(0, 0, Math.min(line, document.lineCount), 0));
  const places = [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_.])${name.replace(/[.[\]]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'gu'))];
  const last = places.at(-1);
  return last ? new vscode.Range(document.positionAt(last.index), document.positionAt(last.index + name.length)) : null;
}

/** The temporary file lives as long as it is shown. */
class DebuggedSource extends TensorFileSource {
  constructor(private readonly opened: TensorFile, private readonly folder: string) {
    super(opened);
  }

  override dispose(): void {
    super.dispose();
    void this.opened.close().finally(() => fs.rm(this.folder, { recursive: true, force: true }));
  }
}
