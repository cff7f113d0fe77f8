import assert from 'node:assert/strict';
import { findings } from './findings';

const sources = (files: Readonly<Record<string, string>>) => ({
  resolver: { resolve: (name: string) => (files[name] === undefined ? null : { path: `/site-packages/${name}.py`, text: files[name], isPackage: false }) },
});
const PYTEST = sources({
  pytest: `
class RaisesContext:
    def __init__(self, expected):
        self.expected = expected
    def __enter__(self):
        return self
    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self.expected)
def raises(expected, match=None):
    return RaisesContext(expected)
`,
});
const FAULT = 'torch.zeros(2, 3) @ torch.zeros(2, 3)';

describe('faults on purpose', () => {
  const silent: [what: string, code: string][] = [
    ['a try with a handler', `try:\n    ${FAULT}\nexcept RuntimeError:\n    pass`],
    ['a function called in one', `def f():\n    return ${FAULT}\ntry:\n    f()\nexcept Exception as error:\n    print(error)`],
    ['pytest.raises that is not installed', `import pytest\nwith pytest.raises(RuntimeError):\n    ${FAULT}`],
    ['assertRaises', `import unittest\nclass Test(unittest.TestCase):\n    def test(self):\n        with self.assertRaises(RuntimeError):\n            ${FAULT}\n        with self.assertRaisesRegex(RuntimeError, 'mat1'):\n            ${FAULT}`],
    ['contextlib.suppress', `import contextlib\nwith contextlib.suppress(RuntimeError):\n    ${FAULT}`],
    ['suppress by its name', `from contextlib import suppress\nwith torch.no_grad(), suppress(RuntimeError):\n    ${FAULT}`],
    ['a manager of which nothing is known', `with maybe.expected():\n    ${FAULT}`],
  ];
  for (const [what, code] of silent) it(what, async () => assert.deepEqual((await findings(code)).lines, []));

  it('pytest.raises that is installed', async () => {
    assert.deepEqual((await findings(`import pytest\nwith pytest.raises(RuntimeError, match='mat1'):\n    ${FAULT}\nfrom pytest import raises\nwith raises(RuntimeError) as info:\n    ${FAULT}`, PYTEST)).lines, []);
  });

  it('a manager whose __exit__ may swallow', async () => {
    const manager = (exit: string): string => `class Manager:\n    def __enter__(self):\n        return self\n    def __exit__(self, *error):\n        ${exit}\nwith Manager():\n    ${FAULT}`;
    assert.deepEqual((await findings(manager('return True'))).lines, []);
    assert.deepEqual((await findings(manager('return issubclass(error[0], RuntimeError)'))).lines, []);
    assert.deepEqual((await findings(manager('self.done = True'))).lines, ['7: error matmul-size-mismatch']);
    assert.deepEqual((await findings(manager('return False'))).lines, ['7: error matmul-size-mismatch']);
  });

  it('a manager that only measures guards nothing', async () => {
    assert.deepEqual((await findings(`with torch.no_grad():\n    ${FAULT}`)).lines, ['2: error matmul-size-mismatch']);
    assert.deepEqual((await findings(`from contextlib import contextmanager\n@contextmanager\ndef timed():\n    yield\nwith timed():\n    ${FAULT}`)).lines, ['6: error matmul-size-mismatch']);
  });

  it('try with finally alone guards nothing, and the handler itself is not guarded', async () => {
    assert.deepEqual((await findings(`try:\n    ${FAULT}\nfinally:\n    pass`)).lines, ['2: error matmul-size-mismatch']);
    assert.deepEqual((await findings(`try:\n    raise ValueError\nexcept ValueError:\n    ${FAULT}`)).lines, ['4: error matmul-size-mismatch']);
    assert.deepEqual((await findings(`try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    ${FAULT}`)).lines, ['6: error matmul-size-mismatch']);
  });
});

