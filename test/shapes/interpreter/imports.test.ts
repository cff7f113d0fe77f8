import assert from 'node:assert/strict';
import type { SourceResolver } from '../../../src/shapes/interpreter/resolver';
import { check, trace } from './check';

/** What begins a package that says its names to type checkers only. */
const LAZY = 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n';

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

  it('reads modules that import each other, and what stands around a statement that raises', () => check(`
    import ring
    ring.get()  # → 1
    import broken
    broken.value  # → 1
    broken.later  # → 2
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

  it('reads what a library imports when it is used, so that a module nobody needs costs nothing', async () => {
    const read: string[] = [];
    const texts: Readonly<Record<string, string>> = {
      lib: 'from .used import width\nfrom .unused import height\nimport lib.other as other\nfrom .names import *\n',
      'lib.used': 'width = 3\n', 'lib.unused': 'height = 4\n', 'lib.other': 'depth = 5\n',
      'lib.names': '__all__ = ["_kept", "shown"]\nfrom .used import width as _kept\nshown = 7\nhidden = 8\n',
    };
    const resolver: SourceResolver = {
      resolve: (name) => {
        read.push(name);
        return Object.hasOwn(texts, name) ? { path: `/${name}.py`, text: texts[name]!, isPackage: name === 'lib' } : null;
      },
    };
    await check(`
      import lib
      lib.width  # → 3
      lib._kept  # → 3
      lib.shown  # → 7
      lib.hidden  # → unknown
    `, { resolver });
    assert.equal(read.includes('lib.used'), true);
    assert.equal(read.includes('lib.unused') || read.includes('lib.other'), false);
  });

  it('knows the names of a package that is lazy at run time, and asks __getattr__ of a module', () => check(`
    from lazy import Config, WIDTH
    Config  # → 4
    WIDTH  # → 6
    import asked
    asked.size  # → "size"
    asked.other  # → unknown
  `, files({
    lazy: 'from typing import TYPE_CHECKING\nimport sys\nif TYPE_CHECKING:\n    from .config import Config\n    from .sizes import *\nelse:\n    sys.modules[__name__] = object()\n',
    'lazy.config': 'Config = 4\n', 'lazy.sizes': 'WIDTH = 6\n',
    asked: 'def __getattr__(name):\n    if name == "size":\n        return name\n    raise AttributeError(name)\n',
  })));

  it('does not ask what a module would be replaced by', async () => {
    const lazy = files({ lazy: 'import sys\nclass Names:\n    def __init__(self, count):\n        for i in range(count):\n            self.last = i\nwidth = 6\nsys.modules[__name__] = Names(1000)\n' });
    const { visits } = await check('import lazy\nlazy.width  # → 6\n', lazy);
    assert.ok(visits < 100, `${visits} visits`);
  });

  it('takes the relative imports of a package from the package itself', () => check(`
    from .sizes import WIDTH
    WIDTH  # → 2
  `, { ...files({ pkg: '', 'pkg.sizes': 'WIDTH = 2\n', sizes: 'WIDTH = 5\n' }), moduleName: 'pkg', isPackage: true }));

  it('gives an import that fails inside a library to the handler that waits for it', () => check(`
    import optional
    optional.found  # → False
  `, files({
    optional: 'try:\n    from .needs import thing\n    found = True\nexcept ImportError:\n    found = False\n',
    'optional.needs': 'raise ImportError("no")\nthing = 1\n',
  })));

  it('gives the traced document itself to what a call imports', () => check(`
    import torch

    class Encoder:
        def __call__(self, x):
            return x.flatten()  # → (6,) float32
  `, { ...files({ 'net.model': 'from net.encoder import Encoder\nclass Model:\n    def __call__(self, x):\n        return Encoder()(x)\n', 'net.encoder': 'class Encoder:\n    pass\n' }), moduleName: 'net.encoder', call: 'from net.model import Model; Model()(torch.randn(2, 3))' }));

  it('goes on without a statement of a library that takes too long', () => check(`
    import heavy
    heavy.after  # → 2
  `, files({ heavy: 'total = 0\nfor i in range(500):\n    for j in range(500):\n        total = total + j\nafter = 2\n' })));

  it('does not know what a statement that takes too long has written', () => check(`
    import slow
    slow.before    # → 1
    slow.table     # → unknown
    slow.counts['a']  # → unknown
    slow.counts['b']  # → 2
    slow.made      # → unknown
    slow.after     # → 3
  `, files({ slow: 'before = 1\ntable = 0\ncounts = {"a": 1, "b": 2}\ndef spin():\n    global table\n    table = 5\n    counts["a"] = 9\n    six(lambda: six(lambda: six(lambda: six(lambda: six(lambda: six(lambda: 1))))))\ndef six(f):\n    return [f(), f(), f(), f(), f(), f()]\nmade = [spin() for i in range(100)]\nafter = 3\n' })));

  it('finds the class of super() in a method that a decorator hides', () => check(`
    from kept import keeps
    class Base:
        def __init__(self):
            self.size = 3
    class Net(Base):
        @keeps
        def __init__(self, width):
            super().__init__()
            self.width = width
    Net(5).size  # → 3
    Net(5).width  # → 5
  `, files({ kept: 'def keeps(init):\n    def inner(self, *args, **kwargs):\n        init(self, *args, **kwargs)\n    return inner\n' })));

  it('takes a class as it is where its decorator takes too long', () => check(`
    import heavy
    heavy.Net.size  # → 2
  `, files({ heavy: 'def documented(cls):\n    for i in range(200):\n        for j in range(200):\n            text = str(i + j)\n    return cls\n@documented\nclass Net:\n    size = 2\n' })));

  it('takes a class without what its decorator wrote until it took too long', () => check(`
    from heavy import validated
    class Config:
        names = {'width': 'size'}
        def __setattr__(self, name, value):
            object.__setattr__(self, self.names.get(name, name), value)
    @validated
    class Model(Config):
        def __init__(self, **options):
            for name, value in options.items():
                setattr(self, name, value)
    Model(size=2, width=3).size  # → 3
  `, files({ heavy: 'def validated(cls):\n    original = cls.__setattr__\n    def checked(self, name, value):\n        original(self, name, value)\n    cls.__setattr__ = checked\n    for i in range(200):\n        for j in range(200):\n            text = str(i + j)\n    return cls\n' })));

  it('finds names behind the stars of lazy packages', () => check(`
    from zoo import LlamaConfig, DeepLlamaConfig
    LlamaConfig.width      # → 3
    DeepLlamaConfig.width  # → 5
  `, files({
    zoo: `${LAZY}    from .models import *\n`,
    'zoo.models': `${LAZY}${Array.from({ length: 40 }, (_, i) => `    from .other${i} import *\n`).join('')}    from .llama import *\n    from .deep_llama import *\n`,
    'zoo.models.llama': `${LAZY}    from .config import *\n`,
    'zoo.models.llama.config': 'class LlamaConfig:\n    width = 3\n',
    'zoo.models.deep_llama': 'class DeepLlamaConfig:\n    width = 5\n',
  })));

  it('reports wrong arguments of the document, not those between library functions', () => check(`
    from tools import outer, inner
    outer(1)  # → unknown
    inner(1, later=2)  # error argument-mismatch
  `, files({ tools: 'def inner(x):\n    return x\ndef outer(x):\n    return inner(x, later=True)\n' })));

  it('says what is installed, in which version, and imports by name', () => check(`
    import importlib.metadata
    import importlib.util
    import importlib
    importlib.util.find_spec('pkg') is not None  # → True
    importlib.util.find_spec('nowhere_else')     # → None
    importlib.util.find_spec('torch') is None    # → False
    importlib.metadata.version('pkg')            # → "1.2"
    try:
        importlib.metadata.version('nowhere-else')
        missing = False
    except importlib.metadata.PackageNotFoundError:
        missing = True
    missing  # → True
    importlib.import_module('pkg.sizes').WIDTH   # → 2
    importlib.import_module('.sizes', 'pkg').WIDTH  # → 2
  `, { resolver: { ...pkg.resolver, version: (name) => (name === 'pkg' ? '1.2' : null) } }));

  it('finds the module that a function is of', () => check(`
    import sys
    from registry import register, entries
    default_cfgs = {'small': 3}
    @register
    def small():
        return 1
    entries['small']  # → 3
    sys.modules['pkg.sizes'].WIDTH  # → 2
    'pkg.sizes' in sys.modules      # → True
  `.replace('import sys\n', 'import sys\n    import pkg.sizes\n'), files({
    'pkg.sizes': 'WIDTH = 2\n', pkg: '',
    registry: 'import sys\nentries = {}\ndef register(fn):\n    module = sys.modules[fn.__module__]\n    entries[fn.__name__] = module.default_cfgs[fn.__name__]\n    return fn\n',
  })));

  it('leaves a function as it is that a context manager is put around', () => check(`
    from guards import guarded
    @guarded()
    def double(x):
        return x * 2
    double(4)  # → 8
  `, files({ guards: 'from contextlib import contextmanager\n@contextmanager\ndef guarded():\n    yield\n' })));

  it('takes the switches of libraries as nobody set them', () => check(`
    from switches import eager, mode, home
    eager  # → False
    mode   # → "lazy"
    home   # → unknown
  `, files({ switches: "import os\neager = bool(os.environ.get('EAGER'))\nmode = os.getenv('MODE', 'lazy')\nhome = os.environ.get('HOME')\n" })));

  it('takes a method as it is where its decorator takes too long', () => check(`
    from heavy import documented
    class Net:
        @documented
        def size(self):
            return 2
    Net().size()  # → 2
  `, files({ heavy: 'def documented(fn):\n    for i in range(200):\n        for j in range(200):\n            text = str(i + j)\n    return fn\n' })));

  it('runs a file as a script, and a module of a package as one that is imported', async () => {
    const script = 'size = 2\nif __name__ == "__main__":\n    size = 3\nsize  # → SIZE\n';
    await check(script.replace('SIZE', '3'), { moduleName: 'demo' });
    await check(script.replace('SIZE', '2'), { moduleName: 'pkg.demo' });
  });

  it('takes a function of a library that cannot be traced to give what those give that may stand in its place', () => check(`
    import torch
    from torch import nn
    from kernels import fast
    def plain(q, scale):
        return q * scale, None
    class Attention(nn.Module):
        def forward(self, x: torch.Tensor, mode: str):
            b, n = x.shape
            attend = {'fast': fast, 'plain': plain}[mode]
            y, _ = attend(x, 2)
            return y  # → (b, n) of unknown dtype
  `, files({ kernels: 'import _compiled\ndef fast(q, scale):\n    return _compiled.run(q), None\n' })));
});
