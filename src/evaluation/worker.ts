/**
 * The evaluation worker: a process of its own, so that a crash of TensorFlow takes nothing else along. It holds computed
 * values under handles and answers with the parts that are asked for. Started by `EvaluationClient`.
 */
import { startBackend } from './backends/start';
import { EvaluationError } from './errors';
import { setFewestOnBackend } from './kernels/kernel';
import { PROTOCOL_VERSION, type BackendName, type Elements, type Statistics, type Tile, type WorkerOutput, type WorkerReply, type WorkerRequest, type WorkerResult } from './messages';
import { Levels, PLANES, sampled } from './levels';
import { levelOf, readRegion, readSlice } from './read';
import { run } from './run';
import { StoredValues } from './storedValues';
import { partsOfElements, sampledStatistics, StatisticsRun, StoppedRuns } from './statistics';
import type { Value } from './value';

const values = new Map<number, Value>();
/** What is under way, to be stopped. */
const running = new Map<number, AbortController>();
let backend: BackendName | null = null;
let nextHandle = 1;
/** A turn of the event loop lets other requests in. */
const pause = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
const levels = new Levels(pause);
const stopped = new StoppedRuns();

function send(reply: WorkerReply): void {
  process.send?.(reply);
}

function sendError(id: number | null, error: unknown): void {
  const known = error instanceof EvaluationError ? error : new EvaluationError('internal', error instanceof Error ? error.message : String(error));
  send({ type: 'error', id, code: known.code, message: known.message, node: known.node });
}

async function start(message: Extract<WorkerRequest, { type: 'start' }>): Promise<void> {
  if (message.version !== PROTOCOL_VERSION) {
    throw new EvaluationError('bad-request', `the worker speaks version ${PROTOCOL_VERSION}, its client version ${message.version}; restart the editor`);
  }
  if (message.fewestOnBackend !== undefined) setFewestOnBackend(message.fewestOnBackend);
  const began = performance.now();
  const started = await startBackend(message.candidates, __dirname).catch((error: unknown) => {
    throw new EvaluationError('backend-unavailable', error instanceof Error ? error.message : String(error));
  });
  backend = started.name;
  send({ type: 'ready', version: PROTOCOL_VERSION, backend, notes: started.notes, milliseconds: performance.now() - began });
}

async function evaluate({ id, request, memoryLimit }: Extract<WorkerRequest, { type: 'evaluate' }>, signal: AbortSignal): Promise<WorkerResult> {
  if (backend === null) throw new EvaluationError('bad-request', 'the worker was not started');
  const began = performance.now();
  const stored = new StoredValues();
  const outputs = await run(request, {
    backend, memoryLimit,
    readStored: (binding) => stored.read(binding),
    onProgress: async (done, total, op) => {
      send({ type: 'progress', id, done, total, op });
      // A turn of the event loop lets a cancellation in.
      await pause();
      if (signal.aborted) throw new EvaluationError('cancelled', 'cancelled');
    },
  }).finally(() => stored.close());
  return {
    milliseconds: performance.now() - began,
    outputs: outputs.map(({ value, provenance }): WorkerOutput => {
      const handle = nextHandle++;
      values.set(handle, value);
      return { handle, shape: value.shape, dtype: value.dtype, provenance };
    }),
  };
}

function valueOf(handle: number): Value {
  const value = values.get(handle);
  if (!value) throw new EvaluationError('stale-handle', 'this value is no longer held; evaluate it again');
  return value;
}

async function read({ handle, region }: Extract<WorkerRequest, { type: 'read' }>): Promise<Tile> {
  const value = valueOf(handle);
  if (region.type !== 'level') return readRegion(value, region);
  const { view, blocks } = levelOf(value, region);
  if (region.sampled) return { shape: [blocks.rows, blocks.cols], dtype: 'float32', values: sampled(view, blocks) };
  const planes = await levels.planes(`${handle} ${view.offset} ${view.rowStride} ${view.colStride}`, view, blocks);
  return { shape: [PLANES, blocks.rows, blocks.cols], dtype: 'float32', values: planes };
}

async function statistics({ id, handle, slice, bins, sampled: isSampled }: Extract<WorkerRequest, { type: 'statistics' }>, signal: AbortSignal): Promise<Statistics> {
  const value = valueOf(handle);
  const elements = (): Elements => (slice ? readSlice(value, slice).values : value.host());
  if (isSampled) return sampledStatistics(elements(), bins);
  return stopped.run(`${handle} ${bins} ${slice?.join() ?? ''}`, () => {
    const all = elements();
    return new StatisticsRun(() => partsOfElements(all, pause), all.length, bins);
  }, { signal, onProgress: (fraction) => send({ type: 'progress', id, done: fraction, total: 1, op: 'statistics' }) });
}

/** Runs what can be stopped. */
async function stoppable<T>(id: number, work: (signal: AbortSignal) => Promise<T>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    send({ type: 'result', id, value: await work(controller.signal) });
  } finally {
    running.delete(id);
  }
}

async function answer(message: WorkerRequest): Promise<void> {
  switch (message.type) {
    case 'start':
      return start(message);
    case 'evaluate':
      return stoppable(message.id, (signal) => evaluate(message, signal));
    case 'read':
      return send({ type: 'result', id: message.id, value: await read(message) });
    case 'statistics':
      return stoppable(message.id, (signal) => statistics(message, signal));
    case 'cancel':
      running.get(message.id)?.abort();
      return undefined;
    case 'release':
      values.get(message.handle)?.dispose();
      values.delete(message.handle);
      levels.forget(`${message.handle} `);
      stopped.forget(`${message.handle} `);
      return undefined;
    default:
      return message satisfies never;
  }
}

process.on('message', (message: WorkerRequest) => {
  answer(message).catch((error: unknown) => sendError('id' in message ? message.id : null, error));
});
// Without its client nobody asks any more.
process.on('disconnect', () => process.exit(0));
