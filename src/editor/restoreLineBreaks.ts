/** "Restore Lost Newlines and Indentation": the server's code action for the whole document, as one edit that one undo takes back. */
import * as vscode from 'vscode';
import { RESTORE_LINE_BREAKS } from '../server/messages';

/** @returns whether the document was changed */
export async function restoreLineBreaks(document: vscode.TextDocument): Promise<boolean> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const kind = vscode.CodeActionKind.QuickFix.append(RESTORE_LINE_BREAKS);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>('vscode.executeCodeActionProvider', document.uri, all, kind.value) ?? [];
  const edit = actions.find((action) => action.kind?.value === kind.value)?.edit;
  if (!edit) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Shapelens found no Python code in this document that has lost its newlines or indentation.'));
    return false;
  }
  return vscode.workspace.applyEdit(edit);
}
