// Fixes and shape comments in the editor: offered, applied, and traced again.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Shown, until } from './support';

const CODE = `import torch

def scale(x):
    B, N, C = x.shape
    mean = x.flatten(1)
    return mean

x = torch.zeros(4, 5)
y = x / x.sum(dim=1)
`;
const { executeCommand: run } = vscode.commands;

describe('fixes in the editor', () => {
  let shown: Shown;

  before(async () => {
    shown = await Shown.open(CODE);
  });
  after(() => shown.close());

  const actions = (diagnostic: vscode.Diagnostic): Thenable<vscode.CodeAction[]> => run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', shown.document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value);

  it('keep the reduced dim, after which nothing is wrong', async () => {
    const [diagnostic] = await shown.diagnostics((found) => found.length === 1);
    const [fix] = await actions(diagnostic!);
    assert.match(fix!.title, /keepdim=True/);
    assert.equal(fix!.isPreferred, true);
    assert.ok(await vscode.workspace.applyEdit(fix!.edit!));
    assert.match(shown.document.getText(), /x\.sum\(dim=1, keepdim=True\)/);
    await shown.diagnostics((found) => found.length === 0);
    await shown.hovers('y', 'y =', /\(4, 5\)/);
  });

  it('suppress what the reader does not want to see', async () => {
    await shown.replace(', keepdim=True', '');
    const [diagnostic] = await shown.diagnostics((found) => found.length === 1);
    const suppress = (await actions(diagnostic!)).find((action) => action.title.startsWith('Suppress'))!;
    assert.ok(await vscode.workspace.applyEdit(suppress.edit!));
    assert.match(shown.document.getText(), /# shapelens: ignore\[broadcast-mismatch\]/);
    await shown.diagnostics((found) => found.length === 0);
  });

  it('write shape comments in the function at the cursor, then in the document, and correct them', async () => {
    await shown.select('mean', 'mean =');
    await run('shapelens.insertShapeCommentsInFunction');
    await until('comment', () => Promise.resolve(shown.document.getText()), (text) => text.includes('mean = x.flatten(1)  # (B, N*C)'));
    assert.doesNotMatch(shown.document.getText(), /# \(4, 5\)/);
    await run('shapelens.insertShapeComments');
    await until('comment', () => Promise.resolve(shown.document.getText()), (text) => text.includes('x = torch.zeros(4, 5)  # (4, 5)'));
    await shown.replace('zeros(4, 5)', 'zeros(6, 5)');
    await shown.diagnostics((found) => found.some((each) => each.code === 'shape-comment-mismatch'));
    await run('shapelens.updateShapeComments');
    await until('comment', () => Promise.resolve(shown.document.getText()), (text) => text.includes('x = torch.zeros(6, 5)  # (6, 5)'));
  });
});
