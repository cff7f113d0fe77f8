/** One page's conversation with its host, without the panel: the handshake, and an answer to each request. */
import { PROTOCOL_VERSION } from '../webview/protocol';
import type { ElementType, SourceLocation, TensorMetadata, TensorStatistics, ToHost, ToPage } from '../webview/protocol';
import { StoppedRuns } from '../evaluation/statistics';
import { ComparisonSource } from './comparison';
import type { Operand } from './comparison';
import { exported, fileName, pictureBytes } from './export/files';
import { find } from './find';
import { ShownTensors } from './shownTensors';
import { readShown, sliceStatistics } from './viewerSource';
import type { ExactElements, TensorSource } from './viewerSource';

export interface ViewerSessionEvents {
  post(message: ToPage): void;
  reveal(tensor: string): void;
  copy(text: string): void;
  reopen(source: SourceLocation): void;
  /** Asks for a file and writes it; its path, null where none was chosen. */
  save?(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string | null>;
  log(line: string): void;
}

const CANCELLED = 'cancelled';
/** Why work was stopped: nobody waits for it. */
const UNWANTED = 'unwanted';

export class ViewerSession {
  private readonly shown = new ShownTensors();
  private active = '';
  private progress: string | null = null;
  /** The page listens. */
  private isReady = false;
  /** Requests whose answers the page does not want any more. */
  private readonly cancelled = new Set<number>();
  /** Statistics that are under way, by their requests. */
  private readonly running = new Map<number, AbortController>();
  /** Those of slices, where the source does not keep them. */
  private readonly stopped = new StoppedRuns();
  private wasOpened = false;
  /** Counts the pages: requests are numbered anew by the next one. */
  private page = 0;
  /** Counts the evaluations: ids are used again by the next one. */
  private generation = 0;
  /** The answer to the first question of every page, which is computed while the page still loads. */
  private first: { readonly tensor: string; readonly sampled: boolean; readonly statistics: Promise<TensorStatistics> } | null = null;

  constructor(private readonly events: ViewerSessionEvents) {}

  open(tensors: readonly TensorMetadata[], active: string, source: TensorSource): void {
    this.generation++;
    this.stopAll();
    this.stopped.forget();
    this.shown.open(tensors, source);
    const sampled = tensors.find(({ id }) => id === active)?.samples === true;
    this.first = { tensor: active, sampled, statistics: source.statistics(active, { sampled }) };
    // Whoever asks is told.
    this.first.statistics.catch(() => undefined);
    this.progress = null;
    this.show(active);
  }

  /** Says above what is shown that something is under way; null: it is done. */
  report(progress: string | null): void {
    this.progress = progress;
    if (!this.isReady) return;
    this.events.post({ type: 'progress', message: progress });
    if (progress === null && !this.isOpen) this.postGone();
  }

  get isOpen(): boolean {
    return this.shown.isOpen;
  }

  /** The page is gone, as a panel's is that nobody sees; it says `ready` when it is back. */
  hide(): void {
    this.isReady = false;
    this.page++;
    this.stopAll();
  }

  /** The panel is closed. */
  close(): void {
    this.hide();
    this.generation++;
    this.shown.close();
  }

