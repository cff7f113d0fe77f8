/** The viewer's panel: its page, the handshake, and the way from its requests to where the values are. */
import * as vscode from 'vscode';
import { PROTOCOL_VERSION } from '../webview/protocol';
import type { ElementType, TensorMetadata, TensorStatistics, TileRequest, ToHost, ToPage } from '../webview/protocol';

/** Where values are read from. Rejections are shown on the page. */
export interface TensorSource {
  read(request: TileRequest): Promise<Float32Array | Float64Array | Uint8Array>;
  statistics(tensor: string): Promise<TensorStatistics>;
  /** The panel shows other tensors from now on, or is closed. */
  dispose(): void;
}

export class TensorViewer implements vscode.Disposable {
  private panel: vscode.WebviewPanel | null = null;
  private source: TensorSource | null = null;
  private shown: ToPage | null = null;
  private isReady = false;
  private reveal: (tensor: string) => void = () => undefined;

  constructor(private readonly extensionUri: vscode.Uri, private readonly log: (line: string) => void) {}

  /** @param reveal the title of a tensor was clicked: its id */
  open(tensors: readonly TensorMetadata[], active: string, source: TensorSource, reveal: (tensor: string) => void): void {
    this.reveal = reveal;
    this.source?.dispose();
    this.source = source;
    this.shown = { type: 'open', tensors, active };
    const panel = this.panel ?? this.create();
    panel.title = tensors.find((tensor) => tensor.id === active)?.name ?? 'Tensor';
    panel.reveal(undefined, true);
    if (this.isReady) this.post(this.shown);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private create(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('shapelens.tensorViewer', 'Tensor', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist')],
    });
    this.panel = panel;
    this.isReady = false;
    panel.webview.onDidReceiveMessage((message: ToHost) => void this.receive(message));
    panel.onDidDispose(() => {
      this.panel = null;
      this.isReady = false;
      this.source?.dispose();
      this.source = null;
    });
    panel.webview.html = this.html(panel.webview);
    return panel;
  }

  private async receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (message.version !== PROTOCOL_VERSION) this.log(`the viewer's page speaks version ${message.version} of the protocol, not ${PROTOCOL_VERSION}`);
        this.isReady = true;
        if (this.shown) this.post(this.shown);
        return;
      case 'reveal': this.reveal(message.tensor); return;
      case 'tile': return this.answer(message.request, async (source) => {
        const values = await source.read(message.tile);
        // A view of a larger buffer would be sent whole: the copy holds the tile alone.
        return { type: 'tile', request: message.request, elements: elementType(values), buffer: values.slice().buffer as ArrayBuffer };
      });
      case 'statistics': return this.answer(message.request, async (source) => ({ type: 'statistics', request: message.request, statistics: await source.statistics(message.tensor) }));
    }
  }

  private async answer(request: number, run: (source: TensorSource) => Promise<ToPage>): Promise<void> {
    try {
      if (!this.source) throw new Error('the values are gone; evaluate the expression again');
      this.post(await run(this.source));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.log(`the viewer's request failed: ${message}`);
      this.post({ type: 'failed', request, message });
    }
  }

  private post(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private html(webview: vscode.Webview): string {
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const asset = (name: string): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(this.extensionUri, 'dist', name));
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; img-src ${webview.cspSource} data:;">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${asset('webview.css')}">
<title>Tensor</title>
</head>
<body>
<main id="viewer"><p class="message" role="status">…</p></main>
<script nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>`;
  }
}

function elementType(values: Float32Array | Float64Array | Uint8Array): ElementType {
  return values instanceof Float32Array ? 'float32' : values instanceof Float64Array ? 'float64' : 'uint8';
}
