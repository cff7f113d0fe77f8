// Places in a notebook are told as an editor counts them: by cell, and by line in it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { json, shapelens } from './cli';

const code = (source: string, printed?: string): object => ({ cell_type: 'code', metadata: {}, execution_count: 1, source, outputs: printed === undefined ? [] : [{ output_type: 'execute_result', execution_count: 1, metadata: {}, data: { 'text/plain': printed } }] });
const NOTEBOOK = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [
  { cell_type: 'markdown', metadata: {}, source: 'Two\nlines' },
  code('%matplotlib inline\nimport torch\nx = torch.zeros(2, 3)'),
  code('y = x @ x.T\ny.shape', 'torch.Size([2, 4])'),
  code('%%bash\nx = 3'),
  code('z = y @ x.T'),
] };

describe('a notebook on the command line', () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-notebook-'));
    file = path.join(folder, 'post.ipynb');
    fs.writeFileSync(file, JSON.stringify(NOTEBOOK));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it('is listed cell by cell, with the shapes behind their lines', () => {
    const { stdout } = shapelens(['trace', file]);
    const lines = stdout.split('\n');
    assert.deepEqual(lines.filter((line) => line.startsWith('cell')), ['cell 2', 'cell 3', 'cell 4', 'cell 5']);
    assert.match(stdout, /cell 2\n +1 {2}%matplotlib inline\n +2 {2}import torch\n +3 {2}x = torch\.zeros\(2, 3\) +# x: \(2, 3\) float32\n/);
    assert.match(stdout, /cell 3\n +1 {2}y = x @ x\.T +# y: \(2, 2\) float32\n/);
    assert.match(stdout, /post\.ipynb:cell 5:1:\d+: error: /);
  });

  it('has its outputs verified where they stand', () => {
    assert.match(shapelens(['verify', file]).stdout, /post\.ipynb:cell 3 output 1:1:1: differs: printed size \[2, 4\], computed \[2, 2\] \(printed by line 2 of cell 3\)/);
    const { start } = json(['verify', file]).value.files[0]!.outputs[0]!.output.range;
    assert.deepEqual(start, { line: 0, character: 0, cell: 2, output: 0 });
  });
});
