// The viewer's pictures: zooming and panning to single values, the numbers in cells, ranges and scales of colours, keys.
import assert from 'node:assert/strict';
import { statisticsOf } from '../../src/evaluation/statistics';
import { tensor } from '../webview/memory';
import { assertColors, colorsIn, eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost, ViewerOptions } from './viewerHost';

const wave = tensor('wave', [60, 60], (i) => Math.sin(i * 0.7) * 3 + Math.cos(i * 0.013), { dims: ['H', 'W'] });

describe("the viewer's pictures", function () {
  this.timeout(60_000);
  let host: ViewerHost;
  const viewer = viewersOfSuite();
  const open = async (options?: ViewerOptions): Promise<ViewerHost> => (host = await viewer(options));

  /** The part that is shown: first row and column, and how many. */
  async function part(): Promise<number[]> {
    const text = await host.page.locator('.hint').innerText();
    const [top, bottom, left, right] = [...text.matchAll(/\d+/g)].slice(-4).map(([digits]) => Number(digits)) as [number, number, number, number];
    return [top, left, bottom - top + 1, right - left + 1];
  }

  it('are zoomed with the wheel around the pointer, and moved by dragging', async () => {
    await open();
    await host.show(wave);
    await host.point(0, 30, 30, 60, 60);
    for (let i = 0; i < 20; i++) await host.page.mouse.wheel(0, -100);
    await host.page.locator('.hint', { hasText: 'rows' }).waitFor();
    await eventually(async () => {
      const [top, left, rows, cols] = await part();
      assert.ok(rows! <= 7 && cols! <= 7 && top! <= 30 && top! + rows! > 30 && left! <= 30 && left! + cols! > 30, String(await part()));
    });
    const [top] = await part();
    const box = (await host.page.locator('.heatmap').boundingBox())!;
    await host.page.mouse.move(box.x + 200, box.y + 100);
    await host.page.mouse.down();
    await host.page.mouse.move(box.x + 200, box.y + 300, { steps: 5 });
    await host.page.mouse.up();
    await eventually(async () => assert.ok((await part())[0]! < top!, 'dragged down, rows above come into view'));
    assert.equal(await host.page.locator('.marker.picked:visible').count(), 0, 'a drag is no click');
    // Each cell in view in its colour: the corner of the first whole one.
    const domain = { min: -1, max: 1, symmetric: true };
    const bound = Math.max(...[...wave.values].map(Math.abs));
    const shown = await cellAt(20, 20);
    assertColors([shown.color], colorsIn({ ...domain, min: -bound, max: bound }, [wave.values[shown.row * 60 + shown.col]!]), 'a cell');
    await host.page.locator('.fit').click();
    await host.page.locator('.hint', { hasText: 'rows' }).waitFor({ state: 'hidden' });
  });

  /** The colour near a place of the picture, and the cell that the page says is there. */
  async function cellAt(x: number, y: number): Promise<{ row: number; col: number; color: number[] }> {
    await host.page.locator('.heatmap').hover({ position: { x, y } });
    await host.page.locator('.readout', { hasText: ' = ' }).waitFor();
    const [, row, col] = /\[(\d+), (\d+)\]/.exec(await host.page.locator('.readout').innerText())!;
    const color = await host.page.evaluate(`(() => {
      const canvas = document.querySelector('.heatmap > canvas');
      return [...canvas.getContext('2d').getImageData(${x} * canvas.width / canvas.clientWidth, ${y} * canvas.height / canvas.clientHeight, 1, 1).data].slice(0, 3);
    })()`) as number[];
    return { row: Number(row), col: Number(col), color };
  }

  it('go to single values by keyboard, which are written in their cells', async () => {
    await open();
    await host.show(wave);
    await host.page.locator('regular-table').focus();
    await host.page.keyboard.press('ArrowDown');
    await host.page.keyboard.press('Control+End');
    await host.page.locator('.readout', { hasText: 'wave[59, 59] =' }).waitFor();
    for (let i = 0; i < 8; i++) await host.page.keyboard.press('+');
    await eventually(async () => assert.deepEqual(await part(), [54, 54, 6, 6]));
    // No cell grows beyond 80 pixels; the last one ends where the picture does.
    // Ink of text: pixels within the cell that have not its colour.
    const inks = await host.page.evaluate(`(() => {
      const canvas = document.querySelector('.heatmap > canvas');
      const side = 80;
      const { data } = canvas.getContext('2d').getImageData(canvas.width - side + 4, canvas.height - side + 4, side - 8, side - 8);
      let others = 0;
      for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - data[0]) > 40) others++;
      return others;
    })()`) as number;
    assert.ok(inks > 20, `${inks} pixels of text`);
    await host.page.keyboard.press('ArrowUp');
    await host.page.keyboard.press('PageUp');
    await host.page.keyboard.press('PageUp');
    await eventually(async () => assert.ok((await part())[0]! < 50, 'the picture follows the cell'));
    const [, left] = await part();
    for (let i = 0; i < 3; i++) await host.page.keyboard.press('Shift+ArrowLeft');
    await eventually(async () => assert.ok((await part())[1]! < left!));
    await host.page.keyboard.press('0');
    await host.page.locator('.fit').waitFor({ state: 'hidden' });
  });

  it('keep the grid in step, and frame what it shows', async () => {
    await open();
    await host.show(wave);
    await host.page.locator('.marks .frame:visible').waitFor();
    await host.point(0, 45, 50, 60, 60);
    for (let i = 0; i < 20; i++) await host.page.mouse.wheel(0, -100);
    await eventually(async () => {
      const [top, left] = await part();
      assert.deepEqual([await host.page.locator('regular-table tbody th').first().innerText(), (await host.page.locator('regular-table thead th').allInnerTexts()).find((text) => text.trim() !== '')], [String(top), String(left)]);
    });
  });

  it('say what is under the pointer, by the names of the dims', async () => {
    await open();
    await host.show(wave);
    await host.point(0, 10, 20, 60, 60);
    await host.page.locator('.tooltip', { hasText: 'H = 10, W = 20' }).waitFor();
    assert.equal(Math.fround(Number((await host.page.locator('.tooltip div').first().innerText()))), wave.values[10 * 60 + 20]);
    await host.page.locator('h2').first().hover();
    await host.page.locator('.tooltip').waitFor({ state: 'hidden' });
  });

  it('have a range that is chosen or dragged, and remembered', async () => {
    await open();
    const outlier = tensor('outlier', [3, 20, 20], (i) => (i === 7 ? 1000 : Math.sin(i) + Math.floor(i / 400)));
    await host.show(outlier);
    const values = [...outlier.values];
    const select = (name: string, value: string): Promise<unknown> => host.page.locator(`[data-color=${name}]`).selectOption(value);
    await select('range', 'robust');
    const { percentiles } = statisticsOf(outlier.values, 0);
    const bound = Math.max(Math.abs(percentiles![1]!), Math.abs(percentiles![99]!));
    assert.ok(bound < 4);
    await eventually(async () => assertColors(await host.colors(1, 20, 20), colorsIn({ min: -bound, max: bound, symmetric: true }, values.slice(400, 800)), 'robust'));
    await select('symmetric', 'no');
    await eventually(async () => assertColors(await host.colors(1, 20, 20), colorsIn({ min: percentiles![1]!, max: percentiles![99]!, symmetric: false }, values.slice(400, 800)), 'from the 1st percentile'));
    await select('range', 'full');
    await select('scale', 'symlog');
    await eventually(async () => assertColors(await host.colors(0, 20, 20), colorsIn({ min: Math.min(...values), max: 1000, symmetric: false, scale: 'symlog' }, values.slice(0, 400)), 'symlog'));
    await select('scale', 'log');
    await eventually(async () => assertColors(await host.colors(0, 20, 20), colorsIn({ min: 0, max: 1000, symmetric: false, scale: 'log' }, values.slice(0, 400)), 'log'));
    await select('scale', 'linear');
    await host.page.locator('[data-color=shared]').uncheck();
    await eventually(async () => assertColors(await host.colors(2, 20, 20), colorsIn({ min: Math.min(...values.slice(800)), max: Math.max(...values.slice(800)), symmetric: false }, values.slice(800)), 'its own range'));
    await host.page.locator('[data-color=shared]').check();
    const handle = (await host.page.locator('.handle.max').boundingBox())!;
    await host.page.mouse.move(handle.x + 4, handle.y + 4);
    await host.page.mouse.down();
    await host.page.mouse.move(handle.x + 4, handle.y + 84, { steps: 4 });
    await host.page.mouse.up();
    assert.equal(await host.page.locator('[data-color=range]').inputValue(), 'own');
    const max = Number(await host.page.locator('.handle.max').getAttribute('aria-valuenow'));
    assert.ok(max > 300 && max < 700, String(max));
    await eventually(async () => assertColors(await host.colors(0, 20, 20), colorsIn({ min: Math.min(...values), max, symmetric: false }, values.slice(0, 400)), 'dragged'));
    await host.page.locator('.handle.max').press('ArrowDown');
    await eventually(async () => assert.ok(Number(await host.page.locator('.handle.max').getAttribute('aria-valuenow')) < max));
    await host.reload();
    await host.page.locator('.handle.max').waitFor();
    assert.equal(await host.page.locator('[data-color=range]').inputValue(), 'own');
  });

  it('have keys, which a dialog lists', async () => {
    await open();
    await host.show(tensor('steps', [5, 2, 6, 6], (i) => i, { dims: ['B', 'nH', 'N', 'N'] }));
    await host.page.locator('regular-table').focus();
    await host.page.keyboard.press('?');
    await host.page.locator('dialog.help[open]', { hasText: 'transpose' }).waitFor();
    await host.screenshot('viewer-keys');
    await host.page.keyboard.press('Escape');
    await host.page.locator('dialog.help[open]').waitFor({ state: 'detached' });
    await host.page.keyboard.press(']');
    await host.page.locator('h2', { hasText: 'steps[1, 0, :, :]' }).waitFor();
    await host.page.keyboard.press('2');
    await host.page.locator('h2', { hasText: 'steps[1, 1, :, :]' }).waitFor();
    await host.page.keyboard.press('t');
    await host.page.locator('h2', { hasText: 'steps[1, 0, :, :]' }).waitFor();
    assert.equal(await host.page.locator('[data-role=rowDim]').inputValue(), '3');
    await host.page.keyboard.press('s');
    assert.equal(await host.page.locator('[data-color=scale]').inputValue(), 'log');
    await host.page.keyboard.press('Space');
    await host.page.locator('.play[aria-pressed=true]').waitFor();
    await host.page.locator('h2', { hasText: 'steps[3, 0, :, :]' }).waitFor();
    await host.page.keyboard.press('Space');
    await host.page.locator('.play[aria-pressed=false]').waitFor();
    await host.page.keyboard.press('Enter');
    await eventually(() => assert.deepEqual(host.revealed, ['id of steps']));
  });

  it('are looked at', async () => {
    await open({ width: 760, theme: 'dark' });
    const scores = tensor('scores', [2, 12, 12], (i) => ({ 3: NaN, 40: Infinity, 161: -Infinity } as Record<number, number>)[i] ?? Math.sin(i) * 2, { dims: ['nH', 'N', 'N'] });
    await host.show(wave, scores);
    await host.point(1, 5, 6, 12, 12);
    await host.page.locator('.tooltip', { hasText: 'nH = 1' }).waitFor();
    await host.screenshot('viewer-pictures');
    await host.page.locator('[role=tab]', { hasText: 'wave' }).click();
    await host.page.locator('.facts .title', { hasText: 'wave' }).waitFor();
    await host.point(0, 30, 30, 60, 60);
    for (let i = 0; i < 20; i++) await host.page.mouse.wheel(0, -100);
    await host.page.locator('.hint', { hasText: 'rows' }).waitFor();
    await host.screenshot('viewer-zoomed');
  });
});
