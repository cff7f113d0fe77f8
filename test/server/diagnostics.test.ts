import assert from 'node:assert/strict';
import { trace } from '../../src/project/tracedFile';
import { diagnostics } from '../../src/server/diagnostics';
import type { OpenFile } from '../../src/server/openFile';
import { correction, printedSizes } from '../../src/server/printedSizes';
import { parser } from '../shapes/interpreter/check';

const HEADS = `import torch
from torch import nn

class Head(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 4)

    def forward(self, x):
        return self.fc(x)
`;

describe('diagnostics as the editor gets them', () => {
  it('have sizes that were printed, and not by the code as it stands', async () => {
    const session = '>>> import torch\n>>> x = torch.zeros(2, 3)\n>>> x.t().shape\ntorch.Size([3, 2])\n>>> x.sum(0).shape\ntorch.Size([2])\n>>> x.size()\ntorch.Size([6])\n>>> x.shape  # shapelens: ignore\ntorch.Size([7])\n>>> x / x.sum(1)\nTraceback (most recent call last):\nRuntimeError: sizes\n>>> x.T.shape\ntorch.Size([2, 3])\n';
    const post = 'So:\n\n```python\nimport torch\nx = torch.zeros(2, 3)\nprint(x.t().shape)\n```\n\n```\ntorch.Size([3, 4])\n```\n';
    const mistakes = async (text: string, language: 'text' | 'markdown'): Promise<[number, string][]> => {
      const file: OpenFile = { ...trace({ text, language, parser: await parser() }), uri: 'file:///post', choice: null, chosen: null };
      const found = printedSizes(file);
      for (const each of found) assert.deepEqual(Object.values(correction(file, each).edit!.changes!).flat().map(({ newText }) => newText), [each.mistake.size.join(', ')]);
      assert.deepEqual(found.map(({ diagnostic }) => diagnostic), diagnostics(file).filter(({ code }) => code === 'printed-size-mismatch'));
      return found.map(({ diagnostic: { range, message } }) => [range.start.line + 1, message]);
    };
    assert.deepEqual(await mistakes(session, 'text'), [
      [6, 'the text says that (2,) is printed, but line 5 prints (3,)'],
      [8, 'the text says that (6,) is printed, but line 7 prints (2, 3)'],
      [15, 'the text says that (2, 3) is printed, but line 14 prints (3, 2)'],
    ]);
    assert.deepEqual(await mistakes(post, 'markdown'), [[10, 'the text says that (3, 4) is printed, but line 6 prints (3, 2)']]);
  });

  it('have the places of the sizes in the document, and the library\'s line in its file', async () => {
    const text = 'import torch\nfrom heads import Head\nhead = Head(8)\nx = torch.zeros(2, 16)\ny = head(x)\n';
    const resolver = { resolve: (name: string) => (name === 'heads' ? { path: '/site packages/heads.py', text: HEADS, isPackage: false } : null) };
    const file: OpenFile = { ...trace({ text, language: 'python', parser: await parser(), resolver }), uri: 'file:///model.py', choice: null, chosen: null };
    const [only, ...others] = diagnostics(file);
    assert.deepEqual(others, []);
    assert.equal(only!.code, 'linear-size-mismatch');
    assert.deepEqual(only!.range, { start: { line: 4, character: 4 }, end: { line: 4, character: 11 } });
    assert.deepEqual(only!.relatedInformation?.map(({ location, message }) => [location.uri, location.range.start, message]), [
      ['file:///model.py', { line: 3, character: 4 }, 'the size 16 comes from here'],
      ['file:///model.py', { line: 2, character: 7 }, 'the size 8 comes from here'],
      ['file:///site%20packages/heads.py', { line: 9, character: 15 }, 'it happens here'],
    ]);
  });
});
