// The extension as VS Code sees it: found by its manifest, activated, in a real extension host.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';
import { ready } from './support';

describe('activation', () => {
  it('finds Shapelens by its id, activates it, and does not wait for the language server', async () => {
    const extension = vscode.extensions.getExtension<Api>('shapelens.shapelens');
    assert.ok(extension, 'the extension shapelens.shapelens is not there');
    const api = await extension.activate();
    assert.equal(extension.isActive, true);
    await api.ready;
  });

  it('has loaded its small bundle first, and the language client with the rest', async () => {
    await ready();
    const loaded = (name: string): NodeModule | undefined => require.cache[path.join(vscode.extensions.getExtension('shapelens.shapelens')!.extensionPath, 'dist', name)];
    assert.ok(loaded('extension.js'), 'the bundle of activation is not in the cache of modules');
    assert.ok(loaded('deferred.js'));
    assert.ok(!/LanguageClient/.test(String((await vscode.workspace.fs.readFile(vscode.Uri.file(loaded('extension.js')!.filename))))), 'the language client is in the bundle of activation');
  });

  it('runs a command that is asked for before anything is loaded', async () => assert.ok(Array.isArray(await vscode.commands.executeCommand('shapelens.doctor'))));

  it('runs in a window that shows the workspace of the tests', () => {
    const [folder, ...more] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    assert.equal(more.length, 0);
    assert.match(folder.uri.fsPath, /shapelens-workspace-/);
  });
});
