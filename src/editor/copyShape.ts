/** "Copy Shape": the shape of the expression under the cursor, as text. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { DESCRIBE } from '../server/messages';
import type { DescribeParams, Description } from '../server/messages';

/** Returns what was copied; undefined where there is no shape. */
export async function copyShape(client: LanguageClient, target: { uri: vscode.Uri; range: DescribeParams['range'] }): Promise<string | undefined> {
  const described = await client.sendRequest<Description | null>(DESCRIBE, { uri: client.code2ProtocolConverter.asUri(target.uri), range: target.range });
  const text = described?.shape ?? null;
  if (text === null) {
    void vscode.window.showInformationMessage(described
      ? vscode.l10n.t('{0} is no tensor of known shape: {1}', described.expression, described.unknown ?? described.value)
      : vscode.l10n.t('There is no tensor expression here: put the cursor on one, or select it.'));
    return undefined;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', text), 3000);
  return text;
}
