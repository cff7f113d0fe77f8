/**
 * The client of the evaluation worker: starts it when first needed, restarts it after a crash, runs one evaluation at a
 * time, and ends it when it was idle for a while. Values stay in the worker; here they are handles.
 */
import * as os from 'node:os';
import { chooseCandidates, type ChosenBackends } from './candidates';
import { EvaluationError } from './errors';
import type { BackendName, BackendPreference, EvaluationRequest, OutputDescription, Region, Statistics, Tile, WorkerResult } from './messages';
import { keyOf, ResultCache } from './resultCache';
import { WorkerProcess, type WorkerOptions } from './workerProcess';

export interface EvaluationClientOptions {
  /** The bundled worker (`dist/worker.js`), or its source together with `execArgv: ['--import', 'tsx']`. */
  readonly workerPath: string;
  readonly backend: BackendPreference;
  readonly log?: (line: string) => void;
  readonly execArgv?: readonly string[];
  /** One evaluation may take this long; default 120 seconds. */
  readonly timeLimitMilliseconds?: number;
  /** The worker ends after so long without a request, and with it all values; default 15 minutes, 0: never. */
  readonly idleMilliseconds?: number;
  /** Bytes that an evaluation may hold at once; default: half of the machine's memory, at most 8 GB. */
  readonly memoryLimit?: number;
  /** Values with fewer elements are not given to the backend; 0: whatever it can compute is. Default: where it begins to be worth it. */
  readonly fewestOnBackend?: number;
  /** Where provisioned backends are looked for; default: the user's cache. */
  readonly cache?: string;
  /** Tried in this order instead of what `backend` stands for. */
  readonly candidates?: () => Promise<ChosenBackends>;
}

/** A value held by the worker. Invalid once the worker was restarted. */
export interface Handle { readonly worker: number; readonly id: number }

export interface EvaluatedOutput extends OutputDescription { readonly handle: Handle }
export interface EvaluationResult {
  readonly outputs: readonly EvaluatedOutput[];
  readonly milliseconds: number;
  readonly backend: BackendName;
  /** Why no faster backend is in use; empty for the native one. */
  readonly notes: readonly string[];
}

export interface EvaluateOptions {
  readonly signal?: AbortSignal;
  /** Whatever memory it needs: someone has said so. */
  readonly anyway?: boolean;
  /** Whose value it is: at most one evaluation of each document is under way, a new one takes the place of the last, which ends as `cancelled`. */
  readonly document?: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly op: string }) => void;
}

/** After a cancellation the worker has so long to notice it between two operations; then it is killed. */
const CANCEL_GRACE_MILLISECONDS = 300;
const READ_LIMIT_MILLISECONDS = 30_000;
/** Of billions of elements they take a while, and others are answered meanwhile. */
const STATISTICS_LIMIT_MILLISECONDS = 300_000;
const DEFAULT_BINS = 64;

export interface StatisticsOptions {
  readonly bins?: number;
  /** A quick answer from a part of the elements will do. */
  readonly sampled?: boolean;
  /** How much is done, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export class EvaluationClient {
  private worker: Promise<WorkerProcess> | null = null;
  private generation = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;
  private readonly results = new ResultCache();
  /** What is under way, or waits for its turn, by document. */
  private readonly current = new Map<string, AbortController>();
  private busy = 0;
  private disposed = false;
  /** Backends that took the worker down while starting, with what was seen. */
  private readonly crashed = new Map<BackendName, string>();

  constructor(private readonly options: EvaluationClientOptions) {}

  /** Whether a worker is there, or about to be. */
  get isRunning(): boolean {
    return this.worker !== null;
  }

  /** Starts the worker if need be, and says what it computes with. @throws EvaluationError */
  async backend(): Promise<{ readonly name: BackendName; readonly notes: readonly string[]; readonly pid: number | undefined }> {
    const worker = await this.running();
    return { name: worker.backend, notes: worker.notes, pid: worker.pid };
  }

  /** Runs after those asked for before; what was evaluated before and is still held is not computed again. @throws EvaluationError */
  evaluate(request: EvaluationRequest, { document, ...options }: EvaluateOptions = {}): Promise<EvaluationResult> {
    if (document === undefined) return this.inTurn(request, options);
    this.current.get(document)?.abort();
    const own = new AbortController();
    this.current.set(document, own);
    const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
    return this.inTurn(request, { ...options, signal }).finally(() => {
      if (this.current.get(document) === own) this.current.delete(document);
    });
  }

  private inTurn(request: EvaluationRequest, options: EvaluateOptions): Promise<EvaluationResult> {
    const turn = this.queue.then(() => this.evaluateNow(request, options));
    this.queue = turn.catch(() => undefined /* the caller has it; the next one's turn does not depend on it */);
    return turn;
  }

  /** A part of a value. @throws EvaluationError `stale-handle` after a restart of the worker */
  async read(handle: Handle, region: Region): Promise<Tile> {
    return this.ask(handle, (worker) => worker.request<Tile>((id) => ({ type: 'read', id, handle: handle.id, region }), READ_LIMIT_MILLISECONDS));
  }

  /** Over the whole value, or over the slice in which each number fixes a dim and null keeps it. @throws EvaluationError */
  async statistics(handle: Handle, slice: readonly (number | null)[] | null = null, { bins = DEFAULT_BINS, sampled = false, onProgress }: StatisticsOptions = {}): Promise<Statistics> {
    const report = onProgress && (({ done, total }: { readonly done: number; readonly total: number }): void => onProgress(done / total));
    return this.ask(handle, (worker) => worker.request<Statistics>((id) => ({ type: 'statistics', id, handle: handle.id, slice, bins, sampled }), STATISTICS_LIMIT_MILLISECONDS, report));
  }

