// The frame itself, from outside: a Markdown file is shown, webviews work, and nothing complains.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

describe('the served editor', () => {
  let workspace: string;
  let editor: OpenEditor;

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-smoke-'));
    writeFileSync(path.join(workspace, 'note.md'), '# A note\n\n```python\nimport torch\nx = torch.arange(2)\n```\n');
    editor = await openEditor({ file: 'note.md', workspace });
  });

  after(async () => {
    await editor?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  it('shows the file in a light theme', async () => {
    await editor.page.locator('.view-line', { hasText: 'torch.arange(2)' }).waitFor();
    await editor.page.locator('.monaco-workbench.vs:not(.vs-dark)').waitFor();
    assert.ok(statSync(await editor.screenshot('smoke-editor')).size > 10_000);
  });

  it('renders a webview (the preview that comes with VS Code)', async () => {
    await editor.command('Markdown: Open Preview to the Side');
    // A preview that is updated takes the place of the one before in another frame.
    const title = async (attempts: number): Promise<string> => {
      const preview = await editor.webview('h1#a-note');
      return preview.locator('h1#a-note').innerText().catch((error: unknown) => {
        if (attempts === 1 || !/detached/.test(String(error))) throw error;
        return title(attempts - 1);
      });
    };
    assert.equal(await title(3), 'A note');
    await editor.screenshot('smoke-webview');
  });

  it('has no console error and violates no content policy', () => {
    assert.deepEqual(editor.problems, []);
  });
});
