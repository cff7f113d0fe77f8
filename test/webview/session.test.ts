// The host's end of the protocol with the page's: handshake, tiles at every level, statistics, errors and time-outs.
import assert from 'node:assert/strict';
import { ViewerSession } from '../../src/editor/viewerSession';
import { readShown, readTile, reduced, sliceStatistics } from '../../src/editor/viewerSource';
import { statisticsOf, StoppedRuns } from '../../src/evaluation/statistics';
import { Channel } from '../../src/webview/channel';
import { PROTOCOL_VERSION } from '../../src/webview/protocol';
import type { Announcement, TensorStatistics, ToPage } from '../../src/webview/protocol';
import { MemorySource, tensor } from './memory';

function connect(timeout?: number) {
  const announced: Announcement[] = [];
  const calls: string[] = [];
  const record = (name: string) => (what: unknown): void => { calls.push(`${name} ${JSON.stringify(what)}`); };
  let channel: Channel | null = null;
  const session = new ViewerSession({
    post: (message: ToPage) => channel!.receive(structuredClone(message)),
    reveal: record('reveal'), copy: record('copy'), reopen: record('reopen'), log: record('log'),
  });
  channel = new Channel({ postMessage: (message) => { void session.receive(structuredClone(message)); } }, (message) => announced.push(message), timeout);
  return { channel, session, announced, calls };
}
const x = tensor('x', [3, 5], (i) => (i === 7 ? NaN : i - 4.5));
const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);

