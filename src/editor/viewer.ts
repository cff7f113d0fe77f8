/** The viewer's panel beside the code: created when it is first needed, taken over again after a reload of the window. */
import * as vscode from 'vscode';
import type { SourceLocation, TensorMetadata } from '../webview/protocol';
import { saveFile } from './export/saveFile';
import { createNonce, viewerPage } from './viewerPage';
import { ViewerSession } from './viewerSession';
import { TENSOR_VIEWER } from './viewTypes';
import type { TensorSource } from './viewerSource';

export type { TensorSource } from './viewerSource';

export class TensorViewer implements vscode.Disposable {
  private panel: vscode.WebviewPanel | null = null;
  private readonly session: ViewerSession;
  private reveal: (tensor: string) => void = () => undefined;

  constructor(private readonly extensionUri: vscode.Uri, private readonly log: (line: string) => void) {
    this.session = new ViewerSession({
      post: (message) => void this.panel?.webview.postMessage(message),
      reveal: (tensor) => this.reveal(tensor),
      copy: (text) => void vscode.env.clipboard.writeText(text),
      reopen: (source) => void this.reopen(source),
      save: saveFile,
      log,
    });
  }

  /** Takes a panel over that was open when the window was loaded again. */
  restore(panel: vscode.WebviewPanel): void {
    // What was evaluated meanwhile has a panel of its own already.
    if (this.panel) panel.dispose();
    else this.adopt(panel);
  }

  /**
   * Shows tensors in place of those before.
   * @param active id of the tensor whose tab is opened
   * @param reveal the title of a tensor was clicked: its id
   */
  open(tensors: readonly TensorMetadata[], active: string, source: TensorSource, reveal: (tensor: string) => void): void {
    this.reveal = reveal;
    this.session.open(tensors, active, source);
    const panel = this.panel ?? this.create();
    panel.title = tensors.find((tensor) => tensor.id === active)?.name ?? vscode.l10n.t('Tensor');
    panel.reveal(undefined, true);
  }

  /**
   * Values are being computed: the panel says so, and its page loads meanwhile.
   * @returns to be called where nothing came of it
   */
  expect(message: string): () => void {
    this.session.report(message);
    const isNew = !this.panel;
    const panel = this.panel ?? this.create();
    if (isNew) panel.title = message;
    return () => {
      this.session.report(null);
      if (isNew && !this.session.isOpen) panel.dispose();
    };
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private create(): vscode.WebviewPanel {
    return this.adopt(vscode.window.createWebviewPanel(TENSOR_VIEWER, vscode.l10n.t('Tensor'), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
  }

  private adopt(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    this.panel = panel;
    const file = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(this.extensionUri, ...path);
    panel.iconPath = { light: file('media', 'tensor-light.svg'), dark: file('media', 'tensor-dark.svg') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [file('dist')] };
    panel.webview.onDidReceiveMessage((message) => void this.session.receive(message));
    panel.onDidChangeViewState(() => { if (!panel.visible) this.session.hide(); });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = null;
      this.session.close();
    });
    const asset = (name: string): string => panel.webview.asWebviewUri(file('dist', name)).toString();
    panel.webview.html = viewerPage({ cspSource: panel.webview.cspSource, script: asset('webview.js'), style: asset('webview.css'), nonce: createNonce() });
    return panel;
  }

  private async reopen({ uri, range }: SourceLocation): Promise<void> {
    try {
      await vscode.commands.executeCommand('shapelens.openTensorViewer', uri, range);
    } catch (error) {
      this.log(`evaluating again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
