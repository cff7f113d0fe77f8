// Files of tensors in the real editor: the list, the keyboard, the viewer's pixels and numbers against what torch wrote.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { readAll } from '../../src/tensorfiles/read';
import { domainOf } from '../../src/webview/domain';
import { openEditor, type OpenEditor } from '../host/editor';
import { checkpoint, npy, pickle, reduce } from '../tensorfiles/pickles';
import { assertColors, colorsIn, eventually } from './pixels';

const fixtures = path.join('test', 'tensorfiles', 'fixtures');
const shards = path.join('test', 'project', 'checkpoint', 'shards');
interface Expected { readonly tensors: Record<string, { readonly dtype: string; readonly shape: number[]; readonly values: number[] }> }
const expected = (JSON.parse(readFileSync(path.join(fixtures, 'expected.json'), 'utf8')) as { files: Record<string, Expected> }).files;
const FILES = ['model.safetensors', 'f4-big.npy', 'fortran.npy', 'stored.npz', 'checkpoint.ckpt', 'unreadable.npz', 'scalar.npy'];

describe('files of tensors in the editor', function () {
  this.timeout(120_000);
  let editor: OpenEditor;
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-files-'));

  before(async () => {
    for (const file of FILES) copyFileSync(path.join(fixtures, file), path.join(folder, file));
    for (const file of readdirSync(shards).filter((name) => name.startsWith('pytorch'))) copyFileSync(path.join(shards, file), path.join(folder, file));
    writeFileSync(path.join(folder, 'bomb.pt'), checkpoint(pickle(reduce('os', 'system', 'echo hacked'))));
    copyFileSync(path.join(fixtures, 'model.safetensors'), path.join(folder, 'cut.safetensors'));
    truncateSync(path.join(folder, 'cut.safetensors'), 500);
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4096, 4096), }".padEnd(117) + '\n';
    const values = new Float32Array(4096 * 4096);
    for (let i = 0; i < values.length; i++) values[i] = (i % 4096) / 4096 - Math.floor(i / 4096) / 4096;
    writeFileSync(path.join(folder, 'large.npy'), Buffer.concat([npy(header), new Uint8Array(values.buffer)]));
    editor = await openEditor({ workspace: folder, width: 1400, height: 900 });
  });

  after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a file as a person does, and gives the frame of its editor. */
  async function open(file: string, selector: string): Promise<Frame> {
    const { page } = editor;
    await page.keyboard.press('Control+P');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(file);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click();
    return editor.webview(selector);
  }

  const numbers = (frame: Frame): Promise<number[][]> => frame.locator('regular-table tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
  const rounded = (values: readonly number[], width: number): number[][] => Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width).map((value) => Number(value.toFixed(4))));

  /** The picture of a matrix has in each cell the colour of its value; cells that hold a number are looked at near their corner. */
  async function assertPicture(frame: Frame, values: readonly number[], cols: number, what: string): Promise<void> {
    const rows = values.length / cols;
    const wanted = colorsIn(domainOf({ min: Math.min(...values), max: Math.max(...values) }, true), values);
    await eventually(async () => {
      const colors = await frame.locator('.heatmap > canvas').first().evaluate((element, [height, width]) => {
        const canvas = element as unknown as { width: number; height: number; getContext(type: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } };
        return Array.from({ length: height! * width! }, (_, i) => [...canvas.getContext('2d').getImageData(Math.floor(((i % width!) + 0.1) * canvas.width / width!), Math.floor((Math.floor(i / width!) + 0.1) * canvas.height / height!), 1, 1).data].slice(0, 3));
      }, [rows, cols]);
      assertColors(colors, wanted, what);
    });
  }

  it('an array alone is shown at once, whatever its byte order', async () => {
    const frame = await open('f4-big.npy', 'regular-table td');
    assert.deepEqual(await numbers(frame), [[0, 1, 2], [3, 4, 5]]);
    await assertPicture(frame, [0, 1, 2, 3, 4, 5], 3, 'f4-big.npy');
    assert.equal(await frame.locator('#tensors').isVisible(), false);
    assert.match(await frame.locator('.origin').innerText(), /read from the file/);
    await editor.screenshot('tensor-file-npy');
    await editor.command('View: Close Editor');
  });

  it('a file of several lists them, and Enter shows one', async () => {
    const frame = await open('model.safetensors', '.row');
    assert.deepEqual(await frame.locator('.row .name').allTextContents(), ['embed.weight', 'layers.0.attn.qkv.bias', 'layers.0.attn.qkv.weight']);
    assert.match(await frame.locator('.overview').innerText(), /3 tensors · 88 elements/);
    await editor.screenshot('tensor-file-overview');
    await frame.locator('input[type=search]').fill('qkv weight');
    assert.equal(await frame.locator('.count').innerText(), '1 of 3 tensors');
    await frame.locator('input[type=search]').press('Enter');
    await frame.locator('regular-table td').first().waitFor();
    const { values } = expected['model.safetensors']!.tensors['layers.0.attn.qkv.weight']!;
    assert.deepEqual(await numbers(frame), rounded(values, 4));
    await assertPicture(frame, values, 4, 'model.safetensors');
    await frame.locator('input[type=search]').press('Escape');
    await frame.locator('.rows').focus();
    await frame.locator('.rows').press('Home');
    await frame.locator('.rows').press('Control+Enter');
    await frame.locator('[role=tab]', { hasText: 'embed.weight' }).waitFor();
    assert.deepEqual(await frame.locator('[role=tab]').allTextContents(), ['layers.0.attn.qkv.weight', 'embed.weight']);
    await editor.screenshot('tensor-file-chosen');
  });

  it('what was chosen is there again when the editor comes back', async () => {
    const archive = await open('stored.npz', '.row >> text=fortran');
    await archive.locator('input[type=search]').fill('f4-big');
    await archive.locator('input[type=search]').press('Enter');
    await archive.locator('.facts h1', { hasText: 'f4-big' }).waitFor();
    await assertPicture(archive, [0, 1, 2, 3, 4, 5], 3, 'stored.npz');
    const frame = await open('model.safetensors', '[role=tab]');
    await frame.locator('regular-table td').first().waitFor();
    assert.match(await frame.locator('.facts h1').innerText(), /embed\.weight/);
    await editor.command('View: Close All Editors');
  });

  it('a file that is refused says what is wrong, where, and that nothing ran', async () => {
    const frame = await open('cut.safetensors', '.fault');
    assert.match(await frame.locator('.fault').innerText(), /cut\.safetensors cannot be shown\s+The header describes 352 bytes of data, and the file has \d+\.\s+Found at byte \d+/);
    await editor.screenshot('tensor-file-fault');
    await editor.command('View: Close All Editors');
  });

  it('a file that was cut short is shown as soon as it is whole', async () => {
    const frame = await open('cut.safetensors', '.fault');
    copyFileSync(path.join(fixtures, 'model.safetensors'), path.join(editor.workspace, 'cut.safetensors'));
    await frame.locator('.row', { hasText: 'embed.weight' }).waitFor();
    assert.equal(await frame.locator('.fault').count(), 0);
    await editor.command('View: Close All Editors');
  });

  /** A checkpoint opens as what it is, a binary file, until one chooses. */
  async function openByChoice(file: string, selector: string): Promise<Frame> {
    const { page } = editor;
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill(file);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click();
    await page.locator('.tab', { hasText: file }).waitFor();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await editor.command('View: Reopen Editor With...');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Shapelens Checkpoint' }).first().click();
    return editor.webview(selector);
  }

  it('a checkpoint is opened by choice', async () => {
    const frame = await openByChoice('checkpoint.ckpt', '.row');
    assert.match(await frame.locator('.overview').innerText(), /epoch\s+12/);
    await editor.screenshot('tensor-file-checkpoint');
    await editor.command('View: Close All Editors');
  });

  it('a checkpoint in several files is opened by its index, and each tensor is read from the file that has it', async () => {
    const frame = await openByChoice('pytorch_model.bin.index.json', '.row');
    assert.match(await frame.locator('.overview').innerText(), /26 tensors/);
    const whole = await openTensorPath(path.join(shards, '..', 'plain.safetensors'));
    try {
      // One of the first file, one of the second.
      for (const [name, width] of [['blocks.0.attn.qkv.weight', 4], ['embed.weight', 4]] as const) {
        await frame.locator('input[type=search]').fill(name);
        await frame.locator('input[type=search]').press('Enter');
        await frame.locator('.facts h1', { hasText: name }).waitFor();
        const values = [...await readAll(whole.tensors.find((tensor) => tensor.name === name)!, 1000)] as number[];
        await eventually(async () => assert.deepEqual(await numbers(frame), rounded(values, width)));
        await assertPicture(frame, values, width, name);
      }
    } finally {
      await whole.close();
    }
    await editor.screenshot('tensor-file-sharded');
    await editor.command('View: Close All Editors');
  });

  it('an index of which a file is missing names it', async () => {
    rmSync(path.join(editor.workspace, 'pytorch_model-00002-of-00002.bin'));
    const frame = await openByChoice('pytorch_model.bin.index.json', '.fault');
    assert.match(await frame.locator('.fault').innerText(), /pytorch_model-00002-of-00002\.bin/);
    await editor.command('View: Close All Editors');
  });

  it('a checkpoint with code in it is refused by the name of what it would run', async () => {
    const frame = await openByChoice('bomb.pt', '.fault');
    assert.match(await frame.locator('.fault').innerText(), /The file names os\.system, which is Python code .* it is refused, and nothing was executed\.\s+Found at byte 2 of archive\/data\.pkl/);
    await editor.screenshot('tensor-file-refused');
    await editor.command('View: Close All Editors');
  });

  it('of a file with sixteen million elements only what is seen is read at first', async () => {
    const frame = await open('large.npy', 'regular-table td');
    assert.deepEqual((await numbers(frame))[0]!.slice(0, 3), [0, 0.0002, 0.0005]);
    await frame.locator('.statistics th', { hasText: /^all$/ }).waitFor();
    assert.match(await frame.locator('.statistics').innerText(), /-0\.9998\s+0\.9998/);
    await editor.screenshot('tensor-file-large');
  });

  it('has no console error and violates no content policy', () => {
    assert.deepEqual(editor.problems, []);
  });
});
