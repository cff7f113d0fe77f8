// The commands of the palette, in the extension host: switches, the server's end and restart, reports.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';
import { serverProcess, Shown, until } from './support';

const CODE = `import torch
import math

unused = math.sqrt(2)
a = torch.zeros(2, 3)
b = a.t() @ a
print(b)
`;
const { executeCommand: run } = vscode.commands;
const api = (): Api => vscode.extensions.getExtension<Api>('shapelens.shapelens')!.exports;

describe('commands', () => {
  let shown: Shown;

  before(async () => {
    shown = await Shown.open(CODE);
    await shown.hovers('b', 'b =', /\(3, 3\)/);
  });
  after(() => shown.close());

  it('are all there under one category, and every one that takes a place is offered where there is one', async () => {
    const { contributes } = vscode.extensions.getExtension('shapelens.shapelens')!.packageJSON as { contributes: { commands: { command: string; category: string; title: string }[]; menus: { commandPalette: { command: string; when: string }[] } } };
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command, category } of contributes.commands) {
      assert.ok(registered.has(command), `${command} is contributed but not registered`);
      assert.match(category, /^Shapelens$|^%category%$/);
    }
    const conditions = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
    assert.equal(conditions.get('shapelens.copyShape'), 'shapelens.isTraced');
  });

  it('copy the shape under the cursor', async () => {
    await shown.select('b', 'b =');
    assert.equal(await run('shapelens.copyShape'), '(3, 3)');
    assert.equal(await vscode.env.clipboard.readText(), '(3, 3)');
    await shown.select('math', 'import math');
    assert.equal(await run('shapelens.copyShape'), undefined);
  });

  it('say in the status bar how much is unknown', async () => {
    await until('status', () => Promise.resolve(api().status()), (text) => text === '$(symbol-ruler) 0 unknown' || /^\$\(symbol-ruler\) \w+ · 0 unknown$/.test(text));
  });

  it('stop tracing a document and take it up again', async () => {
    await vscode.window.showTextDocument(shown.document);
    await run('shapelens.stopTracing');
    await until('no hover', () => shown.hover('b', 'b ='), (text) => text === '');
    await until('no hints', () => shown.hints(), (hints) => hints.length === 0);
    await shown.replace('zeros(2, 3)', 'zeros(2, 4)');
    await run('shapelens.traceDocument');
    await shown.hovers('b', 'b =', /\(4, 4\)/);
    await shown.replace('zeros(2, 4)', 'zeros(2, 3)');
    await shown.hovers('b', 'b =', /\(3, 3\)/);
  });

  it('are switched off by the setting, for all or for one language', async () => {
    const configuration = vscode.workspace.getConfiguration('shapelens');
    await configuration.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await until('no hover', () => shown.hover('b', 'b ='), (text) => text === '');
    await configuration.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await shown.hovers('b', 'b =', /\(3, 3\)/);
    const forPython = vscode.workspace.getConfiguration('shapelens', { languageId: 'python' });
    await forPython.update('enable', false, vscode.ConfigurationTarget.Global, true);
    await until('no hover', () => shown.hover('b', 'b ='), (text) => text === '');
    await forPython.update('enable', undefined, vscode.ConfigurationTarget.Global, true);
    await shown.hovers('b', 'b =', /\(3, 3\)/);
  });

  it('report a problem with the least code, and send nothing', async () => {
    await shown.select('b', 'b =');
    const report = await run<string>('shapelens.reportProblem');
    assert.match(report, /b: \(3, 3\) float32/);
    assert.match(report, /```python\nimport torch\na = torch\.zeros\(2, 3\)\nb = a\.t\(\) @ a\n```/);
    assert.doesNotMatch(report, /math|print/);
    assert.match(report, /\n- Status: \d+ unknown\n/);
    await until('the report', () => Promise.resolve(vscode.window.activeTextEditor?.document.getText()), (text) => text === report);
    await run('workbench.action.revertAndCloseActiveEditor');
  });

  it('say what computes values', async () => {
    const lines = await run<string[]>('shapelens.doctor');
    assert.match(lines[0]!, /^Values are evaluated with /);
  });

  it('restart the server, which keeps what was chosen', async () => {
    const before = serverProcess();
    assert.ok(before !== null);
    await run('shapelens.restartServer');
    await shown.hovers('b', 'b =', /\(3, 3\)/);
    assert.notEqual(serverProcess(), before);
  });

  it('start a server that ends five times, then say so, until the reader restarts it', async () => {
    for (let n = 1; n <= 6; n++) {
      const pid = await until(`server ${n}`, () => Promise.resolve(serverProcess()), (found) => found !== null);
      await shown.hovers('b', 'b =', /\(3, 3\)/);
      process.kill(pid!, 'SIGKILL');
      await until('its end', () => Promise.resolve(serverProcess()), (found) => found !== pid);
    }
    await until('status', () => Promise.resolve(api().status()), (text) => text === '$(error) Shapelens has stopped');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(serverProcess(), null);
    await run('shapelens.restartServer');
    await shown.hovers('b', 'b =', /\(3, 3\)/);
    await until('status', () => Promise.resolve(api().status()), (text) => text.includes('unknown'));
  });
});
