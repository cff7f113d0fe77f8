// Histograms and cuts on the viewer's page, by the pixels of their bars and lines.
import assert from 'node:assert/strict';
import { statisticsOf } from '../../src/evaluation/statistics';
import { tensor } from '../webview/memory';
import { eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

describe("the viewer's charts", function () {
  this.timeout(60_000);
  let host: ViewerHost;
  const viewer = viewersOfSuite({ width: 1100, height: 1000 });

  /** Of each of so many columns of a chart the height that is painted, from 0 to 1. */
  async function heights(chart: number, columns: number): Promise<number[]> {
    return host.page.locator('.chart canvas').nth(chart).evaluate((element, count) => {
      const canvas = element as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } };
      return Array.from({ length: count }, (_, i) => {
        const { data } = canvas.getContext('2d').getImageData(Math.floor(((i + 0.4) * canvas.width) / count), 0, 1, canvas.height);
        return Array.from({ length: canvas.height }, (__, y) => Number(data[4 * y + 3]! > 128)).reduce((a, b) => a + b, 0) / canvas.height;
      });
    }, columns);
  }

  it('show how all values and those of the slice are distributed', async () => {
    host = await viewer();
    const heavy = tensor('heavy', [3, 30, 30], (i) => Math.sin(i) ** 3 * (1 + Math.floor(i / 900)), { dims: ['nH', 'N', 'N'] });
    await host.show(heavy);
    await host.page.locator('.chart figcaption', { hasText: '[0, :, :]' }).waitFor();
    for (const [chart, values] of [[0, heavy.values], [1, heavy.values.slice(0, 900)]] as const) {
      const { histogram } = statisticsOf(values, 64);
      const greatest = Math.log1p(Math.max(...histogram));
      await eventually(async () => (await heights(chart, 64)).forEach((height, i) => {
        const expected = Math.log1p(histogram[i]!) / greatest;
        assert.ok(Math.abs(height - expected) < 0.05, `bar ${i}: ${height}, expected ${expected}`);
      }));
    }
    await host.point(1, 4, 7, 30, 30, true);
    await host.page.locator('.chart figcaption', { hasText: 'Row 4' }).waitFor();
    await host.page.locator('.chart figcaption', { hasText: 'Column 7' }).waitFor();
    const canvas = host.page.locator('.chart canvas').nth(2);
    const box = (await canvas.boundingBox())!;
    await canvas.hover({ position: { x: (box.width * 7.5) / 30, y: 20 } });
    const note = await host.page.locator('.chart-note').nth(2).innerText();
    const value = heavy.values[900 + 4 * 30 + 7]!;
    assert.equal(note, `[7] = ${Number(value.toPrecision(4))}`);
    await host.screenshot('viewer-charts');
  });
});
