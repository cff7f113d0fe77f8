// What the viewer's page computes before it draws: on ordinary values, NaN, infinities, empty and 0-d tensors.
import assert from 'node:assert/strict';
import { colorMap } from '../../src/webview/colormaps';
import { domainOf, position, ticks } from '../../src/webview/domain';
import { formatCount, formatExact, formatExtreme, formatShape, formatShort, formatValue } from '../../src/webview/format';
import { defaultMapping, indexText, restoredMapping, sliceOf, sliderDims, withIndex, withRole } from '../../src/webview/mapping';
import { cellAfter } from '../../src/webview/keys';
import { pictureSize } from '../../src/webview/layout';
import { paint, SPECIAL_COLORS, specialOf } from '../../src/webview/pixels';
import type { TensorMetadata } from '../../src/webview/protocol';
import { keyOf, readState, withView } from '../../src/webview/state';

describe('the range of colours', () => {
  it('is around 0 for signed floats, else from least to greatest', () => {
    assert.deepEqual(domainOf({ min: -1, max: 3 }, true), { min: -3, max: 3, symmetric: true });
    assert.deepEqual(domainOf({ min: -1, max: 3 }, false), { min: -1, max: 3, symmetric: false });
    assert.deepEqual(domainOf({ min: 2, max: 3 }, true), { min: 2, max: 3, symmetric: false });
  });

  it('has a width where all values are equal, and where none is finite', () => {
    assert.deepEqual(domainOf({ min: 4, max: 4 }, true), { min: 3.5, max: 4.5, symmetric: false });
    assert.deepEqual(domainOf({ min: null, max: null }, true), { min: 0, max: 1, symmetric: false });
    const large = domainOf({ min: 1e20, max: 1e20 }, true);
    assert.ok(large.min < 1e20 && large.max > 1e20);
  });

  it('places values, clips infinities and keeps NaN apart', () => {
    const domain = { min: -2, max: 2, symmetric: true };
    assert.deepEqual([-2, 0, 2, Infinity, -Infinity].map((value) => position(value, domain)), [0, 0.5, 1, 1, 0]);
    assert.ok(Number.isNaN(position(NaN, domain)));
  });

  it('has round ticks within it', () => {
    assert.deepEqual(ticks({ min: 0, max: 8, symmetric: false }, 5), [0, 2, 4, 6, 8]);
    assert.deepEqual(ticks({ min: -0.044, max: 0.044, symmetric: true }, 5), [-0.04, -0.02, 0, 0.02, 0.04]);
    assert.deepEqual(ticks({ min: 0, max: 1, symmetric: false }, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(ticks({ min: 1e12, max: 5e12, symmetric: false }, 5), [1e12, 2e12, 3e12, 4e12, 5e12]);
  });

  it('has whole ticks for integers, and none without a width', () => {
    assert.deepEqual(ticks({ min: 0, max: 2, symmetric: false }, 5, true), [0, 1, 2]);
    assert.deepEqual(ticks({ min: 3.5, max: 4.5, symmetric: false }, 5, true), [4]);
    for (const max of [0, NaN, Infinity]) assert.deepEqual(ticks({ min: 0, max, symmetric: false }, 5), []);
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
  });

  it('has a colour far from all of the maps for NaN and for each infinity', () => {
    for (const value of [NaN, Infinity, -Infinity]) assert.deepEqual(painted(value), [...SPECIAL_COLORS[specialOf(value)!], 255]);
    assert.equal(specialOf(-0), null);
    for (const color of Object.values(SPECIAL_COLORS)) {
      for (const name of ['sequential', 'diverging'] as const) {
        const map = colorMap(name);
        for (let i = 0; i < 256; i++) {
          const distance = Math.hypot(...color.map((part, channel) => part - map[3 * i + channel]!));
          assert.ok(distance > 60, `${name} ${i} is as near as ${distance} to ${color.join(' ')}`);
        }
      }
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
    assert.deepEqual([formatExtreme(123456789, 'int64'), formatExtreme(0.123456, 'float32'), formatExtreme(1, 'bool'), formatExtreme(null, 'int64')], ['123456789', '0.1235', 'True', '–']);
  });

  it('name counts and shapes', () => {
    assert.deepEqual([0, 999, 1000, 1234567].map((count) => formatCount(count).replace(/\s/g, ' ')), ['0', '999', '1 000', '1 234 567']);
    assert.deepEqual([[], [2], [2, 0]].map(formatShape), ['()', '(2,)', '(2, 0)']);
  });

  it('have four digits in the grid and all that float32 holds in the read-out', () => {
    assert.equal(formatValue(Math.fround(0.1), 'float32'), '0.1000');
    assert.equal(formatExact(Math.fround(0.1), 'float32'), '0.1');
    for (const value of [1 / 3, 16777217, 1e-45, 3.4028234663852886e38, -2.5]) {
      const rounded = Math.fround(value);
      assert.equal(Math.fround(Number(formatExact(rounded, 'float32'))), rounded, `${value} reads back`);
    }
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
    assert.equal(defaultMapping([5, 24, 16, 16]).facetDim, 1, 'two of one size are the matrix, even if they are shorter');
    assert.equal(defaultMapping([65, 65, 65]).facetDim, null, 'too many to stand side by side');
    assert.deepEqual(defaultMapping([0, 4]).index, [0, 0]);
  });

  it('swaps roles, and gives the other dims a slider', () => {
    const mapping = defaultMapping([5, 2, 4, 4]);
    assert.deepEqual(sliderDims(mapping, 4), [0]);
    const swapped = withRole(mapping, 'rowDim', 3, [5, 2, 4, 4]);
    assert.deepEqual([swapped.rowDim, swapped.colDim, swapped.facetDim], [3, 2, 1]);
    assert.deepEqual(sliderDims(withRole(mapping, 'facetDim', null, [5, 2, 4, 4]), 4), [0, 1]);
  });

  it('gives a dim that is too long to stand side by side a slider', () => {
    const shape = [3, 500, 4];
    const next = withRole({ rowDim: 1, colDim: 2, facetDim: 0, index: [0, 0, 0] }, 'rowDim', 0, shape);
    assert.deepEqual([next.rowDim, next.colDim, next.facetDim], [0, 2, null]);
    assert.deepEqual(sliderDims(next, 3), [1]);
  });

  it('is written as Python writes an index', () => {
    const mapping = withIndex({ rowDim: 2, colDim: 3, facetDim: 1, index: [0, 0, 0, 0] }, 0, 4);
    assert.equal(indexText(mapping, 7, null), '4, 7, :, :');
    assert.equal(indexText(mapping, 7, { row: 1, col: 2 }), '4, 7, 1, 2');
    assert.deepEqual(sliceOf(mapping, 7), [4, 7, null, null]);
    assert.equal(indexText(defaultMapping([]), 0, { row: 0, col: 0 }), '');
    assert.equal(indexText(defaultMapping([5]), 0, { row: 0, col: 3 }), '3');
  });

  it('is taken over from before only where it fits', () => {
    const mapping = withIndex(defaultMapping([5, 2, 4, 4]), 0, 3);
    assert.deepEqual(restoredMapping(JSON.parse(JSON.stringify(mapping)), [5, 2, 4, 4]), mapping);
    for (const [saved, shape] of [
      [mapping, [2, 2, 4, 4]], [mapping, [5, 2, 4]], [{ ...mapping, rowDim: 3 }, [5, 2, 4, 4]], [{ ...mapping, colDim: null }, [5, 2, 4, 4]],
      [{ ...mapping, index: [0, 0, 0, 0.5] }, [5, 2, 4, 4]], [{ ...mapping, rowDim: '2' }, [5, 2, 4, 4]], [null, [2]], ['x', [2]], [mapping, []], [mapping, [5, 99, 4, 4]],
    ] as const) assert.equal(restoredMapping(saved, shape), null, JSON.stringify([saved, shape]));
  });
});

describe('the size of a picture', () => {
  it('is whole pixels a cell where there is room, and never too thin to be seen', () => {
    assert.deepEqual(pictureSize(4, 4, 1, 500), { width: 160, height: 160 });
    assert.deepEqual(pictureSize(1, 6, 1, 500), { width: 240, height: 40 });
    const tall = pictureSize(169, 3, 1, 500);
    assert.ok(tall.height % 169 === 0 && tall.width >= 39 && tall.width % 3 === 0);
    assert.deepEqual(pictureSize(3000, 2000, 1, 500), { width: 267, height: 400 });
  });

  it('fills the panel, as far as its height goes', () => {
    assert.equal(pictureSize(1000, 1000, 1, 900, 700).width, 700);
    assert.equal(pictureSize(1000, 1000, 1, 500, 700).width, 500);
  });

  it('lets several stand in rows, as large as they can be seen at once', () => {
    const fits = (count: number, inRow: number, width: number): void => assert.ok(inRow * width + (inRow - 1) * 16 <= 494 && width >= 98, `${count} of ${width}`);
    fits(3, 2, pictureSize(49, 49, 3, 494, 600).width);
    assert.equal(pictureSize(49, 49, 4, 494, 600).width, 4 * 49, 'two by two');
    fits(12, 3, pictureSize(49, 49, 12, 494, 600).width);
    assert.ok(pictureSize(49, 49, 24, 200).width <= 200);
    assert.ok(pictureSize(4, 100, 4, 494, 600).width >= 300, 'lines one below the other');
  });
});

describe('a key', () => {
  const go = (key: string, from: [number, number] | null, ctrlKey = false): unknown => {
    const cell = cellAfter({ key, ctrlKey, metaKey: false }, from && { row: from[0], col: from[1] }, 10, 5, 4);
    return cell && [cell.row, cell.col];
  };

  it('leads from cell to cell, and not beyond the last', () => {
    assert.deepEqual([go('ArrowDown', [0, 0]), go('ArrowRight', [0, 4]), go('PageDown', [1, 1]), go('PageUp', [1, 1]), go('End', [2, 1]), go('Home', [2, 1])], [[1, 0], [0, 4], [5, 1], [0, 1], [2, 4], [2, 0]]);
    assert.deepEqual([go('ArrowDown', [0, 1], true), go('Home', [5, 3], true), go('End', [5, 3], true)], [[9, 1], [0, 0], [9, 4]]);
  });

  it('shows the first cell first, and is left alone where it is for something else', () => {
    assert.deepEqual(go('ArrowDown', null), [0, 0]);
    assert.equal(go('x', [0, 0]), null);
    assert.deepEqual(cellAfter({ key: 'End', ctrlKey: true, metaKey: false }, null, 7, 4, 1), { row: 6, col: 3 }, 'one that leads all the way does');
    assert.equal(cellAfter({ key: 'ArrowDown', ctrlKey: false, metaKey: false }, null, 0, 4, 1), null);
  });
});

describe('what the page remembers', () => {
  const metadata = { name: 'bias', shape: [2, 4, 4] } as unknown as TensorMetadata;
  const source = { uri: 'file:///a.py', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } } };

  it('is read back, and nothing odd with it', () => {
    const view = { mapping: defaultMapping([2, 4, 4]), facet: 1, cell: { row: 2, col: 3 } };
    const state = withView({ version: 1, active: 'bias 3', views: {}, source }, keyOf(metadata), view);
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
    const empty = readState(undefined);
    for (const odd of [null, 3, 'x', [], { version: 2 }]) assert.deepEqual(readState(odd), empty);
    assert.deepEqual(readState({ version: 1, active: 4, views: { a: { facet: -1, cell: { row: 'x' } }, b: null }, source: { uri: 1 } }), {
      ...empty, views: { a: { mapping: undefined, facet: 0, cell: null } },
    });
  });

  it('does not grow without end', () => {
    let state = readState(null);
    for (let i = 0; i < 60; i++) state = withView(state, `x${i} 2`, { mapping: null, facet: 0, cell: null });
    assert.equal(Object.keys(state.views).length, 50);
    assert.ok('x59 2' in state.views && !('x0 2' in state.views));
  });
});
