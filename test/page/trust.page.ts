// A folder that the reader has not trusted: the code is read all the same, what the folder's settings say is not followed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

describe('a workspace that is not trusted', () => {
  let workspace: string;
  let packages: string;
  let editor: OpenEditor;
  const text = (selector: string, hasText: string | RegExp): Promise<void> => editor.page.locator(selector, { hasText }).first().waitFor();

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-trust-'));
    packages = mkdtempSync(path.join(tmpdir(), 'shapelens-packages-'));
    mkdirSync(path.join(packages, 'elsewhere'));
    writeFileSync(path.join(packages, 'elsewhere', '__init__.py'), 'import torch\ndef make():\n    return torch.zeros(6, 7)\n');
    mkdirSync(path.join(workspace, '.vscode'));
    writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'shapelens.environment': packages }));
    writeFileSync(path.join(workspace, 'model.py'), 'import torch\nimport elsewhere\n\nknown = torch.zeros(2, 3)\nmade = elsewhere.make()\n');
    editor = await openEditor({ file: 'model.py', workspace, trust: true, width: 1200, height: 700 });
  });
  after(async () => {
    await editor?.close();
    for (const folder of [workspace, packages]) rmSync(folder, { recursive: true, force: true });
  });

  it('is in restricted mode, and shapes are shown', async () => {
    await text('.statusbar-item', 'Restricted Mode');
    await text('.view-line', ': (2, 3) float32');
    await text('.statusbar-item', /\d+ unknown/);
    await editor.screenshot('reading-restricted');
  });

  it('does not follow the environment that the folder names, until it is trusted', async () => {
    assert.equal(await editor.page.locator('.view-line', { hasText: '(6, 7)' }).count(), 0);
    await editor.command('Workspaces: Manage Workspace Trust');
    await editor.page.locator('.workspace-trust-editor').getByText('Trust', { exact: true }).first().click();
    await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await editor.page.keyboard.press('Escape');
    await text('.view-line', ': (6, 7) float32');
  });
});
