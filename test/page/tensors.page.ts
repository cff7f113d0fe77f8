// The viewer's page by itself, in a real browser under its real content policy: pixels against values, facets, sliders,
// numbers, read-out, keyboard, odd tensors, faults and themes. A console error or a violated policy fails each test.
import assert from 'node:assert/strict';
import { colorMap } from '../../src/webview/colormaps';
import { domainOf } from '../../src/webview/domain';
import { paint } from '../../src/webview/pixels';
import { statisticsOf } from '../../src/evaluation/statistics';
import { tensor } from '../webview/memory';
import { assertColors, colorsOf, eventually } from './pixels';
import type { ThemeName } from './themes';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost, ViewerOptions } from './viewerHost';

/** Index, table and bias of relative positions in a window of 4 × 4, with 3 heads. */
const wave = (i: number): number => Math.sin(i * 0.37) * 0.04 + Math.cos(i * 0.11) * 0.02;
const table = tensor('table', [49, 3], wave, { dims: ['(2*M-1)*(2*M-1)', 'nH'], provenance: ['values printed in the post, line 140'] });
const index = tensor('index', [16, 16], (i) => {
  const [a, b] = [Math.floor(i / 16), i % 16];
  return (Math.floor(a / 4) - Math.floor(b / 4) + 3) * 7 + (a % 4) - (b % 4) + 3;
}, { dtype: 'int64', dims: ['M*M', 'M*M'] });
const bias = tensor('bias', [3, 16, 16], (i) => table.values[index.values[i % 256]! * 3 + Math.floor(i / 256)]!, {
  dims: ['nH', 'M*M', 'M*M'], provenance: ['values printed in the post, line 140'], expression: 'table[index.view(-1)].view(16, 16, -1).permute(2, 0, 1).contiguous()',
});

