// Linked tensors on the viewer's page: pointing at one marks its relatives in the others.
import assert from 'node:assert/strict';
import { MemorySource, tensor } from '../webview/memory';
import { eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

/** Index, table and bias of relative positions in a window of 3 × 3, with 2 heads. */
const table = tensor('table', [25, 2], (i) => Math.sin(i * 0.37), { dims: ['25', 'nH'] });
const index = tensor('index', [9, 9], (i) => {
  const [a, b] = [Math.floor(i / 9), i % 9];
  return (Math.floor(a / 3) - Math.floor(b / 3) + 2) * 5 + (a % 3) - (b % 3) + 2;
}, { dtype: 'int64', dims: ['N', 'N'] });
const from = (i: number): number => index.values[i % 81]! * 2 + Math.floor(i / 81);
const bias = tensor('bias', [2, 9, 9], (i) => table.values[from(i)]!, { dims: ['nH', 'N', 'N'] });
const inTable = tensor('in table', [2, 9, 9], from, { dtype: 'int64' });
const inIndex = tensor('in index', [2, 9, 9], (i) => i % 81, { dtype: 'int64' });
const ids = { table: table.metadata.id, index: index.metadata.id, result: bias.metadata.id, tablePositions: inTable.metadata.id, indexPositions: inIndex.metadata.id };

describe('linked tensors', function () {
  this.timeout(60_000);
  let host: ViewerHost;
  const viewer = viewersOfSuite({ width: 820, height: 1000, theme: 'dark' });

  beforeEach(async () => {
    host = await viewer();
    const tensors = [table, index, bias];
    await host.showSource(new MemorySource(tensors, [ids], [inTable, inIndex]), tensors);
    await host.page.locator('.companion').nth(1).waitFor();
  });

  /** Which cells of a map have a ring, by the pixels of the rings. */
  async function ringed(selector: string, rows: number, cols: number): Promise<number[]> {
    return host.page.locator(`${selector} .relatives`).first().evaluate((element, [height, width]) => {
      const canvas = element as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } };
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: height! * width! }, (_, i) => i).filter((i) => {
        const [x, y] = [Math.floor(((i % width!) * canvas.width) / width! + 1), Math.floor((Math.floor(i / width!) * canvas.height) / height! + 1)];
        return data[4 * (y * canvas.width + x) + 3]! > 0;
      });
    }, [rows, cols]);
  }

  it('mark all that have the offset of the cell that is pointed at', async () => {
    await host.point(1, 2, 4, 9, 9);
    const offset = index.values[2 * 9 + 4]!;
    const relatives = [...index.values].flatMap((value, i) => (value === offset ? [i] : []));
    assert.ok(relatives.length > 1);
    await host.page.locator('.relation', { hasText: `bias[1, 2, 4] = table[${offset}, 1], since index[2, 4] = ${offset}; ${relatives.length - 1} other` }).waitFor();
    await eventually(async () => assert.deepEqual(await ringed('[data-member=index]', 9, 9), relatives));
    // The table's second column, folded: the offsets within a square of 5 × 5.
    await eventually(async () => assert.deepEqual(await ringed('[data-member=table] figure:nth-child(2)', 5, 5), [offset]));
    assert.deepEqual(await ringed('[data-member=table] figure:nth-child(1)', 5, 5), []);
    await eventually(async () => assert.deepEqual(await ringed('.facets figure:nth-child(2)', 9, 9), relatives));
    await host.screenshot('viewer-linked');
  });

  it('are followed from the table and from the index', async () => {
    const map = host.page.locator('[data-member=table] .small-map').first();
    const box = (await map.boundingBox())!;
    await map.hover({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
    const diagonal = Array.from({ length: 9 }, (_, i) => i * 10);
    await eventually(async () => assert.deepEqual(await ringed('[data-member=index]', 9, 9), diagonal));
    await eventually(async () => assert.deepEqual(await ringed('.facets figure:nth-child(1)', 9, 9), diagonal));
    await host.page.locator('.relation', { hasText: 'table[12, 0]' }).waitFor();
    await host.page.locator('[data-member=index] .link').first().click();
    await host.page.locator('.facts .title', { hasText: 'index' }).waitFor();
    await host.page.locator('.companion[data-member=result]').waitFor();
    await host.point(0, 0, 8, 9, 9);
    await host.page.locator('.relation', { hasText: 'it names 2 elements of table' }).waitFor();
    await eventually(async () => assert.deepEqual(await ringed('[data-member=result]', 9, 9), [8]));
    await host.page.locator('[data-member=table] [aria-label^="Go to the line"]').click();
    assert.deepEqual(host.revealed, [table.metadata.id]);
  });
});
