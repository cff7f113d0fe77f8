/** "Compare Shapes With Last Commit": the shapes of the active document beside those of its version in git's HEAD. */
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { SHAPES } from '../server/messages';
import type { ShapesParams } from '../server/messages';
import type { TextView } from './textView';

/** What we use of the API of the git extension that comes with VS Code. */
interface GitApi { getRepository(uri: vscode.Uri): { show(ref: string, path: string): Promise<string> } | null }
interface GitExtension { readonly enabled: boolean; getAPI(version: 1): GitApi }

/** Returns both texts; undefined where there is nothing to compare. */
export async function showShapeDiff(client: LanguageClient, view: TextView, document: vscode.TextDocument): Promise<{ before: string; now: string } | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Shapelens asks git only in a workspace that you trust.'));
    return undefined;
  }
  const committed = await textInHead(document.uri);
  if (committed === null) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no last commit of {0} to compare with.', path.basename(document.uri.path)));
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const ask = (text?: string): Promise<string | null> => client.sendRequest(SHAPES, { uri, ...(text === undefined ? {} : { text }) } satisfies ShapesParams);
  const [before, now] = [await ask(committed), await ask()];
  if (before === null || now === null) return undefined;
  const name = path.basename(document.uri.path);
  const left = view.store(vscode.l10n.t('Shapes of {0} in the last commit', name), before);
  const right = view.store(vscode.l10n.t('Shapes of {0} now', name), now);
  await vscode.commands.executeCommand('vscode.diff', left, right, vscode.l10n.t('Shapes of {0}: last commit ↔ now', name));
  return { before, now };
}

async function textInHead(uri: vscode.Uri): Promise<string | null> {
  if (uri.scheme !== 'file') return null;
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension && (extension.isActive ? extension.exports : await extension.activate());
  const repository = git?.enabled ? git.getAPI(1).getRepository(uri) : null;
  // The git extension may be switched off, or may not have found the repository yet.
  return repository ? repository.show('HEAD', uri.fsPath).catch(() => null) : gitShow(uri.fsPath);
}

async function gitShow(file: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['show', `HEAD:./${path.basename(file)}`], { cwd: path.dirname(file), maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch {
    // No git, no repository, or no such file in the last commit: there is nothing to compare with.
    return null;
  }
}