describe("the viewer's page", function () {
  this.timeout(60_000);
  let host: ViewerHost;
  const viewer = viewersOfSuite();
  const open = async (options?: ViewerOptions): Promise<ViewerHost> => (host = await viewer(options));

  for (const [painter, computedGraphics] of [['webgl2', true], ['canvas', false]] as const) {
    it(`draws each value in the colour that stands for it (${painter})`, async () => {
      await open({ computedGraphics });
      await host.show(table, index, bias);
      assert.equal(await host.page.locator('.pictures').getAttribute('data-painter'), painter);
      assert.equal(await host.page.locator('.heatmap').count(), 3);
      for (const head of [0, 1, 2]) assertColors(await host.colors(head, 16, 16), colorsOf(bias, 256 * head, 256), `head ${head}`);
      await host.page.locator('[role=tab]', { hasText: 'index' }).click();
      await host.page.locator('.facts .dtype', { hasText: 'int64' }).waitFor();
      await host.page.locator('regular-table td', { hasText: /^24$/ }).first().waitFor();
      assertColors(await host.colors(0, 16, 16), colorsOf(index), 'index');
    });

    it(`tells NaN and the infinities apart, and counts them (${painter})`, async () => {
      await open({ computedGraphics });
      // So small that each cell is a few pixels, without a glyph.
      const odd = tensor('odd', [80, 80], (i) => ({ 5: NaN, 6: NaN, 100: Infinity, 300: -Infinity } as Record<number, number>)[i] ?? Math.cos(i));
      await host.show(odd);
      assertColors(await host.colors(0, 80, 80), colorsOf(odd), 'odd');
      assert.deepEqual(await host.page.locator('.legend li').allInnerTexts(), ['nan ×2', 'inf ×1', '-inf ×1']);
      assert.equal(await host.page.locator('.whole [data-statistic=nan]').innerText(), '2');
      assert.equal(await host.page.locator('.whole [data-statistic=inf]').innerText(), '2');
      await eventually(async () => assert.equal((await host.numbers())[0]![5], 'nan'));
    });
  }

  it('says what the tensor is, and what is in it and in the slice', async () => {
    await open();
    await host.show(table, index, bias);
    assert.deepEqual(await host.page.locator('[role=tab]').allInnerTexts(), ['table', 'index', 'bias']);
    assert.match((await host.page.locator('.facts').innerText()).replace(/\s+/g, ' '), /^bias \(3, 16, 16\) \(nH, M\*M, M\*M\) float32 .*table\[index.* computed on plain JavaScript · values printed in the post, line 140$/);
    await host.page.locator('button.caption', { hasText: 'nH 2' }).click();
    await host.page.locator('tr.slice[aria-busy=false]', { hasText: '[2, :, :]' }).waitFor();
    const expected = statisticsOf(bias.values.slice(512, 768), 0);
    for (const name of ['min', 'max', 'mean', 'std'] as const) {
      const shown = Number(await host.page.locator(`.slice [data-statistic=${name}]`).innerText());
      assert.ok(Math.abs(shown - expected[name]!) <= Math.abs(expected[name]!) * 1e-3, `${name}: ${shown}, expected ${expected[name]}`);
    }
    assert.equal(await host.page.locator('h2').innerText(), 'bias[2, :, :]');
    await eventually(async () => assert.equal(Number((await host.numbers())[1]![3]), Number(bias.values[512 + 16 + 3]!.toFixed(4))));
    await host.page.locator('.title').click();
    assert.deepEqual(host.revealed, [bias.metadata.id]);
  });

  it('keeps picture, grid and read-out at one cell', async () => {
    await open();
    await host.show(bias);
    await host.point(1, 3, 5, 16, 16);
    await host.page.locator('.readout', { hasText: 'bias[1, 3, 5] =' }).waitFor();
    const shown = Number((await host.page.locator('.readout').innerText()).split('=')[1]);
    assert.equal(Math.fround(shown), bias.values[256 + 3 * 16 + 5]);
    assert.equal(await host.page.locator('.marker.hovered:visible').count(), 3, 'the same place in every head');
    await host.point(1, 3, 5, 16, 16, true);
    await host.page.locator('h2', { hasText: 'bias[1, :, :]' }).waitFor();
    const cell = host.page.locator('regular-table td[aria-selected=true]');
    await cell.waitFor();
    assert.equal((await cell.innerText()).trim(), bias.values[256 + 3 * 16 + 5]!.toFixed(4));
    // The grid has the keyboard now, and says where it is.
    await host.page.keyboard.press('ArrowDown');
    await host.page.locator('.readout', { hasText: 'bias[1, 4, 5] =' }).waitFor();
    await host.page.locator('.screen-reader', { hasText: 'bias[1, 4, 5] =' }).waitFor({ state: 'attached' });
    assert.equal(await host.page.locator('regular-table').getAttribute('aria-activedescendant'), await cell.getAttribute('id'));
    assert.deepEqual([await cell.getAttribute('aria-colindex'), await cell.locator('..').getAttribute('aria-rowindex')], ['6', '5']);
    await host.page.keyboard.press('Control+c');
    await host.page.locator('.screen-reader', { hasText: 'Copied' }).waitFor({ state: 'attached' });
    assert.deepEqual(host.copied.map(Number).map(Math.fround), [bias.values[256 + 4 * 16 + 5]]);
    await host.page.locator('regular-table td').first().hover();
    await host.page.locator('.readout', { hasText: 'bias[1,' }).waitFor();
    assert.equal(await host.page.locator('td.hovered').count(), 1);
    await host.page.keyboard.press('Control+End');
    await host.page.locator('.readout', { hasText: 'bias[1, 15, 15] =' }).waitFor();
    await cell.waitFor();
  });

  it('moves along other dims by slider, without losing the slider', async () => {
    await open();
    const attention = tensor('attention', [6, 2, 8, 8], (i) => Math.sin(i), { dims: ['B', 'nH', 'N', 'N'] });
    const source = await host.show(attention);
    assert.equal(await host.page.locator('.heatmap').count(), 2);
    const slider = host.page.locator('input[type=range]');
    assert.equal(await slider.getAttribute('data-dim'), '0');
    await slider.focus();
    for (let i = 0; i < 4; i++) await host.page.keyboard.press('ArrowRight');
    await host.page.locator('h2', { hasText: 'attention[4, 0, :, :]' }).waitFor();
    assert.equal(await slider.evaluate((element) => element === (element as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement), true, 'it still has the keyboard');
    await host.page.locator('tr.slice[aria-busy=false]', { hasText: '[4, 0, :, :]' }).waitFor();
    await host.page.locator('regular-table td', { hasText: attention.values[4 * 128]!.toFixed(4) }).first().waitFor();
    for (const head of [0, 1]) assertColors(await host.colors(head, 8, 8), colorsOf(attention, 4 * 128 + 64 * head, 64), `head ${head} of 4`);
    assert.ok(source.reads.every(({ rows, cols }) => rows!.size <= 256 && cols!.size <= 256));
  });

  it('lets rows, columns and facets be chosen', async () => {
    await open();
    await host.show(bias);
    await host.page.locator('[data-role=facetDim]').selectOption('');
    await host.page.locator('input[type=range][data-dim="0"]').waitFor();
    assert.equal(await host.page.locator('.heatmap').count(), 1);
    await host.page.locator('[data-role=rowDim]').selectOption('0');
    await host.page.locator('h2', { hasText: 'bias[:, 0, :]' }).waitFor();
    await host.page.locator('regular-table[aria-rowcount="3"]').waitFor();
    const expected = Array.from({ length: 48 }, (_, i) => colorsOf(bias)[Math.floor(i / 16) * 256 + (i % 16)]!);
    await eventually(async () => assertColors(await host.colors(0, 3, 16), expected, 'heads as rows'));
    await host.page.locator('button[aria-label=Transpose]').click();
    await host.page.locator('regular-table[aria-rowcount="16"][aria-colcount="3"]').waitFor();
    await eventually(async () => assert.deepEqual((await host.numbers())[2]!.map(Number), [0, 1, 2].map((head) => Number(bias.values[256 * head + 2]!.toFixed(4)))));
  });

  it('calls the parts of complex values by their names', async () => {
    const host = await viewer();
    await host.show(tensor('spectrum', [3, 4, 2], Math.sin, { dims: ['F', 'T', 'real | imag'] }));
    const captions = host.page.locator('.caption');
    assert.deepEqual(await captions.allInnerTexts(), ['real', 'imag']);
    await host.page.getByLabel('Side by side').selectOption({ label: 'none' });
    await host.page.locator('.slider output', { hasText: /^real$/ }).waitFor();
  });

  it('shows tensors of every rank, size and dtype', async () => {
    await open();
    await host.show(tensor('loss', [], () => 0.125));
    await host.page.locator('.readout', { hasText: 'loss = 0.125' }).waitFor();
    assert.equal(await host.page.locator('.heatmap:visible').count(), 0);
    await host.show(tensor('none', [0, 4], () => 0, { dims: ['n', '4'] }));
    assert.equal(await host.page.locator('.content .message').innerText(), 'There are no elements: dim 0 (n) of (0, 4) is 0.');
    assert.equal(await host.page.locator('.whole [data-statistic=min]').innerText(), '–');
    await host.show(tensor('steps', [7], (i) => i ** 2, { dtype: 'int64' }));
    await eventually(async () => assert.deepEqual(await host.numbers(), [['0', '1', '4', '9', '16', '25', '36']]));
    await host.show(tensor('large', [1, 2], (i) => 2 ** 53 - 1 - i, { dtype: 'int64' }));
    await eventually(async () => assert.deepEqual(await host.numbers(), [['9007199254740991', '9007199254740990']]));
    assert.equal(await host.page.locator('[data-statistic=max]').innerText(), '9007199254740991');
    const mask = tensor('mask', [4, 4], (i) => Number(i % 3 === 0), { dtype: 'bool' });
    await host.show(mask);
    await eventually(async () => assert.deepEqual((await host.numbers())[0], ['True', 'False', 'False', 'True']));
    assert.deepEqual(await host.page.locator('.legend li').allInnerTexts(), ['False ×10', 'True ×6']);
    assertColors(await host.colors(0, 4, 4), colorsOf(mask), 'mask');
    const lost = tensor('lost', [2, 3], () => NaN);
    await host.show(lost);
    assert.deepEqual(await host.page.locator('.legend li').allInnerTexts(), ['nan ×6']);
    assert.equal(await host.page.locator('.scale:visible').count(), 0, 'no range without a finite value');
    const half = tensor('half', [2, 3], (i) => [0, 0.0999755859375, -65504, 2 ** -24, NaN, Infinity][i]!, { dtype: 'float16' });
    await host.show(half);
    await eventually(async () => assert.deepEqual(await host.numbers(), [['0.0000', '0.1000', '-65504.0000'], ['5.960e-8', 'nan', 'inf']]));
    // Those that are not finite are hatched, or have an arrow.
    assertColors((await host.colors(0, 2, 3)).slice(0, 4), colorsOf(half).slice(0, 4), 'half');
  });

  it('draws a large tensor from means, in which a single NaN is still seen', async () => {
    await open();
    const at = 1500 * 2000 + 1000;
    const large = tensor('large', [3000, 2000], (i) => (i === at ? NaN : Math.sin(Math.floor(i / 2000) / 300)));
    const source = await host.show(large);
    await host.page.locator('.detail', { hasText: 'of 8 × 8 elements' }).waitFor();
    const magenta = (): Promise<number> => host.page.evaluate(`(() => {
      const canvas = document.querySelector('.heatmap > canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      if (data[data.length - 1] === 0) return 0;
      return data.reduce((sum, _, i) => sum + (i % 4 === 0 && data[i] === 255 && data[i + 1] === 0 && data[i + 2] === 255), 0);
    })()`);
    for (const end = Date.now() + 15_000; await magenta() === 0 && Date.now() < end;) await host.page.waitForTimeout(100);
    assert.ok([1, 2, 4].includes(await magenta()), 'a pixel or a few');
    const shown = await host.colors(0, 10, 4, true);
    const domain = domainOf({ min: -1, max: 1 }, true);
    const expected = Array.from({ length: 40 }, (_, i) => {
      const data = new Uint8ClampedArray(4);
      paint(data, 0, Math.sin((Math.floor(i / 4) + 0.5)), domain, colorMap('diverging'));
      return [...data.subarray(0, 3)];
    });
    shown.forEach((color, i) => color.forEach((part, channel) => assert.ok(Math.abs(part - expected[i]![channel]!) <= 16, `${i}: ${color.join(' ')}, expected ${expected[i]!.join(' ')}`)));
    await host.page.locator('regular-table').focus();
    await host.page.keyboard.press('ArrowDown');
    await host.page.keyboard.press('Control+End');
    await host.page.locator('.readout', { hasText: 'large[2999, 1999] =' }).waitFor();
    await host.page.locator('regular-table td[aria-selected=true]').waitFor();
    assert.ok(source.reads.length < 60, `${source.reads.length} reads`);
  });

  it('draws a large tensor from its greatest or least elements where that is asked for, and remembers it', async () => {
    await open();
    const spikes = tensor('spikes', [1600, 1600], (i) => (i === 800 * 1600 + 800 ? 1 : i === 400 * 1600 + 400 ? -1 : 0));
    await host.show(spikes);
    const reds = (part: 0 | 2): Promise<number> => host.page.evaluate(`(() => {
      const canvas = document.querySelector('.heatmap > canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, _, i) => sum + (i % 4 === 0 && data[i + ${part}] > 80 && data[i + ${part}] - data[i + ${2 - part}] > 60), 0);
    })()`);
    const choose = host.page.locator('[data-reduce]');
    assert.equal(await choose.inputValue(), 'mean');
    await choose.selectOption('max');
    await eventually(async () => assert.deepEqual([await reds(0) > 0, await reds(2)], [true, 0]));
    await choose.selectOption('min');
    await eventually(async () => assert.deepEqual([await reds(0), await reds(2) > 0], [0, true]));
    await host.reload();
    await eventually(async () => assert.equal(await host.page.locator('[data-reduce]').inputValue(), 'min'));
  });

  it('says what went wrong, and tries again when asked', async () => {
    await open();
    const source = await host.show(table, index, bias);
    source.fault = { message: 'the evaluation worker was restarted', times: 1000 };
    await host.page.locator('[role=tab]', { hasText: 'table' }).click();
    const alert = host.page.locator('.message[role=alert]');
    await alert.waitFor();
    assert.match(await alert.innerText(), /could not be shown: the evaluation worker was restarted/);
    source.fault = null;
    await alert.locator('button').click();
    await host.page.locator('regular-table td', { hasText: table.values[0]!.toFixed(4) }).first().waitFor();
    assert.equal(await host.page.locator('.message[role=alert]').count(), 0);
    assertColors(await host.colors(0, 49, 3), colorsOf(table), 'table');
    assert.ok(host.log.some((line) => line.includes('restarted')));
  });

  it('is as it was after the panel was hidden', async () => {
    await open();
    await host.show(table, index, bias);
    await host.page.locator('button[aria-label=Transpose]').click();
    await host.point(2, 1, 4, 16, 16, true);
    await host.page.locator('.readout', { hasText: 'bias[2, 4, 1] =' }).waitFor();
    await host.page.locator('[role=tab]', { hasText: 'index' }).click();
    await host.page.locator('.facts .title', { hasText: 'index' }).waitFor();
    const { session, state } = host;
    assert.ok(JSON.stringify(state).length < 2000);
    await host.reload();
    await host.page.locator('.facts .title', { hasText: 'index' }).waitFor();
    await host.page.locator('[role=tab]', { hasText: 'bias' }).click();
    await host.page.locator('.readout', { hasText: 'bias[2, 4, 1] =' }).waitFor();
    assert.equal(await host.page.locator('[data-role=rowDim]').inputValue(), '2');
    assert.equal(host.session, session);
  });

  it('offers to evaluate again after the window was reloaded', async () => {
    const source = { uri: 'file:///post.md', range: { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } } };
    await open({ state: { version: 1, active: 'bias 3', views: {}, source } });
    await host.page.locator('.message', { hasText: 'ended with the window' }).waitFor();
    await host.page.locator('button', { hasText: 'Evaluate again' }).click();
    await eventually(() => assert.deepEqual(host.reopened, [source]));
  });

  it('says what is under way', async () => {
    await open();
    await host.show(bias);
    host.session.report('12 of 40 operations, einsum');
    await host.page.locator('[role=status]', { hasText: '12 of 40' }).waitFor();
    host.session.report(null);
    await host.page.locator('[role=status]', { hasText: '12 of 40' }).waitFor({ state: 'detached' });
    assert.equal(await host.page.locator('.heatmap').count(), 3, 'what is shown stays');
  });

  it('can be gone through with the Tab key', async () => {
    await open();
    await host.show(table, index, bias);
    const stops: string[] = [];
    for (let i = 0; i < 30; i++) {
      await host.page.keyboard.press('Tab');
      stops.push(await host.page.evaluate('document.activeElement.getAttribute("role") ?? document.activeElement.dataset.role ?? document.activeElement.dataset.color ?? document.activeElement.dataset.menu ?? document.activeElement.className'));
      if (stops.at(-1) === 'grid') break;
    }
    assert.deepEqual(stops, ['tab', 'title', 'copy', 'export', 'compare', 'secondary pin', 'secondary keys', 'find', 'find', 'find', 'find', 'rowDim', 'colDim', 'facetDim', 'secondary', 'range', 'symmetric', 'scale', 'map', 'shared', 'caption', 'caption', 'caption', 'bound', 'slider', 'slider', 'bound', 'grid']);
  });

  for (const theme of ['light', 'dark', 'high-contrast'] as ThemeName[]) {
    it(`takes its colours from the theme (${theme})`, async () => {
      await open({ theme });
      const odd = tensor('scores', [2, 6, 8], (i) => ({ 3: NaN, 12: Infinity, 61: -Infinity } as Record<number, number>)[i] ?? Math.sin(i), { dims: ['nH', '6', '8'] });
      await host.show(table, index, odd);
      await host.point(0, 2, 2, 6, 8, true);
      await host.page.locator('tr.slice[aria-busy=false]').waitFor();
      // Text on what is behind it, by WCAG's formula: 4.5 is enough for small text.
      const contrasts = await host.page.evaluate(CONTRASTS) as { text: string; ratio: number }[];
      assert.ok(contrasts.length > 40);
      for (const { text, ratio } of contrasts) assert.ok(ratio >= 4.5, `"${text}" has a contrast of ${ratio.toFixed(2)}`);
      await host.screenshot(`viewer-page-${theme}`);
    });
  }
});

/** Runs in the page: the contrast of each text with the nearest background that is not transparent. */
const CONTRASTS = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const background = (element) => { for (; element; element = element.parentElement) { const color = parse(getComputedStyle(element).backgroundColor); if (color.length === 3 || color[3] > 0) return color; } return [255, 255, 255]; };
  const result = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join('');
    if (text === '' || element.closest('script') || element.getClientRects().length === 0) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(background(element))];
    result.push({ text, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return result;
})()`;
