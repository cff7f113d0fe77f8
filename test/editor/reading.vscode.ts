// What a reader sees beside the code: known, assumed and unknown shapes told apart; transcripts; texts of the author that stay text.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FAULTS, HEAD } from '../server/faults';
import { Shown, until } from './support';

const { executeCommand: run } = vscode.commands;

describe('hints in the editor', () => {
  let shown: Shown;
  const hints = async (good: (all: vscode.InlayHint[]) => boolean): Promise<vscode.InlayHint[]> =>
    until('hints', () => run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', shown.document.uri, new vscode.Range(0, 0, 99, 0)), (all) => (all?.length ?? 0) > 0 && good(all));

  before(async () => {
    shown = await Shown.open(`import torch
import nowhere

def pool(x):
    B, N, C = x.shape
    halves = x.unflatten(2, (2, C // 2))
    lost = nowhere.mix(x)
    name = nowhere.name()
    for row in x:
        print(row)
    a, b = x[0], x[1]
    return halves.mean(dim=2)

tiles = image + torch.zeros(3, 4)
`);
  });
  after(() => shown.close());

  it('tell apart what is known, assumed and not known, and say why', async () => {
    const all = await hints((found) => found.length >= 5);
    const at = (line: number): vscode.InlayHint => all.find(({ position }) => position.line === line)!;
    assert.match(at(3).label as string, /^: \(B, N, C\)/);
    assert.match(at(13).label as string, /^ ≈ \(/);
    assert.match(String(at(13).tooltip), /≈ assumes .*image is taken/);
    assert.equal(at(6).label, ': ?');
    assert.match(String(at(6).tooltip), /^Not known: .*nowhere/);
    assert.equal(at(7), undefined, 'no tensor goes into it');
    assert.match(at(8).label as string, /^: \(N, C\)/);
    assert.match(at(11).label as string, /^(: | ≈ )\(B, N, C\/\/2\)/);
  });

  it('stand after the target, never before the first token, and once for targets that are all alike', async () => {
    const all = await hints((found) => found.length >= 5);
    for (const { position } of all) assert.ok(shown.document.lineAt(position.line).text.slice(0, position.character).trim() !== '');
    assert.deepEqual(all.filter(({ position }) => position.line === 10).map(({ label }) => label), [': each (N, C)']);
  });
});

describe('texts of the author', () => {
  it('in a transcript are read where they were typed', async () => {
    const shown = await Shown.open('# Session\n\n```\n>>> import torch\n>>> x = torch.zeros(2, 3)\n>>> def twice(y):\n...     return torch.cat([y, y])\n...\n>>> twice(x).shape\ntorch.Size([4, 3])\n```\n', 'markdown');
    await shown.hovers('twice', 'twice(x)', /\(4, 3\) float32/);
    await shown.hovers('x', 'x =', /\(2, 3\) float32/);
    assert.equal(await shown.hover('Size', 'Size([4'), '');
    await shown.close();
  });

  it('run nothing: a command link in a docstring, a name or a comment stays what it is', async () => {
    const shown = await Shown.open('import torch\ndef f(x: "(N, [run](command:workbench.action.quit))"):\n    """[run](command:workbench.action.quit)"""\n    return x + torch.zeros(3, 4)  # [run](command:workbench.action.quit)\nout = f(torch.zeros(3, 4)); kept = {"[run](command:workbench.action.quit)": out}["[run](command:workbench.action.quit)"]\n');
    await shown.hovers('out', 'out =', /\(3, 4\)/);
    for (const [part, within] of [['f', 'f(x:'], ['x', 'x: '], ['x', 'x + '], ['kept', 'kept ='], ['[', '["[run']] as const) {
      const text = (await shown.hover(part, within)).replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
      assert.doesNotMatch(text, /(?<!\\)\]\(command:workbench/, text);
    }
    await shown.close();
  });
});

describe('every family of fixes, applied in the editor', () => {
  for (const [code, fault, line] of FAULTS) {
    it(`mends ${fault}: ${line}`, async () => {
      const shown = await Shown.open(HEAD + code);
      const [found] = await shown.diagnostics((all) => all.some((each) => each.code === fault));
      const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', shown.document.uri, found!.range, vscode.CodeActionKind.QuickFix.value);
      const [fix] = actions.filter((action) => !action.title.startsWith('Suppress'));
      assert.ok(fix?.edit, actions.map(({ title }) => title).join(' | '));
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.ok(shown.document.getText().split('\n').includes(line), shown.document.getText());
      await shown.diagnostics((all) => all.length === 0);
      await shown.close();
    });
  }
});
