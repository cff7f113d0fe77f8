// What takes a while on the viewer's page says how far it is and can be cancelled: the host then stops reading.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sampledStatistics, sliceStatistics } from '../../src/editor/viewerSource';
import type { StatisticsOptions } from '../../src/editor/viewerSource';
import { StoppedRuns } from '../../src/evaluation/statistics';
import type { MatrixRequest, TensorStatistics } from '../../src/webview/protocol';
import { MemorySource, tensor } from '../webview/memory';
import type { MemoryTensor } from '../webview/memory';
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

/** A source of a tensor that is large for its statistics. */
class LongSource extends SlowSource {
  private readonly stopped = new StoppedRuns();
  /** Why the statistics fail. */
  ends: string | null = null;

  constructor(private readonly long: MemoryTensor) {
    super([long]);
  }

  override async statistics(id: string, { sampled = false, ...options }: StatisticsOptions = {}): Promise<TensorStatistics> {
    const { shape } = this.long.metadata;
    const read = async (request: MatrixRequest): ReturnType<MemorySource['read']> => {
      this.parts++;
      await pause(40);
      if (this.ends) throw new Error(this.ends);
      return super.read(request);
    };
    return sampled ? sampledStatistics(this, id, shape) : sliceStatistics({ read }, id, shape.map(() => null), shape, this.stopped, options);
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

  describe('such as exact statistics', () => {
    const last = 60 * 36 - 1;
    const plain = tensor('long', [60, 6, 6], (i) => (i === last ? 99 : i % 7), { dims: ['B', 'N', 'N'] });
    const long = { ...plain, metadata: { ...plain.metadata, samples: true } };
    const exact = (host: ViewerHost, text: RegExp): Promise<void> => host.page.locator('.exact', { hasText: text }).waitFor();

    async function open(): Promise<{ host: ViewerHost; source: LongSource }> {
      const host = await viewer();
      const source = new LongSource(long);
      await host.showSource(source, [long]);
      await exact(host, /: [1-9]\d* %/);
      return { host, source };
    }

    it('is stopped by its button, tells what is known, and goes on from there', async () => {
      const { host, source } = await open();
      await host.page.locator('.exact').getByRole('button', { name: 'Stop' }).click();
      await exact(host, /stopped at \d+ %: what is known so far covers the first [\d\u2009]+ of 2\u2009160 elements, up to \[\d+, 5, 5\]/);
      await stopped(source);
      await host.screenshot('viewer-statistics-stopped');
      const known = host.page.locator('.statistics .known');
      assert.match(await known.locator('th').innerText(), /^all, first \d+ %$/);
      assert.equal(await known.locator('[data-statistic=max]').innerText(), '6', 'the greatest is behind what was seen');
      assert.match(await host.page.locator('.screen-reader[aria-live]').first().innerText(), /stopped at \d+ %: what is known/);
      const before = source.parts;
      await host.page.locator('.exact').getByRole('button', { name: 'Resume' }).click();
      await exact(host, /The statistics are exact\./);
      assert.equal(await host.page.locator('.statistics .whole [data-statistic=max]').innerText(), '99');
      assert.ok(await known.isHidden());
      assert.ok(source.parts - before < 120, `it did not begin anew: ${source.parts - before} parts more, of 120`);
      assert.deepEqual(host.log, []);
    });

    it('is stopped and resumed by keys, and stays stopped while the panel is hidden', async () => {
      const { host, source } = await open();
      await host.page.locator('regular-table').focus();
      await host.page.keyboard.press('Escape');
      await exact(host, /stopped at \d+ %/);
      await stopped(source);
      const before = source.parts;
      await host.reload();
      await exact(host, /stopped at [1-9]\d* %/);
      assert.ok(source.parts - before < 3, 'it was not stopped any more');
      await host.page.locator('regular-table').focus();
      await host.page.keyboard.press('e');
      await exact(host, /The statistics are exact\./);
    });

    it('goes on by itself where the panel was hidden before the end', async () => {
      const { host, source } = await open();
      host.session.hide();
      await stopped(source);
      const before = source.parts;
      await host.reload();
      await exact(host, /The statistics are exact\./);
      assert.ok(source.parts - before < 120);
    });

    it('says why it ended, and tries again', async () => {
      const { host, source } = await open();
      source.ends = 'the evaluation worker was ended by SIGKILL';
      await exact(host, /ended at \d+ %: the evaluation worker was ended by SIGKILL/);
      source.ends = null;
      await host.page.locator('.exact').getByRole('button', { name: 'Try again' }).click();
      await exact(host, /The statistics are exact\./);
    });
  });
});
