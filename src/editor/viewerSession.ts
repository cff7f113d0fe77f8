/** One page's conversation with its host, without the panel: the handshake, and an answer to each request. */
import { PROTOCOL_VERSION } from '../webview/protocol';
import type { ElementType, SourceLocation, TensorMetadata, ToHost, ToPage } from '../webview/protocol';
import { exported, fileName, pictureBytes } from './export/files';
import { readTile, sliceStatistics } from './viewerSource';
import type { TensorElements, TensorSource } from './viewerSource';

export interface ViewerSessionEvents {
  post(message: ToPage): void;
  reveal(tensor: string): void;
  copy(text: string): void;
  reopen(source: SourceLocation): void;
  /** Asks for a file and writes it; its path, null where none was chosen. */
  save?(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string | null>;
  log(line: string): void;
}

interface Shown { readonly tensors: readonly TensorMetadata[]; readonly active: string; readonly source: TensorSource }

export class ViewerSession {
  private shown: Shown | null = null;
  private progress: string | null = null;
  /** The page listens. */
  private isReady = false;
  private wasOpened = false;

  constructor(private readonly events: ViewerSessionEvents) {}

  open(tensors: readonly TensorMetadata[], active: string, source: TensorSource): void {
    if (this.shown && this.shown.source !== source) this.shown.source.dispose();
    this.shown = { tensors, active, source };
    this.progress = null;
    this.wasOpened = false;
    if (this.isReady) this.postOpen();
  }

  /** Says above what is shown that something is under way; null: it is done. */
  report(progress: string | null): void {
    this.progress = progress;
    if (this.isReady) this.events.post({ type: 'progress', message: progress });
  }

  /** The page is gone, as a panel's is that nobody sees; it says `ready` when it is back. */
  hide(): void {
    this.isReady = false;
  }

  /** The panel is closed. */
  close(): void {
    this.isReady = false;
    this.shown?.source.dispose();
    this.shown = null;
  }

  async receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready': return this.ready(message.version);
      case 'reveal': return this.events.reveal(message.tensor);
      case 'copy': return this.events.copy(message.text);
      case 'reopen': return this.events.reopen(message.source);
      case 'problem': return this.events.log(`the viewer's page has a problem: ${message.message}`);
      case 'export': return this.answer(message.request, message.tensor, async ({ source }, metadata) => (
        { type: 'saved', request: message.request, path: await this.save(`${fileName(metadata.name)}.${message.format}`, exported(source, metadata, message, (fraction) => this.events.post({ type: 'advance', request: message.request, fraction }))) }
      ));
      case 'picture': return this.answer(message.request, message.tensor, async (_, { name }) => (
        { type: 'saved', request: message.request, path: await this.save(`${fileName(name)}.png`, pictureBytes(message.url)) }
      ));
      case 'tile': return this.answer(message.request, message.tile.tensor, async ({ source }, { shape }) => {
        const values = await readTile(source, message.tile, shape);
        // A view would be sent with the whole buffer that it lies in: the copy holds the tile alone.
        return { type: 'tile', request: message.request, elements: elementType(values), buffer: values.slice().buffer as ArrayBuffer };
      });
      case 'statistics': return this.answer(message.request, message.tensor, async ({ source }, { id, shape }) => {
        const onProgress = (fraction: number): void => this.events.post({ type: 'advance', request: message.request, fraction });
        const statistics = await (message.slice ? sliceStatistics(source, id, message.slice, shape) : source.statistics(id, { sampled: message.sampled === true, onProgress }));
        return { type: 'statistics', request: message.request, statistics };
      });
    }
  }

  private async save(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
    if (!this.events.save) throw new Error('files cannot be written from here');
    return this.events.save(name, chunks);
  }

  private ready(version: number): void {
    if (version !== PROTOCOL_VERSION) {
      this.isReady = false;
      this.events.log(`the viewer's page speaks version ${version} of the protocol, not ${PROTOCOL_VERSION}`);
      this.events.post({ type: 'gone', message: 'The viewer was updated. Close it and evaluate again.' });
      return;
    }
    this.isReady = true;
    if (this.shown) this.postOpen();
    else this.events.post({ type: 'gone', message: 'The values ended with the window that computed them.' });
    if (this.progress !== null) this.events.post({ type: 'progress', message: this.progress });
  }

  private postOpen(): void {
    const { tensors, active, source } = this.shown!;
    this.events.post({ type: 'open', tensors, active, resumed: this.wasOpened, ...(source.links && source.links.length > 0 ? { links: source.links } : {}) });
    this.wasOpened = true;
  }

  private async answer(request: number, tensor: string, run: (shown: Shown, metadata: TensorMetadata) => Promise<ToPage>): Promise<void> {
    const { shown } = this;
    try {
      const metadata = shown && [...shown.tensors, ...(shown.source.hidden ?? [])].find(({ id }) => id === tensor);
      if (!shown || !metadata) throw new Error('the values are gone; evaluate the expression again');
      const reply = await run(shown, metadata);
      // Ids are used again by the next evaluation: an answer about the last one must not be taken for it.
      if (this.shown === shown) this.events.post(reply);
      else this.events.post({ type: 'failed', request, message: 'the panel shows other values by now' });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.events.log(`the viewer's request failed: ${message}`);
      this.events.post({ type: 'failed', request, message });
    }
  }
}

function elementType(values: TensorElements): ElementType {
  return values instanceof Float32Array ? 'float32' : values instanceof Float64Array ? 'float64' : 'uint8';
}
