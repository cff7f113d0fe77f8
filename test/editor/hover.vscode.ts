// Hover in the editor: links that only show something, and what they open.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Shown, until } from './support';

const CODE = `import torch

def scores(x, table):
    B_, N, C = x.shape
    q = x.transpose(1, 2)
    return (x @ q + table)  # [run](command:workbench.action.quit)

out = scores(torch.zeros(8, 49, 96), torch.zeros(49, 49))
if False:
    late = out.mean(0) if out.dim() == 3 else out.flatten()
part = out[:, 0]

def made():
    return torch.zeros(2, 3)

ours = made()
`;
const { executeCommand: run } = vscode.commands;

describe('hover in the editor', () => {
  let shown: Shown;
  const hovers = (part: string, within: string): Thenable<vscode.Hover[]> => run<vscode.Hover[]>('vscode.executeHoverProvider', shown.document.uri, shown.at(part, within));

  before(async () => {
    shown = await Shown.open(CODE);
    await shown.hovers('out', 'out =', /\(8, 49, 49\)/);
  });
  after(async () => {
    await shown.close();
    await run('workbench.action.closeAllEditors');
  });

  it('may run the two commands that show something, and no other', async () => {
    const contents = (await hovers('q', 'q + table'))[0]!.contents[0] as vscode.MarkdownString;
    assert.deepEqual(contents.isTrusted, { enabledCommands: ['shapelens.showSteps', 'shapelens.showWhy'] });
    assert.ok(!contents.supportHtml);
    assert.match(contents.value, /\[Steps\]\(command:shapelens\.showSteps/);
    assert.doesNotMatch(contents.value, /workbench/);
  });

  it('says on the name of what is called what the call makes', async () => {
    assert.match(await shown.hover('transpose', 'x.transpose'), /x\.transpose\(1, 2\): \(8, 96, 49\) float32/);
    assert.match(await shown.hover('scores', 'scores(torch'), /\(8, 49, 49\) float32/);
    assert.match(await shown.hover('zeros', 'torch.zeros(49'), /torch\.zeros\(49, 49\): \(49, 49\) float32/);
  });

  it('says what an index picks, in words', async () => {
    assert.match(await shown.hover('part', 'part ='), /part: \(8, 49\) float32[^]*\\\[…\\\] picks a part: /);
  });

  it('has a lens without inputs for what takes no tensor', async () => {
    await until('lens', () => shown.lenses(), (lenses) => lenses.some((lens) => lens.command?.title === '→ (2, 3) float32' || lens.command?.title === '→ (2, 3)'));
  });

  it('says what code would be that is not run, and what that assumes', async () => {
    assert.match(await shown.hover('late', 'late ='), /late: \(49, 49\) float32[^]*≈ assumes that \[False\]\([^)]*#L9,4\) holds; here it never does/);
    assert.match(await shown.hover('flatten', 'out.flatten()'), /≈ assumes that/);
  });

  it('has a lens that evaluates what a function returns, and none where lenses are off', async () => {
    const evaluate = async (): Promise<vscode.CodeLens[]> => (await shown.lenses()).filter((lens) => lens.command?.title === 'evaluate' && lens.range.start.line === 2);
    const [lens] = await until('lens', evaluate, (found) => found.length === 1);
    const values = await run<{ shape: number[] }[]>(lens!.command!.command, ...lens!.command!.arguments!);
    assert.deepEqual(values.map(({ shape }) => shape), [[8, 49, 49]]);
    const configuration = vscode.workspace.getConfiguration('shapelens');
    await configuration.update('codeLens', false, vscode.ConfigurationTarget.Global);
    await until('no lenses', () => shown.lenses(), (lenses) => lenses.length === 0);
    await configuration.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    await until('lens', evaluate, (found) => found.length === 1);
  });

  it('opens the steps of the expression as a table that cannot be edited', async () => {
    const link = /command:shapelens\.showSteps\?([^ ]+) /.exec(await shown.hover('out', 'out ='))!;
    const table = await run<string>('shapelens.showSteps', ...JSON.parse(decodeURIComponent(link[1]!)) as unknown[]);
    assert.match(table, /^expression +shape +dtype +memory +line\n/);
    assert.ok(table.indexOf('shape') <= 36, 'beside the code there is room for some fifty characters');
    assert.match(table, /torch\.zeros\(8, 49, 96\) +\(8, 49, 96\) +float32 +150\.5 KB +8/);
    const editor = await until('the table', () => Promise.resolve(vscode.window.visibleTextEditors.find((each) => each.document.getText() === table)), (found) => found !== undefined);
    assert.equal(editor!.document.uri.scheme, 'shapelens');
    // Those of another expression take its place, in the same editor.
    const place = { start: shown.at('part', 'part ='), end: shown.at('part', 'part =') };
    const other = await run<string>('shapelens.showSteps', shown.document.uri.toString(), place);
    assert.notEqual(other, table);
    await until('the other table', () => Promise.resolve(editor!.document.getText()), (text) => text === other);
  });

  it('walks from a size back to where it was written', async () => {
    await shown.select('out', 'out =');
    const steps = await run<{ text: string; range: { start: { line: number; character: number } } | null }[]>('shapelens.showWhy', shown.document.uri.toString(), { start: shown.at('out', 'out ='), end: shown.at('out', 'out =') }, 2);
    const last = steps.at(-1)!.range!.start;
    assert.ok(shown.at('49', 'zeros(8, 49').isEqual(new vscode.Position(last.line, last.character)), JSON.stringify(steps));
    await run('workbench.action.acceptSelectedQuickOpenItem');
  });
});
