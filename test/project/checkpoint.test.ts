// Parameters take their values from checkpoints as torch writes them: what comes out is what torch computes with them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startCpu } from '../../src/evaluation/backends/cpu';
import { briefProvenance } from '../../src/evaluation/provenance';
import { run } from '../../src/evaluation/run';
import { StoredValues } from '../../src/evaluation/storedValues';
import { describeMatch, matchCheckpoint, withCheckpoint } from '../../src/project/checkpoint';
import type { Checkpoint, CheckpointMatch } from '../../src/project/checkpoint';
import { lastTensor, planTensors } from '../../src/project/evaluation';
import { trace } from '../../src/project/tracedFile';
import type { TracedFile } from '../../src/project/tracedFile';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { loadParser } from '../shapes/python/load';
import { request } from '../evaluation/cones';

const folder = path.join('test', 'project', 'checkpoint');
const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
const expected = JSON.parse(text('expected.json')) as { out: number[]; half: number[]; bias: number[] };
const traced = async (code: string): Promise<TracedFile> => trace({ text: code, language: 'python', parser: await loadParser() });
const sizes = new Map<string, number>();

async function checkpointOf(name: string): Promise<Checkpoint> {
  const file = await openTensorPath(path.join(folder, name));
  await file.close();
  return { path: path.join(folder, name), name, tensors: file.tensors };
}

/** The last value of an expression, with parameters from a checkpoint. */
async function valueOf(file: TracedFile, expression: string, checkpoint: Checkpoint | undefined): Promise<{ values: number[]; provenance: readonly string[] }> {
  const recording = [...file.analysis.recordings.values()].filter(({ node }) => file.document.source.slice(node.start, node.end) === expression).find((each) => lastTensor(each));
  assert.ok(recording, expression);
  const bound = withCheckpoint(file, new Map(), checkpoint, sizes);
  const plan = planTensors(file, [lastTensor(recording)!], bound.bindings, bound.sizes);
  assert.ok(plan.ok, plan.ok ? '' : plan.message);
  const stored = new StoredValues();
  try {
    const [output] = await run(request(plan.cone, { bindings: plan.bindings }), { backend: 'cpu', memoryLimit: 1e9, readStored: (binding) => stored.read(binding) });
    return { values: [...output!.value.host()], provenance: output!.provenance };
  } finally {
    await stored.close();
  }
}

function close(values: readonly number[], wanted: readonly number[], tolerance = 1e-5): void {
  assert.equal(values.length, wanted.length);
  values.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]!) <= tolerance * (1 + Math.abs(wanted[i]!)), `${i}: ${value}, torch has ${wanted[i]}`));
}

const summary = ({ roots }: CheckpointMatch): object[] => roots.map(({ root, prefix, stripped, matched, mismatched, missing }) => ({ root, prefix, stripped, matched: matched.length, mismatched: mismatched.length, missing: missing.length }));
const whole = { root: 'net', prefix: '', stripped: '', matched: 26, mismatched: 0, missing: 0 };

before(() => startCpu());

