// Notebooks: the cells are one module in the order in which they stand.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ready, until } from './support';

const { executeCommand: run } = vscode.commands;

describe('a notebook', () => {
  let notebook: vscode.NotebookDocument;
  const cell = (index: number): vscode.TextDocument => notebook.cellAt(index).document;
  const hover = async (index: number, text: string): Promise<string> => {
    const document = cell(index);
    const hovers = await run<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(document.getText().indexOf(text)));
    return hovers.flatMap((each) => each.contents.map((content) => (content as vscode.MarkdownString).value)).join('\n');
  };

  before(async () => {
    await ready();
    const code = (text: string): vscode.NotebookCellData => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# Sizes', 'markdown'),
      code('%matplotlib inline\nimport torch\nx = torch.zeros(4, 5)'),
      code('s = x.mean(-1)'),
      code('\ny = x - s'),
    ]));
    await vscode.window.showNotebookDocument(notebook);
  });
  after(() => run('workbench.action.revertAndCloseActiveEditor'));

  it('shows shapes in each cell, from the cells before', async () => {
    await until('hover', () => hover(2, 's ='), (text) => /s: \(4,\) float32/.test(text));
    await until('hover', () => hover(3, 'x'), (text) => /x: \(4, 5\) float32/.test(text));
  });

  it('has its hints and lenses at the cells that they belong to', async () => {
    const all = new vscode.Range(0, 0, 99, 0);
    const hints = await until('hints', () => run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', cell(1).uri, all), (found) => (found?.length ?? 0) > 0);
    assert.deepEqual(hints.map((hint) => [hint.label, hint.position.line]), [[': (4, 5) float32', 2]]);
    const lenses = await run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', cell(2).uri);
    assert.ok(lenses.some((lens) => lens.command?.title.includes('s (4,)')), JSON.stringify(lenses));
  });

  it('underlines the cell that is wrong, and mends it by an edit of another', async () => {
    const [found] = await until('diagnostics', () => Promise.resolve(vscode.languages.getDiagnostics(cell(3).uri)), (diagnostics) => diagnostics.length > 0);
    assert.equal(found!.range.start.line, 1);
    assert.deepEqual(vscode.languages.getDiagnostics(cell(1).uri), []);
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', cell(3).uri, found!.range, vscode.CodeActionKind.QuickFix.value);
    const fix = actions.find((action) => action.title.includes('keepdim'))!;
    assert.ok(await vscode.workspace.applyEdit(fix.edit!));
    assert.equal(cell(2).getText(), 's = x.mean(-1, keepdim=True)');
    await until('diagnostics', () => Promise.resolve(vscode.languages.getDiagnostics(cell(3).uri)), (diagnostics) => diagnostics.length === 0);
  });

  it('follows cells that change places', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(1, [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'x = "none yet"\nz = x', 'python')])]);
    await vscode.workspace.applyEdit(edit);
    await until('hover', () => hover(1, 'z'), (text) => /z: "none yet"/.test(text));
    const remove = new vscode.WorkspaceEdit();
    remove.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 2))]);
    await vscode.workspace.applyEdit(remove);
    const add = new vscode.WorkspaceEdit();
    add.set(notebook.uri, [vscode.NotebookEdit.insertCells(2, [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'z = x', 'python')])]);
    await vscode.workspace.applyEdit(add);
    await until('hover', () => hover(2, 'z'), (text) => /z: \(4, 5\) float32/.test(text));
  });

  it('is switched off and on as a whole', async () => {
    const cells = (): vscode.TextDocument[] => [1, 2].map(cell);
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
    await run('notebook.cell.edit');
    await until('the cell in the editor', () => Promise.resolve(vscode.window.activeTextEditor?.document), (document) => document === cell(1));
    await run('shapelens.stopTracing');
    assert.deepEqual(await Promise.all(cells().map(async (_, i) => hover(i + 1, i === 0 ? 'x' : 'z'))), ['', '']);
    await run('shapelens.traceDocument');
    await until('hover', () => hover(2, 'z'), (text) => /z: \(4, 5\) float32/.test(text));
  });

  it('is traced with chosen sizes or a call as one module', async () => {
    const editor = vscode.window.activeNotebookEditor!;
    editor.selection = new vscode.NotebookRange(2, 3);
    const answer = await run<{ ok: boolean }>('shapelens.traceWith', notebook.uri.toString(), { call: 'x.flatten()' });
    assert.equal(answer.ok, true);
    await run('shapelens.stopTraceWith', notebook.uri.toString());
  });
});
