/** Patterns of einops on sizes that are names, on tensors of unknown rank, and what faults say. */
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/shapes/analysis';
import type { Analysis } from '../../../../src/shapes/analysis';
import { seenText } from '../../../../src/shapes/describe';
import { int, list } from '../../../../src/shapes/values/values';
import { lookupFunction } from '../../../../src/shapes/torch/registry';
import { loadParser } from '../../python/load';
import { Calls } from '../support';

const CASES: readonly (readonly [string, (c: Calls) => string, string])[] = [
  ['a product of names', (c) => c.run('einops.rearrange', [c.tensor('(B, C, H, W)'), 'b c h w -> b (h w) c']), '(B, H*W, C) float32 view?'],
  ['an axis that divides a name', (c) => c.run('einops.rearrange', [c.tensor('(B, N, 3*D)'), 'b n (k d) -> k b n d'], { k: int(c.size(3)) }), '(3, B, N, D) float32 view'],
  ['an axis that may divide', (c) => c.run('einops.rearrange', [c.tensor('(B, H)'), 'b (h p) -> b h p'], { p: int(c.size(4)) }), '(B, H//4, 4) float32 view'],
  ['a name that cannot be a multiple', (c) => c.run('einops.rearrange', [c.tensor('(4*N+1,)'), '(h p) -> h p'], { p: int(c.size(2)) }), 'fault einops-size-mismatch'],
  ['repeat by a name', (c) => c.run('einops.repeat', [c.tensor('(1, 1, D)'), '() n d -> b n d'], { b: int(c.size('B')) }), '(B, 1, D) float32 view'],
  ['a dim of 1 that is a name is demanded', (c) => c.run('einops.rearrange', [c.tensor('(A, D)'), '1 d -> d']), '(D,) float32 view'],
  ['reduce over names', (c) => c.run('einops.reduce', [c.tensor('(B, N, D)'), 'b n d -> b d', 'mean']), '(B, D) float32'],
  ['a list of tensors', (c) => c.run('einops.rearrange', [list([c.tensor('(B, D)'), c.tensor('(B, D)')]), 'n b d -> b (n d)']), '(B, 2*D) float32'],
  ['einsum by words', (c) => c.run('einops.einsum', [c.tensor('(B, I, D)'), c.tensor('(B, J, D)'), 'batch i dim, batch j dim -> batch i j']), '(B, I, J) float32'],
  ['pack', (c) => c.run('einops.pack', [list([c.tensor('(B, D)'), c.tensor('(B, H, W, D)')]), 'b * d']), '[(B, 1 + H*W, D) float32, list]'],
  ['the run of unknown dims', (c) => c.run('einops.rearrange', [c.tensor('(*batch, N, D)'), '... n d -> ... d n']), '(*batch, D, N) float32 view?'],
  ['the run of unknown dims in the middle', (c) => c.run('einops.rearrange', [c.tensor('(B, *rest, D)'), 'b ... d -> d ... b']), '(D, *rest, B) float32 view?'],
  ['the run of unknown dims reduced', (c) => c.run('einops.reduce', [c.tensor('(B, *rest)'), 'b ... -> b', 'max']), '(B,) float32'],
  ['a rank that is not known', (c) => c.run('einops.rearrange', [c.tensor('(*batch,)'), 'b d -> d b']), "unknown: rearrange by 'b d -> d b': the rank of a tensor of shape (*batch) is not known"],
];

/** What a call says is wrong. */
function message(args: Parameters<Calls['call']>[1], keywords: Parameters<Calls['call']>[2] = {}, name = 'einops.rearrange'): string {
  const outcome = new Calls().call(lookupFunction(name), args, keywords);
  return !outcome.ok && 'fault' in outcome ? outcome.fault.message : 'no fault';
}

describe('einops on symbolic sizes', () => {
  for (const [name, run, wanted] of CASES) it(name, () => assert.equal(run(new Calls()), wanted));
});

