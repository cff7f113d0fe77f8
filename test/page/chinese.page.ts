// A Chinese session: what Shapelens says is Chinese, from the palette to the hover; shapes and code stay as they are.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

const CODE = 'import torch\n\n\ndef pool(x):\n    B, N, C = x.shape\n    mixed = x @ x.transpose(1, 2)\n    return mixed.mean(dim=1)\n\n\nout = torch.zeros(4, 6) + torch.zeros(5)\n';

describe('a Chinese session', () => {
  let workspace: string;
  let editor: OpenEditor;
  const text = (selector: string, hasText: string | RegExp): Promise<void> => editor.page.locator(selector, { hasText }).first().waitFor();

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-chinese-'));
    writeFileSync(path.join(workspace, 'pool.py'), CODE);
    editor = await openEditor({ file: 'pool.py', workspace, language: 'zh-cn', width: 1100, height: 700 });
  });
  after(async () => {
    await editor?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  it('has Chinese lenses, status and view', async () => {
    await text('.codelens-decoration', '指定条件跟踪…');
    await text('.statusbar-item', /未知/);
    await text('.pane-header', '形状');
  });

  it('explains rules and faults in Chinese, and leaves shapes and names as they are', async () => {
    const { page } = editor;
    const hoverAt = async (place: string): Promise<void> => {
      await page.keyboard.press('Escape');
      await editor.command('View: Focus First Editor Group');
      await page.keyboard.press('Control+G');
      await page.keyboard.type(place);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
    };
    await hoverAt('6:6');
    await text('.monaco-hover', 'matmul 收缩 C：(B, N, C), (B, C, N) → (B, N, N)');
    await editor.screenshot('reading-chinese');
    await page.locator('.monaco-hover a', { hasText: '步骤' }).first().waitFor();
    await hoverAt('10:25');
    await text('.monaco-hover', /无法广播：第 -1 维的大小是 6 和 5/);
  });

  it('has no console error', () => assert.deepEqual(editor.problems, []));
});
