/** The interpreter that the Python extension has chosen, where that extension is there: packages' sources are read beside it. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FolderEnvironment } from '../server/messages';

/** What we use of the Python extension's API; https://github.com/microsoft/vscode-python/wiki/Python-Environment-APIs */
export interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly sysPrefix?: string } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

const EXTENSION = 'ms-python.python';

export class PythonEnvironments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  /** By workspace folder; empty without the Python extension. */
  known: readonly FolderEnvironment[] = [];
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: (line: string) => void, private readonly find: () => Thenable<PythonApi | null> = pythonExtension) {}

  /** Not awaited by activation: the Python extension may take seconds to start. */
  async start(): Promise<void> {
    const api = await this.find();
    if (!api) return;
    this.subscriptions.push(
      api.environments.onDidChangeActiveEnvironmentPath(() => void this.read(api)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.read(api)),
    );
    await this.read(api);
  }

  private async read(api: PythonApi): Promise<void> {
    try {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const found = await Promise.all(folders.map(async ({ uri }) => ({ folder: uri.toString(), environment: await environmentOf(api, uri) })));
      const known = found.filter((each): each is FolderEnvironment => each.environment !== null);
      if (JSON.stringify(known) === JSON.stringify(this.known)) return;
      this.known = known;
      for (const { folder, environment } of known) this.log(`the Python extension has chosen ${environment} for ${folder}`);
      this.changed.fire();
    } catch (error) {
      this.log(`the Python extension did not say which interpreter it uses: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

/** The environment's folder: what Python calls sys.prefix, else two levels above the executable. */
async function environmentOf(api: PythonApi, folder: vscode.Uri): Promise<string | null> {
  const active = api.environments.getActiveEnvironmentPath(folder);
  const resolved = await api.environments.resolveEnvironment(active);
  if (resolved?.executable.sysPrefix) return resolved.executable.sysPrefix;
  return path.isAbsolute(active.path) ? path.dirname(path.dirname(active.path)) : null;
}

async function pythonExtension(): Promise<PythonApi | null> {
  const extension = vscode.extensions.getExtension<PythonApi>(EXTENSION);
  if (!extension) return null;
  const api = extension.isActive ? extension.exports : await extension.activate();
  return api?.environments ? api : null;
}
