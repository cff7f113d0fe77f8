// Code that lost its newlines, in the extension host: traced as it stands, restored by one command, taken back by one undo.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Shown, until } from './support';

const POST = `Below is the gate that we put behind each block.

class Gate(nn.Module):def __init__(self, width):super().__init__()self.width = widthself.mix = nn.Linear(width, 2 * width)def forward(self, x):u, v = self.mix(x).chunk(2, dim=-1)  # two halvesif self.training:u = F.dropout(u, 0.1)return u * torch.sigmoid(v)

It is called once a block.
`;
const RESTORED = `class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.mix = nn.Linear(width, 2 * width)
    def forward(self, x):
        u, v = self.mix(x).chunk(2, dim=-1)  # two halves
        if self.training:
            u = F.dropout(u, 0.1)
        return u * torch.sigmoid(v)
`;
const { executeCommand: run } = vscode.commands;
/** Markdown has code actions of VS Code's own. */
const restoring = (actions: readonly vscode.CodeAction[]): vscode.CodeAction[] => actions.filter((action) => action.title === 'Restore lost newlines');

describe('Restore Lost Newlines and Indentation', () => {
  let shown: Shown;

  afterEach(() => shown.close());

  it('replaces run-together code of a post, and is undone at once', async () => {
    shown = await Shown.open(POST, 'plaintext');
    assert.equal(await run('shapelens.restoreLineBreaks'), true);
    assert.equal(shown.document.getText(), POST.replace(/^class .*\n/m, RESTORED));
    await shown.hovers('u', 'u * torch', /width/);
    await run('undo');
    assert.equal(shown.document.getText(), POST);
  });

  it('shows the shapes before anything is replaced', async () => {
    shown = await Shown.open(POST.split('\n')[2]!, 'python');
    await shown.hovers('u', 'u * torch', /width/);
  });

  it('is offered as a code action on the line', async () => {
    shown = await Shown.open(`# Gate\n\n\`\`\`python\n${POST.split('\n')[2]!}\n\`\`\`\n`, 'markdown');
    const actions = (range: vscode.Range): Promise<vscode.CodeAction[]> => Promise.resolve(run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', shown.document.uri, range));
    const found = await until('code actions', () => actions(new vscode.Range(3, 10, 3, 10)).then(restoring), (each) => each.length > 0);
    assert.deepEqual(restoring(await actions(new vscode.Range(0, 0, 0, 1))), []);
    assert.ok(await vscode.workspace.applyEdit(found[0]!.edit!));
    assert.ok(shown.document.getText().includes(RESTORED));
  });

  it('takes out numbers that were pasted with the code, which has its shapes as it stands', async () => {
    const code = ['import torch', 'x = torch.zeros(2, 3, 4)', 'for i in range(2):', '    y = x[i].t()'];
    for (const [language, marked] of [['plaintext', `See line 4:\n\n${code.map((line, i) => `${i + 1}  ${line}`).join('\n')}\n`], ['python', `${code.map((line, i) => `${i + 9}: ${line}`).join('\n')}\n`]] as const) {
      shown = await Shown.open(marked, language);
      assert.equal(await run('shapelens.restoreLineBreaks'), true);
      assert.equal(shown.document.getText(), language === 'python' ? `${code.join('\n')}\n` : `See line 4:\n\n${code.join('\n')}\n`);
      await run('undo');
      await shown.hovers('y', 'y = x', /y: \(4, 3\) float32/);
      if (language === 'plaintext') await shown.close();
    }
  });

  it('puts back lost indentation, one undo for all of it', async () => {
    const flat = POST.replace(/^class .*\n/m, RESTORED.replace(/^ +/gm, ''));
    shown = await Shown.open(flat, 'plaintext');
    assert.equal(await run('shapelens.restoreLineBreaks'), true);
    assert.equal(shown.document.getText(), POST.replace(/^class .*\n/m, RESTORED));
    await shown.hovers('u', 'u * torch', /width/);
    await run('undo');
    assert.equal(shown.document.getText(), flat);
  });

  it('shows the shapes of code without indentation as it stands, and a light bulb', async () => {
    shown = await Shown.open(RESTORED.replace(/^ +/gm, ''));
    await shown.hovers('u', 'u * torch', /width/);
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', shown.document.uri, new vscode.Range(3, 1, 3, 1));
    assert.ok(actions.some(({ title }) => title === 'Restore lost indentation'), actions.map(({ title }) => title).join());
  });

  it('leaves a document alone that has its newlines', async () => {
    shown = await Shown.open(RESTORED);
    await shown.hovers('u', 'u * torch', /width/);
    assert.equal(await run('shapelens.restoreLineBreaks'), false);
    assert.equal(shown.document.getText(), RESTORED);
  });
});
