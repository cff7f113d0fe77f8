// What is shown beside the code: shapes compared with git's HEAD, and whose interpreter is used.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { PythonEnvironments } from '../../src/editor/pythonEnvironment';
import type { PythonApi } from '../../src/editor/pythonEnvironment';
import { Shown } from './support';

const { executeCommand: run } = vscode.commands;

describe('shapes compared with the last commit', () => {
  let folder: string;

  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'shapelens-git-')); });
  after(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows both, and says where there is no commit', async () => {
    const file = path.join(folder, 'model.py');
    writeFileSync(file, 'import torch\nx = torch.zeros(2, 3)\n');
    const shown = await Shown.file(vscode.Uri.file(file));
    await shown.hovers('x', 'x =', /\(2, 3\)/);
    assert.equal(await run('shapelens.showShapeDiff'), undefined);
    const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder, stdio: 'ignore' });
    git('init');
    git('add', 'model.py');
    git('commit', '-m', 'first');
    await vscode.window.showTextDocument(shown.document);
    await shown.replace('zeros(2, 3)', 'zeros(2, 4)');
    const compared = await run<{ before: string; now: string }>('shapelens.showShapeDiff');
    assert.deepEqual(compared, { before: '<module>:\n    x: (2, 3) float32\n', now: '<module>:\n    x: (2, 4) float32\n' });
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.modified.scheme, 'shapelens');
    await vscode.window.showTextDocument(shown.document);
    await run('workbench.action.files.revert');
  });
});

describe('the interpreter', () => {
  it('is the one that the Python extension has chosen, by folder, and follows its changes', async () => {
    const [folder] = vscode.workspace.workspaceFolders!;
    const changed = new vscode.EventEmitter<void>();
    let prefix: string | undefined = '/somewhere/env';
    const api: PythonApi = { environments: {
      getActiveEnvironmentPath: () => ({ path: '/other/env2/bin/python' }),
      resolveEnvironment: () => Promise.resolve({ executable: prefix === undefined ? {} : { sysPrefix: prefix } }),
      onDidChangeActiveEnvironmentPath: changed.event,
    } };
    const environments = new PythonEnvironments(() => undefined, () => Promise.resolve(api));
    await environments.start();
    assert.deepEqual(environments.known, [{ folder: folder!.uri.toString(), environment: '/somewhere/env' }]);
    const told = new Promise<void>((resolve) => environments.onDidChange(resolve));
    prefix = undefined;
    changed.fire();
    await told;
    assert.deepEqual(environments.known, [{ folder: folder!.uri.toString(), environment: '/other/env2' }]);
    environments.dispose();
  });

  it('is looked for without the Python extension, and taken from the setting before all', async () => {
    const environments = new PythonEnvironments(() => undefined);
    await environments.start();
    assert.deepEqual(environments.known, []);
    environments.dispose();
    const packages = mkdtempSync(path.join(tmpdir(), 'shapelens-env-'));
    mkdirSync(path.join(packages, 'sizes_here'));
    writeFileSync(path.join(packages, 'sizes_here', '__init__.py'), 'import torch\ndef make():\n    return torch.zeros(6, 7)\n');
    const shown = await Shown.open('import sizes_here\nmade = sizes_here.make()\n');
    const configuration = vscode.workspace.getConfiguration('shapelens');
    assert.doesNotMatch(await shown.hover('made', 'made ='), /\(6, 7\)/);
    await configuration.update('environment', packages, vscode.ConfigurationTarget.Global);
    await shown.hovers('made', 'made =', /\(6, 7\) float32/);
    await configuration.update('environment', undefined, vscode.ConfigurationTarget.Global);
    await shown.close();
    rmSync(packages, { recursive: true, force: true });
  });
});
