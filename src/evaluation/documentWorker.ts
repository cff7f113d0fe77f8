/**
 * The worker of a document: started when first needed, again after a crash, and ended when it was idle for a while. It
 * runs one evaluation at a time. Values stay in the process; here they are handles.
 */
import { chooseCandidates } from './candidates';
import type { EvaluateOptions, EvaluationClientOptions, StatisticsOptions } from './client';
import type { EvaluationResult, Handle } from './results';
import { EvaluationError } from './errors';
import { operandsOf, peakMemory } from './memory';
import type { MemoryShares } from './memoryShares';
import type { BackendName, EvaluationRequest, Region, Statistics, Tile, WorkerResult } from './messages';
import { keyOf, ResultCache } from './resultCache';
import { WorkerProcess, type WorkerOptions } from './workerProcess';

/** After a cancellation the worker has so long to notice it between two operations; then it is killed. */
const CANCEL_GRACE_MILLISECONDS = 300;
const READ_LIMIT_MILLISECONDS = 30_000;
/** Between two parts. */
const STATISTICS_LIMIT_MILLISECONDS = 60_000;
const DEFAULT_BINS = 64;

/** What all workers have in common. */
export interface SharedByWorkers {
  readonly options: EvaluationClientOptions;
  /** Backends that took a worker down while starting, with what was seen. */
  readonly crashed: Map<BackendName, string>;
  readonly memory: MemoryShares;
}

let lastGeneration = 0;

export class DocumentWorker {
  private worker: Promise<WorkerProcess> | null = null;
  /** Which process it is, of all that any document ever had. */
  private generation = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;
  private readonly results = new ResultCache();
  /** Values that were given out and not released. */
  private used = 0;
  private busy = 0;
  private ended = false;
  /** For choosing the one that was not used for longest. */
  lastUse = 0;

  constructor(private readonly shared: SharedByWorkers, private readonly onEnded: () => void) {}

  /** Whether a process is there, or about to be. */
  get isRunning(): boolean {
    return this.worker !== null;
  }

  get isBusy(): boolean {
    return this.busy > 0;
  }

  /** Whether somebody may still look at its values. */
  get isUsed(): boolean {
    return this.used > 0;
  }

  holds(handle: Handle): boolean {
    return handle.worker === this.generation;
  }

  /** Settled once all that was asked for is done. */
  async done(): Promise<void> {
    await this.queue;
  }

  /** Starts the process if need be, and says what it computes with. @throws EvaluationError */
  async backend(): Promise<{ readonly name: BackendName; readonly notes: readonly string[]; readonly pid: number | undefined }> {
    const worker = await this.running();
    return { name: worker.backend, notes: worker.notes, pid: worker.pid };
  }

  /** Runs after those asked for before; what was evaluated before and is still held is not computed again. @throws EvaluationError */
  evaluate(request: EvaluationRequest, options: EvaluateOptions): Promise<EvaluationResult> {
    this.stayAwake();
    const turn = this.queue.then(() => this.evaluateNow(request, options)).finally(() => this.mayIdle());
    this.queue = turn.catch(() => undefined /* the caller has it; the next one's turn does not depend on it */);
    return turn;
  }

  /** A part of a value. @throws EvaluationError `stale-handle` after a restart of the worker */
  async read(handle: Handle, region: Region): Promise<Tile> {
    return this.ask(handle, (worker) => worker.request<Tile>((id) => ({ type: 'read', id, handle: handle.id, region }), READ_LIMIT_MILLISECONDS));
  }

  /** Over the whole value, or over the slice in which each number fixes a dim and null keeps it. Stopped by the signal, it is of what was seen, and goes on when it is asked for again. @throws EvaluationError */
  async statistics(handle: Handle, slice: readonly (number | null)[] | null = null, { bins = DEFAULT_BINS, sampled = false, onProgress, signal }: StatisticsOptions = {}): Promise<Statistics> {
    return this.ask(handle, async (worker) => {
      let request = 0;
      const stop = (): void => { if (worker.isAlive) worker.send({ type: 'cancel', id: request }); };
      const pending = worker.request<Statistics>((id) => {
        request = id;
        return { type: 'statistics', id, handle: handle.id, slice, bins, sampled };
      }, STATISTICS_LIMIT_MILLISECONDS, ({ done, total }) => onProgress?.(done / total), true);
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
      return pending.finally(() => signal?.removeEventListener('abort', stop));
    });
  }

  /** Frees a value; nothing to do where its process is gone. */
  release(handle: Handle): void {
    if (!this.holds(handle)) return;
    this.used = Math.max(0, this.used - 1);
    const freed = this.results.release(handle);
    this.worker?.then((worker) => { if (worker.isAlive) freed.forEach((each) => worker.send({ type: 'release', handle: each })); }, () => undefined /* it never started: nothing is held */);
  }

