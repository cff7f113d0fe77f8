/** A language server that ends is started again, but one that keeps ending is not: five times, then the reader is told. */
import * as vscode from 'vscode';
import { CloseAction, ErrorAction } from 'vscode-languageclient/node';
import type { CloseHandlerResult, ErrorHandler, ErrorHandlerResult } from 'vscode-languageclient/node';

export const MAX_RESTARTS = 5;
/** After so long without a failure an earlier one is no sign of trouble any more. */
const FORGET_MILLISECONDS = 10 * 60_000;
/** Messages that cannot be read, one after the other, before the connection is given up. */
const MAX_ERRORS = 3;

export class ServerRestarts implements ErrorHandler {
  private count = 0;
  private last = -Infinity;
  /** The server is not started again by itself. */
  gaveUp = false;

  constructor(
    private readonly log: (line: string) => void,
    private readonly onGivenUp: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  error(error: Error, _message: unknown, count: number | undefined): ErrorHandlerResult {
    this.log(`the connection to the language server failed: ${error.message}`);
    return { action: count !== undefined && count <= MAX_ERRORS ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = this.now();
    if (now - this.last > FORGET_MILLISECONDS) this.count = 0;
    this.last = now;
    this.count++;
    if (this.count <= MAX_RESTARTS) {
      return { action: CloseAction.Restart, handled: true, message: vscode.l10n.t('The language server ended unexpectedly; restart {0} of {1}.', this.count, MAX_RESTARTS) };
    }
    this.gaveUp = true;
    this.onGivenUp();
    return { action: CloseAction.DoNotRestart, handled: true, message: givenUpMessage() };
  }

  /** The reader starts the server: it may fail as often again. */
  reset(): void {
    this.count = 0;
    this.gaveUp = false;
  }
}

export function givenUpMessage(): string {
  return vscode.l10n.t('The language server of Shapelens was restarted {0} times and ended each time. It is not started again by itself.', MAX_RESTARTS);
}
