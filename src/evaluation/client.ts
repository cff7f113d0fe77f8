/**
 * The client of the evaluation workers: one for each document, so that no document waits for another, or loses its values
 * when another's evaluation crashes or is stopped. A bounded number of them: see ARCHITECTURE.md for what one costs.
 */
import type { Handle, EvaluationResult } from './results';
import * as os from 'node:os';
import type { ChosenBackends } from './candidates';
import { DocumentWorker, staleHandle } from './documentWorker';
import { EvaluationError } from './errors';
import { MemoryShares } from './memoryShares';
import type { RunOptions } from './statistics';
import type { BackendName, BackendPreference, EvaluationRequest, Region, Statistics, Tile } from './messages';

export interface EvaluationClientOptions {
  /** The bundled worker (`dist/worker.js`), or its source together with `execArgv: ['--import', 'tsx']`. */
  readonly workerPath: string;
  readonly backend: BackendPreference;
  readonly log?: (line: string) => void;
  readonly execArgv?: readonly string[];
  /** So many workers at most; default 6. */
  readonly workers?: number;
  /** One evaluation may take this long; default 120 seconds. */
  readonly timeLimitMilliseconds?: number;
  /** A worker ends after so long without a request, and with it all values; default 15 minutes, 0: never. */
  readonly idleMilliseconds?: number;
  /** Bytes that an evaluation may hold at once, and all that are under way; default: half of the machine's memory, at most 8 GB. */
  readonly memoryLimit?: number;
  /** Values with fewer elements are not given to the backend; 0: whatever it can compute is. Default: where it begins to be worth it. */
  readonly fewestOnBackend?: number;
  /** Where provisioned backends are looked for; default: the user's cache. */
  readonly cache?: string;
  /** Tried in this order instead of what `backend` stands for. */
  readonly candidates?: () => Promise<ChosenBackends>;
}

export interface EvaluateOptions {
  readonly signal?: AbortSignal;
  /** Whatever memory it needs: someone has said so. */
  readonly anyway?: boolean;
  /** Whose value it is: each document has a worker of its own. What has no document has one together. */
  readonly document?: string;
  /** Takes the place of the document's last one that does, if that is under way or waits: it ends as `cancelled`. */
  readonly latest?: boolean;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly op: string }) => void;
}

export interface StatisticsOptions extends RunOptions {
  readonly bins?: number;
  /** A quick answer from a part of the elements will do. */
  readonly sampled?: boolean;
}

/** A process with TensorFlow takes 50 MB of its own, and 170 MB that all of them share. */
const MAX_WORKERS = 6;

export class EvaluationClient {
  private readonly workers = new Map<string, DocumentWorker>();
  /** What is under way, or waits for its turn, by document. */
  private readonly latest = new Map<string, AbortController>();
  private readonly crashed = new Map<BackendName, string>();
  private readonly memory: MemoryShares;
  private disposed = false;

  constructor(private readonly options: EvaluationClientOptions) {
    this.memory = new MemoryShares(() => options.memoryLimit ?? Math.min(os.totalmem() / 2, 8e9));
  }

  /** Whether any worker is there, or about to be. */
  get isRunning(): boolean {
    return [...this.workers.values()].some(({ isRunning }) => isRunning);
  }

  /** Starts the document's worker if need be, and says what it computes with. @throws EvaluationError */
  async backend(document = ''): Promise<{ readonly name: BackendName; readonly notes: readonly string[]; readonly pid: number | undefined }> {
    return this.withWorker(document, (worker) => worker.backend());
  }

  /** Runs after those of the same document that were asked for before. @throws EvaluationError */
  async evaluate(request: EvaluationRequest, { document = '', latest = false, ...options }: EvaluateOptions = {}): Promise<EvaluationResult> {
    if (!latest) return this.withWorker(document, (worker) => worker.evaluate(request, options));
    this.latest.get(document)?.abort();
    const own = new AbortController();
    this.latest.set(document, own);
    const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
    try {
      return await this.withWorker(document, (worker) => worker.evaluate(request, { ...options, signal }));
    } finally {
      if (this.latest.get(document) === own) this.latest.delete(document);
    }
  }

  /** A part of a value. @throws EvaluationError `stale-handle` after a restart of its worker */
  async read(handle: Handle, region: Region): Promise<Tile> {
    return this.holding(handle).read(handle, region);
  }

  /** Over the whole value, or over the slice in which each number fixes a dim and null keeps it. @throws EvaluationError */
  async statistics(handle: Handle, slice: readonly (number | null)[] | null = null, options: StatisticsOptions = {}): Promise<Statistics> {
    return this.holding(handle).statistics(handle, slice, options);
  }

  /** Frees a value; nothing to do where its worker is gone. */
  release(handle: Handle): void {
    for (const worker of this.workers.values()) worker.release(handle);
  }

  /** Ends all workers now (a freshly provisioned backend is found at the next request). */
  restart(): void {
    this.crashed.clear();
    for (const worker of this.workers.values()) worker.stop();
  }

  dispose(): void {
    this.disposed = true;
    for (const worker of [...this.workers.values()]) worker.end();
  }

  private holding(handle: Handle): DocumentWorker {
    for (const worker of this.workers.values()) if (worker.holds(handle)) return worker;
    throw staleHandle();
  }

  /** The body is called as soon as the document has a worker: nothing can take it away in between. */
  private async withWorker<T>(document: string, body: (worker: DocumentWorker) => Promise<T>): Promise<T> {
    for (;;) {
      const worker = this.workerOf(document);
      if (worker) return body(worker);
      await Promise.race([...this.workers.values()].map((each) => each.done()));
    }
  }

  /** Where there are too many, the one not used for longest makes room: rather one whose values nobody looks at. null: all are at work. */
  private workerOf(document: string): DocumentWorker | null {
    const own = this.workers.get(document);
    if (own) return own;
    if (this.disposed) throw new EvaluationError('cancelled', 'evaluation was shut down');
    if (this.workers.size >= (this.options.workers ?? MAX_WORKERS)) {
      const [oldest] = [...this.workers.values()].filter(({ isBusy }) => !isBusy).sort((a, b) => Number(a.isUsed) - Number(b.isUsed) || a.lastUse - b.lastUse);
      if (!oldest) return null;
      oldest.end();
    }
    const made: DocumentWorker = new DocumentWorker({ options: this.options, crashed: this.crashed, memory: this.memory }, () => { if (this.workers.get(document) === made) this.workers.delete(document); });
    this.workers.set(document, made);
    return made;
  }
}
