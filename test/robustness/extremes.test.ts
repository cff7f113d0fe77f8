// Code that nests, repeats, recurses or grows beyond measure: each trace ends by itself or by its budget, in time, says so,
// and goes on with what comes behind where that can be.
import assert from 'node:assert/strict';
import { trace } from '../../src/project/tracedFile';
import { loadParser } from '../shapes/python/load';
import type { TracedFile } from '../../src/project/tracedFile';

const times = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('');
const nested = (count: number, header: (i: number) => string, innermost: string): string => `${times(count, (i) => `${' '.repeat(i)}${header(i)}\n`)}${' '.repeat(count)}${innermost}\n`;
const TORCH = 'import torch\nfrom torch import nn\n';

/** Processor time that one of them may take; most take a hundredth, on a busy machine several times as much. */
const MOST_MILLISECONDS = 15_000;

/** What this process has computed until now, in milliseconds: what else the machine does is not to count. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function traced(text: string, steps = 4_000_000): Promise<TracedFile['analysis']> {
  const parser = await loadParser();
  const before = now();
  const { analysis } = trace({ text, language: 'python', parser, budget: { steps, now } });
  assert.ok(now() - before < MOST_MILLISECONDS, `it took ${Math.round(now() - before)} ms`);
  assert.equal(analysis.complete, analysis.notice === null);
  return analysis;
}

/** Whether the last statement, `last = 2`, was traced. */
function reachesEnd({ recordings }: TracedFile['analysis']): boolean {
  return [...recordings.values()].some(({ node, target }) => target && node.kind === 'Name' && node.id === 'last');
}

