// Posts as pages dump them, through the command line: what is code in them, and its shapes as torch has them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { entries, json } from './cli';

const EXPECTED: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  'prompts-within.txt': { 'a.view(2, 12)': [2, 12], 'a.view(3, 8)': [3, 8], 'a.unsqueeze(0)': [1, 4, 6], 'a.unsqueeze(-1)': [4, 6, 1], b: [4, 6] },
  'behind-prose.txt': { 'self.pool(x).view(b, c)': [1, 8], 'self.act(self.down(y))': [1, 2], 'x * y': [1, 8, 12, 12], out: [1, 8, 12, 12], image: [3, 32, 32], batch: [1, 3, 32, 32] },
  'parallel-layers.txt': { tokens: [2, 5, 32], q: [2, 5, 4, 8], out: [2, 5, 32] },
  'cited-header.txt': { t: [20], w: [20, 8], table: [20, 8] },
};

describe('posts as pages dump them', () => {
  for (const [name, shapes] of Object.entries(EXPECTED)) {
    it(`has the shapes of ${name}`, () => {
      const { value } = json(['trace', path.join('test', 'fixtures', 'documents', name)]);
      assert.deepEqual(value.files[0]!.diagnostics, []);
      for (const [text, shape] of Object.entries(shapes)) {
        const found = entries(value, text);
        assert.ok(found.length > 0, `${text} has an entry`);
        for (const entry of found) assert.deepEqual(entry.shape, shape, text);
      }
    });
  }
});
