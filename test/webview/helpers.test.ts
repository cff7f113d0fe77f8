// What the viewer's page computes before it draws: on ordinary values, NaN, infinities, empty and 0-d tensors.
import assert from 'node:assert/strict';
import { colorMap } from '../../src/webview/colormaps';
import { domainOf, position, ticks } from '../../src/webview/domain';
import { formatExact, formatShort, formatValue } from '../../src/webview/format';
import { defaultMapping, sliderDims, withRole } from '../../src/webview/mapping';
import { paint } from '../../src/webview/pixels';
import { TILE_SIZE } from '../../src/webview/protocol';
import type { TileRequest } from '../../src/webview/protocol';
import { TileCache, tileRequest } from '../../src/webview/tiles';
import type { Plane } from '../../src/webview/tiles';

describe('the range of colours', () => {
  it('is around 0 for signed floats, else from least to greatest', () => {
    assert.deepEqual(domainOf({ min: -1, max: 3 }, true), { min: -3, max: 3, symmetric: true });
    assert.deepEqual(domainOf({ min: -1, max: 3 }, false), { min: -1, max: 3, symmetric: false });
    assert.deepEqual(domainOf({ min: 2, max: 3 }, true), { min: 2, max: 3, symmetric: false });
  });

  it('has a width where all values are equal, and where none is finite', () => {
    assert.deepEqual(domainOf({ min: 4, max: 4 }, true), { min: 3.5, max: 4.5, symmetric: false });
    assert.deepEqual(domainOf({ min: null, max: null }, true), { min: 0, max: 1, symmetric: false });
  });

  it('places values, clips infinities and keeps NaN apart', () => {
    const domain = { min: -2, max: 2, symmetric: true };
    assert.deepEqual([-2, 0, 2, Infinity, -Infinity].map((value) => position(value, domain)), [0, 0.5, 1, 1, 0]);
    assert.ok(Number.isNaN(position(NaN, domain)));
  });

  it('has round ticks within it', () => {
    assert.deepEqual(ticks({ min: 0, max: 8, symmetric: false }, 5), [0, 2, 4, 6, 8]);
    assert.deepEqual(ticks({ min: -0.044, max: 0.044, symmetric: true }, 5).map((tick) => Number(tick.toFixed(6))), [-0.04, -0.02, 0, 0.02, 0.04]);
  });
});

describe('a pixel', () => {
  const painted = (value: number): number[] => {
    const data = new Uint8ClampedArray(4);
    paint(data, 0, value, { min: 0, max: 1, symmetric: false }, colorMap('sequential'));
    return [...data];
  };

  it('has the colour of its value', () => {
    const map = colorMap('sequential');
    assert.equal(map.length, 256 * 3);
    assert.deepEqual(painted(0), [...map.subarray(0, 3), 255]);
    assert.deepEqual(painted(1), [...map.subarray(255 * 3), 255]);
    assert.deepEqual(painted(Infinity), painted(1));
  });

  it('is magenta for NaN, which no colour map holds', () => {
    assert.deepEqual(painted(NaN), [255, 0, 255, 255]);
    for (const name of ['sequential', 'diverging'] as const) {
      const map = colorMap(name);
      for (let i = 0; i < 256; i++) assert.notDeepEqual([...map.subarray(3 * i, 3 * i + 3)], [255, 0, 255]);
    }
  });
});

describe('values as text', () => {
  it('are exact for integers and booleans', () => {
    assert.deepEqual([formatValue(2 ** 53 - 1, 'int64'), formatValue(1, 'bool'), formatValue(0, 'bool')], ['9007199254740991', 'True', 'False']);
  });

  it('name NaN and the infinities', () => {
    assert.deepEqual([NaN, Infinity, -Infinity].map((value) => formatValue(value, 'float32')), ['nan', 'inf', '-inf']);
    assert.deepEqual([NaN, Infinity].map((value) => formatExact(value, 'float32')), ['nan', 'inf']);
    assert.equal(formatShort(null), '–');
  });

  it('have four digits in the grid and all that float32 holds in the read-out', () => {
    assert.equal(formatValue(Math.fround(0.1), 'float32'), '0.1000');
    assert.equal(formatExact(Math.fround(0.1), 'float32'), '0.1');
    assert.equal(formatValue(1e-7, 'float32'), '1.000e-7');
  });
});

describe('which dim is what', () => {
  it('by default: the last two are the matrix, the smallest of the last three stands side by side', () => {
    assert.deepEqual(defaultMapping([2, 4, 4]), { rowDim: 1, colDim: 2, facetDim: 0, index: [0, 0, 0] });
    assert.deepEqual(defaultMapping([49, 49, 3]), { rowDim: 0, colDim: 1, facetDim: 2, index: [0, 0, 0] });
    assert.deepEqual(defaultMapping([9, 2]), { rowDim: 0, colDim: 1, facetDim: null, index: [0, 0] });
    assert.deepEqual(defaultMapping([5]), { rowDim: null, colDim: 0, facetDim: null, index: [0] });
    assert.deepEqual(defaultMapping([]), { rowDim: null, colDim: null, facetDim: null, index: [] });
    assert.equal(defaultMapping([64, 64, 64]).facetDim, null, 'too many to stand side by side');
  });

  it('swaps roles, and gives the other dims a slider', () => {
    const mapping = defaultMapping([5, 2, 4, 4]);
    assert.deepEqual(sliderDims(mapping, 4), [0]);
    const swapped = withRole(mapping, 'rowDim', 3);
    assert.deepEqual([swapped.rowDim, swapped.colDim, swapped.facetDim], [3, 2, 1]);
    assert.deepEqual(sliderDims(withRole(mapping, 'facetDim', null), 4), [0, 1]);
  });
});

describe('tiles', () => {
  const plane: Plane = { tensor: 't', index: [0, 0, 3], rowDim: 0, colDim: 1, rows: 300, cols: 520 };
  const value = (row: number, col: number): number => row * 1000 + col;
  const serve = (request: TileRequest): Promise<Float64Array> => {
    const { rows, cols } = request;
    return Promise.resolve(Float64Array.from({ length: rows!.size * cols!.size }, (_, i) => value(rows!.start + Math.floor(i / cols!.size), cols!.start + (i % cols!.size))));
  };

  it('are cut to the plane at its edges', () => {
    assert.deepEqual(tileRequest(plane, 1, 2), { tensor: 't', index: [0, 0, 3], rows: { dim: 0, start: TILE_SIZE, size: 44 }, cols: { dim: 1, start: 512, size: 8 } });
    assert.deepEqual(tileRequest({ ...plane, rowDim: null, rows: 1 }, 0, 0).rows, null);
  });

  it('give a block across their borders, and are asked for once', async () => {
    let asked = 0;
    const cache = new TileCache((request) => { asked++; return serve(request); });
    const block = await cache.block(plane, 250, 250, 10, 270);
    assert.equal(asked, 6);
    for (const [row, col] of [[0, 0], [9, 269], [5, 6], [6, 5]] as const) assert.equal(block[row * 270 + col], value(250 + row, 250 + col));
    await cache.block(plane, 250, 250, 10, 270);
    assert.equal(asked, 6);
  });

  it('that failed are asked for again', async () => {
    let asked = 0;
    const cache = new TileCache((request) => (asked++ === 0 ? Promise.reject(new Error('gone')) : serve(request)));
    await assert.rejects(cache.block(plane, 0, 0, 2, 2), /gone/);
    assert.equal((await cache.block(plane, 0, 0, 2, 2))[3], value(1, 1));
  });
});