  async receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready': return this.ready(message.version);
      case 'reveal': return this.events.reveal(this.shown.find(message.tensor)?.id ?? message.tensor);
      case 'compare': return this.compare(message);
      case 'pin': return this.pin(message.tensor, message.on);
      case 'copy': return this.events.copy(message.text);
      case 'reopen': return this.events.reopen(message.source);
      case 'problem': return this.events.log(`the viewer's page has a problem: ${message.message}`);
      case 'agreement': return this.answer(message.request, message.tensor, async ({ source }) => {
        if (!(source instanceof ComparisonSource)) throw new Error('it is no comparison');
        return { type: 'agreement', request: message.request, agreement: await source.agreement(message, this.advancing(message.request)) };
      });
      case 'export': return this.answer(message.request, message.tensor, async ({ source, metadata, id }) => (
        { type: 'saved', request: message.request, path: await this.save(`${fileName(metadata.name)}.${message.format}`, exported(source, { ...metadata, id }, message, this.advancing(message.request))) }
      ));
      case 'picture': return this.answer(message.request, message.tensor, async ({ metadata }) => (
        { type: 'saved', request: message.request, path: await this.save(`${fileName(metadata.name)}.png`, pictureBytes(message.url)) }
      ));
      case 'tile': return this.answer(message.request, message.tile.tensor, async ({ source, id, metadata: { shape } }) => {
        const { page, generation } = this;
        const values = await readShown(source, { ...message.tile, tensor: id }, shape, () => {
          // Nobody sees it any more: what is huge is not read to its end.
          if (page !== this.page || generation !== this.generation) throw new Error(CANCELLED);
          this.events.post({ type: 'advance', request: message.request, fraction: 0 });
        });
        // A view would be sent with the whole buffer that it lies in: the copy holds the tile alone.
        return { type: 'tile', request: message.request, elements: elementType(values), buffer: values.slice().buffer as ArrayBuffer };
      });
      case 'find': return this.answer(message.request, message.find.tensor, async ({ source, id, metadata: { shape } }) => (
        { type: 'found', request: message.request, index: await find(source, id, message.find, shape, this.advancing(message.request)) }
      ));
      case 'stop':
        this.running.get(message.request)?.abort();
        return undefined;
      case 'cancel':
        this.cancelled.add(message.request);
        this.running.get(message.request)?.abort(UNWANTED);
        return undefined;
      case 'statistics': return this.answer(message.request, message.tensor, async (found) => (
        { type: 'statistics', request: message.request, statistics: await this.statistics(message, found) }
      ));
    }
  }

  private async statistics({ request, tensor, slice, sampled = false }: Extract<ToHost, { readonly type: 'statistics' }>, { source, id, metadata: { shape } }: Operand): Promise<TensorStatistics> {
    const first = slice === null && this.first?.tensor === tensor && this.first.sampled === sampled ? this.first.statistics : null;
    if (slice === null) this.first = null;
    if (first) return first;
    const controller = new AbortController();
    this.running.set(request, controller);
    try {
      const options = { signal: controller.signal, onProgress: (fraction: number) => this.events.post({ type: 'advance', request, fraction }) };
      const statistics = await (slice ? sliceStatistics(source, id, slice, shape, this.stopped, options) : source.statistics(id, { sampled, ...options }));
      if (controller.signal.reason === UNWANTED) throw new Error(CANCELLED);
      return statistics;
    } finally {
      if (this.running.get(request) === controller) this.running.delete(request);
    }
  }

  /** Nobody waits for statistics that are under way: they are kept as far as they are. */
  private stopAll(): void {
    for (const controller of this.running.values()) controller.abort(UNWANTED);
    this.running.clear();
  }

  /** Tells the page how far the answer is; called between its parts, it ends the work where the page has cancelled it. */
  private advancing(request: number): (fraction: number) => void {
    const { generation, page } = this;
    return (fraction) => {
      if (page !== this.page) return;
      if (this.cancelled.has(request) || (!this.isReady && generation !== this.generation)) throw new Error(CANCELLED);
      this.events.post({ type: 'advance', request, fraction });
    };
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
    // A new page counts its requests anew.
    this.page++;
    this.cancelled.clear();
    this.stopAll();
    if (this.shown.isOpen) this.postOpen();
    else if (this.progress === null) this.postGone();
    if (this.progress !== null) this.events.post({ type: 'progress', message: this.progress });
  }

  private postGone(): void {
    this.events.post({ type: 'gone', message: 'The values ended with the window that computed them.' });
  }

  /** Opens the tab of a tensor that is shown from now on. */
  private show(active: string): void {
    this.active = active;
    this.wasOpened = false;
    if (this.isReady) this.postOpen();
  }

  private postOpen(): void {
    const { active, shown: { all, links } } = this;
    this.events.post({ type: 'open', tensors: all, active, resumed: this.wasOpened, ...(links && links.length > 0 ? { links } : {}) });
    this.wasOpened = true;
  }

  private compare({ a, b, kind, replaces }: Extract<ToHost, { readonly type: 'compare' }>): void {
    try {
      const id = this.shown.compare(a, b, kind);
      if (replaces !== undefined) this.shown.drop(replaces);
      this.show(id);
    } catch (error) {
      this.report(`They cannot be compared: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private pin(tensor: string, on: boolean): void {
    const kept = on ? this.shown.pin(tensor) : null;
    if (!on) this.shown.drop(tensor);
    this.show(kept ?? this.shown.all[0]?.id ?? '');
  }

  /** @param run with the tensor and its id in the source that has it */
  private async answer(request: number, tensor: string, run: (found: Operand) => Promise<ToPage>): Promise<void> {
    const { generation, page } = this;
    try {
      const found = this.shown.find(tensor);
      if (!found) throw new Error('the values are gone; evaluate the expression again');
      const reply = await run(found);
      if (page !== this.page) return;
      // An answer about the last evaluation must not be taken for one about this.
      if (generation === this.generation || found.metadata.pinned) this.events.post(reply);
      else this.events.post({ type: 'failed', request, message: 'the panel shows other values by now' });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message === CANCELLED || page !== this.page) return;
      this.events.log(`the viewer's request failed: ${message}`);
      this.events.post({ type: 'failed', request, message });
    } finally {
      if (page === this.page) this.cancelled.delete(request);
    }
  }
}

function elementType(values: ExactElements): ElementType {
  return values instanceof Float32Array ? 'float32' : values instanceof Float64Array ? 'float64' : values instanceof BigInt64Array ? 'int64' : values instanceof BigUint64Array ? 'uint64' : 'uint8';
}
