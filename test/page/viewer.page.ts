// The viewer in the real editor: its page, with the sample post's bias on whatever backend is there. Pixels are compared
// with values that the command line computes; a console error or a violated content policy fails the tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { colorMap } from '../../src/webview/colormaps';
import { domainOf } from '../../src/webview/domain';
import { paint } from '../../src/webview/pixels';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { readAll } from '../../src/tensorfiles/read';
import type { StoredTensor } from '../../src/tensorfiles/tensor';
import { json } from '../commands/cli';
import { openEditor, type OpenEditor } from '../host/editor';
import { eventually } from './pixels';

const sample = path.join('samples', 'relative-position-bias.md');
/** The line that permutes the bias of the 2×2 window, counted from 1. */
const line = readFileSync(sample, 'utf8').split('\n').findIndex((text) => text.startsWith('bias = bias.permute(')) + 1;

/** What of a canvas is used here: the tests are compiled without the page's types. */
interface Canvas { readonly width: number; readonly height: number; getContext(type: '2d'): { getImageData(x: number, y: number, width: number, height: number): { readonly data: Iterable<number> } } }

/** Runs in the page: its colours, those of a chart, and those of a picture. */
const LOOK = `(() => {
  const colors = (selector) => {
    const canvas = document.querySelector(selector);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) found.add([data[i], data[i + 1], data[i + 2]].join(' '));
    return [...found].sort().join(', ');
  };
  const { backgroundColor: background, color: text } = getComputedStyle(document.body);
  return { background, text, bars: colors('.chart canvas'), cells: colors('.heatmap > canvas') };
})()`;

