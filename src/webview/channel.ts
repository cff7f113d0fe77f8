/** The page's end of the protocol: requests with numbers, replies or time-outs. */
import { PROTOCOL_VERSION, REQUEST_TIMEOUT_MILLISECONDS } from './protocol';
import type { Agreement, Announcement, ComparisonKind, FindRequest, SourceLocation, TensorStatistics, TileRequest, ToHost, ToPage } from './protocol';
import type { Tile } from './tiles';

export interface Host {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export interface StatisticsOptions {
  /** A quick answer from a part of the elements will do. */
  readonly sampled?: boolean;
  /** How much is done, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends them early: what is known by then is the answer. */
  readonly stop?: AbortSignal;
  /** Nobody wants the answer any more. */
  readonly signal?: AbortSignal;
}

/** Work that shows how far it is, and can be cancelled. */
export interface Work {
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
}

export class Cancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout> | undefined;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

interface AskOptions {
  readonly expires?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly stop?: AbortSignal | undefined;
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array } as const;

function tileOf({ elements, buffer }: Extract<ToPage, { readonly type: 'tile' }>): Tile {
  if (elements !== 'int64' && elements !== 'uint64') return new ARRAYS[elements](buffer);
  const exact = new (elements === 'int64' ? BigInt64Array : BigUint64Array)(buffer);
  return Object.assign(Float64Array.from(exact as BigInt64Array, Number), { exact });
}

export class Channel {
  private next = 1;
  private readonly pending = new Map<number, Pending>();

  /** @param timeout in milliseconds, for each request */
  constructor(private readonly host: Pick<Host, 'postMessage'>, private readonly onMessage: (message: Announcement) => void, private readonly timeout = REQUEST_TIMEOUT_MILLISECONDS) {}

  ready(): void {
    this.host.postMessage({ type: 'ready', version: PROTOCOL_VERSION });
  }

  /** @throws Error what the host says went wrong, or that it did not answer */
  tile(tile: TileRequest): Promise<Tile> {
    return this.ask((request) => ({ type: 'tile', request, tile })) as Promise<Tile>;
  }

  /** Of the whole tensor, or of the slice in which a number fixes a dim and null keeps it. @throws Error as `tile`; Cancelled */
  statistics(tensor: string, slice: readonly (number | null)[] | null = null, { sampled = false, onProgress, stop, signal }: StatisticsOptions = {}): Promise<TensorStatistics> {
    return this.ask((request) => ({ type: 'statistics', request, tensor, slice, ...(sampled ? { sampled } : {}) }), onProgress, { signal, stop }) as Promise<TensorStatistics>;
  }

  /** Where an element is, one number a dim; null: nowhere. @throws Error as `tile`; Cancelled */
  find(find: FindRequest, { onProgress, signal }: Work): Promise<readonly number[] | null> {
    return this.ask((request) => ({ type: 'find', request, find }), onProgress, { signal }) as Promise<readonly number[] | null>;
  }

  /** Writes a file that the user chooses: its path, null where they chose none. @throws Error as `tile`; Cancelled */
  export(tensor: string, slice: readonly (number | null)[], format: 'npy' | 'csv', { onProgress, signal }: Work): Promise<string | null> {
    return this.ask((request) => ({ type: 'export', request, tensor, slice, format }), onProgress, { expires: false, signal }) as Promise<string | null>;
  }

  picture(tensor: string, url: string): Promise<string | null> {
    return this.ask((request) => ({ type: 'picture', request, tensor, url }), undefined, { expires: false }) as Promise<string | null>;
  }

  /** How far the two tensors of a comparison agree. @throws Error as `tile` */
  agreement(tensor: string, rtol: number, atol: number, onProgress: (fraction: number) => void): Promise<Agreement> {
    return this.ask((request) => ({ type: 'agreement', request, tensor, rtol, atol }), onProgress) as Promise<Agreement>;
  }

  compare(a: string, b: string, kind: ComparisonKind, replaces?: string): void {
    this.host.postMessage({ type: 'compare', a, b, kind, ...(replaces === undefined ? {} : { replaces }) });
  }

  /** Keeps a tensor over other evaluations; off: lets go of it, or closes a comparison. */
  pin(tensor: string, on: boolean): void {
    this.host.postMessage({ type: 'pin', tensor, on });
  }

  reveal(tensor: string): void {
    this.host.postMessage({ type: 'reveal', tensor });
  }

  copy(text: string): void {
    this.host.postMessage({ type: 'copy', text });
  }

  reopen(source: SourceLocation): void {
    this.host.postMessage({ type: 'reopen', source });
  }

  problem(message: string): void {
    this.host.postMessage({ type: 'problem', message });
  }

  /** What came from the host. A reply that nobody waits for any more is dropped. */
  receive(message: ToPage): void {
    if (!('request' in message)) {
      this.onMessage(message);
      return;
    }
    const waiting = this.pending.get(message.request);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    if (message.type === 'advance') {
      // Whoever reports progress is not silent.
      if (waiting.timer !== undefined) waiting.timer = this.expire(message.request, waiting);
      waiting.onProgress?.(message.fraction);
      return;
    }
    this.pending.delete(message.request);
    if (message.type === 'failed') waiting.reject(new Error(message.message));
    else if (message.type === 'statistics') waiting.resolve(message.statistics);
    else if (message.type === 'agreement') waiting.resolve(message.agreement);
    else if (message.type === 'found') waiting.resolve(message.index);
    else if (message.type === 'saved') waiting.resolve(message.path);
    else waiting.resolve(tileOf(message));
  }

  private ask(message: (request: number) => ToHost, onProgress?: (fraction: number) => void, { expires = true, signal, stop }: AskOptions = {}): Promise<unknown> {
    const request = this.next++;
    return new Promise((resolve, reject) => {
      // A dialog is open for as long as the user likes.
      const timer = expires ? this.expire(request, { reject }) : undefined;
      this.pending.set(request, { resolve, reject, timer, onProgress });
      signal?.addEventListener('abort', () => {
        const waiting = this.pending.get(request);
        if (!waiting) return;
        clearTimeout(waiting.timer);
        this.pending.delete(request);
        this.host.postMessage({ type: 'cancel', request });
        reject(new Cancelled());
      }, { once: true });
      this.host.postMessage(message(request));
      const ends = (): void => { if (this.pending.has(request)) this.host.postMessage({ type: 'stop', request }); };
      stop?.addEventListener('abort', ends, { once: true });
      if (stop?.aborted) ends();
    });
  }

  private expire(request: number, { reject }: Pick<Pending, 'reject'>): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.pending.delete(request);
      reject(new Error(`the values did not arrive within ${this.timeout / 1000} seconds`));
    }, this.timeout);
  }
}
