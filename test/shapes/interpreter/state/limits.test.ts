import assert from 'node:assert/strict';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { SourceResolver } from '../../../../src/shapes/interpreter/resolver';
import { trace } from '../check';

describe('limits of a trace', () => {
  it('ends with what it has where the budget is spent', async () => {
    const analysis = await trace(`${'n = 0\n'.repeat(600)}late = 1\n`, { budget: { steps: 500 } });
    assert.equal(analysis.complete, false);
    assert.match(analysis.notice!, /more than 500 expressions/);
    assert.ok([...analysis.recordings.values()].some(({ node, target }) => target && node.kind === 'Name' && node.id === 'n'));
  });

  it('ends where the time is spent', async () => {
    let now = 0;
    const analysis = await trace('n = 0\n'.repeat(9000), { budget: { milliseconds: 50, now: () => (now += 20) } });
    assert.match(analysis.notice!, /took longer/);
  });

  it('goes on where code nests deeply', async () => {
    const deep = `${'('.repeat(60)}1${')'.repeat(60)}`;
    const analysis = await trace(`a = ${deep}\nb = ${Array.from({ length: 3000 }, () => '1').join(' + ')}\n`);
    assert.equal(analysis.complete, true);
  });

  it('takes functions that call each other endlessly for unknown', async () => {
    const analysis = await trace('def f(n):\n    return g(n)\ndef g(n):\n    return [f(n) for i in range(1)]\nx = f(1)\nclass A:\n    @property\n    def p(self):\n        return self.p\ny = A().p\n');
    assert.equal(analysis.notice, null);
  });

  const library = (text: string): { resolver: SourceResolver } => ({ resolver: { resolve: (name) => (name === 'lib' ? { path: '/lib.py', text, isPackage: false } : null) } });

  it('traces a call into a library that told nothing once in a function that nothing calls, but for what it does to what it is given', async () => {
    const body = 'import elsewhere\ndef walk(x):\n    for name in range(200):\n        x = x * 1\n    return elsewhere.run(x), None\ndef fill(items):\n    items.append(1)\n    return elsewhere.run(items)\n';
    const calls = (n: number): string => `import lib\ndef f(x):\n${'    y = lib.walk(x)\n'.repeat(n)}    items = []\n${'    lib.fill(items)\n'.repeat(n)}    return len(items)\n`;
    const [one, eight] = [await trace(calls(1), library(body)), await trace(calls(8), library(body))];
    assert.ok(eight.visits - one.visits < one.visits, `${one.visits} visits, then ${eight.visits}`);
    const lengths = [...eight.recordings.values()].filter(({ node }) => node.kind === 'Call').map(({ seen }) => seen.at(-1)).filter((seen) => seen?.type === 'value' && seen.value.kind === 'int');
    assert.deepEqual(lengths.map((seen) => (seen?.type === 'value' && seen.value.kind === 'int' ? seen.value.value?.value : null)), [8]);
  });

  it('follows no function of a library far into itself where what ends that is not known', async () => {
    const inside = (call: string): string => `def describe(kind):\n    if kind.plain:\n        return 'plain'\n    if kind.many:\n        return ${call}\n    return ${call}\n`;
    for (const call of ['describe(kind.inner)', '[describe(inner) for inner in kind.args]']) {
      const { visits } = await trace('from elsewhere import kind\nimport lib\nlib.describe(kind)\n', library(inside(call)));
      assert.ok(visits < 100, `${call}: ${visits} visits`);
    }
  });

  it('keeps nothing of a trace in the trees of the libraries it read', async () => {
    const branches = library('def scale(x, much):\n    if much:\n        B, N, C = x.shape\n        return x * N\n    return x\n');
    const symbols = async (): Promise<WeakRef<object>[]> => (await trace('import lib\ndef f(x, much):\n    return lib.scale(x, much)\n', branches)).symbols.map((symbol) => new WeakRef(symbol));
    const kept = await symbols();
    assert.ok(kept.length > 0);
    await new Promise((resolve) => { setImmediate(resolve); });
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    // The first may only end a collection that had begun before, and keep what was in use then.
    for (let n = 0; n < 2; n++) collect();
    assert.equal(kept.filter((symbol) => symbol.deref() !== undefined).length, 0);
  });
});
