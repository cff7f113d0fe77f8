// What needs more memory than the limit, in the real editor: the estimate is told, and it is for the reader to say.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

describe('a value above the memory limit', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-memory-'));
  let editor: OpenEditor;

  before(async () => {
    writeFileSync(path.join(folder, 'big.py'), 'import torch\n\nbig = torch.full((1000, 500), 2.5) + 1\n');
    mkdirSync(path.join(folder, '.vscode'));
    // Two tensors of 2 MB each.
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'shapelens.memoryLimit': 0.001 }));
    editor = await openEditor({ workspace: folder, file: 'big.py', width: 1300, height: 900 });
  });

  after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(): Promise<void> {
    const { page } = editor;
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+G');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(':3:1');
    await input.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await editor.command('Shapelens: Open Tensor Viewer');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /needs about 4 MB at once, and the limit is 1 MB; the peak is at torch\.add with \(1000, 500\) float32/);
  }

  it('is not computed where the reader does not want it', async () => {
    await ask();
    await editor.screenshot('memory-limit');
    await editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Cancel' }).click();
    await editor.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    await editor.page.waitForTimeout(500);
    assert.equal(await editor.page.locator('.notification-list-item-message', { hasText: 'could not be evaluated' }).count(), 0);
  });

  it('is computed where the reader does', async () => {
    await ask();
    await editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Evaluate Anyway' }).click();
    const frame = await editor.webview('regular-table td');
    assert.equal(await frame.locator('regular-table tbody td').first().innerText(), '3.5000');
    assert.deepEqual(editor.problems, []);
  });
});
