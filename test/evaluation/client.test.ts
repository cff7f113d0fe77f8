/** The worker process and its client: results, parts of them, cancellation, limits, and life after a crash. */
import assert from 'node:assert/strict';
import * as os from 'node:os';
import * as path from 'node:path';
import type { EvaluationClient } from '../../src/evaluation/client';
import { EvaluationError, type EvaluationCode } from '../../src/evaluation/errors';
import { startClient, WORKER } from './backends';
import { cone, node, ref, request } from './cones';

const RANGE = cone(
  node('torch.arange', { start: 0, end: 24, step: 1 }, [24], 'int64'),
  node('torch.reshape', { input: ref(0), shape: [2, 3, 4] }, [2, 3, 4], 'int64'),
);
/** Minutes of work on the plain JS backend, in many operations. */
const LONG = cone(
  node('torch.ones', { size: [700, 700] }, [700, 700]),
  ...Array.from({ length: 200 }, (_, i) => node('torch.matmul', { input: ref(i), other: ref(0) }, [700, 700])),
);

async function rejectsWith(promise: Promise<unknown>, code: EvaluationCode, message?: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof EvaluationError, String(error));
    assert.equal(error.code, code, error.message);
    if (message) assert.match(error.message, message);
    return true;
  });
}

describe('EvaluationClient', function () {
  this.timeout(30_000);
  let client: EvaluationClient;
  beforeEach(() => { client = startClient('cpu'); });
  afterEach(() => client.dispose());

  it('keeps values in the worker and gives out parts', async () => {
    const { outputs, backend } = await client.evaluate(request(RANGE));
    assert.equal(backend, 'cpu');
    const [output] = outputs;
    assert.ok(output);
    assert.deepEqual(output.shape, [2, 3, 4]);
    const flat = await client.read(output.handle, { type: 'flat', offset: 5, length: 3 });
    assert.deepEqual(flat.values, Float64Array.of(5, 6, 7));
    const box = await client.read(output.handle, { type: 'slice', start: [1, 0, 2], size: [1, 2, 2] });
    assert.deepEqual([box.shape, [...box.values]], [[1, 2, 2], [14, 15, 18, 19]]);
    const tile = await client.read(output.handle, { type: 'tile', index: [0, 1, 0], rows: { dim: 2, start: 1, size: 2 }, cols: { dim: 0, start: 0, size: 2 } });
    assert.deepEqual([tile.shape, [...tile.values]], [[2, 2], [5, 17, 6, 18]]);
    const row = await client.read(output.handle, { type: 'tile', index: [1, 2, 0], rows: null, cols: { dim: 2, start: 0, size: 4 } });
    assert.deepEqual([row.shape, [...row.values]], [[1, 4], [20, 21, 22, 23]]);
  });

  it('gives a result again that it holds, by graph, bindings and seed, and frees it with its last user', async () => {
    const drawn = request(cone(node('torch.randn', { size: [3] }, [3])));
    const [first, again] = [await client.evaluate(drawn), await client.evaluate(drawn)];
    assert.deepEqual(again.outputs, first.outputs);
    const { outputs: [other] } = await client.evaluate({ ...drawn, seed: drawn.seed + 1 });
    assert.notEqual(other!.handle.id, first.outputs[0]!.handle.id);
    const bound = (value: number): typeof drawn => ({ ...drawn, bindings: new Map([[0, { values: [value, 1, 2], shape: [3], dtype: 'float32' as const, provenance: 'given' }]]) });
    const values = async (value: number): Promise<number[]> => [...(await client.read((await client.evaluate(bound(value))).outputs[0]!.handle, { type: 'flat', offset: 0, length: 3 })).values];
    assert.deepEqual([await values(0), await values(5), await values(-0)], [[0, 1, 2], [5, 1, 2], [-0, 1, 2]]);
    client.release(first.outputs[0]!.handle);
    assert.equal((await client.read(again.outputs[0]!.handle, { type: 'flat', offset: 0, length: 3 })).values.length, 3, 'it has another user');
    client.release(again.outputs[0]!.handle);
    // Nobody uses it, but others push it out only after a while.
    for (let i = 0; i < 9; i++) client.release((await client.evaluate({ ...drawn, seed: 100 + i })).outputs[0]!.handle);
    await rejectsWith(client.read(again.outputs[0]!.handle, { type: 'flat', offset: 0, length: 3 }), 'stale-handle');
  });

  it('refuses parts that are not there', async () => {
    const [output] = (await client.evaluate(request(RANGE))).outputs;
    assert.ok(output);
    await rejectsWith(client.read(output.handle, { type: 'flat', offset: 20, length: 5 }), 'index-out-of-range', /5 from 20 .* 24/);
    await rejectsWith(client.read(output.handle, { type: 'tile', index: [0, 3, 0], rows: null, cols: null }), 'index-out-of-range', /dim 1/);
    await rejectsWith(client.read(output.handle, { type: 'tile', index: [0, 0], rows: null, cols: null }), 'invalid-argument', /3 dims/);
  });

  it('gives statistics of the whole and of a slice', async () => {
    const values = [1, 2, { float: 'nan' } as const, 4, { float: '-inf' } as const, 6];
    const [output] = (await client.evaluate(request(cone(node('constant', { data: values, dtype: { dtype: 'float32' } }, [2, 3]))))).outputs;
    assert.ok(output);
    const whole = await client.statistics(output.handle, null, { bins: 5 });
    const { percentiles, std, ...rest } = whole;
    assert.deepEqual([percentiles.length, percentiles[0], percentiles[50], percentiles[100]], [101, 1, 4, 6]);
    assert.ok(Math.abs(std! - Math.sqrt(14.75 / 3)) < 1e-12);
    assert.deepEqual(rest, { count: 6, nan: 1, positiveInfinity: 0, negativeInfinity: 1, min: 1, max: 6, mean: 3.25, histogram: [1, 1, 0, 1, 1] });
    const slice = await client.statistics(output.handle, [0, null], { bins: 2 });
    assert.deepEqual([slice.count, slice.min, slice.max, slice.histogram], [3, 1, 2, [1, 1]]);
  });

  it('stops statistics where they are, answers others meanwhile, and goes on with them', async () => {
    const count = 8 << 20;
    const [output] = (await client.evaluate(request(cone(node('torch.arange', { start: 0, end: count, step: 1 }, [count], 'int64'))))).outputs;
    assert.ok(output);
    const controller = new AbortController();
    let reads = 0;
    const known = await client.statistics(output.handle, null, { signal: controller.signal, onProgress: (fraction) => {
      if (fraction < 0.2) return;
      controller.abort();
      void client.read(output.handle, { type: 'flat', offset: 0, length: 1 }).then(() => { reads++; });
    } });
    assert.ok(known.stopped && known.stopped.total === count && known.count < count, `stopped at ${known.stopped?.fraction}`);
    assert.deepEqual([known.min, known.max, known.mean], [0, known.count - 1, (known.count - 1) / 2]);
    const fractions: number[] = [];
    const done = await client.statistics(output.handle, null, { onProgress: (fraction) => fractions.push(fraction) });
    assert.ok(fractions[0]! > known.stopped.fraction, 'it began anew');
    assert.deepEqual([done.stopped, done.count, done.max, reads > 0], [undefined, count, count - 1, true]);
  });

  it('tells of a worker that is killed during statistics, and has another for the next evaluation', async () => {
    const count = 8 << 20;
    const large = request(cone(node('torch.ones', { size: [count] }, [count])));
    const [output] = (await client.evaluate(large)).outputs;
    const { pid } = await client.backend();
    await rejectsWith(client.statistics(output!.handle, null, { onProgress: () => process.kill(pid as number, 'SIGKILL') }), 'worker-died', /ended by SIGKILL.*next evaluation starts a new one/);
    await rejectsWith(client.statistics(output!.handle), 'stale-handle');
    const [again] = (await client.evaluate(large)).outputs;
    assert.equal((await client.statistics(again!.handle)).mean, 1);
  });

  it('binds values from outside in place of a computation, and says where they come from', async () => {
    const table = cone(
      node('torch.zeros', { size: [2, 2] }, [2, 2]),
      node('torch.nn.init.trunc_normal_', { tensor: ref(0), std: { float: 0.02 } }, [2, 2]),
      node('torch.add', { input: ref(1), other: 1 }, [2, 2]),
    );
    const bindings = new Map([[1, { values: [1, 2, 3, 4], shape: [2, 2], dtype: 'float32' as const, provenance: 'printed on line 7' }]]);
    const [bound] = (await client.evaluate(request(table, { bindings }))).outputs;
    assert.ok(bound);
    assert.deepEqual((await client.read(bound.handle, { type: 'flat', offset: 0, length: 4 })).values, Float32Array.of(2, 3, 4, 5));
    assert.deepEqual(bound.provenance, ['printed on line 7']);
    const [random] = (await client.evaluate(request(table))).outputs;
    assert.match(random?.provenance.join() ?? '', /random normal with mean 0, std 0.02.*seeded/);
    const [filled] = (await client.evaluate(request(cone(node('torch.empty', { size: [2] }, [2]), node('torch.nn.init.ones_', { tensor: ref(0) }, [2]))))).outputs;
    assert.deepEqual(filled?.provenance, []);
    const wrong = new Map([[1, { values: [1], shape: [1], dtype: 'float32' as const, provenance: 'printed on line 7' }]]);
    await rejectsWith(client.evaluate(request(table, { bindings: wrong })), 'invalid-argument', /\(1\).*\(2, 2\)/);
  });

  it('says which operation it cannot evaluate, and at which node', async () => {
    await assert.rejects(client.evaluate(request(cone(node('torch.zeros', { size: [2] }, [2]), node('torch.from_dlpack', { ext_tensor: ref(0) }, [2])))), (error) => {
      assert.ok(error instanceof EvaluationError);
      assert.deepEqual([error.code, error.node], ['unsupported-op', 1]);
      assert.match(error.message, /torch\.from_dlpack/);
      return true;
    });
    await rejectsWith(client.evaluate(request(cone(node('input', { name: 'x' }, [2])))), 'needs-value', /x/);
    await rejectsWith(client.evaluate(request(cone(node('torch.zeros', { size: [2] }, [2], 'complex64')))), 'unsupported-dtype', /complex64/);
  });

  it('takes a result of another shape than was traced for an error of its own', async () => {
    const nodes = [node('torch.zeros', { size: [2, 3] }, [2, 3]), node('torch.permute', { input: ref(0), dims: [1, 0] }, [2, 3])];
    await rejectsWith(client.evaluate(request(cone(...nodes))), 'internal', /\(3, 2\).*\(2, 3\)/);
  });

  it('reads tensor literals, nested and with tensors among the numbers', async () => {
    const literal = cone(node('torch.full', { size: [], fill_value: 7 }, [], 'int64'), node('torch.tensor', { data: [[1, ref(0)], [true, { float: 2.5 }]] }, [2, 2]));
    const [output] = (await client.evaluate(request(literal))).outputs;
    assert.ok(output);
    assert.deepEqual((await client.read(output.handle, { type: 'flat', offset: 0, length: 4 })).values, Float32Array.of(1, 7, 1, 2.5));
  });

  it('refuses integers beyond what is exact', async () => {
    const big = node('constant', { data: [2 ** 52], dtype: { dtype: 'int64' } }, [1], 'int64');
    await rejectsWith(client.evaluate(request(cone(big, node('torch.mul', { input: ref(0), other: 4 }, [1], 'int64')))), 'beyond-2^53', /int64/);
  });

  it('refuses before it starts what does not fit in memory', async () => {
    const huge = cone(node('torch.zeros', { size: [1_000_000, 100_000] }, [1_000_000, 100_000]));
    await rejectsWith(client.evaluate(request(huge)), 'over-memory-limit', /400\.0 GB.*limit.*torch\.zeros/);
    await rejectsWith(client.evaluate(request(huge), { anyway: true }), 'out-of-memory', /torch\.zeros: there is no memory for a result of \(1000000, 100000\) float32/);
    const narrow = startClient('cpu', { memoryLimit: 10 });
    await rejectsWith(narrow.evaluate(request(RANGE)), 'over-memory-limit');
    assert.equal((await narrow.evaluate(request(RANGE), { anyway: true })).outputs.length, 1, 'it is not the last word');
    narrow.dispose();
  });

  it('has one evaluation of a document at a time: the latest', async () => {
    const [other, first] = [client.evaluate(request(RANGE), { document: 'b.py' }), client.evaluate(request(LONG), { document: 'a.py', latest: true })];
    const waiting = client.evaluate({ ...request(LONG), seed: 1 }, { document: 'a.py', latest: true });
    const latest = client.evaluate({ ...request(RANGE), seed: 2 }, { document: 'a.py', latest: true });
    await Promise.all([rejectsWith(first, 'cancelled'), rejectsWith(waiting, 'cancelled')]);
    assert.equal((await latest).outputs.length, 1);
    assert.equal((await other).outputs.length, 1, 'another document\'s is its own');
    const abort = new AbortController();
    const stopped = client.evaluate({ ...request(LONG), seed: 3 }, { document: 'a.py', latest: true, signal: abort.signal });
    abort.abort();
    await rejectsWith(stopped, 'cancelled');
  });

  it('gives each document a worker of its own: none waits for another, nor ends with it', async () => {
    const [long, held] = [client.evaluate({ ...request(LONG), seed: 4 }, { document: 'a.py' }), await client.evaluate(request(RANGE), { document: 'b.py' })];
    const [a, b] = [await client.backend('a.py'), await client.backend('b.py')];
    assert.notEqual(a.pid, b.pid);
    const first = { type: 'flat', offset: 5, length: 1 } as const;
    process.kill(a.pid as number, 'SIGKILL');
    await rejectsWith(long, 'worker-died');
    const abort = new AbortController();
    const cancelled = client.evaluate(request(LONG), { document: 'a.py', signal: abort.signal });
    setTimeout(() => abort.abort(), 200);
    assert.equal((await client.evaluate({ ...request(RANGE), seed: 5 }, { document: 'b.py' })).outputs.length, 1);
    await rejectsWith(cancelled, 'cancelled');
    assert.deepEqual((await client.read(held.outputs[0]!.handle, first)).values, Float64Array.of(5));
    assert.equal((await client.backend('b.py')).pid, b.pid);
  });

  it('has no more workers than it may: the one not used for longest makes room, or the first that is done', async () => {
    const two = startClient('cpu', { workers: 2 });
    const values = { type: 'flat', offset: 0, length: 1 } as const;
    const [shown] = (await two.evaluate(request(RANGE), { document: 'a.py' })).outputs;
    const [done] = (await two.evaluate(request(RANGE), { document: 'b.py' })).outputs;
    two.release(done!.handle);
    const [third] = (await two.evaluate(request(RANGE), { document: 'c.py' })).outputs;
    await rejectsWith(two.read(done!.handle, values), 'stale-handle');
    assert.equal((await two.read(shown!.handle, values)).values[0], 0, 'somebody looks at it');
    const long = rejectsWith(two.evaluate(request(LONG), { document: 'a.py', latest: true }), 'worker-died');
    const longer = rejectsWith(two.evaluate(request(LONG), { document: 'c.py', latest: true }), 'cancelled');
    const waits = two.evaluate(request(RANGE), { document: 'd.py' });
    await two.evaluate({ ...request(RANGE), seed: 1 }, { document: 'c.py', latest: true });
    await longer;
    assert.equal((await waits).outputs.length, 1);
    await rejectsWith(two.read(third!.handle, values), 'stale-handle');
    two.dispose();
    await long;
    await rejectsWith(two.evaluate(request(RANGE)), 'cancelled');
  });

  it('survives the death of the worker: one clear message, and the next request works', async () => {
    const [held] = (await client.evaluate(request(RANGE))).outputs;
    assert.ok(held);
    const pending = client.evaluate(request(LONG));
    const { pid } = await client.backend();
    setTimeout(() => process.kill(pid as number, 'SIGKILL'), 300);
    await rejectsWith(pending, 'worker-died', /ended by SIGKILL.*next evaluation starts a new one/);
    await rejectsWith(client.read(held.handle, { type: 'flat', offset: 0, length: 1 }), 'stale-handle', /evaluate it again/);
    const after = await client.evaluate(request(RANGE));
    assert.equal(after.outputs.length, 1);
    assert.notEqual((await client.backend()).pid, pid);
  });

  it('cancels between operations and keeps its other values', async () => {
    const [held] = (await client.evaluate(request(RANGE))).outputs;
    assert.ok(held);
    const small = cone(node('torch.ones', { size: [200, 200] }, [200, 200]),
      ...Array.from({ length: 3000 }, (_, i) => node('torch.matmul', { input: ref(i), other: ref(0) }, [200, 200])));
    const abort = new AbortController();
    const progress: number[] = [];
    const pending = client.evaluate(request(small), { signal: abort.signal, onProgress: ({ done }) => { progress.push(done); if (progress.length === 2) abort.abort(); } });
    await rejectsWith(pending, 'cancelled');
    assert.ok(progress.length >= 2);
    assert.equal((await client.read(held.handle, { type: 'flat', offset: 3, length: 1 })).values[0], 3);
  });

  it('cancels within an operation by ending the worker', async () => {
    const single = cone(node('torch.ones', { size: [3000, 3000] }, [3000, 3000]), node('torch.matmul', { input: ref(0), other: ref(0) }, [3000, 3000]));
    await client.backend();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    await rejectsWith(client.evaluate(request(single), { signal: abort.signal }), 'cancelled');
    assert.equal((await client.evaluate(request(RANGE))).outputs.length, 1);
  });

  it('ends what takes too long', async () => {
    const hurried = startClient('cpu', { timeLimitMilliseconds: 400 });
    await hurried.backend();
    await rejectsWith(hurried.evaluate(request(LONG)), 'timed-out', /0\.4 seconds/);
    hurried.dispose();
  });

  it('runs one evaluation after the other', async () => {
    const results = await Promise.all([1, 2, 3].map((seed) => client.evaluate({ ...request(RANGE), seed })));
    assert.deepEqual(results.map(({ outputs }) => outputs[0]?.handle.id), [1, 2, 3]);
    await rejectsWith(client.evaluate(request({ ...RANGE, version: 2 as unknown as 1 })), 'bad-request', /version 2/);
    assert.equal((await client.evaluate(request(RANGE))).outputs.length, 1);
  });

  it('ends an idle worker and starts another when needed', async () => {
    const idle = startClient('cpu', { idleMilliseconds: 100 });
    const [held] = (await idle.evaluate(request(RANGE))).outputs;
    assert.ok(held);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await rejectsWith(idle.read(held.handle, { type: 'flat', offset: 0, length: 1 }), 'stale-handle');
    assert.equal((await idle.evaluate(request(RANGE))).outputs.length, 1);
    idle.dispose();
  });

  it('takes the next backend where the first does not load, and says why', async () => {
    const nowhere = path.join(os.tmpdir(), 'no-such-backend');
    const fallback = startClient('cpu', { candidates: async () => ({ candidates: [{ name: 'tensorflow', directory: nowhere }, { name: 'wasm' }], notes: [] }) });
    const { backend, notes } = await fallback.evaluate(request(RANGE));
    assert.equal(backend, 'wasm');
    assert.match(notes.join(), /tensorflow: .*tfjs_binding\.node/);
    fallback.dispose();
  });

  it('says that it has no backend where only the native one was asked for and is not there', async () => {
    const none = startClient('tensorflow', { cache: path.join(os.tmpdir(), 'no-such-cache') });
    await rejectsWith(none.evaluate(request(RANGE)), 'backend-unavailable', /not provisioned|no TensorFlow library/);
    none.dispose();
  });

  it('tells of a worker that is not there', async () => {
    const missing = startClient('cpu', { ...WORKER, workerPath: path.join(os.tmpdir(), 'no-such-worker.js') });
    await rejectsWith(missing.evaluate(request(RANGE)), 'worker-died');
    missing.dispose();
  });
});