describe('faults inside libraries', () => {
  const LIBRARY = sources({
    heads: `
import torch
from torch import nn

class Head(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 4)

    def forward(self, x):
        return self.score(x.mean(dim=1))

    def score(self, x):
        return self.fc(x)
`,
  });

  it('are reported at the call, with the library line beside', async () => {
    const { lines, analysis } = await findings(`
      from heads import Head
      head = Head(8)
      x = torch.zeros(2, 5, 16)
      head(x)
      for _ in range(2):
          head(x[:, :3])
    `, LIBRARY);
    assert.deepEqual(lines, ['4: error linear-size-mismatch', '6: error linear-size-mismatch']);
    const [first] = analysis.findings;
    assert.match(first!.message, /\(2, 16\).*in_features = 8.*\(inside Head\.score, called here\)/);
    const places = first!.related.map(({ span, message, library }) => `${library?.path ?? 'document'} ${(library?.source ?? analysis.tree.source).slice(span.start, span.end)}: ${message}`);
    assert.deepEqual(places, [
      'document torch.zeros(2, 5, 16): the size 16 comes from here',
      'document Head(8): the size 8 comes from here',
      '/site-packages/heads.py self.fc(x): it happens here',
    ]);
  });

  it('are none where the call may take another way through the library', async () => {
    const library = sources({
      models: `
import torch
class Wide:
    def __call__(self, x):
        return x @ torch.zeros(9, 9)
class Narrow:
    def __call__(self, x):
        return x @ torch.zeros(4, 4)
def build(wide):
    return Wide() if wide else Narrow()
def run(model, x, wide=False):
    if wide:
        x = x @ torch.zeros(9, 9)
    return model(x)
`,
    });
    const { lines } = await findings(`
      import argparse
      from models import build, run
      args = argparse.ArgumentParser().parse_args()
      model = build(args.wide)
      x = torch.zeros(2, 4)
      model(x)
      run(model, x)
      run(build(False), x, args.wide)
      if args.wide:
          run(build(True), x)
    `, library);
    assert.deepEqual(lines, ['10: error matmul-size-mismatch']);
  });

  it('torch\'s own modules are no library: the layer is named', async () => {
    const { analysis } = await findings('nn.Linear(8, 4)(torch.zeros(2, 16))');
    assert.deepEqual(analysis.findings.map(({ message }) => message.includes('inside')), [false]);
  });
});

describe('one fault is one finding', () => {
  it('in loops, in repeated calls, and in what follows', async () => {
    const { lines } = await findings(`
      def f(x):
          y = x @ torch.zeros(9, 9)
          return y.view(3, 3) + torch.zeros(7)
      for n in range(4):
          f(torch.zeros(2, n))
      z = f(torch.zeros(2, 1)) @ torch.zeros(1, 1)
    `);
    assert.deepEqual(lines, ['2: error matmul-size-mismatch']);
  });
});

describe('what is not known is no scalar', () => {
  const calls = [
    "F.mse_loss(maybe, torch.zeros(3), reduction='none')", 'torch.bucketize(maybe, torch.zeros(3))', 'torch.searchsorted(torch.zeros(3), maybe)', 'torch.isin(maybe, torch.zeros(3))',
    'torch.quantile(torch.zeros(3), maybe)', 'torch.tensor(maybe)',
  ];
  for (const call of calls) it(call, async () => assert.deepEqual((await findings(`${call}[0, 0]`)).lines, []));
});

describe('what decorators do is not known', () => {
  it('they may give arguments', async () => {
    assert.deepEqual((await findings("import hydra\n@hydra.main(config_name='x')\ndef main(cfg):\n    return cfg\nmain()")).lines, []);
    assert.deepEqual((await findings('def main(cfg):\n    return cfg\nmain()')).lines, ['3: error argument-mismatch']);
  });
});

describe('faults of the call that the trace is entered with', () => {
  const NET = 'class Net(nn.Module):\n    def forward(self, x):\n        return x @ torch.zeros(3, 3)\n';
  const cases: [call: string, place: string, message: RegExp][] = [
    ['torch.zeros(2, 3) @ torch.zeros(2, 3)', 'the start', /^in the call: matmul: .*3 == 2/],
    ['Net()()', 'the start', /^in the call: forward\(\) misses the argument x/],
    ['Net()(torch.zeros(2, 4))', 'x @ torch.zeros(3, 3)', /^matmul: .*4 == 3/],
  ];
  for (const [call, place, message] of cases) {
    it(call, async () => {
      const { analysis } = await findings(NET, { call });
      assert.deepEqual(analysis.findings.map(({ span }) => (span.end === 0 ? 'the start' : analysis.tree.source.slice(span.start, span.end))), [place]);
      assert.match(analysis.findings[0]!.message, message);
    });
  }
});
