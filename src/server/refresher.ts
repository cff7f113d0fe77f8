/** Asks the client to fetch lenses and hints again, where it has a word for that. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver';

export class Refresher {
  supported: ClientCapabilities = {};

  constructor(private readonly connection: Connection) {}

  refresh(): void {
    const { workspace } = this.supported;
    if (workspace?.inlayHint?.refreshSupport) void this.connection.languages.inlayHint.refresh();
    if (workspace?.codeLens?.refreshSupport) void this.connection.sendRequest('workspace/codeLens/refresh');
  }
}
