// Reading code as a person does: quick picks, status bar, lenses and hints on the screen of the served editor.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

const CODE = `import torch
from torch import nn


class Mix(nn.Module):
    """Mixes tokens. B_ = 256, N = 49."""

    def __init__(self, dim=96, heads=3):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        B_, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B_, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1)
        return scores.softmax(dim=-1)
`;

describe('reading in the served editor', () => {
  let workspace: string;
  let editor: OpenEditor;
  const text = (selector: string, hasText: string | RegExp): Promise<void> => editor.page.locator(selector, { hasText }).first().waitFor();

  /** By keyboard alone, as `line:column`. */
  const hoverAt = async (place: string): Promise<void> => {
    const { keyboard } = editor.page;
    await editor.command('View: Focus First Editor Group');
    await keyboard.press('Control+G');
    const input = editor.page.locator('.quick-input-widget input').first();
    await input.fill(`:${place}`);
    await input.press('Enter');
    await editor.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await keyboard.press('Control+K');
    await keyboard.press('Control+I');
  };

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-reading-'));
    writeFileSync(path.join(workspace, 'mix.py'), CODE);
    writeFileSync(path.join(workspace, 'loader.py'), 'import torch\nimport nowhere\n\nx = torch.zeros(2, 3)\n\n\ndef load():\n    a = nowhere.load(x)\n    return a + 1\n');
    editor = await openEditor({ file: 'mix.py', workspace, width: 1300, height: 800 });
  });
  after(async () => {
    await editor?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  it('shows lenses, hints and the status bar item', async () => {
    await text('.codelens-decoration', 'trace with…');
    await text('.view-line', '(B_, heads, N, N)');
    await text('.statusbar-item', '0 unknown');
    await editor.screenshot('reading-symbols');
  });

  it('asks for sizes with the numbers that the document suggests, by keyboard alone', async () => {
    await editor.command('Shapelens: Trace With…');
    await text('.quick-input-list .monaco-list-row', 'N = 49');
    await text('.quick-input-list .monaco-list-row', 'from the docstring');
    await text('.quick-input-list .monaco-list-row', 'default 3');
    await editor.page.waitForTimeout(500);
    await editor.screenshot('reading-trace-with');
    const { keyboard } = editor.page;
    await keyboard.type('heads = 3');
    await keyboard.press('Enter');
    await text('.quick-input-title', 'The size of heads');
    await keyboard.press('Control+A');
    await keyboard.type('six');
    await text('.quick-input-message', 'whole number');
    await keyboard.press('Control+A');
    await keyboard.type('6');
    await keyboard.press('Enter');
    await text('.quick-input-list .monaco-list-row', 'heads = 6');
    await keyboard.type('Trace with these');
    await keyboard.press('Enter');
    await text('.view-line', '= (256, 6, 49, 49)');
    await text('.statusbar-item', 'heads = 6');
    await editor.screenshot('reading-numbers');
  });

  it('remembers the sizes of the file when the window is loaded again', async () => {
    await editor.page.reload();
    await text('.view-line', '= (256, 6, 49, 49)');
    await text('.statusbar-item', 'heads = 6');
  });

  it('hovers with links that show steps and reasons', async () => {
    const { page } = editor;
    await hoverAt('16:9');
    await text('.monaco-hover', 'matmul');
    await editor.screenshot('reading-hover');
    await page.locator('.monaco-hover a', { hasText: /^Steps$/ }).first().click();
    await text('.view-line', 'with the chosen sizes');
    await text('.view-line', '14.8 MB');
    await editor.screenshot('reading-steps');
    await hoverAt('16:9');
    await page.locator('.monaco-hover a', { hasText: /^N$/ }).first().click();
    await text('.quick-input-title', 'Why is this N?');
    await text('.quick-input-list .monaco-list-row', 'B_, N, C = x.shape');
    // The picker fades in.
    await page.waitForTimeout(500);
    await editor.screenshot('reading-why');
    await page.keyboard.press('Escape');
  });

  it('has a view of what is known and why the rest is not', async () => {
    await editor.command('Shapelens: Show Shape Coverage');
    const { page } = editor;
    const row = (hasText: string | RegExp): ReturnType<typeof page.locator> => page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Shape Coverage' }) }).locator('.monaco-list-row', { hasText }).first();
    await row('loader.py').click();
    await row(/top.level.*known/).waitFor();
    // What the row of the file says is known only once it was looked into.
    await row(/^loader\.py.*\d+ of \d+ known$/).waitFor();
    await row(/^load(?!er)/).click();
    await page.keyboard.press('ArrowRight');
    await row(/nowhere/).waitFor();
    await editor.screenshot('reading-coverage');
    await text('.monaco-editor .view-line', 'def load');
  });

  it('counts what is known in all files', async () => {
    await editor.command('Shapelens: Count Shape Coverage of All Files');
    const view = editor.page.locator('.pane', { has: editor.page.locator('.pane-header', { hasText: 'Shape Coverage' }) });
    await view.getByText(/^2 of 2 files: \d+ of \d+ known$/).waitFor();
    for (const name of ['mix', 'loader']) await view.locator('.monaco-list-row', { hasText: new RegExp(`^${name}\\.py.*known$`) }).waitFor();
    await editor.screenshot('reading-coverage-counted');
  });

  it('counts anew what is saved, and all when it is refreshed', async () => {
    const { page } = editor;
    const view = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Shape Coverage' }) });
    await page.locator('.tab', { hasText: 'loader.py' }).first().click();
    await editor.command('View: Focus First Editor Group');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('import torch\nx = torch.zeros(2, 3)\n');
    await page.keyboard.press('Control+S');
    await view.locator('.monaco-list-row', { hasText: /^loader\.py.*all \d+ known$/ }).waitFor();
    await editor.command('Shapelens: Refresh Shape Coverage');
    await view.getByText(/ of 2 files: /).waitFor({ state: 'detached' });
    // What is opened out is traced again.
    await view.locator('.monaco-list-row', { hasText: /^loader\.py.*all \d+ known$/ }).waitFor();
  });

  it('stops', async () => {
    await editor.page.locator('.tab', { hasText: 'mix.py' }).first().click();
    await editor.command('Shapelens: Stop Tracing With Sizes or a Call');
    await text('.codelens-decoration', 'trace with…');
    await editor.page.locator('.view-line', { hasText: '= (256, 6, 49, 49)' }).waitFor({ state: 'detached' });
  });

  it('offers of its commands what can be done there', async () => {
    const { page } = editor;
    const offered = async (): Promise<string[]> => {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill('>Shapelens: ');
      await text('.quick-input-list .monaco-list-row', 'Shapelens: Doctor');
      const found = new Set<string>();
      for (let pages = 0; pages < 3; pages++) {
        for (const title of await page.locator('.quick-input-list .monaco-list-row .label-name', { hasText: 'Shapelens: ' }).allInnerTexts()) found.add(title.replace('Shapelens: ', ''));
        await page.keyboard.press('PageDown');
        await page.waitForTimeout(200);
      }
      await page.keyboard.press('Escape');
      return [...found];
    };
    const there = await offered();
    for (const title of ['Trace With…', 'Copy Shape', 'Restore Lost Newlines and Indentation']) assert.ok(there.includes(title), there.join(' | '));
    assert.ok(!there.includes('Trace This Document') && !there.includes('Stop Tracing With Sizes or a Call') && !there.includes('View Tensor of the Debugger'), there.join(' | '));
    await editor.command('View: Close All Editors');
    await page.locator('.tab').first().waitFor({ state: 'detached' });
    assert.deepEqual((await offered()).sort(), ['Count Shape Coverage of All Files', 'Doctor: What Computes Values', 'Provision TensorFlow', 'Refresh Shape Coverage', 'Report Problem', 'Restart Server', 'Show Output', 'Show Shape Coverage']);
  });

  it('has no console error and violates no content policy', () => assert.deepEqual(editor.problems, []));
});
