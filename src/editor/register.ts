/** Registers a command so that an error of it reaches the log and the user, never nobody. */
import * as vscode from 'vscode';

export function register(name: string, output: vscode.LogOutputChannel, run: (...args: never[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (...args: never[]) => {
    try {
      return await run(...args);
    } catch (error) {
      output.error(`${name}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      void vscode.window.showErrorMessage(vscode.l10n.t('Shapelens: {0}', error instanceof Error ? error.message : String(error)));
      return undefined;
    }
  });
}