describe('what einops faults say', () => {
  const c = new Calls();
  const x = c.tensor('(2, 3, 10, 12)');
  it('the rank', () => assert.equal(message([x, 'b c h -> b h c']), "rearrange: (2, 3, 10, 12) has 4 dims, but 'b c h' in 'b c h -> b h c' names 3 dims"));
  it('the size that is not divisible', () => assert.equal(
    message([x, 'b c (h p) w -> b h p (c w)'], { p: int(c.size(4)) }),
    "rearrange: dim 2 of (2, 3, 10, 12) has size 10, but '(h p)' in 'b c (h p) w -> b h p (c w)' needs a multiple of 4 (p=4): 10 is not divisible by it",
  ));
  it('lengths that contradict the size', () => assert.equal(
    message([x, 'b c (h p) w -> b h p (c w)'], { p: int(c.size(5)), h: int(c.size(3)) }),
    "rearrange: dim 2 of (2, 3, 10, 12) has size 10, but '(h p)' in 'b c (h p) w -> b h p (c w)' is 15 (h=3, p=5); they must be equal",
  ));
  it('a name on one side', () => assert.equal(message([x, 'b c h w -> b c h']), "rearrange: w is on the left side of 'b c h w -> b c h' only: write it on the right side too, or use reduce"));
  it('a length that is missing', () => assert.equal(message([x, 'b c h w -> n b c h w'], {}, 'einops.repeat'), "repeat: n is on the right side of 'b c h w -> n b c h w' only, so its length must be given: n=…"));
});

describe('einops in code', () => {
  async function traced(source: string): Promise<Analysis> {
    return analyze(source, { parser: await loadParser() });
  }
  /** Each text that a name was seen with. */
  const seenAs = (analysis: Analysis, name: string): string[] =>
    [...analysis.recordings.values()].filter(({ node, target }) => target && node.kind === 'Name' && node.id === name).flatMap(({ seen }) => seen.map((each) => seenText(each).replace(/\) .*/, ')')));

  it('a pattern says the rank of a parameter and names its dims', async () => {
    const analysis = await traced("from einops import rearrange\ndef tokens(x):\n    y = rearrange(x, 'b c h w -> b (h w) c')\n    return y\n");
    assert.deepEqual(seenAs(analysis, 'y'), ['(b, h*w, c)']);
  });
  it('without an import it is assumed', async () => {
    const analysis = await traced("x = torch.zeros(2, 3, 4)\ny = rearrange(x, 'b n d -> b (n d)')\nz = einops.reduce(x, 'b n d -> b', 'sum')\n");
    assert.deepEqual([...seenAs(analysis, 'y'), ...seenAs(analysis, 'z')], ['(2, 12)', '(2,)']);
    assert.ok(analysis.assumptions.some(({ text }) => text.includes('einops.rearrange')));
  });
  it('a pattern that is put together', async () => {
    const analysis = await traced([
      'import torch', 'from einops.layers.torch import Rearrange', "dims = 'fgh'[:2]", "src = ' '.join(f'({d} p{i})' for i, d in enumerate(dims))",
      "x = Rearrange(f'b c {src} -> b ({\" \".join(dims)}) (p0 p1 c)', **{f'p{i}': 4 for i in range(2)})(torch.zeros(2, 3, 8, 12))",
    ].join('\n'));
    assert.deepEqual(seenAs(analysis, 'x'), ['(2, 6, 48)']);
  });
  it('every way to import it', async () => {
    const analysis = await traced([
      'import torch, einops, einops.layers.torch as el', 'import einops as eo', 'from einops import layers', 'from einops.layers.torch import Rearrange',
      'x = torch.zeros(2, 3, 4)', "a = eo.rearrange(x, 'b n d -> b d n')", "b = el.Rearrange('b n d -> b d n')(x)", "c = Rearrange('b n d -> b d n')(x)", "d = layers.torch.Reduce('b n d -> b d 1', 'sum')(x)",
    ].join('\n'));
    assert.deepEqual(['a', 'b', 'c', 'd'].flatMap((name) => seenAs(analysis, name)), ['(2, 4, 3)', '(2, 4, 3)', '(2, 4, 3)', '(2, 4, 1)']);
  });
});
