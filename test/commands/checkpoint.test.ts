// `eval --checkpoint`: values of parameters from a file, and what does not fit.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkpoint, pickle, reduce } from '../tensorfiles/pickles';
import { json, shapelens } from './cli';

const folder = path.join('test', 'project', 'checkpoint');
const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

describe('eval --checkpoint', function () {
  this.timeout(60_000);
  const place = mkdtempSync(path.join(tmpdir(), 'shapelens-checkpoint-'));
  const model = path.join(place, 'model.py');

  before(() => writeFileSync(model, text('model.py') + text('use.py')));
  after(() => rmSync(place, { recursive: true, force: true }));

  it('computes what torch computes, and tells where each value is from', () => {
    const { ran, value } = json(['eval', model, '--expr', 'net(ids)', '--checkpoint', path.join(folder, 'parallel.pth'), '--backend', 'cpu']);
    assert.equal(ran.status, 0, ran.stderr);
    const expected = (JSON.parse(text('expected.json')) as { out: number[] }).out;
    value.values.forEach((number, i) => assert.ok(Math.abs(number - expected[i]!) < 1e-5, `${i}: ${number}, torch has ${expected[i]}`));
    const { provenance, checkpoint: used } = value as unknown as { provenance: string[]; checkpoint: { roots: { root: string; prefix: string; matched: unknown[] }[] } };
    assert.ok(provenance.includes('parallel.pth: state_dict.module.head.weight'));
    assert.deepEqual(used.roots.map(({ root, prefix, matched }) => [root, prefix, matched.length]), [['net', 'state_dict.module.', 26]]);
  });

  it('lists what does not fit; --params is the same option', () => {
    const { stdout, status } = shapelens(['eval', model, '--expr', 'net(ids)', '--params', path.join(folder, 'mismatched.safetensors'), '--backend', 'cpu']);
    assert.equal(status, 0);
    assert.match(stdout, /24 of 26 values of net\n {2}head\.weight has shape \(3, 4\) here, and head\.weight has \(5, 4\) in the file\n {2}blocks\.1\.mlp\.2\.bias is not in the file\n {2}head\.scale is in the file only/);
  });

  it('refuses a file with code in it, in one line and without running it', () => {
    const file = path.join(place, 'bomb.pth');
    writeFileSync(file, checkpoint(pickle(reduce('os', 'system', `touch ${path.join(place, 'hacked')}`))));
    const { status, stderr } = shapelens(['eval', model, '--checkpoint', file, '--backend', 'cpu']);
    assert.equal(status, 2);
    assert.match(stderr, /^shapelens: .*bomb\.pth: the file names os\.system, which is Python code .* nothing was executed \(byte 2 of archive\/data\.pkl\)\n$/);
    const missing = shapelens(['eval', model, '--checkpoint', path.join(place, 'hacked')]);
    assert.deepEqual([missing.status, /ENOENT/.test(missing.stderr)], [2, true]);
  });
});
