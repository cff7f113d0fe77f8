// The extension as VS Code sees it: found by its manifest, activated, in a real extension host.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('finds Shapelens by its id and activates it', async () => {
    const extension = vscode.extensions.getExtension('shapelens.shapelens');
    assert.ok(extension, 'the extension shapelens.shapelens is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs in a window that shows the workspace of the tests', () => {
    const [folder, ...more] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    assert.equal(more.length, 0);
    assert.match(folder.uri.fsPath, /shapelens-workspace-/);
  });
});
