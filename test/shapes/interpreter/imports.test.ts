import assert from 'node:assert/strict';
import type { SourceResolver } from '../../../src/shapes/interpreter/machine';
import { check, trace } from './check';

/** Packages whose files are given by dotted name. */
function files(texts: Readonly<Record<string, string>>): { resolver: SourceResolver } {
  const isPackage = (name: string): boolean => Object.keys(texts).some((other) => other.startsWith(`${name}.`));
  return { resolver: { resolve: (name) => (Object.hasOwn(texts, name) ? { path: `/${name}.py`, text: texts[name]!, isPackage: isPackage(name) } : null) } };
}

describe('imports', () => {
  const pkg = files({
    pkg: 'from .layers import Scale\nfrom . import sizes\nversion = "1"\n',
    'pkg.layers': 'import torch\nfrom .sizes import WIDTH\nclass Scale:\n    def __call__(self, x):\n        return x[:, :WIDTH]\n_hidden = 1\n',
    'pkg.sizes': 'WIDTH = 2\nfrom pkg.deep.more import DEPTH\n',
    'pkg.deep': '',
    'pkg.deep.more': 'from ..sizes import WIDTH\nDEPTH = WIDTH * 3\n',
    broken: 'value = 1\nraise RuntimeError("no")\nlater = 2\n',
    star: 'a = 1\n_b = 2\n',
    circle: 'import ring\nvalue = 1\n',
    ring: 'import circle\ndef get():\n    return circle.value\n',
  });

  it('reads packages with their relative imports', () => check(`
    import torch
    from pkg import Scale, version
    import pkg.deep.more as more
    import pkg.sizes
    Scale()(torch.zeros(4, 5))  # → (4, 2) float32
    version  # → "1"
    more.DEPTH  # → 6
    pkg.sizes.WIDTH  # → 2
  `, pkg));

  it('imports all public names', () => check(`
    from star import *
    a  # → 1
    _b  # → unknown
    from torch.nn import *
    Linear(2, 3).weight  # → (3, 2) float32
  `, pkg));

  it('reads modules that import each other, and up to where one raises', () => check(`
    import ring
    ring.get()  # → 1
    import broken
    broken.value  # → 1
    broken.later  # → unknown
  `, pkg));

  it('reads a module in a branch for good', () => check(`
    if maybe:
        import star
        from torch import nn
        first = nn.Linear(2, 3).weight
    else:
        pass
    import star
    star.a  # → 1
    from torch import nn
    nn.Linear(2, 3).weight  # → (3, 2) float32
  `, pkg));

  it('says which module is not there', async () => {
    const analysis = await trace('from elsewhere import thing\nx = thing(1)\n', pkg);
    const seen = [...analysis.recordings.values()].find(({ node, target }) => target && node.kind === 'Name' && node.id === 'x')!.seen[0]!;
    assert.ok(seen.type === 'value' && seen.value.kind === 'unknown');
    assert.match(seen.value.reason, /elsewhere is not installed/);
  });

  it('assumes well-known names aloud', async () => {
    const analysis = await check(`
      x = torch.zeros(2, 3)
      y = F.relu(x)  # → (2, 3) float32
      z = DropPath(0.1)(x)  # → (2, 3) float32
      pair = to_2tuple(3)  # → (3, 3)
    `);
    assert.equal(analysis.assumptions.length, 4);
  });
});
