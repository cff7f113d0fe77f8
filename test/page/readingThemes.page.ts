// Hints, lenses and hovers in the dark and the high-contrast theme: there, and told apart from the code by the theme's own colours.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

const CODE = 'import torch\n\n\ndef pool(x):\n    B, N, C = x.shape\n    mixed = x @ x.transpose(1, 2)\n    return mixed.mean(dim=1)\n\n\nout = torch.zeros(4, 6) + torch.zeros(5)\n';

for (const theme of ['Default Dark Modern', 'Default High Contrast']) {
  describe(`reading in ${theme}`, () => {
    let workspace: string;
    let editor: OpenEditor;

    before(async () => {
      workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-theme-'));
      writeFileSync(path.join(workspace, 'pool.py'), CODE);
      editor = await openEditor({ file: 'pool.py', workspace, settings: { 'workbench.colorTheme': theme }, width: 1000, height: 640 });
    });
    after(async () => {
      await editor?.close();
      rmSync(workspace, { recursive: true, force: true });
    });

    it('shows hints, lenses, the fault and the hover', async () => {
      const { page } = editor;
      await page.locator('.view-line', { hasText: '(B, N, C)' }).first().waitFor();
      await page.locator('.codelens-decoration', { hasText: 'trace with…' }).first().waitFor();
      await page.locator('.squiggly-error').first().waitFor();
      await editor.command('View: Focus First Editor Group');
      await page.keyboard.press('Control+G');
      const input = page.locator('.quick-input-widget input').first();
      await input.fill(':6:6');
      await input.press('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');

      await page.locator('.monaco-hover', { hasText: 'Steps' }).first().waitFor();
      await page.waitForTimeout(300);
      await editor.screenshot(`reading-${theme.toLowerCase().replaceAll(' ', '-')}`);
      // As text: the tests' own types know no page.
      const colors = await page.evaluate<{ hint: string; code: string }>(`(() => {
        const spans = [...document.querySelectorAll('.view-line span span')];
        const color = (span) => getComputedStyle(span).color;
        return { hint: color(spans.find((span) => span.textContent.includes('(B,'))), code: color(spans[0]) };
      })()`);
      assert.notEqual(colors.hint, colors.code);
    });

    it('has no console error', () => assert.deepEqual(editor.problems, []));
  });
}
