/** What the status bar item opens: the commands that fit the active document. */
import * as vscode from 'vscode';
import type { DocumentStatus } from '../server/messages';

interface MenuItem extends vscode.QuickPickItem { readonly command?: string }

export async function showMenu(status: DocumentStatus | null): Promise<void> {
  const items: MenuItem[] = status
    ? [
        { label: vscode.l10n.t('$(play) Trace with…'), command: 'shapelens.traceWith' },
        ...(status.choice ? [{ label: vscode.l10n.t('$(close) Stop tracing with sizes or a call'), command: 'shapelens.stopTraceWith' }] : []),
        { label: vscode.l10n.t('$(table) Evaluate expression'), command: 'shapelens.evaluateExpression' },
        { label: vscode.l10n.t('$(database) Use checkpoint…'), command: 'shapelens.useCheckpoint' },
        { label: vscode.l10n.t('$(copy) Copy shape'), command: 'shapelens.copyShape' },
        { label: vscode.l10n.t('$(circle-slash) Stop tracing this document'), command: 'shapelens.stopTracing' },
      ]
    : [{ label: vscode.l10n.t('$(symbol-ruler) Trace this document'), command: 'shapelens.traceDocument' }];
  items.push(
    { label: vscode.l10n.t('Shapelens'), kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('$(pulse) Doctor: what computes values'), command: 'shapelens.doctor' },
    { label: vscode.l10n.t('$(debug-restart) Restart server'), command: 'shapelens.restartServer' },
    { label: vscode.l10n.t('$(output) Show output'), command: 'shapelens.showOutput' },
    { label: vscode.l10n.t('$(report) Report problem'), command: 'shapelens.reportProblem' },
  );
  const picked = await vscode.window.showQuickPick(items, { title: 'Shapelens' });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}