  /** Ends the process, and with it all values; the next request starts another. */
  stop(): void {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    const worker = this.worker;
    this.worker = null;
    this.forget();
    worker?.then((running) => running.kill('the evaluation worker was restarted; evaluate again'), () => undefined /* it never started */);
  }

  /** For good. */
  end(): void {
    this.ended = true;
    this.stop();
    this.onEnded();
  }

  private forget(): void {
    this.generation = ++lastGeneration;
    this.results.clear();
    this.used = 0;
  }

  private async evaluateNow(request: EvaluationRequest, { signal, anyway = false, onProgress }: EvaluateOptions): Promise<EvaluationResult> {
    if (signal?.aborted) throw new EvaluationError('cancelled', 'cancelled');
    const worker = await this.running();
    const generation = this.generation;
    const key = keyOf(request);
    const known = key === null ? null : this.results.take(key);
    if (known) return this.given(known);
    const share = await this.shared.memory.take(peakMemory(request.cone, operandsOf(request.cone)).bytes, signal);
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
        return { type: 'evaluate', id, request, memoryLimit: anyway ? Infinity : this.shared.memory.limit };
      }, this.shared.options.timeLimitMilliseconds ?? 120_000, onProgress);
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted) cancel();
      const result = await pending;
      const outputs = result.outputs.map(({ handle, ...description }) => ({ ...description, handle: { worker: generation, id: handle } }));
      const evaluated = { outputs, milliseconds: result.milliseconds, backend: worker.backend, notes: worker.notes };
      if (key !== null && generation === this.generation) this.results.keep(key, evaluated);
      return this.given(evaluated);
    } finally {
      share.release();
      if (grace) clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
    }
  }

  private given(result: EvaluationResult): EvaluationResult {
    this.used += result.outputs.length;
    return result;
  }

  private async ask<T>(handle: Handle, body: (worker: WorkerProcess) => Promise<T>): Promise<T> {
    const worker = this.worker ? await this.worker : null;
    if (!worker?.isAlive || !this.holds(handle)) throw staleHandle();
    this.stayAwake();
    try {
      return await body(worker);
    } finally {
      this.mayIdle();
    }
  }

  /** The worker, alive; a fresh one where it is not. */
  private async running(): Promise<WorkerProcess> {
    if (this.ended) throw new EvaluationError('cancelled', 'evaluation was shut down');
    const current = this.worker;
    if (current) {
      const worker = await current.catch(() => null);
      if (worker?.isAlive) return worker;
      // Several callers may have waited for the same dead one: only the first replaces it.
      if (this.worker !== current) return this.running();
    }
    this.forget();
    this.worker = this.startWorker();
    return this.worker;
  }

  private async startWorker(): Promise<WorkerProcess> {
    const { options: given, crashed } = this.shared;
    const { candidates, notes } = await (given.candidates ?? (() => chooseCandidates(given.backend, given.cache)))();
    const left = candidates.filter(({ name }) => !crashed.has(name));
    const why = [...notes, ...[...crashed].map(([name, reason]) => `${name}: ${reason}`)];
    if (left.length === 0) throw new EvaluationError('backend-unavailable', why.join('; ') || 'no backend was asked for');
    const options: WorkerOptions = { path: given.workerPath, execArgv: given.execArgv, log: given.log, fewestOnBackend: given.fewestOnBackend };
    const worker = new WorkerProcess(options);
    try {
      await worker.start(left, why);
    } catch (error) {
      worker.kill('the evaluation worker did not start');
      const first = left[0] as (typeof left)[number];
      // A library that crashes the process is tried once only; the next in order takes its place.
      if (error instanceof EvaluationError && error.code === 'worker-died' && left.length > 1) {
        crashed.set(first.name, `it ended the process while starting (${error.message})`);
        return this.startWorker();
      }
      throw error;
    }
    given.log?.(`evaluation worker ${worker.pid} computes with ${worker.backend}`);
    for (const note of worker.notes) given.log?.(note);
    return worker;
  }

  private stayAwake(): void {
    this.busy++;
    this.lastUse = performance.now();
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
  }

  private mayIdle(): void {
    this.busy--;
    const limit = this.shared.options.idleMilliseconds ?? 15 * 60_000;
    if (this.busy > 0 || limit === 0 || this.ended) return;
    this.idle = setTimeout(() => this.end(), limit);
    this.idle.unref();
  }
}

export const staleHandle = (): EvaluationError => new EvaluationError('stale-handle', 'the evaluation worker was restarted since this value was computed; evaluate it again');
