/** Parameters as the code initializes them: the distribution and the bounds of torch's own initializers, seeded. */
import assert from 'node:assert/strict';
import { startCpu } from '../../src/evaluation/backends/cpu';
import { run } from '../../src/evaluation/run';
import { planTensors } from '../../src/project/evaluation';
import { trace } from '../../src/project/tracedFile';
import { loadParser } from '../shapes/python/load';
import { request } from './cones';

interface Drawn { readonly values: readonly number[]; readonly provenance: readonly string[] }

/** The value of the last expression of some code. */
async function valueOf(code: string, seed = 0): Promise<Drawn> {
  const file = trace({ text: `import math\nimport torch\nimport torch.nn as nn\n${code}\n`, language: 'python', parser: await loadParser() });
  const last = file.analysis.tree.body.at(-1);
  assert.ok(last?.kind === 'Expr');
  const seen = file.analysis.recordings.get(last.value)?.seen.at(-1);
  assert.ok(seen?.type === 'Tensor', 'the last expression is a tensor');
  const plan = planTensors(file, [seen.tensor], new Map());
  assert.ok(plan.ok, plan.ok ? '' : plan.message);
  const [output] = await run(request(plan.cone, { seed }), { backend: 'cpu', memoryLimit: 1e9 });
  assert.ok(output);
  return { values: [...output.value.host()], provenance: output.provenance };
}

function moments(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, std: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
}

/** All within ±bound, and filling it as a uniform distribution does. */
function assertUniform({ values }: Drawn, bound: number): void {
  assert.ok(values.every((x) => Math.abs(x) <= bound), `a value beyond ${bound}`);
  const { mean, std } = moments(values);
  assert.ok(Math.abs(mean) < bound / 10 && Math.abs(std - bound / Math.sqrt(3)) < bound / 10, `mean ${mean}, std ${std} of a uniform distribution up to ${bound}`);
}

function assertNormal({ values }: Drawn, mean: number, std: number): void {
  const found = moments(values);
  assert.ok(Math.abs(found.mean - mean) < std / 10 && Math.abs(found.std - std) < std / 10, `mean ${found.mean}, std ${found.std}`);
}

before(() => startCpu());

