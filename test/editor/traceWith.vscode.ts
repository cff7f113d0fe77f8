// "Trace With…" in the extension host: lenses, hover and hints with the chosen numbers, until they are cleared.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Shown, until } from './support';

const CODE = `import torch
from torch import nn

class Mix(nn.Module):
    def __init__(self, dim=96, heads=3):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        B_, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B_, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1)
        return scores
`;

describe('trace with, in the editor', () => {
  let shown: Shown;
  const titles = async (): Promise<string[]> => (await shown.lenses()).map((lens) => lens.command?.title ?? '');

  before(async () => {
    shown = await Shown.open(CODE);
  });
  after(() => shown.close());

  it('is offered by a lens above the function, which names a command that is there', async () => {
    const lenses = await until('lenses', () => shown.lenses(), (found) => found.some((lens) => lens.command?.title === 'trace with…'));
    const { command } = lenses.find((lens) => lens.command?.title === 'trace with…')!;
    assert.ok((await vscode.commands.getCommands(true)).includes(command!.command));
    assert.equal(vscode.Uri.parse(command!.arguments![0] as string).toString(), shown.document.uri.toString());
  });

  it('shows the numbers beside the symbols', async () => {
    const uri = shown.document.uri.toString();
    const answer = await vscode.commands.executeCommand<{ ok: boolean }>('shapelens.traceWith', uri, { sizes: { dim: 96, heads: 3, B_: 256, N: 49 } });
    assert.equal(answer.ok, true);
    await shown.hovers('scores', 'scores =', /\(B_, heads, N, N\)[^=]*= \(256, 3, 49, 49\)/);
    await until('hints', () => shown.hints(), (hints) => hints.some((hint) => hint.includes('= (256, 3, 49, 49)')));
    await until('lenses', titles, (found) => found.some((title) => title.startsWith('x (256, 49, 96)')) && found.includes('stop'));
  });

  it('keeps them through an edit', async () => {
    await shown.replace('heads=3', 'heads=6');
    await shown.replace('return scores', 'return scores + 0');
    await shown.hovers('scores + 0', 'return scores + 0', /= \(256, 3, 49, 49\)/);
  });

  it('stops by the command of the lens', async () => {
    const stop = (await until('stop', () => shown.lenses(), (found) => found.some((lens) => lens.command?.title === 'stop'))).find((lens) => lens.command?.title === 'stop')!.command!;
    await vscode.commands.executeCommand(stop.command, ...stop.arguments!);
    await until('lenses', titles, (found) => found.includes('trace with…') && !found.includes('stop'));
    assert.doesNotMatch(await shown.hover('scores', 'scores ='), /256/);
  });
});

describe('what was chosen for a document without a file', () => {
  const FIRST = 'import torch\n\ndef f(x):\n    B, C = x.shape\n    return x.mean(1)\n';

  it('is not for the next one of its name', async () => {
    const first = await Shown.open(FIRST);
    await vscode.commands.executeCommand('shapelens.traceWith', first.document.uri.toString(), { sizes: { B: 4, C: 5 } });
    await first.hovers('x', 'x.mean', /= \(4, 5\)/);
    await first.close();
    const second = await Shown.open(FIRST);
    assert.equal(second.document.uri.toString(), first.document.uri.toString());
    assert.doesNotMatch(await second.hovers('x', 'x.mean', /\(B, C\)/), /= \(4, 5\)/);
    await vscode.commands.executeCommand('shapelens.stopTracing');
    await until('no hover', () => second.hover('x', 'x.mean'), (text) => text === '');
    await second.close();
    const third = await Shown.open(FIRST);
    await third.hovers('x', 'x.mean', /\(B, C\)/);
    await third.close();
  });

  it('is kept where only its language changes', async () => {
    const shown = await Shown.open(FIRST);
    await vscode.commands.executeCommand('shapelens.traceWith', shown.document.uri.toString(), { sizes: { B: 4, C: 5 } });
    await vscode.languages.setTextDocumentLanguage(shown.document, 'plaintext');
    await vscode.languages.setTextDocumentLanguage(shown.document, 'python');
    await shown.hovers('x', 'x.mean', /= \(4, 5\)/);
    await shown.close();
  });

  it('is not traced if the next one is plain text that nobody asked for', async () => {
    const first = await Shown.open(FIRST, 'plaintext');
    await vscode.commands.executeCommand('shapelens.traceDocument');
    await first.hovers('x', 'x.mean', /\(B, C\)/);
    await first.close();
    const second = await Shown.open(FIRST, 'plaintext');
    assert.equal(second.document.uri.toString(), first.document.uri.toString());
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(await second.hover('x', 'x.mean'), '');
    await second.close();
  });
});
