// "Use Checkpoint…" in the real editor: chosen from the workspace's files, remembered, and what the viewer shows is what
// torch computes with it.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

const fixtures = path.join('test', 'project', 'checkpoint');
const text = (file: string): string => readFileSync(path.join(fixtures, file), 'utf8');
const expected = JSON.parse(text('expected.json')) as { out: number[] };
const code = text('model.py') + text('use.py');
const line = code.split('\n').indexOf('out = net(ids)') + 1;

describe('a checkpoint in the editor', function () {
  this.timeout(120_000);
  let editor: OpenEditor;
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-checkpoint-'));

  before(async () => {
    assert.ok(line > 0);
    writeFileSync(path.join(folder, 'model.py'), code);
    for (const file of ['parallel.pth', 'mismatched.safetensors']) copyFileSync(path.join(fixtures, file), path.join(folder, file));
    editor = await openEditor({ workspace: folder, file: 'model.py', width: 1500, height: 950 });
  });

  after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function use(entry: string): Promise<void> {
    await editor.command('Shapelens: Use Checkpoint');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click();
    await editor.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  it('is chosen from the files of the workspace, and says how it fits', async () => {
    await use('parallel.pth');
    await use('Show how parallel.pth fits');
    await editor.page.locator('.view-line', { hasText: 'parallel.pth: 26 of 26 values of net, named state_dict.module.' }).waitFor();
    await editor.screenshot('checkpoint-fits');
    await editor.page.locator('.tab', { hasText: 'model.py' }).click();
  });

  it('gives the values that torch computes, and says where they are from', async () => {
    const { page } = editor;
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+G');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(`:${line}:2`);
    await input.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await editor.command('Shapelens: Open Tensor Viewer');
    const frame = await editor.webview('regular-table td');
    assert.match(await frame.locator('.origin').innerText(), /\d+ parameters from parallel\.pth/);
    const rows = await frame.locator('regular-table tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
    rows.flat().forEach((value, i) => assert.ok(Math.abs(value - expected.out[i]!) < 2e-4, `${i}: ${value}, torch has ${expected.out[i]}`));
    assert.equal(rows.flat().length, 12);
    await editor.screenshot('checkpoint-values');
  });

  it('is remembered for the document, and can be shown and given up', async () => {
    await editor.page.locator('.tab', { hasText: 'model.py' }).click();
    await use('mismatched.safetensors');
    await use('Show how mismatched.safetensors fits');
    await editor.page.locator('.view-line', { hasText: 'head.weight has shape (3, 4) here, and head.weight has (5, 4) in the file' }).waitFor();
    await editor.page.locator('.tab', { hasText: 'model.py' }).click();
    await use('Stop using mismatched.safetensors');
    await editor.command('Shapelens: Use Checkpoint');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Browse' }).waitFor();
    assert.equal(await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Stop using' }).count(), 0);
    await editor.page.locator('.quick-input-widget input').first().press('Escape');
  });

  it('has no console error and violates no content policy', () => {
    assert.deepEqual(editor.problems, []);
  });
});
