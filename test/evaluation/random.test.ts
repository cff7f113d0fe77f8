/** Seeded random numbers: the same for the same seed, of the distribution that was asked for. */
import assert from 'node:assert/strict';
import { Generator, normalCumulative, normalQuantile } from '../../src/evaluation/random';
import { run } from '../../src/evaluation/run';
import { cone, node, ref, request } from './cones';

async function values(op: string, args: Parameters<typeof node>[1], shape: readonly number[], seed = 0, dtype: Parameters<typeof node>[3] = 'float32'): Promise<number[]> {
  const graph = cone(node('torch.empty', { size: [...shape] }, shape, dtype), node(op, { ...args, tensor: ref(0) }, shape, dtype));
  const [output] = await run(request(graph, { seed }), { backend: 'cpu', memoryLimit: 1e9 });
  return [...output?.value.host() ?? []];
}

function moments(given: readonly number[]): { mean: number; std: number } {
  const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
  return { mean, std: Math.sqrt(given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length) };
}

describe('random tensors', () => {
  it('are the same for a seed and differ between seeds', async () => {
    const first = await values('torch.nn.init.normal_', {}, [100]);
    assert.deepEqual(await values('torch.nn.init.normal_', {}, [100]), first);
    assert.notDeepEqual(await values('torch.nn.init.normal_', {}, [100], 1), first);
  });

  it('follow their distributions', async () => {
    const normal = moments(await values('torch.nn.init.normal_', { mean: { float: 2 }, std: { float: 3 } }, [200, 200]));
    assert.ok(Math.abs(normal.mean - 2) < 0.05 && Math.abs(normal.std - 3) < 0.05, JSON.stringify(normal));
    const uniform = await values('torch.nn.init.uniform_', { a: { float: -1 }, b: { float: 3 } }, [100, 100]);
    assert.ok(Math.min(...uniform) >= -1 && Math.max(...uniform) < 3);
    assert.ok(Math.abs(moments(uniform).mean - 1) < 0.05);
  });

  it('stay within the bounds of a cut normal distribution', async () => {
    const cut = await values('torch.nn.init.trunc_normal_', { std: { float: 1 }, a: { float: -0.5 }, b: { float: 1 } }, [100, 100]);
    assert.ok(Math.min(...cut) >= -0.5 && Math.max(...cut) <= 1);
    assert.ok(Math.abs(moments(cut).mean - 0.2066) < 0.02, String(moments(cut).mean));
    const usual = moments(await values('torch.nn.init.trunc_normal_', { std: { float: 0.02 } }, [100, 100]));
    assert.ok(Math.abs(usual.std - 0.02) < 0.001);
  });

  it('scale initial weights by the sizes that flow in and out', async () => {
    const xavier = await values('torch.nn.init.xavier_uniform_', {}, [30, 50]);
    const bound = Math.sqrt(6 / 80);
    assert.ok(Math.max(...xavier.map(Math.abs)) <= bound && Math.max(...xavier) > 0.9 * bound);
    const kaiming = moments(await values('torch.nn.init.kaiming_normal_', { mode: 'fan_out', nonlinearity: 'relu' }, [100, 200]));
    assert.ok(Math.abs(kaiming.std - Math.sqrt(2 / 100)) < 0.005);
  });

  it('permute and draw integers', async () => {
    const permutation = await values('torch.randperm', { n: 50 }, [50], 0, 'int64');
    assert.deepEqual([...permutation].sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i));
    const integers = await values('torch.randint', { low: 3, high: 6, size: [200] }, [200], 0, 'int64');
    assert.deepEqual([...new Set(integers)].sort(), [3, 4, 5]);
  });
});

describe('the normal distribution', () => {
  it('has a cumulative function and its inverse', () => {
    for (const [x, p] of [[0, 0.5], [1.96, 0.9750021], [-1, 0.1586553], [-3, 0.0013499]] as const) {
      assert.ok(Math.abs(normalCumulative(x) - p) < 2e-7);
      assert.ok(Math.abs(normalQuantile(p) - x) < 1e-3);
    }
    assert.equal(normalQuantile(0), -Infinity);
  });

  it('has no draw out of [0, 1)', () => {
    const generator = new Generator(7, 3);
    for (let i = 0; i < 1000; i++) {
      const x = generator.uniform();
      assert.ok(x >= 0 && x < 1);
    }
  });
});
