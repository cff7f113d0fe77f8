// Issue by issue what a reader of a post sees: inside the real extension host, through VS Code's own provider commands.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ready, until } from './support';

const POST = `# Distances

\`\`\`python
import torch

places = torch.arange(4)
gaps = places[None, :] - places[:, None]  # (1, 6) - (6, 1)
moved = gaps.permute(1, 0).contiguous()

def flat(x):
    return x.view(-1)

row = flat(moved)
\`\`\`
`;

function textOf(hovers: readonly vscode.Hover[]): string {
  return hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
}

describe('a post in the editor', () => {
  let document: vscode.TextDocument;
  const place = (text: string, within = text): vscode.Position => document.positionAt(POST.indexOf(within) + within.indexOf(text));
  const hover = (at: vscode.Position): Thenable<vscode.Hover[]> => vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);

  before(async () => {
    document = await vscode.workspace.openTextDocument({ language: 'markdown', content: POST });
    await vscode.window.showTextDocument(document);
    await ready();
  });

  after(async () => {
    await vscode.workspace.getConfiguration('shapelens').update('inlayHints', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('shows shape, dtype and the rule on hover', async () => {
    const text = textOf(await until('hover', () => hover(place('gaps')), (hovers) => textOf(hovers).includes('gaps:')));
    assert.match(text, /gaps: \(4, 4\) int64/);
    assert.match(text, /1, 4.*4, 1.*4, 4/);
  });

  it('shows the steps of a chain for what an assignment stores', async () => {
    const text = textOf(await until('hover', () => hover(place('moved')), (hovers) => textOf(hovers).includes('moved:')));
    assert.match(text, /\| `\.permute\(1, 0\)` \| \\\(4, 4\\\) int64 \|/);
    assert.match(text, /\.contiguous\(\)/);
  });

  it('shows nothing on prose', async () => {
    assert.equal(textOf(await hover(place('Distances'))), '');
  });

  it('has a lens above the block and above the function', async () => {
    const lenses = await until('lenses', () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri), (found) => (found?.length ?? 0) >= 3);
    const titles = lenses.map((lens) => lens.command?.title ?? '');
    assert.ok(titles.some((title) => /^x \(4, 4\) int64 → \(16,\) int64$/.test(title)), titles.join(' | '));
    assert.ok(titles.some((title) => title.includes('row (16,)')), titles.join(' | '));
    assert.ok(lenses.some((lens) => lens.command?.command === 'shapelens.evaluateExpression'));
  });

  it('has inlay hints off, at assignments, or everywhere', async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const labels = async (good: (count: number) => boolean): Promise<string[]> => {
      const hints = await until('hints', () => vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all), (found) => good(found?.length ?? 0));
      return hints.map((hint) => (typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('')));
    };
    const set = (mode: string): Thenable<void> => vscode.workspace.getConfiguration('shapelens').update('inlayHints', mode, vscode.ConfigurationTarget.Global);
    const assignments = await labels((count) => count > 0);
    assert.ok(assignments.includes(': (4, 4) int64'), assignments.join(' | '));
    await set('off');
    assert.deepEqual(await labels((count) => count === 0), []);
    await set('all');
    assert.ok((await labels((count) => count > assignments.length)).length > assignments.length);
    await set('assignments');
    await labels((count) => count === assignments.length);
  });

  it('underlines the comment that is wrong, and corrects it', async () => {
    const [diagnostic] = await until('diagnostics', () => Promise.resolve(vscode.languages.getDiagnostics(document.uri)), (found) => found.length > 0);
    assert.equal(diagnostic!.code, 'shape-comment-mismatch');
    assert.equal(diagnostic!.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(diagnostic!.message, /1, 4.*4, 1/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic!.range, vscode.CodeActionKind.QuickFix.value);
    const fix = actions.find((action) => action.title.startsWith('Correct the comment'));
    assert.ok(fix?.edit, actions.map((action) => action.title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /# \(1, 4\) - \(4, 1\)/);
    await until('no diagnostics', () => Promise.resolve(vscode.languages.getDiagnostics(document.uri)), (found) => found.length === 0);
  });

  it('evaluates the expression under the cursor', async () => {
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document)!;
    const at = document.positionAt(document.getText().indexOf('places[None'));
    editor.selection = new vscode.Selection(at, at);
    await vscode.window.showTextDocument(document, editor.viewColumn);
    const shown = await vscode.commands.executeCommand<{ name: string; shape: number[]; backend: string }[]>('shapelens.evaluateExpression');
    assert.deepEqual(shown.map(({ name, shape }) => [name, shape]), [['places', [4]]]);
    assert.match(shown[0]!.backend, /^(tensorflow|wasm|cpu)$/);
  });

  it('computes with what the setting names', async () => {
    const configuration = vscode.workspace.getConfiguration('shapelens');
    const backends: (string | undefined)[] = [];
    for (const backend of ['cpu', 'wasm']) {
      await configuration.update('backend', backend, vscode.ConfigurationTarget.Global);
      const editor = await vscode.window.showTextDocument(document);
      const at = document.positionAt(document.getText().indexOf('gaps ='));
      editor.selection = new vscode.Selection(at, at);
      backends.push((await vscode.commands.executeCommand<{ backend: string }[]>('shapelens.evaluateExpression'))[0]?.backend);
    }
    await configuration.update('backend', undefined, vscode.ConfigurationTarget.Global);
    assert.deepEqual(backends, ['cpu', 'wasm']);
  });

  it('evaluates what data decides the size of', async () => {
    const text = 'import torch\nx = torch.tensor([3.0, -1.0, 2.0])\nkept = x[x > 0]\nif kept.sum() > 4:\n    kept = kept.repeat(2)\ntotal = kept + 1\n';
    const script = await vscode.workspace.openTextDocument({ language: 'python', content: text });
    const editor = await vscode.window.showTextDocument(script);
    editor.selection = new vscode.Selection(script.positionAt(text.indexOf('total')), script.positionAt(text.indexOf('total')));
    const shown = await vscode.commands.executeCommand<{ name: string; shape: number[] }[]>('shapelens.evaluateExpression');
    assert.deepEqual(shown.map(({ name, shape }) => [name, shape]), [['total', [4]]]);
    await vscode.window.showTextDocument(script);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('follows an edit', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(place('4)', 'arange(4)'), place('4)', 'arange(4)').translate(0, 1)), '5');
    await vscode.workspace.applyEdit(edit);
    await until('hover', () => hover(place('gaps')), (hovers) => textOf(hovers).includes('(5, 5)'));
  });
});

describe('a plain-text post', () => {
  it('is traced once it is asked for', async () => {
    const text = POST.split('\n').filter((line) => !line.startsWith('```')).join('\n');
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: text });
    await vscode.window.showTextDocument(document);
    const at = document.positionAt(text.indexOf('gaps'));
    const hover = (): Thenable<vscode.Hover[]> => vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    assert.equal(textOf(await hover()), '');
    await vscode.commands.executeCommand('shapelens.traceDocument');
    await until('hover', hover, (hovers) => textOf(hovers).includes('gaps: (4, 4) int64'));
    // Then what is always traced: once, not twice.
    const script = await vscode.languages.setTextDocumentLanguage(document, 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(script.uri, new vscode.Range(0, 0, script.lineCount, 0), 'import torch\nx = torch.zeros(3)\n');
    await vscode.workspace.applyEdit(edit);
    const appended = new vscode.WorkspaceEdit();
    appended.insert(script.uri, new vscode.Position(1, 16), '4');
    await vscode.workspace.applyEdit(appended);
    const own = await until('hover', () => vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', script.uri, new vscode.Position(1, 0)), (hovers) => textOf(hovers).includes('x: (43,)'));
    assert.equal(textOf(own).match(/x: \(43,\) float32/g)!.length, 1, textOf(own));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