describe('parameters', () => {
  it('of linear layers and convolutions are uniform up to one over the root of what flows in', async () => {
    assertUniform(await valueOf('nn.Linear(64, 50).weight'), 1 / 8);
    assertUniform(await valueOf('nn.Linear(100, 500).bias'), 1 / 10);
    assertUniform(await valueOf('nn.Conv2d(8, 32, 4, groups=2).weight'), 1 / 8);
    assertUniform(await valueOf('nn.ConvTranspose2d(16, 8, 3).weight'), 1 / Math.sqrt(8 * 9));
    assertUniform(await valueOf('nn.LSTM(10, 25).weight_hh_l0'), 1 / 5);
    assertUniform(await valueOf('nn.Bilinear(16, 5, 20).weight'), 1 / 4);
  });

  it('of attention are Xavier\'s, of embeddings normal, of norms ones and zeros', async () => {
    assertUniform(await valueOf('nn.MultiheadAttention(32, 4).in_proj_weight'), Math.sqrt(6 / (4 * 32)));
    assertNormal(await valueOf('nn.Embedding(50, 40).weight'), 0, 1);
    assert.ok((await valueOf('nn.Embedding(5, 4, padding_idx=1).weight[1]')).values.every((x) => x === 0));
    for (const module of ['nn.LayerNorm(8)', 'nn.BatchNorm2d(8)', 'nn.GroupNorm(2, 8)']) {
      assert.ok((await valueOf(`${module}.weight`)).values.every((x) => x === 1));
      assert.ok((await valueOf(`${module}.bias`)).values.every((x) => x === 0));
    }
    assert.deepEqual((await valueOf('nn.MultiheadAttention(4, 2).in_proj_bias')).values, new Array(12).fill(0));
  });

  it('are what the code\'s own initializers make of them', async () => {
    const initialized = (call: string, made = 'nn.Linear(40, 60)'): string => `layer = ${made}\nnn.init.${call}\nlayer.weight`;
    assertNormal(await valueOf(initialized('trunc_normal_(layer.weight, std=0.02)')), 0, 0.02);
    assertNormal(await valueOf(initialized('normal_(layer.weight, 1.0, 0.5)')), 1, 0.5);
    assertUniform(await valueOf(initialized('xavier_uniform_(layer.weight, gain=2.0)')), 2 * Math.sqrt(6 / 100));
    assertNormal(await valueOf(initialized('xavier_normal_(layer.weight)')), 0, Math.sqrt(2 / 100));
    assertUniform(await valueOf(initialized('kaiming_uniform_(layer.weight, nonlinearity="relu")')), Math.sqrt(6 / 40));
    assertNormal(await valueOf(initialized('kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")', 'nn.Conv2d(8, 16, 3)')), 0, Math.sqrt(2 / (16 * 9)));
    assertUniform(await valueOf(initialized('uniform_(layer.weight, -0.3, 0.3)')), 0.3);
    assert.ok((await valueOf(initialized('constant_(layer.weight, 0.25)'))).values.every((x) => x === 0.25));
    assert.ok((await valueOf('layer = nn.Linear(3, 4)\nlayer.weight.data.zero_()\nlayer.weight')).values.every((x) => x === 0));
    assertNormal(await valueOf('class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(30, 50)\n        self.apply(self._init)\n    def _init(self, m):\n        if isinstance(m, nn.Linear):\n            nn.init.normal_(m.weight, std=0.1)\n            nn.init.zeros_(m.bias)\nNet().fc.weight'), 0, 0.1);
  });

  it('of orthogonal_ are at right angles', async () => {
    const { values } = await valueOf('w = nn.init.orthogonal_(torch.empty(4, 6), gain=2.0)\nw @ w.T');
    values.forEach((x, i) => assert.ok(Math.abs(x - (i % 5 === 0 ? 4 : 0)) < 1e-5));
  });

  it('come from the seed, and the result says that they are drawn', async () => {
    const first = await valueOf('nn.Linear(4, 4).weight');
    assert.deepEqual((await valueOf('nn.Linear(4, 4).weight')).values, first.values);
    assert.notDeepEqual((await valueOf('nn.Linear(4, 4).weight', 1)).values, first.values);
    assert.match(first.provenance.join(), /uniform in \[-0\.500, 0\.500\), seeded/);
  });

  it('pass dropout untouched, which is said', async () => {
    const { values, provenance } = await valueOf('nn.Dropout(0.5)(torch.ones(8))');
    assert.deepEqual(values, new Array(8).fill(1));
    assert.match(provenance.join(), /dropout passes everything on, as in eval mode/);
  });
});

describe('integers', () => {
  it('are exact, or refused with the reason', async () => {
    assert.deepEqual((await valueOf('torch.tensor([9007199254740991]) + 1')).values, [2 ** 53]);
    assert.deepEqual((await valueOf('torch.arange(3) * 2**40')).values, [0, 2 ** 40, 2 ** 41]);
    assert.deepEqual((await valueOf('torch.tensor([16777217]) - torch.tensor([16777216])')).values, [1]);
    assert.deepEqual((await valueOf('torch.tensor([2**31 - 1], dtype=torch.int32) + 1')).values, [-(2 ** 31)]);
    for (const code of ['torch.tensor([9007199254740991]) + 3', 'torch.tensor([2**40]) * 2**40', 'torch.tensor([2**52, 2**52, 2**52, -2**52]).sum()', 'torch.tensor([2**30]).pow(3)', 'torch.tensor([2**50, 2**50]) @ torch.tensor([8, 8])', 'torch.tensor([2**52, 2**52, 2**52]).cumsum(0)']) {
      await assert.rejects(valueOf(code), /beyond 2\^53/, code);
    }
  });
});

describe('complex values', () => {
  it('are computed with and not shown', async () => {
    await assert.rejects(valueOf('torch.fft.fft(torch.ones(4))'), /complex64 values are not shown: look at \.real/);
    await assert.rejects(valueOf('torch.softmax(torch.fft.fft(torch.ones(4)), 0).real'), /torch\.softmax of complex values is not defined/);
  });
});
