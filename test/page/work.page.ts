// What takes a while on the viewer's page says how far it is and can be cancelled: the host then stops reading.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { MatrixRequest } from '../../src/webview/protocol';
import { MemorySource, tensor } from '../webview/memory';
import { eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

class SlowSource extends MemorySource {
  isSlow = false;
  parts = 0;

  override async read(request: MatrixRequest): ReturnType<MemorySource['read']> {
    if (this.isSlow) {
      this.parts++;
      await pause(40);
    }
    return super.read(request);
  }
}

describe('work that takes a while', function () {
  this.timeout(60_000);
  const viewer = viewersOfSuite({ width: 900, height: 900 });
  const deep = tensor('deep', [400, 6, 6], (i) => (i === 400 * 36 - 1 ? NaN : i % 7), { dims: ['B', 'N', 'N'] });

  async function stopped(source: SlowSource): Promise<void> {
    await eventually(async () => {
      const before = source.parts;
      await pause(150);
      assert.equal(source.parts, before, 'the host reads on');
    });
    assert.ok(source.parts < 400, `it was stopped before the end, after ${source.parts} parts`);
  }

  async function looking(host: ViewerHost, source: SlowSource): Promise<void> {
    source.isSlow = true;
    source.parts = 0;
    await host.page.getByRole('button', { name: /^nan 1: go to it/i }).first().click();
    await host.page.locator('.readout', { hasText: /Looking for nan: \d+ %/ }).waitFor();
  }

  it('is cancelled by its button or by Escape, and begins anew', async () => {
    const host = await viewer();
    const source = new SlowSource([deep]);
    await host.showSource(source, [deep]);
    await looking(host, source);
    await host.screenshot('viewer-looking');
    await host.page.locator('.readout').getByRole('button', { name: 'Cancel' }).click();
    await host.page.locator('.readout', { hasText: 'Looking for nan: cancelled' }).waitFor();
    await stopped(source);
    await looking(host, source);
    await host.page.keyboard.press('Escape');
    await host.page.locator('.readout', { hasText: 'cancelled' }).waitFor();
    await stopped(source);
    source.isSlow = false;
    await host.page.getByRole('button', { name: /^nan 1: go to it/i }).first().click();
    await host.page.locator('.readout', { hasText: 'deep[399, 5, 5] = NaN' }).waitFor();
    assert.deepEqual(host.log, []);
  });

  it('is cancelled while a file is written, which is then not there', async () => {
    const host = await viewer();
    const source = new SlowSource([deep]);
    await host.showSource(source, [deep]);
    source.isSlow = true;
    await host.page.locator('[data-menu=export]').selectOption({ label: 'all as .npy …' });
    await host.page.locator('.readout', { hasText: /Writing: \d+ %/ }).waitFor();
    await host.page.locator('.readout').getByRole('button', { name: 'Cancel' }).click();
    await host.page.locator('.readout', { hasText: 'Writing: cancelled' }).waitFor();
    await stopped(source);
    assert.equal(host.files.size, 0);
  });
});