describe('the tensor viewer', function () {
  this.timeout(120_000);
  let editor: OpenEditor;
  let frame: Frame;
  let expected: { shape: number[]; values: number[] };

  before(async () => {
    assert.ok(line > 0, 'the sample still has the line');
    expected = json(['eval', sample, '--at', `${line}:1`]).value;
    editor = await openEditor({ file: 'relative-position-bias.md', width: 1500, height: 950 });
    await goTo(line, 2);
    await editor.command('Shapelens: Open Tensor Viewer');
    frame = await editor.webview('.heatmap > canvas');
    await frame.locator('[data-statistic=min]').first().waitFor();
    await frame.locator('regular-table td').first().waitFor();
  });

  after(() => editor?.close());

  async function goTo(lineNumber: number, column: number): Promise<void> {
    await editor.page.locator('.monaco-editor .view-lines').first().click();
    await editor.page.keyboard.press('Control+G');
    await editor.page.locator('.quick-input-widget input').first().fill(`:${lineNumber}:${column}`);
    await editor.page.keyboard.press('Enter');
    await editor.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  it('shows table, index and bias, the bias first', async () => {
    assert.deepEqual(expected.shape, [2, 4, 4]);
    assert.deepEqual(await frame.locator('[role=tab]').allInnerTexts(), ['table', 'index', 'bias']);
    assert.equal(await frame.locator('[role=tab][aria-selected=true]').innerText(), 'bias');
    assert.equal(await frame.locator('.heatmap').count(), 2, 'one picture a head');
  });

  it('names the backend and where the values come from', async () => {
    assert.match(await frame.locator('.origin').innerText(), /computed on (TensorFlow \(native\)|WebAssembly|plain JavaScript) · .*printed/);
  });

  it('draws each value in the colour that stands for it', async () => {
    const finite = expected.values;
    const domain = domainOf({ min: Math.min(...finite), max: Math.max(...finite) }, true);
    const canvases = frame.locator('.heatmap > canvas');
    for (const head of [0, 1]) {
      const pixels = await canvases.nth(head).evaluate((element) => {
        const canvas = element as unknown as Canvas;
        const context = canvas.getContext('2d');
        // The corner of each of the 4×4 cells: the middle holds its number.
        return Array.from({ length: 16 }, (_, i) => [...context.getImageData(Math.floor(((i % 4) + 0.1) * canvas.width / 4), Math.floor((Math.floor(i / 4) + 0.1) * canvas.height / 4), 1, 1).data]).flat();
      });
      const wanted = new Uint8ClampedArray(4 * 16);
      for (let i = 0; i < 16; i++) paint(wanted, 4 * i, finite[head * 16 + i]!, domain, colorMap('diverging'));
      assert.equal(pixels.length, wanted.length);
      // Statistics are rounded on their way, which may move a colour by one step of 256.
      pixels.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]!) <= 4, `pixel ${i} of head ${head}: ${value}, expected ${wanted[i]}`));
    }
  });

  it('shows the same numbers in the grid', async () => {
    const rows = await frame.locator('regular-table tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
    assert.deepEqual(rows.map((row) => row.map(Number)), [0, 1, 2, 3].map((row) => expected.values.slice(4 * row, 4 * row + 4).map((value) => Number(value.toFixed(4)))));
  });

  it('reads a cell out, from the picture and by keyboard', async () => {
    const box = (await frame.locator('.heatmap').nth(1).boundingBox())!;
    await frame.locator('.heatmap').nth(1).click({ position: { x: box.width * 0.375, y: box.height * 0.625 } });
    await frame.locator('.readout', { hasText: 'bias[1, 2, 1] =' }).waitFor();
    const shown = Number((await frame.locator('.readout').innerText()).split('=')[1]);
    assert.ok(Math.abs(shown - expected.values[16 + 2 * 4 + 1]!) < 1e-6);
    await frame.locator('regular-table').press('ArrowRight');
    await frame.locator('.readout', { hasText: 'bias[1, 2, 2] =' }).waitFor();
    await frame.locator('.relation', { hasText: 'bias[1, 2, 2] = table[4, 1], since index[2, 2] = 4; 3 others from there' }).waitFor();
    assert.equal(await frame.locator('regular-table td[aria-selected=true]').count(), 1, 'the same cell is marked in the grid');
    await editor.screenshot('viewer-bias');
  });

  it('shows the index with integers as they are', async () => {
    await frame.locator('[role=tab]', { hasText: 'index' }).click();
    await frame.locator('.title', { hasText: 'index' }).waitFor();
    await frame.locator('regular-table td', { hasText: /^8$/ }).first().waitFor();
    const numbers = (await frame.locator('regular-table tbody td').allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(numbers, '4 3 1 0 5 4 2 1 7 6 4 3 8 7 5 4'.split(' '));
    await editor.screenshot('viewer-index');
  });

  it('shows the values small in a hover, and keeps them below the line', async () => {
    await goTo(line, 2);
    await editor.command('Show or Focus Hover');
    const hover = editor.page.locator('.monaco-hover:visible');
    const image = hover.locator('img[src^="data:image/png"]');
    await image.first().waitFor();
    assert.match((await image.first().getAttribute('alt'))!, /^\(2, 4, 4\) float32, -?\d/);
    await editor.screenshot('viewer-hover');
    await hover.locator('a', { hasText: 'Pin below the line' }).click();
    const thread = editor.page.locator('.review-widget img[src^="data:image/png"]');
    await thread.waitFor();
    await editor.page.keyboard.press('Escape');
    await editor.screenshot('viewer-pinned');
    assert.ok((await thread.boundingBox())!.width > 60);
  });

  it('writes a file that is chosen in the dialog of the editor', async () => {
    frame = await editor.webview('.heatmap > canvas');
    await frame.locator('[role=tab]', { hasText: 'bias' }).click();
    await frame.locator('[data-menu=export]').selectOption({ label: 'all as .npy …' });
    const target = path.join(editor.workspace, 'written.npy');
    const input = editor.page.locator('.quick-input-widget input').first();
    await eventually(async () => assert.match(await input.inputValue(), /bias\.npy$/));
    // The dialog looks at the disk before it takes another name.
    for (let attempt = 1; attempt <= 10 && await input.isVisible(); attempt++) {
      await input.fill(target);
      await editor.page.waitForTimeout(500);
      await editor.page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => undefined);
    }
    await frame.locator('.readout', { hasText: `Written: ${target}` }).waitFor();
    const file = await openTensorPath(target);
    try {
      const [stored] = file.tensors as [StoredTensor];
      assert.deepEqual([stored.dtype, stored.shape], ['float32', expected.shape]);
      [...await readAll(stored, 1e3)].forEach((value, i) => assert.ok(Math.abs(value - expected.values[i]!) < 1e-6));
    } finally {
      await file.close();
    }
  });

  it('takes on another theme while it is open', async () => {
    const look = (): Promise<{ background: string; text: string; bars: string; cells: string }> => frame.evaluate(LOOK);
    await frame.locator('.chart canvas').first().waitFor();
    const light = await look();
    await editor.command('Preferences: Toggle between Light/Dark Themes');
    await frame.locator('body.vscode-dark').waitFor();
    await eventually(async () => assert.notEqual((await look()).bars, light.bars, 'the bars have the blue of the dark theme'));
    const dark = await look();
    assert.notEqual(dark.background, light.background);
    assert.notEqual(dark.text, light.text);
    assert.ok(dark.cells === light.cells, 'a value has the same colour in every theme');
    await editor.screenshot('viewer-dark');
    await editor.command('Preferences: Toggle between Light/Dark Themes');
    await frame.locator('body.vscode-light').waitFor();
    // Which light theme comes back is the editor's choice.
    await eventually(async () => assert.notEqual((await look()).bars, dark.bars));
    assert.ok((await look()).background === light.background && (await look()).cells === light.cells);
  });

  it('offers its tensor again after the window was reloaded, and shows it as it was', async () => {
    await frame.locator('[data-role=rowDim]').selectOption('2');
    await frame.locator('[data-color=map]').selectOption('cividis');
    await frame.locator('button.caption').nth(1).click();
    const box = (await frame.locator('.heatmap').nth(1).boundingBox())!;
    await frame.locator('.heatmap').nth(1).click({ position: { x: box.width * 0.375, y: box.height * 0.625 } });
    await frame.locator('.readout', { hasText: 'bias[1, 1, 2] =' }).waitFor();
    // With a file to open the editor would open nothing else.
    const address = new URL(editor.page.url());
    address.searchParams.set('payload', JSON.stringify((JSON.parse(address.searchParams.get('payload')!) as string[][]).filter(([key]) => key !== 'openFile')));
    await editor.page.evaluate(`history.replaceState(null, '', ${JSON.stringify(address.href)})`);
    // By its command the editor saves what pages keep, as it does for a person.
    await Promise.all([editor.page.waitForNavigation(), editor.command('Developer: Reload Window')]);
    await editor.page.locator('.monaco-workbench').waitFor();
    frame = await editor.webview('.message button', 60_000);
    await frame.locator('.message button', { hasText: 'Evaluate again' }).click();
    frame = await editor.webview('.heatmap > canvas', 60_000);
    await frame.locator('.title', { hasText: 'bias' }).waitFor();
    assert.deepEqual(await frame.locator('.facts .shape').innerText(), '(2, 4, 4)');
    await frame.locator('.readout', { hasText: 'bias[1, 1, 2] =' }).waitFor();
    assert.deepEqual([await frame.locator('[data-role=rowDim]').inputValue(), await frame.locator('[data-color=map]').inputValue()], ['2', 'cividis']);
    assert.match(await frame.locator('figure.active').innerText(), /^\[1, :, :\]$/);
  });

  it('has no console error and violates no content policy', () => {
    assert.deepEqual(editor.problems, []);
  });
});