  /** Frees a value; nothing to do where its worker is gone. */
  release(handle: Handle): void {
    if (handle.worker !== this.generation) return;
    const freed = this.results.release(handle);
    this.worker?.then((worker) => { if (worker.isAlive) freed.forEach((each) => worker.send({ type: 'release', handle: each })); }, () => undefined /* it never started: nothing is held */);
  }

  /** Ends the worker now (a freshly provisioned backend is found at the next request). */
  restart(): void {
    const worker = this.worker;
    this.worker = null;
    this.generation++;
    this.results.clear();
    this.crashed.clear();
    worker?.then((running) => running.kill('the evaluation worker was restarted; evaluate again'), () => undefined /* it never started */);
  }

  dispose(): void {
    this.disposed = true;
    if (this.idle) clearTimeout(this.idle);
    this.restart();
  }

  private async evaluateNow(request: EvaluationRequest, { signal, anyway = false, onProgress }: EvaluateOptions): Promise<EvaluationResult> {
    if (signal?.aborted) throw new EvaluationError('cancelled', 'cancelled');
    const worker = await this.running();
    const generation = this.generation;
    const key = keyOf(request);
    const known = key === null ? null : this.results.take(key);
    if (known) return known;
    this.stayAwake();
    let grace: NodeJS.Timeout | null = null;
    let evaluation = 0;
    const cancel = (): void => {
      if (!worker.isAlive) return;
      worker.send({ type: 'cancel', id: evaluation });
      grace = setTimeout(() => worker.kill('cancelled', 'cancelled'), CANCEL_GRACE_MILLISECONDS);
    };
    try {
      const pending = worker.request<WorkerResult>((id) => {
        evaluation = id;
        return { type: 'evaluate', id, request, memoryLimit: anyway ? Infinity : this.options.memoryLimit ?? defaultMemoryLimit() };
      }, this.options.timeLimitMilliseconds ?? 120_000, onProgress);
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted) cancel();
      const result = await pending;
      const outputs = result.outputs.map(({ handle, ...description }) => ({ ...description, handle: { worker: generation, id: handle } }));
      const evaluated = { outputs, milliseconds: result.milliseconds, backend: worker.backend, notes: worker.notes };
      if (key !== null && generation === this.generation) this.results.keep(key, evaluated);
      return evaluated;
    } finally {
      if (grace) clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
      this.mayIdle();
    }
  }

  private async ask<T>(handle: Handle, body: (worker: WorkerProcess) => Promise<T>): Promise<T> {
    const worker = this.worker ? await this.worker : null;
    if (!worker?.isAlive || handle.worker !== this.generation) {
      throw new EvaluationError('stale-handle', 'the evaluation worker was restarted since this value was computed; evaluate it again');
    }
    this.stayAwake();
    try {
      return await body(worker);
    } finally {
      this.mayIdle();
    }
  }

  /** The worker, alive; a fresh one where it is not. */
  private async running(): Promise<WorkerProcess> {
    if (this.disposed) throw new EvaluationError('cancelled', 'evaluation was shut down');
    const current = this.worker;
    if (current) {
      const worker = await current.catch(() => null);
      if (worker?.isAlive) return worker;
      // Several callers may have waited for the same dead one: only the first replaces it.
      if (this.worker !== current) return this.running();
    }
    this.generation++;
    this.results.clear();
    this.worker = this.startWorker();
    return this.worker;
  }

  private async startWorker(): Promise<WorkerProcess> {
    const { candidates, notes } = await (this.options.candidates ?? (() => chooseCandidates(this.options.backend, this.options.cache)))();
    const left = candidates.filter(({ name }) => !this.crashed.has(name));
    const why = [...notes, ...[...this.crashed].map(([name, reason]) => `${name}: ${reason}`)];
    if (left.length === 0) throw new EvaluationError('backend-unavailable', why.join('; ') || 'no backend was asked for');
    const options: WorkerOptions = { path: this.options.workerPath, execArgv: this.options.execArgv, log: this.options.log, fewestOnBackend: this.options.fewestOnBackend };
    const worker = new WorkerProcess(options);
    try {
      await worker.start(left, why);
    } catch (error) {
      worker.kill('the evaluation worker did not start');
      const first = left[0] as (typeof left)[number];
      // A library that crashes the process is tried once only; the next in order takes its place.
      if (error instanceof EvaluationError && error.code === 'worker-died' && left.length > 1) {
        this.crashed.set(first.name, `it ended the process while starting (${error.message})`);
        return this.startWorker();
      }
      throw error;
    }
    this.options.log?.(`evaluation worker ${worker.pid} computes with ${worker.backend}`);
    for (const note of worker.notes) this.options.log?.(note);
    return worker;
  }

  private stayAwake(): void {
    this.busy++;
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
  }

  private mayIdle(): void {
    this.busy--;
    const limit = this.options.idleMilliseconds ?? 15 * 60_000;
    if (this.busy > 0 || limit === 0 || this.disposed) return;
    this.idle = setTimeout(() => this.restart(), limit);
    this.idle.unref();
  }
}

function defaultMemoryLimit(): number {
  return Math.min(os.totalmem() / 2, 8e9);
}
