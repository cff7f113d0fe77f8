// A whole post from its text to shapes and values, through the command line.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { skip } from '../skip';
import { entries, json, seed, shapelens } from './cli';
import type { Output } from './cli';

const passes = path.join('test', 'fixtures', 'documents', 'passes.md');
const dumped = path.join('test', 'fixtures', 'documents', 'dumped-post.txt');

function checkShapes(file: string, expected: readonly (readonly [text: string, shape: readonly number[], dtype: string])[]): void {
  const { value } = json(['trace', file]);
  for (const [text, shape, dtype] of expected) {
    const found = entries(value, text);
    assert.ok(found.length > 0, `${text} has an entry`);
    assert.ok(found.some((entry) => JSON.stringify(entry.shape) === JSON.stringify(shape) && entry.dtype === dtype), `${text}: ${JSON.stringify(found.map((entry) => [entry.shape, entry.dtype]))}, expected ${JSON.stringify([shape, dtype])}`);
  }
}

function verified(file: string): Output['files'][number]['outputs'] {
  return json(['verify', file]).value.files[0]!.outputs;
}

/** The text with one digit changed, in a file of its own. */
function withText(text: string, run: (file: string) => void, name = 'post.txt'): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-post-'));
  try {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    run(file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Changes a digit in every `step`th printed number of a post and expects exactly that output to differ. */
function checkMisprints(file: string, step: number): void {
  const text = fs.readFileSync(file, 'utf8');
  const before = verified(file);
  assert.deepEqual(before.filter((output) => output.status === 'differs'), []);
  const lines = text.split('\n');
  const numbers = before.filter((output) => output.status === 'reproduced').flatMap((output, index) => {
    const { line, character } = output.output.range.start;
    const at = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
    // The last digit of the first number in the brackets; booleans have none.
    const number = /^\D{0,16}\[\s*-?[\d.]*\d(?=\s*[,\]])/.exec(text.slice(at, at + 60));
    return number ? [{ index: before.indexOf(output), at: at + number[0].length - 1, order: index }] : [];
  }).filter(({ order }) => order % step === 0);
  assert.ok(numbers.length >= 4, 'several numbers are changed');
  for (const { index, at } of numbers) {
    const changed = `${text.slice(0, at)}${(Number(text[at]) + 3) % 10}${text.slice(at + 1)}`;
    withText(changed, (copy) => {
      const wrong = verified(copy).flatMap((output, i) => (output.status === 'differs' ? [i] : []));
      assert.deepEqual(wrong, [index], `${text.slice(Math.max(0, at - 20), at)}»${text[at]}«`);
      assert.equal(shapelens(['verify', copy]).status, 1);
    });
  }
}

describe('what a post printed elsewhere', () => {
  const statuses = (text: string): void => withText(text, (file) => {
    const outputs = verified(file);
    assert.ok(outputs.length > 0);
    assert.deepEqual(outputs.map(({ status }) => status), outputs.map(() => 'not-checked'), JSON.stringify(outputs));
  }, 'post.md');

  it('is not held against a machine without its devices', () => statuses('```python\nimport torch\nx = torch.zeros(2).to("cuda")\nprint(x.is_cuda)\n```\n\n```text\nTrue\n```\n'));

  it('is not held against a function that Python cannot read as it stands', () => statuses('```python\nimport torch\ndef fill(x):\n    y = torch.zeros(2)\n    y[0:1, x*:2] = 1\n    return y\n```\n\n```python\ny = fill(torch.ones(2))\nprint(y)\n```\n\n```\ntensor([5., 7.])\n```\n'));
});

describe('a post through the command line', function () {
  this.timeout(120_000);

  it('has a shape at every expression of a dumped page', () => {
    checkShapes(dumped, [
      ['positions', [4], 'int64'], ['positions[None,:]', [1, 4], 'int64'], ['positions[None,:]-positions[:,None]', [4, 4], 'int64'],
      ['distance.clone()', [4, 4], 'int64'], ['index.view(-1)', [16], 'int64'], ['table', [7, 2], 'float32'],
    ]);
  });

  it('warns of a wrong shape comment, and of nothing else', () => {
    const { value, ran } = json(['trace', dumped]);
    assert.deepEqual(value.files[0]!.diagnostics.map((each) => [each.code, each.severity]), [['shape-comment-mismatch', 'warning']]);
    assert.match(value.files[0]!.diagnostics[0]!.message, /1, ?4.*4, ?1/);
    assert.equal(ran.status, 0, 'a warning is no error');
  });

  it('reproduces every printed output of a dumped page', () => {
    const outputs = verified(dumped);
    assert.ok(outputs.length > 8);
    for (const output of outputs) assert.equal(output.status === 'differs' || (output.status === 'not-checked' && output.statement !== null), false, output.detail);
  });

  it('finds one changed digit exactly there', () => checkMisprints(dumped, 3));

  it('compares each pass of a loop or a function with what it printed', () => {
    const outputs = verified(passes);
    const fresh = outputs.filter((output) => output.status === 'not-checked');
    assert.deepEqual(outputs.filter((output) => output.status === 'differs').map(({ detail }) => detail), []);
    assert.deepEqual(fresh.map(({ detail }) => detail), ['it shows memory that nothing was written to']);
    assert.equal(outputs.length, 13);
  });

  it('finds a misprint in one pass, and one in what was computed from rounded numbers', () => {
    const text = fs.readFileSync(passes, 'utf8');
    for (const [printed, misprint] of [['10.]', '11.]'], ['4/4: 1.5', '4/4: 1.6'], ['[1., 1.]', '[1., 2.]'], ['39.5675', '39.6675']] as const) {
      withText(text.replace(printed, misprint), (copy) => {
        const wrong = verified(copy).filter((output) => output.status === 'differs');
        assert.equal(wrong.length, 1, `${misprint}: ${JSON.stringify(wrong)}`);
      }, 'post.md');
    }
  });

  it('reproduces the sample post whole', () => {
    const outputs = verified(path.join('samples', 'relative-position-bias.md'));
    assert.ok(outputs.length > 10);
    assert.deepEqual(outputs.filter((output) => output.status !== 'reproduced'), []);
  });

  it('evaluates the last tensor, and any expression by name', () => {
    const last = json(['eval', path.join('samples', 'relative-position-bias.md')]);
    assert.equal(last.ran.status, 0);
    assert.ok(last.value.shape.length > 0 && last.value.values.length > 0);
    const index = json(['eval', dumped, '--expr', 'positions[None,:]-positions[:,None]', '--backend', 'cpu']).value;
    assert.deepEqual([index.shape, index.values, index.backend], [[4, 4], [0, 1, 2, 3, -1, 0, 1, 2, -2, -1, 0, 1, -3, -2, -1, 0], 'cpu']);
  });

  it('gives complex values as pairs, and prints them as Python does', () => {
    const input = 'import torch\nz = torch.exp(1j * torch.zeros(2)) * (2 - 0.5j)\n';
    const { value } = json(['eval', '-', '--backend', 'cpu'], { input });
    assert.deepEqual(value, { ...value, shape: [2], dtype: 'complex64', values: [[2, -0.5], [2, -0.5]] });
    assert.match(shapelens(['eval', '-', '--backend', 'cpu'], { input }).stdout, /tensor\(\[2\.0000-0\.5000j, 2\.0000-0\.5000j\]\)\nshape \(2\) · complex64/);
  });

  it('refuses what needs too much memory, unless it is wanted anyway', () => {
    const input = 'import torch\nx = torch.zeros(10 ** 9, 10 ** 6)\n';
    const refused = shapelens(['eval', '-', '--backend', 'cpu'], { input });
    assert.equal(refused.status, 3);
    assert.match(refused.stderr, /needs about .*limit.*--anyway/);
    const tried = shapelens(['eval', '-', '--backend', 'cpu', '--anyway'], { input });
    assert.equal(tried.status, 3);
    assert.match(tried.stderr, /there is no memory for a result of \(1000000000, 1000000\)/);
  });

  it('says on one line what is wrong with the call, without a stack', () => {
    for (const args of [['trace', 'no-such-file.py'], ['bogus'], ['trace'], ['eval', dumped, '--backend', 'gpu'], ['trace', dumped, '--set', 'x']]) {
      const { status, stderr } = shapelens(args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^shapelens: [^\n]+\n$/, args.join(' '));
    }
    const { status, value } = { ...json(['eval', '-'], { input: 'import torch\ndef f(x):\n    return x.sum()\n' }).ran, value: null };
    assert.equal(status, 3);
    assert.equal(value, null);
  });
});

describe('the post on relative position bias', function () {
  this.timeout(120_000);
  const file = seed('000');

  before(function () {
    if (!file) skip(this, 'the post is not in ../shared/seeds');
  });

  it('has the shapes that its author explains', () => {
    checkShapes(file!, [
      ['x', [2], 'int64'], ['ox', [2, 2], 'int64'], ['o2', [2, 2, 2], 'int64'], ['coords', [2, 4], 'int64'], ['coords[:,:,None]', [2, 4, 1], 'int64'],
      ['coords[:,None,:]', [2, 1, 4], 'int64'], ['coords[:,None,:,None]', [2, 1, 4, 1], 'int64'], ['coords.unsqueeze(1)==coords[:,None,:]', [2, 1, 4], 'bool'],
      ['coords[:,:,None]-coords[:,None,:]', [2, 4, 4], 'int64'], ['relative_coords.permute(1,2,0)', [4, 4, 2], 'int64'], ['relative_coords.permute(1,2,0).contiguous()', [4, 4, 2], 'int64'],
      ['relative_coords[:, :, 0]', [4, 4], 'int64'], ['relative_coords.sum(-1)', [4, 4], 'int64'], ['relative_position_bias_table', [9, 2], 'float32'],
      ['relative_position_index.view(-1)', [16], 'int64'], ['relative_position_bias_table[relative_position_index.view(-1)]', [16, 2], 'float32'],
      ['relative_position_bias', [16, 2], 'float32'], ['relative_position_bias', [4, 4, 2], 'float32'], ['relative_position_bias', [2, 4, 4], 'float32'],
    ]);
  });

  it('warns of the one comment that is wrong', () => {
    const { diagnostics } = json(['trace', file!]).value.files[0]!;
    assert.deepEqual(diagnostics.map((each) => each.code), ['shape-comment-mismatch']);
    assert.match(diagnostics[0]!.message, /\(2, ?4, ?1\).*\(2, ?1, ?4\)/);
  });

  it('reproduces all that a statement prints', () => {
    const outputs = verified(file!);
    assert.deepEqual(outputs.filter((output) => output.status === 'not-checked').map((output) => output.statement), [null, null]);
    assert.deepEqual(outputs.filter((output) => output.status === 'differs'), []);
    assert.ok(outputs.some((output) => /printed/.test(output.detail)), 'says where the table comes from');
  });

  it('finds one changed digit exactly there', () => checkMisprints(file!, 4));
});