describe('a checkpoint', () => {
  for (const name of ['plain.safetensors', 'plain.pth', 'plain.npz', 'shards/model.safetensors.index.json', 'shards/pytorch_model.bin.index.json']) {
    it(`${name} gives every parameter its value, whatever the code initializes`, async () => {
      const file = await traced(text('model.py') + text('use.py'));
      const checkpoint = await checkpointOf(name);
      const match = matchCheckpoint(file, checkpoint, sizes);
      assert.deepEqual(summary(match), [whole]);
      assert.deepEqual(match.unexpected, []);
      const { values, provenance } = await valueOf(file, 'net(ids)', checkpoint);
      close(values, expected.out);
      assert.ok(provenance.includes(`${name}: blocks.1.attn.table`), provenance.join(', '));
      assert.deepEqual(briefProvenance(provenance).filter((line) => line.includes(name)), [`${provenance.filter((line) => line.startsWith(name)).length} parameters from ${name}`]);
    });
  }

  it('may have its names within others, behind module. or model.', async () => {
    const file = await traced(text('model.py') + text('use.py'));
    const checkpoint = await checkpointOf('parallel.pth');
    assert.deepEqual(summary(matchCheckpoint(file, checkpoint, sizes)), [{ ...whole, prefix: 'state_dict.module.' }]);
    close((await valueOf(file, 'net(ids)', checkpoint)).values, expected.out);
  });

  it('may lack names that stand before those of the code', async () => {
    const file = await traced(`${text('model.py')}\n\nclass Wrapper(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.inner = Net()\n\n\nwrapped = Wrapper()\n`);
    const [root] = matchCheckpoint(file, await checkpointOf('plain.pth'), sizes).roots;
    assert.deepEqual([root!.root, root!.stripped, root!.matched.length], ['wrapped', 'inner.', 26]);
  });

  it('of the old format, for a part of the model', async () => {
    const file = await traced(text('model.py') + text('use.py'));
    const match = matchCheckpoint(file, await checkpointOf('backbone-legacy.pth'), sizes);
    assert.deepEqual(summary(match), [{ ...whole, prefix: 'model.backbone.', matched: 24, missing: 2 }]);
    assert.deepEqual(match.roots[0]!.missing, ['head.weight', 'head.bias']);
  });

  it('of halves is computed with in the precision of the code', async () => {
    const file = await traced(text('model.py') + text('use.py'));
    close((await valueOf(file, 'net(ids)', await checkpointOf('half.pt'))).values, expected.half);
  });

  it('that does not fit is used where it does, and each name that does not is told', async () => {
    const file = await traced(text('model.py') + text('use.py'));
    const checkpoint = await checkpointOf('mismatched.safetensors');
    const match = matchCheckpoint(file, checkpoint, sizes);
    assert.deepEqual(describeMatch(checkpoint, match), [
      'mismatched.safetensors: 24 of 26 values of net',
      '  head.weight has shape (3, 4) here, and head.weight has (5, 4) in the file',
      '  blocks.1.mlp.2.bias is not in the file',
      '  head.scale is in the file only',
    ]);
    assert.equal((await valueOf(file, 'net(ids)', checkpoint)).values.length, expected.out.length);
  });

  it('of a model is that of one block where the code has no more', async () => {
    const file = await traced(`${text('model.py')}\n\nblock = Block()\nattn = block.attn\nbias = attn.table[attn.index.view(-1)].view(4, 4, 2).permute(2, 0, 1)\n`);
    const checkpoint = await checkpointOf('plain.safetensors');
    const match = matchCheckpoint(file, checkpoint, sizes);
    const block = match.roots.find(({ root }) => root === 'block');
    assert.deepEqual([block?.prefix, block?.alternatives, block?.missing], ['blocks.0.', 1, []]);
    assert.match(describeMatch(checkpoint, match).join('\n'), /values of block, named blocks\.0\.… in the file \(the first of 2 that fit\)/);
    close((await valueOf(file, 'attn.table[attn.index.view(-1)].view(4, 4, 2).permute(2, 0, 1)', checkpoint)).values, expected.bias);
  });

  it('gives values to code that nothing calls', async () => {
    const file = await traced(text('model.py'));
    const { values, provenance } = await valueOf(file, 'self.table', await checkpointOf('plain.safetensors'));
    assert.equal(values.length, 18);
    assert.deepEqual(provenance, ['plain.safetensors: blocks.0.attn.table']);
  });

  it('without anything that the code names says so', async () => {
    const file = await traced('import torch\nlinear = torch.nn.Linear(2, 3)\n');
    const checkpoint = { path: 'x', name: 'x.pth', tensors: [{ name: 'encoder', shape: [1], dtype: 'float32' }] };
    assert.deepEqual(describeMatch(checkpoint, matchCheckpoint(file, checkpoint, sizes)), ['x.pth: none of its 1 tensors has the name of a parameter here']);
  });

  it('that changed meanwhile is not taken for what it was', async () => {
    const stored = new StoredValues();
    const binding = { file: { path: path.join(folder, 'plain.pth'), tensor: 'head.weight' }, shape: [5, 4], provenance: 'x' };
    await assert.rejects(stored.read(binding), /plain\.pth cannot be read: head\.weight has shape \(3, 4\) there, and \(5, 4\) is needed/);
    await assert.rejects(stored.read({ ...binding, file: { ...binding.file, tensor: 'tail' } }), /it has no tensor tail any more/);
    await assert.rejects(stored.read({ ...binding, file: { path: 'nowhere.pt', tensor: 'x' } }), /nowhere\.pt cannot be read/);
    await stored.close();
  });
});
