/** Custom editors for files of tensors: the list of what is in one, and the viewer of the chosen. The file is never written. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { MemoryBytes, TensorFileError } from '../tensorfiles/bytes';
import { openTensorPath } from '../tensorfiles/fileBytes';
import { openTensorFile } from '../tensorfiles/open';
import type { TensorFile } from '../tensorfiles/tensor';
import type { FromFilePage, ToFilePage } from '../webview/fileProtocol';
import type { ToHost, ToPage } from '../webview/protocol';
import { saveFile } from './export/saveFile';
import { tensorFilePage } from './tensorFilePage';
import { listed, metadataOf, TensorFileSource } from './tensorFileSource';
import { createNonce } from './viewerPage';
import { ViewerSession } from './viewerSession';

/** Files that do not lie on this machine are read whole. */
const MAX_REMOTE_BYTES = 256e6;
/** A file that is being written is read when it rests. */
const CHANGE_MILLISECONDS = 500;

/** One file, however many editors show it. */
export class TensorFileDocument implements vscode.CustomDocument {
  private opened: Promise<TensorFile> | null = null;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly watcher: vscode.FileSystemWatcher;
  private timer: NodeJS.Timeout | null = null;

  constructor(readonly uri: vscode.Uri) {
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.posix.basename(uri.path).replace(/[[\]{}*?]/g, '?')));
    for (const event of [this.watcher.onDidChange, this.watcher.onDidCreate, this.watcher.onDidDelete]) event(() => this.later());
  }

  get name(): string { return path.posix.basename(this.uri.path); }

  /** @throws TensorFileError; errors of the file system */
  file(): Promise<TensorFile> {
    return (this.opened ??= open(this.uri, this.name));
  }

  async size(): Promise<number> {
    return (await vscode.workspace.fs.stat(this.uri)).size;
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.watcher.dispose();
    this.changed.dispose();
    this.close();
  }

  private later(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.close();
      this.changed.fire();
    }, CHANGE_MILLISECONDS);
  }

  private close(): void {
    this.opened?.then((file) => file.close(), () => undefined /* it never was open: nothing to close */).catch(() => undefined /* the disk is gone, and the file with it */);
    this.opened = null;
  }
}

async function open(uri: vscode.Uri, name: string): Promise<TensorFile> {
  if (uri.scheme === 'file') return openTensorPath(uri.fsPath);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_REMOTE_BYTES) throw new TensorFileError(`the file has ${Math.round(size / 1e6)} MB; from another machine at most ${MAX_REMOTE_BYTES / 1e6} MB are read`);
  return openTensorFile(new MemoryBytes(await vscode.workspace.fs.readFile(uri)), name);
}

/** One editor: the list's part of the conversation here, the viewer's in its session. */
export class TensorFileEditor {
  private readonly session: ViewerSession;
  /** What the viewer's script said before there was anything to show. */
  private waiting: ToHost | null = null;
  private isShown = false;

  constructor(private readonly document: TensorFileDocument, private readonly panel: vscode.WebviewPanel, private readonly extensionUri: vscode.Uri, private readonly log: (line: string) => void) {
    this.session = new ViewerSession({
      post: (message) => this.post(message), reveal: () => undefined, copy: (text) => void vscode.env.clipboard.writeText(text), reopen: () => undefined, save: saveFile, log,
    });
  }

  start(): void {
    const { webview } = this.panel;
    const file = (...parts: string[]): vscode.Uri => vscode.Uri.joinPath(this.extensionUri, ...parts);
    const asset = (name: string): string => webview.asWebviewUri(file('dist', name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [file('dist')] };
    webview.onDidReceiveMessage((message: ToHost | FromFilePage) => void this.receive(message));
    const change = this.document.onDidChange(() => void this.list());
    this.panel.onDidChangeViewState(() => {
      if (this.panel.visible) return;
      this.waiting = null;
      this.session.hide();
    });
    this.panel.onDidDispose(() => {
      change.dispose();
      this.session.close();
    });
    webview.html = tensorFilePage({
      cspSource: webview.cspSource, nonce: createNonce(), script: asset('webview.js'), style: asset('webview.css'), listScript: asset('tensorList.js'), listStyle: asset('tensorList.css'),
    });
  }

  private async receive(message: ToHost | FromFilePage): Promise<void> {
    switch (message.type) {
      case 'listReady': return this.list();
      case 'choose': return this.choose(message.ids);
      case 'reopenWith': return void await vscode.commands.executeCommand('workbench.action.reopenWithEditor');
      case 'ready':
        // The session has nothing to say until a tensor is chosen.
        if (this.isShown) return this.session.receive(message);
        this.waiting = message;
        return undefined;
      default: return this.session.receive(message);
    }
  }

  private async list(): Promise<void> {
    const { document } = this;
    try {
      const file = await document.file();
      this.post({ type: 'tensorFile', name: document.name, format: file.format, bytes: await document.size(), tensors: listed(file), facts: file.facts });
    } catch (error) {
      this.isShown = false;
      this.log(`${document.uri.toString()} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      this.post(faultOf(document.name, error));
    }
  }

  private async choose(ids: readonly string[]): Promise<void> {
    const file = await this.document.file();
    const tensors = ids.flatMap((id) => metadataOf(file, id) ?? []);
    if (tensors.length === 0) return;
    this.isShown = true;
    this.session.open(tensors, tensors.at(-1)!.id, new TensorFileSource(file));
    if (this.waiting) await this.session.receive(this.waiting);
    this.waiting = null;
  }

  private post(message: ToPage | ToFilePage): void {
    void this.panel.webview.postMessage(message);
  }
}

function faultOf(name: string, error: unknown): ToFilePage {
  if (!(error instanceof TensorFileError)) return { type: 'tensorFileFault', name, ...faultOfDisk(error), where: null };
  const where = [...(error.at === null ? [] : [`byte ${error.at}`]), ...(error.part === null ? [] : [error.part])].join(' of ');
  return { type: 'tensorFileFault', name, problem: sentence(error.problem), where: where || null, advice: adviceFor(error.problem) };
}

/** What the file system says, in words. */
function faultOfDisk(error: unknown): { readonly problem: string; readonly advice: string | null } {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'ENOENT':
    case 'FileNotFound': return { problem: 'The file is not there any more.', advice: 'It is shown again as soon as it is back.' };
    case 'EACCES':
    case 'EPERM':
    case 'NoPermissions': return { problem: 'The file may not be read: permission denied.', advice: 'It is read again when it changes; chmod +r lets its owner read it.' };
    default: return { problem: error instanceof Error ? error.message : String(error), advice: null };
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function adviceFor(problem: string): string | null {
  if (/refused/.test(problem)) return 'Shapelens reads checkpoints as data and never runs a pickle. If you trust the file, load it in Python and save what model.state_dict() gives, or write it with safetensors.';
  if (/cut short|file (ends|has)|damaged/.test(problem)) return 'The file may still be being written or downloaded: it is read again when it changes.';
  return null;
}
