import assert from 'node:assert/strict';
import { trace } from '../../src/project/tracedFile';
import { diagnostics } from '../../src/server/diagnostics';
import type { OpenFile } from '../../src/server/openFile';
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