/** Traced to its end, what comes behind included. */
const WHOLE: Readonly<Record<string, string>> = {
  'a thousand brackets': `x = ${'('.repeat(1000)}1${')'.repeat(1000)}`,
  'a thousand lists in each other': `x = ${'['.repeat(1000)}1${']'.repeat(1000)}`,
  'a thousand brackets that nothing closes': `x = ${'([{'.repeat(400)}`,
  'closing brackets': `x = 1${')'.repeat(5000)}`,
  'a thousand calls in each other': `def f(a): return a\nx = ${'f('.repeat(1000)}1${')'.repeat(1000)}`,
  'five thousand subscripts': `x = a${'[0]'.repeat(5000)}`,
  'five thousand attributes': `x = a${'.b'.repeat(5000)}`,
  'three thousand methods in a row': `${TORCH}x = torch.zeros(2)${'.relu()'.repeat(3000)}`,
  'three thousand signs': `x = ${'-'.repeat(3000)}1`,
  'a sum of ten thousand numbers': `a = 1\nx = ${'a + '.repeat(10_000)}a`,
  'a sum of ten thousand sizes': `def f(${times(50, (i) => `a${i}: int, `)}):\n    return ${times(10_000, (i) => `a${i % 50} + `)}1`,
  'a tower of powers': `x = ${'2 ** '.repeat(3000)}1`,
  'a thousand conditional expressions': `x = ${'1 if a else '.repeat(1000)}2`,
  'five hundred functions in each other': nested(500, (i) => `def f${i}(x):`, 'return x'),
  'three hundred classes in each other': nested(300, (i) => `class A${i}:`, 'pass'),
  'five hundred conditions in each other': nested(500, (i) => `if a${i}:`, 'x = 1'),
  'ninety loops in each other': nested(90, (i) => `for a${i} in b:`, 'x = 1'),
  'three thousand conditions': times(3000, (i) => `if a${i % 7}:\n    x = ${i}\n`),
  'a thousand early returns': `def f(x):\n${times(1000, (i) => `    if x == ${i}:\n        return ${i}\n`)}    return 0\nfrom nowhere import z\nt = f(z)`,
  'a loop that may end at any round': 'from nowhere import z\nn = 0\nwhile True:\n    n += 1\n    if z(n):\n        break',
  'a string of a megabyte': `x = "${'a'.repeat(1_000_000)}"`,
  'a number of a hundred thousand digits': `x = ${'9'.repeat(100_000)}\nz = x + 1`,
  'a list of a hundred thousand numbers': `x = [${'1, '.repeat(100_000)}]`,
  'a dict of fifty thousand entries': `x = {${times(50_000, (i) => `${i}: ${i}, `)}}`,
  'a megabyte of one expression': `x = foo(${times(70_000, (i) => `a${i % 1000} * ${i} + `)}1)`,
  'twenty thousand lines': times(20_000, (i) => `x${i} = ${i}\n`),
  'twenty thousand comments': times(20_000, () => 'x = 1  # (B, N, C)\n'),
  'thousands of broken lines': times(5000, (i) => `x${i} = = ${i}\n`),
  'thousands of lines with a bracket open': times(3000, () => 'x = foo(\n'),
  'thousands of broken functions': times(5000, (i) => `def f${i}(\n    return 1\n`),
  'a bracket, a quote and an indent a line': times(2000, (i) => `${' '.repeat(i % 13)}("x\n`),
  'endless recursion': 'def f(n):\n    return f(n + 1)\nx = f(0)',
  'recursion that doubles': 'def f(n):\n    return f(n + 1) + f(n + 2)\nx = f(0)',
  'recursion of three functions': 'def f(n):\n    return g(n) + g(n)\ndef g(n):\n    return h(n) + f(n)\ndef h(n):\n    return f(n), g(n)\nx = f(0)',
  'recursion that ends late': 'def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nx = f(40)',
  'a generator of itself': 'def f():\n    yield from f()\nx = list(f())',
  'special methods that call themselves': 'class A:\n    def __getattr__(self, name):\n        return getattr(self, name)\n    def __eq__(self, other):\n        return self == other\n    def __len__(self):\n        return len(self)\n    def __repr__(self):\n        return repr(self)\n    def __iter__(self):\n        return iter(self)\na = A()\nx = a.missing, a == a, len(a), repr(a), list(a), str(a), f"{a}"',
  'containers of themselves': 'x = []\nx.append(x)\nd = {"d": x}\nd["d"] = d\nimport copy\ny = str(x), repr(d), x == x, copy.deepcopy(x), [x, d] * 3\nprint(x, d)',
  'while True': 'n = 0\nwhile True:\n    n += 1',
  'while True, of nothing': 'while True:\n    pass',
  'a string that doubles for ever': 'x = "a"\nwhile True:\n    x += x',
  'a list that doubles for ever': 'x = [1]\nwhile True:\n    x = x + x\n    z = [*x, *x]\n    x.extend(x)',
  'a number that is squared for ever': 'x = 2\nwhile True:\n    x = x * x',
  'a dict that grows for ever': 'x = {}\nn = 0\nwhile True:\n    x[n] = x\n    n += 1',
  'a billion rounds': 'for i in range(10**9):\n    x = i',
  'a billion items': 'x = [i for i in range(10**9)], list(range(10**12)), sum(range(10**15)), set(range(10**8)), dict.fromkeys(range(10**8)), sorted(range(10**8)), list(zip(range(10**9), range(10**9)))',
  'items by items': 'x = [[i * j for j in range(3000)] for i in range(3000)]',
  'items appended to items': 'x = []\nfor i in range(1000):\n    for j in range(1000):\n        x.append(j)',
  'endless iterators': 'import itertools\nx = list(itertools.product(range(1000), repeat=10)), list(itertools.permutations(range(100)))\nfor i in itertools.count():\n    pass\nz = list(itertools.repeat(1, 10**9)), list(itertools.cycle([1]))',
  'numbers beyond measure': 'import math\nx = 10**10**10\nz = 2**(2**100), 7**(10**9), 10.0**10000, 1 << 10**12, (-1)**(10**18), pow(3, 10**9, 7)\ny = math.factorial(10**9), math.comb(10**9, 10**8), math.prod(range(1, 10**9))',
  'strings beyond measure': 'x = "a" * 10**12\nz = "ab" * 2**40, b"a" * 10**12\ny = "-".join(["a" * 10**4] * 10**4), ("a" * 10**5).replace("a", "b" * 10**5)',
  'lists beyond measure': 'x = [0] * 10**12\nz = (0,) * 10**12, [[0] * 10**6] * 10**6\ny = [0] * 9999\nw = y + y\nv = [*y, *y]',
  'texts formatted beyond measure': 'x = "%1000000000d" % 1, "{:1000000000d}".format(1), f"{1:>1000000000}", "a".ljust(10**10), "a".center(10**12), "%.1000000000f" % 1.0, "a".zfill(10**12), "{0:{1}}".format(1, 10**10), "a\\t".expandtabs(10**10)',
  'patterns that backtrack': 'import re\nx = re.match(r"(a+)+$", "a" * 40 + "b"), re.sub(r"(x+x+)+y", "", "x" * 40), re.findall(r"(.*)*" * 10, "a" * 1000), re.match("(a?){64}a{64}", "a" * 64)\nz = re.match("a{1000000000}", "a")',
  'tensors of a billion rows': `${TORCH}x = torch.zeros(10**9)\nz = list(x), x.tolist(), x.split(1), x.chunk(10**9), x.unbind(), x.tensor_split(10**9), torch.arange(10**15)\nfor row in torch.zeros(10**9, 3):\n    pass`,
  'a hundred thousand layers': `${TORCH}m = nn.Sequential(*[nn.Linear(8, 8) for _ in range(10**5)])\nx = m(torch.zeros(1, 8))`,
  'a thousand layers': `${TORCH}m = nn.ModuleList([nn.Linear(8, 8) for _ in range(1000)])\nx = torch.zeros(1, 8)\nfor layer in m:\n    x = layer(x)`,
  'a size of sixty operations': `def f(x, n: int):\n    s = n\n${'    s = s * (s + n) // 3 % (n + 1)\n'.repeat(60)}    return x.view(s, -1)`,
  'views of views': `def f(x):\n    B, N, C = x.shape\n${times(100, (i) => `    x = x.reshape(B * ${i + 1} // (N + ${i}), -1)\n`)}    return x`,
  'a hundred functions that nothing calls': times(100, (i) => `def f${i}(x, w):\n    B, N = x.shape\n    return ${i > 0 ? `f${i - 1}(x, w)` : 'x'}\n`),
  'a hundred base classes': `class A0: pass\nclass B0: pass\n${times(100, (i) => `class A${i + 1}(A${i}, B${i}): pass\nclass B${i + 1}(A${i}, B${i}): pass\n`)}x = A100()`,
  'three thousand parameters': `def f(${times(3000, (i) => `a${i}=${i}, `)}):\n    return a0\nx = f()`,
};

/** Ended by the budget, with the reason and with what was seen before. */
const CUT: Readonly<Record<string, readonly [string, RegExp]>> = {
  'thirty known loops in each other': [`first = 1\n${nested(30, (i) => `for a${i} in range(10):`, 'x = 1')}`, /expressions were visited/],
  'calls that double at each of sixty functions': [`first = 1\n${times(60, (i) => `def f${i}(x):\n    return ${i > 0 ? `f${i - 1}(x) + f${i - 1}(x)` : 'x'}\n`)}f59(1)`, /expressions were visited/],
  'two thousand branches of one condition': [`first = 1\nif a == 0:\n    x = 0\n${times(2000, (i) => `elif a == ${i}:\n    x = ${i}\n`)}`, /nests too deeply/],
};

describe('extreme code', function () {
  this.timeout(60_000);
  for (const [name, code] of Object.entries(WHOLE)) {
    it(`is traced to its end: ${name}`, async () => {
      const analysis = await traced(`${code}\nlast = 2\n`);
      assert.equal(analysis.notice, null);
      // What a bracket or quote swallows is no statement any more.
      assert.ok(reachesEnd(analysis));
    });
  }

  for (const [name, [code, reason]] of Object.entries(CUT)) {
    it(`is cut short with a reason: ${name}`, async () => {
      const analysis = await traced(`${code}\nlast = 2\n`, 400_000);
      assert.match(analysis.notice ?? '', reason);
      assert.ok([...analysis.recordings.values()].some(({ node, target }) => target && node.kind === 'Name' && node.id === 'first'));
    });
  }
});
