// "View Tensor" of a paused program as a person uses it: F5, the breakpoint, the menu of a variable, its numbers.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PACKAGES, whyNoDebugger } from '../editor/debugpy';
import { openEditor, type OpenEditor } from '../host/editor';
import { skip } from '../skip';
import { eventually } from './pixels';

const PROGRAM = `import numpy

def run():
    table = numpy.arange(6, dtype="float32").reshape(2, 3) / 2
    words = "no tensor"
    breakpoint()
    return table

run()
`;

/** What the Python extension contributes to debugging, and no more. */
const DEBUGGER = {
  name: 'debugpy-alone', publisher: 'tests', version: '1.0.0', engines: { vscode: '^1.100.0' },
  contributes: {
    breakpoints: [{ language: 'python' }],
    debuggers: [{ type: 'debugpy', label: 'debugpy', languages: ['python'], runtime: 'python3', program: path.join(PACKAGES, 'debugpy', 'adapter'), configurationAttributes: { launch: { properties: { program: { type: 'string' } } } } }],
  },
};

describe('the debugger of the editor', function () {
  this.timeout(240_000);
  let editor: OpenEditor;
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-debugger-'));
  const [workspace, extension] = [path.join(folder, 'workspace'), path.join(folder, 'tests.debugpy-alone-1.0.0')];

  before(async function () {
    const reason = await whyNoDebugger();
    if (reason !== null) skip(this, reason);
    mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
    mkdirSync(extension);
    writeFileSync(path.join(extension, 'package.json'), JSON.stringify(DEBUGGER));
    writeFileSync(path.join(workspace, 'program.py'), PROGRAM);
    const launch = { type: 'debugpy', request: 'launch', name: 'program', program: '${workspaceFolder}/program.py', console: 'internalConsole', env: { PYTHONPATH: PACKAGES } };
    writeFileSync(path.join(workspace, '.vscode', 'launch.json'), JSON.stringify({ version: '0.2.0', configurations: [launch] }));
    editor = await openEditor({ workspace, file: 'program.py', others: [extension], width: 1500, height: 950, settings: { 'debug.openDebug': 'openOnDebugBreak', 'debug.internalConsoleOptions': 'neverOpen' } });
  });

  after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows a variable of the paused program from its menu', async () => {
    const { page } = editor;
    // Until extensions have said what debuggers there are, F5 does nothing.
    await page.keyboard.press('Control+Shift+D');
    await page.locator('.start-debug-action-item', { hasText: 'program' }).waitFor();
    const toolbar = page.locator('.debug-toolbar');
    for (let tries = 0; tries < 4 && !(await toolbar.isVisible()); tries++) {
      await page.keyboard.press('F5');
      await toolbar.waitFor({ timeout: 20_000 }).catch(() => undefined);
    }
    const variable = page.locator('.debug-variables .monaco-list-row', { hasText: /^table/ }).first();
    await variable.waitFor({ timeout: 120_000 });
    await variable.click({ button: 'right' });
    const item = page.getByRole('menuitem', { name: /View Tensor/ });
    await item.waitFor();
    // A menu does not take the click that comes right behind its opening.
    await eventually(async () => {
      if (await item.isVisible()) await item.click();
      assert.ok(!(await item.isVisible()), 'the menu is still open');
    });
    const frame = await editor.webview('regular-table td');
    await frame.locator('.facts .title', { hasText: 'table' }).waitFor();
    const numbers = (): Promise<number[][]> => frame.locator('regular-table tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
    await eventually(async () => assert.deepEqual(await numbers(), [[0, 0.5, 1], [1.5, 2, 2.5]]));
    await frame.getByText(/in the debugger at program\.py:\d+/).waitFor();
    await editor.screenshot('debugger-view-tensor');
    await page.keyboard.press('Shift+F5');
  });
});
