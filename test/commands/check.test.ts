// `check` over a folder large enough for several threads says what it says of each file alone, in the order of the files.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { shapelens } from './cli';

const FILES = 40;

describe('check', () => {
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-check-'));
    for (let n = 0; n < FILES; n++) {
      const inner = n % 8 === 3 ? n : 8;
      fs.writeFileSync(path.join(folder, `model${String(n).padStart(2, '0')}.py`), `import torch\nx = torch.zeros(4, 8) @ torch.zeros(${inner}, 2)\n`);
    }
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  it('reports the files of a folder in their order', () => {
    const { status, stdout } = shapelens(['check', folder]);
    assert.equal(status, 1);
    const lines = stdout.split('\n').filter((line) => line.includes(': error: '));
    assert.deepEqual(lines.map((line) => path.basename(line.split(':')[0]!)), ['model03.py', 'model11.py', 'model19.py', 'model27.py', 'model35.py']);
    assert.ok(lines.every((line) => line.endsWith('[matmul-size-mismatch]')));
  });

  it('says as JSON what it says of one file', () => {
    const all = JSON.parse(shapelens(['check', '--format', 'json', folder]).stdout) as { files: { path: string }[] };
    assert.equal(all.files.length, FILES);
    const one = JSON.parse(shapelens(['check', '--format', 'json', all.files[11]!.path]).stdout) as typeof all;
    assert.deepEqual(one.files[0], all.files[11]);
  });

  it('says in one line that a file cannot be read, and checks the others', () => {
    const broken = path.join(folder, 'model99.py');
    fs.writeFileSync(broken, 'x = 1\0');
    try {
      const { status, stdout, stderr } = shapelens(['check', folder]);
      assert.equal(status, 2);
      assert.equal(stderr, `shapelens: ${broken}: is not a text file\n`);
      assert.equal(stdout.split('\n').filter((line) => line.includes(': error: ')).length, 5);
    } finally {
      fs.rmSync(broken);
    }
  });
});