describe('the viewer and its page', () => {
  it('open tensors once the page is ready, and again when it comes back', () => {
    const { channel, session, announced } = connect();
    session.open([x.metadata], x.metadata.id, new MemorySource([x]));
    assert.deepEqual(announced, []);
    channel.ready();
    channel.ready();
    assert.deepEqual(announced, [false, true].map((resumed) => ({ type: 'open', tensors: [x.metadata], active: x.metadata.id, resumed })));
  });

  it('say so where there is nothing to show, or versions differ', async () => {
    const { channel, session, announced, calls } = connect();
    channel.ready();
    await session.receive({ type: 'ready', version: PROTOCOL_VERSION + 1 });
    assert.deepEqual(announced.map(({ type }) => type), ['gone', 'gone']);
    assert.match(calls[0]!, /version/);
    session.open([x.metadata], x.metadata.id, new MemorySource([x]));
    assert.equal(announced.length, 2, 'a page of another version is told nothing it might misread');
  });

  it('wait where values are on their way', () => {
    const { channel, session, announced } = connect();
    session.report('Evaluating x');
    channel.ready();
    assert.deepEqual(announced, [{ type: 'progress', message: 'Evaluating x' }]);
    session.open([x.metadata], x.metadata.id, new MemorySource([x]));
    assert.equal(announced.at(-1)?.type, 'open');
  });

  it('have the first statistics computed before the page asks, once', async () => {
    const source = new MemorySource([x]);
    let asked = 0;
    const statistics = source.statistics.bind(source);
    source.statistics = async (id) => {
      asked++;
      return statistics(id);
    };
    const { channel, session } = connect();
    session.open([x.metadata], x.metadata.id, source);
    assert.equal(asked, 1);
    assert.equal((await channel.statistics(x.metadata.id)).nan, 1);
    assert.equal(asked, 1);
    await channel.statistics(x.metadata.id);
    assert.equal(asked, 2, 'what is asked again is computed again');
  });

  it('carry a tile alone in its buffer, in the type of its dtype', async () => {
    const big = tensor('n', [4], (i) => 2 ** 53 - 1 - i, { dtype: 'int64' });
    const flag = tensor('b', [2, 2], (i) => i % 2, { dtype: 'bool' });
    const { channel, session } = connect();
    session.open([x.metadata, big.metadata, flag.metadata], x.metadata.id, new MemorySource([x, big, flag]));
    const part = await channel.tile({ tensor: x.metadata.id, index: [0, 0], rows: { dim: 0, start: 1, size: 2 }, cols: { dim: 1, start: 2, size: 2 }, lod: 0 });
    assert.deepEqual(part, Float32Array.of(NaN, 3.5, 7.5, 8.5));
    assert.equal(part.buffer.byteLength, 16);
    const swapped = await channel.tile({ tensor: x.metadata.id, index: [0, 0], rows: { dim: 1, start: 0, size: 2 }, cols: { dim: 0, start: 0, size: 3 }, lod: 0 });
    assert.deepEqual([...swapped], [-4.5, 0.5, 5.5, -3.5, 1.5, 6.5]);
    assert.deepEqual(await channel.tile({ tensor: big.metadata.id, index: [0], rows: null, cols: { dim: 0, start: 0, size: 2 }, lod: 0 }), Float64Array.of(2 ** 53 - 1, 2 ** 53 - 2));
    assert.deepEqual(await channel.tile({ tensor: flag.metadata.id, index: [1, 0], rows: null, cols: { dim: 1, start: 0, size: 2 }, lod: 0 }), Uint8Array.of(0, 1));
  });

  it('carry errors, which end one request and not the page', async () => {
    const source = new MemorySource([x]);
    source.fault = { message: 'the worker was restarted', times: 1 };
    const { channel, session, calls } = connect();
    session.open([x.metadata], x.metadata.id, source);
    const tile = { tensor: x.metadata.id, index: [0, 0], rows: null, cols: { dim: 1, start: 0, size: 5 }, lod: 0 };
    await assert.rejects(channel.tile(tile), /the worker was restarted/);
    assert.match(calls[0]!, /^log .*the worker was restarted/);
    assert.equal((await channel.tile(tile)).length, 5);
    await assert.rejects(channel.tile({ ...tile, tensor: 'y' }), /gone/);
    await assert.rejects(channel.tile({ ...tile, lod: 0.5 }), /level of detail/);
  });

  it('give up on an answer that does not come', async () => {
    const channel = new Channel({ postMessage: () => undefined }, () => undefined, 10);
    await assert.rejects(channel.statistics('x'), /did not arrive within 0.01 seconds/);
  });

  it('drop the answer about tensors that were replaced meanwhile, and let their source go', async () => {
    const [old, next] = [new MemorySource([x]), new MemorySource([x])];
    let release = (): void => undefined;
    const statistics = old.statistics.bind(old);
    old.statistics = async (id) => {
      await new Promise<void>((resolve) => { release = resolve; });
      return statistics(id);
    };
    const { channel, session } = connect();
    session.open([x.metadata], x.metadata.id, old);
    const late = channel.statistics(x.metadata.id);
    session.open([x.metadata], x.metadata.id, next);
    release();
    await assert.rejects(late, /other values/);
    assert.deepEqual([old.disposed, next.disposed], [true, false]);
    session.close();
    assert.equal(next.disposed, true);
  });

  it('pass on what the user asks of the editor', () => {
    const { channel, calls } = connect();
    const source = { uri: 'file:///a.py', range: { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } } };
    channel.reveal('x');
    channel.copy('1.5');
    channel.reopen(source);
    channel.problem('no canvas');
    assert.deepEqual(calls, ['reveal "x"', 'copy "1.5"', `reopen ${JSON.stringify(source)}`, 'log "the viewer\'s page has a problem: no canvas"']);
  });

  it('say what is under way, also to a page that comes later', () => {
    const { channel, session, announced } = connect();
    session.report('12 of 40 operations');
    channel.ready();
    session.report(null);
    assert.deepEqual(announced.slice(0, 2), [{ type: 'progress', message: '12 of 40 operations' }, { type: 'progress', message: null }]);
    assert.deepEqual(announced.slice(2).map(({ type }) => type), ['gone'], 'nothing came of it');
  });
});

