// Levels of detail as the worker computes them: against a loop over the elements, with parts that are kept and shared.
import assert from 'node:assert/strict';
import { blockSums, Levels, PLANES, sampled } from '../../src/evaluation/levels';
import type { Blocks, MatrixView } from '../../src/evaluation/levels';
import { sampledStatistics, statisticsOf } from '../../src/evaluation/statistics';

/** Values with holes: NaN and infinities here and there. */
const value = (i: number): number => (i % 1013 === 5 ? NaN : i % 2003 === 7 ? Infinity : Math.fround(Math.sin(i) * 100));
const matrix = (rows: number, cols: number): MatrixView => ({ elements: Float32Array.from({ length: rows * cols }, (_, i) => value(i)), offset: 0, rows, cols, rowStride: cols, colStride: 1 });

function expected(view: MatrixView, { lod, colLod = lod, row, col, rows, cols }: Blocks): number[] {
  const [side, width] = [2 ** lod, 2 ** colLod];
  const planes: number[][] = Array.from({ length: PLANES }, () => []);
  for (let r = row; r < row + rows; r++) {
    for (let c = col; c < col + cols; c++) {
      const block: number[] = [];
      for (let y = r * side; y < Math.min(view.rows, (r + 1) * side); y++) for (let x = c * width; x < Math.min(view.cols, (c + 1) * width); x++) block.push(view.elements[view.offset + y * view.rowStride + x * view.colStride]!);
      const finite = block.filter(Number.isFinite);
      const known = block.filter((each) => !Number.isNaN(each));
      [finite.reduce((a, b) => a + b, 0) / finite.length, known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity), block.length - known.length].forEach((each, plane) => planes[plane]!.push(each));
    }
  }
  return planes.flat();
}

function assertClose(actual: ArrayLike<number>, wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((each, i) => assert.ok(Object.is(actual[i], each) || Math.abs(actual[i]! - each) < 1e-4, `${i}: ${actual[i]}, expected ${each}`));
}

describe('levels of detail in the worker', () => {
  it('hold mean, min, max and the number of NaN of each block, however the matrix lies', async () => {
    const levels = new Levels(() => Promise.resolve());
    const plain = matrix(50, 70);
    const turned: MatrixView = { ...plain, rows: 70, cols: 50, rowStride: 1, colStride: 70 };
    for (const view of [plain, turned]) {
      for (const lod of [1, 2, 4]) {
        const side = 2 ** lod;
        const blocks = { lod, row: 1, col: 0, rows: Math.ceil(view.rows / side) - 1, cols: Math.ceil(view.cols / side) };
        assertClose(await levels.planes('m', view, blocks), expected(view, blocks));
      }
    }
  });

  it('of a large matrix are computed in parts, once', async () => {
    let pauses = 0;
    const levels = new Levels(async () => { pauses++; });
    const view = matrix(3001, 2999);
    const blocks = { lod: 4, row: 100, col: 90, rows: 88, cols: 98 };
    assertClose(await levels.planes('m', view, blocks), expected(view, blocks));
    assert.ok(pauses > 0, 'others were let in');
    const before = pauses;
    const coarse = { lod: 6, row: 0, col: 0, rows: 47, cols: 47 };
    assertClose(await levels.planes('m', view, coarse), expected(view, coarse));
    assert.equal(pauses, before, 'the blocks were kept');
    levels.forget('m');
    await levels.planes('m', view, coarse);
    assert.ok(pauses > before);
  });

  it('may be finer along the columns than along the rows, or the other way round', async () => {
    const levels = new Levels(() => Promise.resolve());
    for (const view of [matrix(500, 9), matrix(9, 500), matrix(3001, 2999)]) {
      // The last pair of the large one is put together from kept blocks.
      for (const [lod, colLod] of [[5, 0], [0, 5], [6, 4]] as const) {
        const blocks = { lod, colLod, row: 0, col: 0, rows: Math.min(12, Math.ceil(view.rows / 2 ** lod)), cols: Math.min(9, Math.ceil(view.cols / 2 ** colLod)) };
        assertClose(await levels.planes(`${view.rows}`, view, blocks), expected(view, blocks));
        assert.equal(sampled(view, blocks).length, blocks.rows * blocks.cols);
      }
    }
    const tall = matrix(64, 3);
    assert.deepEqual([...sampled(tall, { lod: 5, colLod: 0, row: 0, col: 0, rows: 2, cols: 3 })], [16 * 3, 16 * 3 + 1, 16 * 3 + 2, 48 * 3, 48 * 3 + 1, 48 * 3 + 2].map((at) => tall.elements[at]));
  });

  it('have samples: one element for each block', () => {
    const view = matrix(100, 100);
    const blocks = { lod: 3, row: 2, col: 1, rows: 4, cols: 5 };
    const values = sampled(view, blocks);
    assert.equal(values.length, 20);
    for (let r = 0; r < 4; r++) {
      for (let c = 0; c < 5; c++) {
        const at = ((2 + r) * 8 + 4) * 100 + (1 + c) * 8 + 4;
        assert.ok(Object.is(values[r * 5 + c], view.elements[at]));
      }
    }
    assert.equal([...blockSums(view, blocks)].length, 0);
  });
});

describe('statistics of many elements', () => {
  it('keep their digits, far from 0 as well', () => {
    const far = Float64Array.from({ length: 300_000 }, (_, i) => 1e9 + (i % 3));
    const { mean, std, min, max } = statisticsOf(far, 8);
    assert.ok(Math.abs(mean! - 1e9 - 1) < 1e-5 && Math.abs(std! - Math.sqrt(2 / 3)) < 1e-5, `${mean} ${std}`);
    assert.deepEqual([min, max], [1e9, 1e9 + 2]);
  });

  it('have a sample that says it is one', () => {
    const many = Float32Array.from({ length: 1_000_000 }, (_, i) => i % 1000);
    const { count, sampled, mean, percentiles } = sampledStatistics(many, 8);
    assert.deepEqual([count, sampled], [1_000_000, 2 ** 16]);
    assert.ok(Math.abs(mean! - 499.5) < 5 && Math.abs(percentiles[50]! - 500) < 10);
    assert.equal(sampledStatistics(many.subarray(0, 100), 8).sampled, undefined);
  });
});
