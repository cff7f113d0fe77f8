/** "Use Checkpoint…": a document's parameters take their values from a file, remembered for the document. */
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { CHECKPOINT } from '../server/messages';
import type { Checkpoint, CheckpointAnswer, CheckpointParams } from '../server/messages';
import { listTensors } from '../tensorfiles/fileBytes';
import { TENSOR_FILE_ENDINGS, TENSOR_FILE_EXTENSIONS } from '../tensorfiles/open';
import { notebookOf } from './documentGate';
import type { TextView } from './textView';

const REMEMBERED = 'shapelens.checkpoints';
/** Documents that are remembered, the latest last. */
const MAX_REMEMBERED = 200;
/** Files of the workspace that are offered. */
const MAX_OFFERED = 100;

interface CheckpointItem extends vscode.QuickPickItem { readonly action?: 'browse' | 'stop' | 'show'; readonly file?: string }

export class Checkpoints {
  private readonly contents = new Map<string, { readonly changed: number; readonly checkpoint: Checkpoint }>();

  constructor(private readonly client: LanguageClient, private readonly memento: vscode.Memento, private readonly texts: TextView) {}

  /** @param file what is chosen, where the caller knows; else the reader is asked @throws what is wrong with the file */
  async use(document: vscode.TextDocument, file?: string): Promise<CheckpointAnswer | undefined> {
    const uri = this.uriOf(document.uri);
    const before = this.remembered()[uri];
    const item = file === undefined ? await pick(before) : { label: file, file };
    if (item?.action === 'stop') return this.stop(document);
    const chosen = item?.action === 'browse' ? await browse(before) : item?.action === 'show' ? before : item?.file;
    if (chosen === undefined) return undefined;
    const checkpoint = await this.read(chosen);
    await this.remember(uri, chosen);
    return this.report({ uri, checkpoint }, item?.action === 'show');
  }

  async stop(document: vscode.TextDocument): Promise<undefined> {
    await this.remember(this.uriOf(document.uri), null);
  }

  /** What a document's values are taken from. @throws where the file that was chosen cannot be read any more */
  async of(document: vscode.Uri): Promise<Checkpoint | undefined> {
    const file = this.remembered()[this.uriOf(document)];
    return file === undefined ? undefined : this.read(file);
  }

  private async report(params: CheckpointParams, isAsked: boolean): Promise<CheckpointAnswer | undefined> {
    const answer = await this.client.sendRequest<CheckpointAnswer | null>(CHECKPOINT, params);
    if (!answer) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This document is not traced: the checkpoint is used as soon as it is.'));
      return undefined;
    }
    const { name } = params.checkpoint;
    const show = (): Thenable<unknown> => this.texts.show(name, `${answer.lines.join('\n')}\n`);
    if (isAsked) await show();
    else {
      const details = vscode.l10n.t('Show Details');
      const text = answer.matched === 0
        ? vscode.l10n.t('Shapelens: no name in {0} is that of a parameter of this document.', name)
        : vscode.l10n.t('Shapelens: {0} of {1} values come from {2}.', answer.matched, answer.total, name);
      const message = answer.matched === 0 ? vscode.window.showWarningMessage(text, details) : vscode.window.showInformationMessage(text, details);
      void message.then((picked) => (picked === details ? show() : undefined));
    }
    return answer;
  }

  /** Its names and shapes, read again when it has changed. */
  private async read(file: string): Promise<Checkpoint> {
    const name = path.basename(file);
    try {
      const { mtimeMs: changed } = await stat(file);
      const known = this.contents.get(file);
      if (known?.changed === changed) return known.checkpoint;
      const checkpoint: Checkpoint = { path: file, name, tensors: await listTensors(file) };
      this.contents.set(file, { changed, checkpoint });
      return checkpoint;
    } catch (error) {
      throw new Error(vscode.l10n.t('the checkpoint {0} cannot be read: {1}', name, error instanceof Error ? error.message : String(error)));
    }
  }

  async forget(document: vscode.TextDocument): Promise<void> {
    const uri = this.uriOf(document.uri);
    if (this.remembered()[uri]) await this.remember(uri, null);
  }

  private remembered(): Readonly<Record<string, string>> {
    return this.memento.get<Record<string, string>>(REMEMBERED, {});
  }

  private async remember(uri: string, file: string | null): Promise<void> {
    const others = Object.entries(this.remembered()).filter(([key]) => key !== uri);
    await this.memento.update(REMEMBERED, Object.fromEntries([...others, ...(file === null ? [] : [[uri, file] as const])].slice(-MAX_REMEMBERED)));
  }

  /** Of a notebook's cell, the notebook's. */
  private uriOf(uri: vscode.Uri): string {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    return this.client.code2ProtocolConverter.asUri((document && notebookOf(document)?.uri) ?? uri);
  }
}

/** Files of the workspace first: that is where checkpoints are. */
async function pick(before: string | undefined): Promise<CheckpointItem | undefined> {
  const found = await vscode.workspace.findFiles(`**/*.{${TENSOR_FILE_ENDINGS.join(',')}}`, undefined, MAX_OFFERED);
  const files = found.filter(({ scheme, fsPath }) => scheme === 'file' && fsPath !== before).map(({ fsPath }): CheckpointItem => ({ label: path.basename(fsPath), description: vscode.workspace.asRelativePath(path.dirname(fsPath)), file: fsPath }));
  const items: CheckpointItem[] = [
    ...(before === undefined ? [] : [
      { label: vscode.l10n.t('$(list-unordered) Show how {0} fits', path.basename(before)), action: 'show' } as const,
      { label: vscode.l10n.t('$(close) Stop using {0}', path.basename(before)), action: 'stop' } as const,
    ]),
    { label: vscode.l10n.t('$(folder-opened) Browse…'), action: 'browse' },
    ...files.sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true })),
  ];
  return vscode.window.showQuickPick(items, { title: vscode.l10n.t('Shapelens: Use Checkpoint'), placeHolder: vscode.l10n.t('The file that the parameters take their values from'), matchOnDescription: true });
}

async function browse(before: string | undefined): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Shapelens: Use Checkpoint'), openLabel: vscode.l10n.t('Use'), defaultUri: before === undefined ? undefined : vscode.Uri.file(before),
    filters: { [vscode.l10n.t('Tensors')]: [...TENSOR_FILE_EXTENSIONS] },
  });
  return picked?.[0]?.fsPath;
}
