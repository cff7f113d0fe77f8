// The page's store of tiles: what is asked for, how often, in which order, and what is kept.
import assert from 'node:assert/strict';
import { TILE_SIZE } from '../../src/webview/protocol';
import type { TileRequest } from '../../src/webview/protocol';
import { levelFor, levelsFor, sizeAtLevel, Superseded, TileCache, tileRequest } from '../../src/webview/tiles';
import type { Plane, Tile } from '../../src/webview/tiles';

const plane: Plane = { tensor: 't', index: [0, 0, 3], rowDim: 0, colDim: 1, rows: 300, cols: 520 };
const value = (row: number, col: number): number => row * 1000 + col;
const serve = ({ rows, cols }: TileRequest): Promise<Tile> =>
  Promise.resolve(Float64Array.from({ length: rows!.size * cols!.size }, (_, i) => value(rows!.start + Math.floor(i / cols!.size), cols!.start + (i % cols!.size))));
const at = (row: number, col: number, lod = 0) => ({ lod, row, col });

/** A host that answers when it is told to. */
function slowHost() {
  const asked: { request: TileRequest; answer(): void; fail(): void }[] = [];
  const fetch = (request: TileRequest): Promise<Tile> => new Promise((resolve, reject) => asked.push({ request, answer: () => resolve(new Float32Array(4)), fail: () => reject(new Error('gone')) }));
  return { asked, fetch };
}
const settle = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

describe('tiles', () => {
  it('are cut to the plane at its edges', () => {
    assert.deepEqual(tileRequest(plane, at(1, 2)), { tensor: 't', index: [0, 0, 3], rows: { dim: 0, start: TILE_SIZE, size: 44 }, cols: { dim: 1, start: 512, size: 8 }, lod: 0 });
    assert.deepEqual(tileRequest(plane, at(0, 0, 2)), { tensor: 't', index: [0, 0, 3], rows: { dim: 0, start: 0, size: 75 }, cols: { dim: 1, start: 0, size: 130 }, lod: 2 });
    assert.deepEqual([tileRequest(plane, { ...at(0, 0, 2), reduce: 'max' }).reduce, tileRequest(plane, { ...at(0, 0), reduce: 'max' }).reduce], ['max', undefined]);
    assert.deepEqual(tileRequest(plane, { ...at(0, 0, 3), colLod: 0 }), { tensor: 't', index: [0, 0, 3], rows: { dim: 0, start: 0, size: 38 }, cols: { dim: 1, start: 0, size: 256 }, lod: 3, colLod: 0 });
    assert.deepEqual(tileRequest({ ...plane, rowDim: null, rows: 1 }, at(0, 0)).rows, null);
  });

  it('give a block across their borders, and are asked for once', async () => {
    let asked = 0;
    const cache = new TileCache((request) => { asked++; return serve(request); });
    const block = await cache.block(plane, 250, 250, 10, 270);
    assert.equal(asked, 6);
    for (const [row, col] of [[0, 0], [9, 269], [5, 6], [6, 5]] as const) assert.equal(block[row * 270 + col], value(250 + row, 250 + col));
    await cache.block(plane, 250, 250, 10, 270);
    assert.equal(asked, 6);
    assert.equal(cache.peek(plane, at(0, 0))?.[1], value(0, 1));
    assert.equal(cache.peek({ ...plane, index: [0, 0, 4] }, at(0, 0)), null, 'another slice is another tile');
  });

  it('that failed are asked for again', async () => {
    let asked = 0;
    const cache = new TileCache((request) => (asked++ === 0 ? Promise.reject(new Error('gone')) : serve(request)));
    await assert.rejects(cache.block(plane, 0, 0, 2, 2), /gone/);
    assert.equal((await cache.block(plane, 0, 0, 2, 2))[3], value(1, 1));
  });

  it('are asked for few at a time, those for the cell under the pointer first', async () => {
    const host = slowHost();
    const cache = new TileCache(host.fetch, { maxInFlight: 2 });
    const all = [0, 1, 2, 3].map((index) => cache.get({ ...plane, index: [0, 0, index] }, at(0, 0)));
    assert.equal(host.asked.length, 2);
    const hurried = cache.get({ ...plane, index: [0, 0, 3] }, at(0, 0), true);
    assert.equal(hurried, all[3]);
    assert.deepEqual(host.asked.map(({ request }) => request.index[2]), [0, 1, 3], 'it does not wait for those that are under way');
    host.asked[0]!.answer();
    await settle();
    assert.equal(host.asked.length, 3);
    host.asked[1]!.fail();
    await assert.rejects(all[1]!, /gone/);
    await settle();
    assert.equal(host.asked.length, 4, 'a failed one makes room too');
  });

  it('of a slice that is no longer shown are not asked for, and can be wanted again', async () => {
    const host = slowHost();
    const cache = new TileCache(host.fetch, { maxInFlight: 1 });
    void cache.get(plane, at(0, 0));
    const dropped = cache.get(plane, at(0, 1));
    const kept = cache.get(plane, at(1, 0), true);
    cache.supersede();
    const again = cache.get(plane, at(0, 1));
    await assert.rejects(dropped, Superseded);
    for (let i = 0; i < 3; i++) {
      host.asked[i]!.answer();
      await settle();
    }
    await Promise.all([kept, again]);
    assert.deepEqual(host.asked.map(({ request }) => [request.rows!.start, request.cols!.start]), [[0, 0], [256, 0], [0, 256]]);
    assert.ok(cache.peek(plane, at(0, 1)), 'the rejection of the first did not drop the second');
  });

  it('are kept up to so many bytes, the least recently used dropped first', async () => {
    let asked = 0;
    const cache = new TileCache((request) => { asked++; return serve(request); }, { maxBytes: 2 * 256 * 256 * 8 });
    await cache.get(plane, at(0, 0));
    await cache.get(plane, at(0, 1));
    await cache.get(plane, at(0, 0));
    await cache.get(plane, at(1, 0));
    assert.ok(cache.peek(plane, at(0, 0)) && cache.peek(plane, at(1, 0)));
    assert.equal(cache.peek(plane, at(0, 1)), null);
    await cache.get(plane, at(0, 1));
    assert.equal(asked, 4);
  });
});

describe('levels of detail', () => {
  it('have no entry smaller than a pixel', () => {
    assert.deepEqual([0.01, 1, 1.01, 2, 2.5, 7.5, 8].map(levelFor), [0, 0, 1, 1, 2, 3, 3]);
    assert.deepEqual([levelsFor(8, 7), levelsFor(3, 2), levelsFor(64, 0.2), levelsFor(1, 30)], [{ lod: 3 }, { lod: 2 }, { lod: 6, colLod: 0 }, { lod: 0, colLod: 5 }]);
    assert.deepEqual([sizeAtLevel(300, 0), sizeAtLevel(300, 3), sizeAtLevel(1, 5), sizeAtLevel(0, 2)], [300, 38, 1, 0]);
  });
});
