// Several folders in one window: each finds its own modules and follows its own settings.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../host/editor';

const MAIN = 'import torch\nfrom sizes import WIDTH\n\nmade = torch.zeros(2, WIDTH)\n';

describe('a window with several folders', () => {
  let workspace: string;
  let editor: OpenEditor;
  const line = (hasText: string): Promise<void> => editor.page.locator('.view-line', { hasText }).first().waitFor();

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shapelens-folders-'));
    for (const [folder, width] of [['one', 3], ['two', 5], ['off', 7]] as const) {
      mkdirSync(path.join(workspace, folder, '.vscode'), { recursive: true });
      writeFileSync(path.join(workspace, folder, `main_${folder}.py`), MAIN);
      writeFileSync(path.join(workspace, folder, 'sizes.py'), `WIDTH = ${width}\n`);
    }
    writeFileSync(path.join(workspace, 'off', '.vscode', 'settings.json'), JSON.stringify({ 'shapelens.enable': false }));
    writeFileSync(path.join(workspace, 'all.code-workspace'), JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }, { path: 'off' }] }));
    editor = await openEditor({ workspace, roots: 'all.code-workspace', file: path.join('one', 'main_one.py'), width: 1100, height: 600 });
  });
  after(async () => {
    await editor?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const open = async (file: string): Promise<void> => {
    const { page } = editor;
    await page.keyboard.press('Control+P');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(file);
    // The list is made again as more is found: a row is chosen, not whatever is the first when Enter comes.
    await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click();
    await page.locator('.tab.active', { hasText: file }).first().waitFor();
  };

  it('takes what a file imports from its own folder', async () => {
    await line(': (2, 3) float32');
    await open('main_two.py');
    await line(': (2, 5) float32');
  });

  it('is switched off in one folder alone', async () => {
    await open('main_off.py');
    await line('made = torch');
    await editor.page.waitForTimeout(2000);
    assert.equal(await editor.page.locator('.view-line', { hasText: '(2, 7)' }).count(), 0);
    await open('main_one.py');
    await line(': (2, 3) float32');
  });

  it('tells files of one name apart in the view of what is known', async () => {
    await editor.command('Shapelens: Count Shape Coverage of All Files');
    const view = editor.page.locator('.pane', { has: editor.page.locator('.pane-header', { hasText: 'Shape Coverage' }) });
    // Those of the folder where it is switched off are not among them.
    await view.getByText(/^4 of 4 files: /).waitFor();
    for (const folder of ['one', 'two']) {
      await view.locator('.monaco-list').first().press(folder === 'one' ? 'Home' : 'End');
      await view.locator('.monaco-list-row', { hasText: new RegExp(`^sizes\\.py.*${folder}$`) }).waitFor();
    }
    await editor.screenshot('folders-coverage');
  });

  it('has no console error', () => assert.deepEqual(editor.problems, []));
});