describe('levels of detail', () => {
  const y = tensor('y', [5, 7], (i) => (i === 8 ? NaN : i === 20 ? Infinity : i));
  const read = (rows: [number, number], cols: [number, number], lod: number): Promise<unknown> => readTile(new MemorySource([y]), {
    tensor: y.metadata.id, index: [0, 0], lod, rows: { dim: 0, start: rows[0], size: rows[1] }, cols: { dim: 1, start: cols[0], size: cols[1] },
  }, [5, 7]);

  it('hold mean, min, max and the number of NaN of each block, cut at the edge', async () => {
    const planes = await read([0, 3], [0, 4], 1) as Float32Array;
    const [mean, min, max, nan] = [0, 1, 2, 3].map((i) => [...planes.subarray(12 * i, 12 * i + 12)]) as [number[], number[], number[], number[]];
    assert.deepEqual(mean.slice(0, 4), [(0 + 1 + 7) / 3, (2 + 3 + 9 + 10) / 4, (4 + 5 + 11 + 12) / 4, (6 + 13) / 2].map(Math.fround));
    assert.deepEqual([min[0], max[0], nan[0]], [0, 7, 1]);
    assert.equal(max[7], Infinity);
    assert.equal(mean[7], 27, 'the infinity is not in the mean');
    assert.deepEqual([mean[11], min[11], max[11]], [34, 34, 34]);
  });

  it('are sent as what is shown of them, which never loses a NaN, nor an infinity in a mean', async () => {
    const planes = Float32Array.of(...[1, 2, 3, NaN], ...[0, 0, -Infinity, Infinity], ...[2, Infinity, 4, -Infinity], ...[1, 0, 0, 4]);
    assert.deepEqual([...reduced(planes, 'mean')], [NaN, Infinity, -Infinity, NaN]);
    assert.deepEqual([...reduced(planes, 'min')], [NaN, 0, -Infinity, NaN]);
    assert.deepEqual([...reduced(planes, 'max')], [NaN, Infinity, 4, NaN]);
    const shown = await readShown(new MemorySource([y]), { tensor: y.metadata.id, index: [0, 0], lod: 1, reduce: 'min', rows: { dim: 0, start: 0, size: 3 }, cols: { dim: 1, start: 0, size: 4 } }, [5, 7]);
    assert.deepEqual([...shown], [NaN, 2, 4, 6, 14, 16, 18, 27, 28, 30, 32, 34]);
  });

  it('may be other ones along the columns', async () => {
    const shown = await readShown(new MemorySource([y]), { tensor: y.metadata.id, index: [0, 0], lod: 2, colLod: 0, reduce: 'max', rows: { dim: 0, start: 0, size: 2 }, cols: { dim: 1, start: 2, size: 3 } }, [5, 7]);
    assert.deepEqual([...shown], [23, 24, 25, 30, 31, 32]);
  });

  it('are the same wherever a tile begins', async () => {
    const all = reduced(await read([0, 2], [0, 2], 2) as Float32Array, 'mean');
    const one = reduced(await read([1, 1], [1, 1], 2) as Float32Array, 'mean');
    assert.deepEqual([...one], [all[3]]);
    assert.deepEqual([...all].map((value, i) => (i === 0 ? Number.isNaN(value) : value)), [true, Infinity, 29.5, 33]);
  });

  it('read large planes in parts', async () => {
    const large = tensor('large', [2048, 1024], (i) => i % 1024);
    const source = new MemorySource([large]);
    const tile = await readTile(source, { tensor: large.metadata.id, index: [0, 0], lod: 3, rows: { dim: 0, start: 0, size: 256 }, cols: { dim: 1, start: 0, size: 128 } }, [2048, 1024]);
    assert.equal(source.reads.length, 2);
    for (const i of [0, 127, 128 * 255, 256 * 128 - 1]) assert.equal(tile[i], (i % 128) * 8 + 3.5);
  });
});

describe('statistics of a slice', () => {
  it('are those of its elements, however it is read', async () => {
    const z = tensor('z', [2, 3, 4], (i) => (i === 13 ? NaN : Math.sin(i)));
    const source = new MemorySource([z]);
    const expected = statisticsOf(Float32Array.from([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23], (i) => (i === 13 ? NaN : Math.sin(i))), 0);
    const of = (slice: readonly (number | null)[]): Promise<TensorStatistics> => sliceStatistics(source, z.metadata.id, slice, [2, 3, 4], new StoppedRuns());
    const { count, nan, min, mean, std } = await of([1, null, null]);
    assert.deepEqual([count, nan, min], [12, 1, expected.min]);
    close(mean!, expected.mean!);
    close(std!, expected.std!);
    assert.equal((await of([0, 1, null])).count, 4);
    assert.equal((await of([null, null, null])).count, 24);
    await assert.rejects(of([null, null]), /each of the 3 dims/);
  });

  it('are asked of the source where it has them', async () => {
    const source = Object.assign(new MemorySource([x]), { sliceStatistics: async () => statisticsOf(Float32Array.of(42), 0) });
    assert.equal((await sliceStatistics(source, x.metadata.id, [0, null], [3, 5], new StoppedRuns())).mean, 42);
    assert.deepEqual(source.reads, []);
  });
});
