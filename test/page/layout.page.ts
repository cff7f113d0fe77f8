// How the viewer's page uses the room it has, and what it says of unusual tensors.
import assert from 'node:assert/strict';
import { MemorySource, tensor } from '../webview/memory';
import { eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

/** The relative position bias of a window of 7 × 7 with 4 heads, as Swin has it. */
const WINDOW = 7;
const N = WINDOW ** 2;
const HEADS = 4;
const table = tensor('self.relative_position_bias_table', [(2 * WINDOW - 1) ** 2, HEADS], (i) => Math.sin(i * 0.37) / 50, { dims: ['(2*Wh-1)*(2*Ww-1)', 'nH'] });
const index = tensor('relative_position_index', [N, N], (i) => {
  const [a, b] = [Math.floor(i / N), i % N];
  return (Math.floor(a / WINDOW) - Math.floor(b / WINDOW) + WINDOW - 1) * (2 * WINDOW - 1) + (a % WINDOW) - (b % WINDOW) + WINDOW - 1;
}, { dtype: 'int64', dims: ['Wh*Ww', 'Wh*Ww'] });
const from = (i: number): number => index.values[i % (N * N)]! * HEADS + Math.floor(i / (N * N));
const bias = tensor('relative_position_bias', [HEADS, N, N], (i) => table.values[from(i)]!, { dims: ['nH', 'Wh*Ww', 'Wh*Ww'], expression: 'relative_position_bias.permute(2, 0, 1).contiguous()' });
const inTable = tensor('in table', [HEADS, N, N], from, { dtype: 'int64' });
const inIndex = tensor('in index', [HEADS, N, N], (i) => i % (N * N), { dtype: 'int64' });
const link = { table: table.metadata.id, index: index.metadata.id, result: bias.metadata.id, tablePositions: inTable.metadata.id, indexPositions: inIndex.metadata.id };

interface Box { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

async function boxes(host: ViewerHost, selector: string): Promise<Box[]> {
  return host.page.locator(selector).evaluateAll((elements) => elements.map((element) => {
    const { left, top, right, bottom } = (element as unknown as { getBoundingClientRect(): Box }).getBoundingClientRect();
    return { left, top, right, bottom };
  }));
}

describe('the room of the viewer\'s page', function () {
  this.timeout(60_000);
  const viewer = viewersOfSuite({ theme: 'dark' });

  async function linked(width: number, height: number): Promise<ViewerHost> {
    const host = await viewer({ width, height });
    const tensors = [table, index, bias];
    await host.showSource(new MemorySource(tensors, [link], [inTable, inIndex]), tensors);
    await host.page.locator('.companion').nth(1).waitFor();
    return host;
  }

  for (const [width, height] of [[820, 860], [620, 860], [1400, 860]] as const) {
    it(`shows all heads of a bias together with its index and table (${width} × ${height})`, async () => {
      const host = await linked(width, height);
      await eventually(async () => {
        const heads = await boxes(host, '.facets .heatmap');
        const maps = await boxes(host, '.small-map');
        const [strip] = await boxes(host, '.linked');
        assert.deepEqual([heads.length, maps.length], [HEADS, 1 + HEADS]);
        for (const { top, bottom, left, right } of maps.slice(0, 2)) assert.ok(top >= 0 && bottom <= height && left >= 0 && right <= width, 'a map is in view');
        for (const head of heads) {
          assert.ok(head.bottom <= height, `a head ends at ${head.bottom}`);
          assert.ok(width >= 1000 ? head.right <= strip!.left : head.bottom <= strip!.top, 'no head is covered');
        }
      });
      // None stands alone below the others.
      const rows = new Map<number, number>();
      for (const { top } of await boxes(host, '.facets .heatmap')) rows.set(top, (rows.get(top) ?? 0) + 1);
      assert.equal(new Set(rows.values()).size, 1, [...rows.values()].join());
      await host.screenshot(`viewer-room-${width}`);
    });
  }

  it('is not exceeded in a side column, where the linked tensors can be folded', async () => {
    const host = await linked(400, 860);
    assert.equal(await host.page.evaluate('document.documentElement.scrollWidth'), 400);
    assert.ok((await boxes(host, '.statistics'))[0]!.right <= 400);
    assert.deepEqual(await host.page.locator('[role=tab] .tail').allInnerTexts(), ['as_table', 'on_index', 'ion_bias']);
    const before = (await boxes(host, '.linked'))[0]!;
    const heads = (await boxes(host, '.facets .heatmap')).length;
    await host.page.locator('.fold').click();
    await eventually(async () => assert.ok((await boxes(host, '.linked'))[0]!.top > before.top + 100));
    await host.reload();
    await host.page.locator('.fold[aria-expanded=false]').waitFor();
    assert.equal(await host.page.locator('.companions:visible').count(), 0);
    await host.page.locator('.fold').press('Enter');
    await host.page.locator('.companions').waitFor();
    assert.equal((await boxes(host, '.facets .heatmap')).length, heads);
  });

  it('has the source of a gathered value beside the pointer, its dims told apart', async () => {
    const host = await linked(820, 860);
    await eventually(async () => {
      await host.point(1, 20, 27, N, N);
      const at = index.values[20 * N + 27]!;
      assert.deepEqual((await host.page.locator('.tooltip div').allInnerTexts()).slice(1), [`nH = 1, dim 1: Wh*Ww = 20, dim 2: Wh*Ww = 27`, `= self.relative_position_bias_table[${at}, 1]`, `relative_position_index[20, 27] = ${at}`]);
    });
    assert.deepEqual(await host.page.locator('[data-member=table] figcaption').allInnerTexts(), ['nH 0', 'nH 1', 'nH 2', 'nH 3']);
  });
});

describe('unusual tensors on the viewer\'s page', function () {
  this.timeout(60_000);
  const viewer = viewersOfSuite();

  it('one value is shown alone, and copied', async () => {
    const host = await viewer();
    await host.show(tensor('loss', [], () => 0.6931471824645996));
    assert.equal(await host.page.locator('.readout').innerText(), 'loss = 0.6931472');
    assert.equal(await host.page.locator('.statistics:visible, regular-table:visible, .heatmap:visible').count(), 0);
    await host.page.locator('.title').focus();
    await host.page.keyboard.press('Control+c');
    await eventually(() => assert.deepEqual(host.copied, ['0.6931472']));
  });

  it('a vector is drawn as a line before a cell is picked, and has no row', async () => {
    const host = await viewer();
    await host.show(tensor('running_mean', [96], (i) => Math.sin(i / 5), { dims: ['C'] }));
    await host.page.locator('.chart', { hasText: 'Values in order' }).waitFor();
    assert.deepEqual(await host.page.locator('regular-table tbody th').allInnerTexts(), ['']);
  });

  it('booleans and integers have no column for what they cannot be, and no useless chart', async () => {
    const host = await viewer();
    await host.show(tensor('mask', [6, 6], (i) => Number(i % 5 === 0), { dtype: 'bool' }));
    assert.deepEqual(await host.page.locator('.statistics th[scope=col]').allInnerTexts(), ['min', 'max', 'mean', 'std', 'numel']);
    assert.equal(await host.page.locator('.chart:visible').count(), 0);
    await host.show(tensor('ids', [1, 4], (i) => [7, 2 ** 53 - 1, -5, 30521][i]!, { dtype: 'int64' }));
    assert.deepEqual(await host.page.locator('.whole td').allInnerTexts(), ['-5', '9007199254740991', '2.252e+15', '4.504e+15', '4']);
    await host.page.locator('.ticks span', { hasText: '8e+15' }).waitFor();
  });

  it('a dim of size 1 has no slider', async () => {
    const host = await viewer();
    await host.show(tensor('attention', [1, 5, 2, 4, 4], (i) => i, { dims: ['B', 'L', 'h', 'N', 'N'] }));
    assert.deepEqual(await host.page.locator('input[type=range]').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('data-dim'))), ['1']);
    await host.page.locator('.single', { hasText: 'B (1): 0' }).waitFor();
  });

  it('where outliers hide all else, what shows it is offered', async () => {
    const host = await viewer();
    await host.show(tensor('activations', [40, 50], (i) => (i === 777 ? 1000 : Math.sin(i))));
    await host.page.locator('.advice', { hasText: '98 % of the values are from -0.99' }).waitFor();
    await host.page.locator('.advice button', { hasText: 'colours for these' }).click();
    assert.equal(await host.page.locator('[data-color=range]').inputValue(), 'robust');
    await host.page.locator('.advice').waitFor({ state: 'hidden' });
    await host.show(tensor('gradients', [40, 50], (i) => Math.sin(i) * 10 ** ((i % 61) - 30)));
    await host.page.locator('.advice', { hasText: 'Half of the values' }).waitFor();
    await host.page.locator('.advice button', { hasText: 'logarithmic scale' }).click();
    assert.equal(await host.page.locator('[data-color=scale]').inputValue(), 'symlog');
    await host.show(tensor('weights', [40, 50], (i) => Math.sin(i)));
    assert.equal(await host.page.locator('.advice:visible').count(), 0);
  });

  it('a long matrix of few columns shows each of them', async () => {
    const host = await viewer();
    // Each column is of one sign: columns that are taken together would be 0.
    const embedding = tensor('embedding', [20_000, 16], (i) => (i % 2 === 0 ? 1 : -1) * (1 + Math.sin(Math.floor(i / 16) / 900)), { dims: ['vocab', 'C'] });
    await host.show(embedding);
    assert.match(await host.page.locator('.detail').innerText(), /of \d+ × 1 elements/);
    await eventually(async () => {
      const colors = await host.colors(0, 9, 16, true);
      colors.forEach(([red, , blue], i) => {
        // Of the middle of each ninth.
        const size = 1 + Math.sin(((Math.floor(i / 16) + 0.5) * 20_000) / 9 / 900);
        if (size > 0.3) assert.equal(red! > blue!, i % 2 === 0, `row ${Math.floor(i / 16)}, column ${i % 16}`);
      });
    });
  });

  it('a click on a statistic goes to where it is, to one NaN after the other', async () => {
    const host = await viewer();
    const nans = [[0, 1, 2], [1, 3, 4], [2, 0, 0]];
    const flat = (index: readonly number[]): number => (index[0]! * 6 + index[1]!) * 5 + index[2]!;
    const largest = flat([2, 5, 4]);
    await host.show(tensor('scores', [3, 6, 5], (i) => (nans.some((index) => flat(index) === i) ? NaN : i === largest ? 7 : Math.sin(i)), { dims: ['nH', 'T', 'S'] }));
    const go = (statistic: string): Promise<void> => host.page.locator(`.whole [data-statistic=${statistic}] button`).click();
    for (const index of [...nans, nans[0]!]) {
      await go('nan');
      await host.page.locator('.readout', { hasText: `scores[${index.join(', ')}] = nan` }).waitFor();
    }
    await go('max');
    await host.page.locator('.readout', { hasText: 'scores[2, 5, 4] = 7' }).waitFor();
    assert.equal(await host.page.locator('.whole [data-statistic=inf] button').count(), 0);
    // With one head at a time the slider goes along; and the slice has a least value of its own.
    await host.page.locator('[data-role=facetDim]').selectOption('');
    await go('max');
    await host.page.locator('.readout', { hasText: 'scores[2, 5, 4] = 7' }).waitFor();
    assert.equal(await host.page.locator('input[data-dim="0"]').inputValue(), '2');
    await host.page.locator('tr.slice[aria-busy=false]', { hasText: '[2, :, :]' }).waitFor();
    await host.page.locator('.slice [data-statistic=min] button').click();
    const part = Array.from({ length: 30 }, (_, i) => (i === 0 ? Infinity : Math.sin(60 + i)));
    const least = part.indexOf(Math.min(...part.slice(0, 29)));
    await host.page.locator('.readout', { hasText: `scores[2, ${Math.floor(least / 5)}, ${least % 5}] =` }).waitFor();
  });

  it('the ends of the colours are typed, and emptied for the usual ones', async () => {
    const host = await viewer();
    await host.show(tensor('scores', [8, 8], (i) => i / 63));
    const [least, greatest] = [host.page.locator('[data-bound=min]'), host.page.locator('[data-bound=max]')];
    assert.deepEqual([await least.inputValue(), await greatest.inputValue()], ['0', '1']);
    await greatest.fill('0.5');
    await greatest.press('Enter');
    assert.equal(await host.page.locator('[data-color=range]').inputValue(), 'own');
    assert.match(await host.page.locator('.heatmap > canvas').getAttribute('aria-label') ?? '', /colours from 0 to 0\.5/);
    for (const wrong of ['-3', 'much']) {
      await greatest.fill(wrong);
      await greatest.press('Enter');
      assert.equal(await greatest.inputValue(), '0.5', wrong);
    }
    await least.fill('');
    await least.press('Enter');
    await eventually(async () => assert.deepEqual([await least.inputValue(), await greatest.inputValue()], ['0', '1']));
  });

  it('the keys are listed for who has only a pointer', async () => {
    const host = await viewer();
    await host.show(tensor('scores', [8, 8], (i) => i / 63));
    await host.page.locator('button.keys').click();
    await host.page.locator('dialog.help[open]').waitFor();
  });
});
