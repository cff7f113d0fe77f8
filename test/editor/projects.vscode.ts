// Several documents at once: what is not saved counts where it is imported, and each document keeps its own trace.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Shown } from './support';

describe('documents that belong together', () => {
  let folder: string;
  const write = (name: string, text: string): vscode.Uri => {
    writeFileSync(path.join(folder, name), text);
    return vscode.Uri.file(path.join(folder, name));
  };

  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'shapelens-project-')); });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('follow what is changed in one of them before it is saved, and what changes on disk', async () => {
    const part = write('part.py', 'import torch\ndef make():\n    return torch.zeros(2, 3)\n');
    const main = await Shown.file(write('main.py', 'import part\nmade = part.make()\nother = made @ made.T\n'));
    await main.hovers('made', 'made =', /\(2, 3\) float32/);
    const edited = await Shown.file(part);
    await edited.replace('2, 3', '4, 5');
    await main.hovers('made', 'made =', /\(4, 5\) float32/);
    assert.equal(edited.document.isDirty, true);
    // Without saving: the file is again what it was.
    await edited.close();
    await main.hovers('made', 'made =', /\(2, 3\) float32/);
    await main.close();
  });

  it('tell of faults that a change elsewhere brings, and take them back', async () => {
    const sizes = await Shown.file(write('sizes.py', 'WIDTH = 8\n'));
    const net = await Shown.file(write('net.py', 'import torch\nfrom torch import nn\nfrom sizes import WIDTH\nout = nn.Linear(8, 2)(torch.zeros(3, WIDTH))\n'));
    await net.hovers('out', 'out =', /\(3, 2\)/);
    await sizes.replace('8', '9');
    const [found] = await net.diagnostics((all) => all.length === 1);
    assert.equal(found!.code, 'linear-size-mismatch');
    await sizes.replace('9', '8');
    await net.diagnostics((all) => all.length === 0);
    await sizes.close();
    await net.close();
  });

  it('are edited in turn, each with its own shapes', async () => {
    const text = (size: number): string => `import torch\ndef f(x):\n    y = x + torch.zeros(${size})\n    return y\nout = f(torch.zeros(2, ${size}))\n`;
    const [a, b] = [await Shown.open(text(3)), await Shown.open(text(5))];
    for (let n = 0; n < 4; n++) {
      const [own, other] = n % 2 === 0 ? [a, b] : [b, a];
      const size = /zeros\((\d+)\)/.exec(own.document.getText())![1]!;
      const next = Number(size) + 10;
      await own.replace(size, String(next), `zeros(${size})`);
      await own.replace(size, String(next), `2, ${size}`);
      await own.hovers('out', 'out =', new RegExp(`\\(2, ${next}\\)`));
      await own.hovers('y', 'y =', new RegExp(`\\(2, ${next}\\)`));
      const kept = /zeros\((\d+)\)/.exec(other.document.getText())![1]!;
      assert.match(await other.hover('out', 'out ='), new RegExp(`\\(2, ${kept}\\)`));
    }
    await a.close();
    await b.close();
  });
});
