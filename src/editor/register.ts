/** Registers commands so that an error of one reaches the log and the user, never nobody. */
import * as vscode from 'vscode';

export type Register = (name: string, run: (...args: never[]) => unknown) => void;

export function registrar(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Register {
  return (name, run) => {
    context.subscriptions.push(vscode.commands.registerCommand(name, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        output.error(`${name}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
        void vscode.window.showErrorMessage(vscode.l10n.t('Shapelens: {0}', error instanceof Error ? error.message : String(error)));
        return undefined;
      }
    }));
  };
}
