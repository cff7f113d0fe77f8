// What a hover says besides the shape, and the two things that its links open: steps, and where a size comes from.
import assert from 'node:assert/strict';
import type { ExpressionStep, WhyAnswer } from '../../src/server/messages';
import { LspClient } from './lspClient';

const TEXT = `import torch
from torch import nn

class Mix(nn.Module):
    def __init__(self, dim=96, heads=3, window=7):
        super().__init__()
        self.heads = heads
        self.area = window * window
        self.qkv = nn.Linear(dim, 3 * dim)
        self.bias = nn.Parameter(torch.zeros(self.area, self.area))

    def forward(self, x, mask=None):
        B_, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B_, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1)
        out = scores + self.bias
        return out

def pool(y, flag: bool):
    z = y
    if flag:
        z = y.mean(dim=0)
    return z

mix = Mix(window=7)
w = torch.zeros(8, 49, 96)
r = mix(w)
s = pool(torch.zeros(4, 5), input() == 'y')
"""[run](command:workbench.action.quit)"""
evil = torch.zeros(2)  # [run](command:workbench.action.quit)
`;
const uri = 'file:///post/a (b)/mix.py';

describe('hover, steps and why', function () {
  this.timeout(30_000);
  let client: LspClient;
  let plain: LspClient;

  before(async () => {
    [client, plain] = await Promise.all([LspClient.start({ ownClient: true }), LspClient.start()]);
    await Promise.all([client.open(uri, TEXT), plain.open(uri, TEXT)]);
  });
  after(async () => assert.deepEqual(await Promise.all([client.stop(), plain.stop()]), [0, 0]));

  const whyOf = (part: string, within: string, dim: number): Promise<WhyAnswer | null> => {
    const start = client.at(uri, part, within);
    return client.connection.sendRequest('shapelens/why', { uri, range: { start, end: start }, dim });
  };

  it('says the rule with sizes as the function at hand calls them', async () => {
    const own = 'file:///post/two.py';
    const block = (name: string): string => `class ${name}(nn.Module):\n    def __init__(self, dim):\n        super().__init__()\n        self.k = nn.Linear(dim, dim)\n    def forward(self, x):\n        B, N, C = x.shape\n        ${name}_out = self.k(x).transpose(1, 2)\n        return ${name}_out\n`;
    await client.open(own, `import torch.nn as nn\n${block('first')}${block('second')}`);
    assert.match(await client.hover(own, 'second_out', 'second_out ='), /transpose swaps two dims: \\\(B, N, C\\\) → \\\(B, C, N\\\)/);
  });

  it('begins with the shape, then says the rule and the memory', async () => {
    const text = await client.hover(uri, 'scores', 'scores =');
    assert.match(text, /^```python\nscores: \(8, 3, 49, 49\) float32\n```\n/);
    assert.match(text, /matmul/);
    assert.match(text, /230 KB/);
  });

  it('says what has to hold where code does not say so, there where it is needed first', async () => {
    const other = 'file:///post/gram.py';
    await client.open(other, 'def gram(x):\n    B, C = x.shape\n    both = x @ x\n    again = x @ x\n    return both + again\n');
    assert.match(await client.hover(other, 'both', 'both = '), /^Runs only where C == B$/m);
    assert.doesNotMatch(await client.hover(other, 'again', 'again = '), /Runs only/);
  });

  it('has links to steps and reasons only for the client that has the commands', async () => {
    const own = await client.hover(uri, 'scores', 'scores =');
    assert.match(own, /\[Steps\]\(command:shapelens\.showSteps\?/);
    assert.match(own, /\[49\]\(command:shapelens\.showWhy\?/);
    assert.doesNotMatch(await plain.hover(uri, 'scores', 'scores ='), /command:/);
    const args = JSON.parse(decodeURIComponent(/showWhy\?([^ ]+) /.exec(own)![1]!)) as [string, { start: object }, number];
    assert.deepEqual([args[0], args[1].start, args[2]], [uri, client.at(uri, 'scores', 'scores ='), 0]);
  });

  it('says how many parameters a module has and what its forward takes', async () => {
    // 3*96*96 + 3*96 + 49*49
    assert.match(await client.hover(uri, 'Mix', 'class Mix'), /30,337 parameters/);
    // 2*(8*49*288*96 + 8*3*49*49*32)
    assert.match(await client.hover(uri, 'forward', 'def forward'), /25\\\.4 M FLOPs/);
    assert.match(await client.hover(uri, 'qkv', 'self.qkv = '), /27,936 parameters: weight \\\(288, 96\\\), bias \\\(288,\\\)/);
    const lenses = await client.lenses(uri);
    assert.ok(lenses.some((title) => title.startsWith('30,337 parameters')), lenses.join('\n'));
  });

  it('tells branches apart by their condition', async () => {
    const text = await client.hover(uri, 'z', 'z\n\nmix');
    assert.match(text, /\[if flag\]\([^)]*#L21,8\): `\(5,\) float32`/);
    assert.match(text, /\[else\]\([^)]*\): `\(4, 5\) float32`/);
  });

  it('shows what the author wrote, and makes no link of it', async () => {
    for (const part of ['evil', 'torch.zeros(2)']) assert.doesNotMatch(await client.hover(uri, part, 'evil = torch.zeros(2)'), /workbench/);
  });

  it('lists the steps of an expression, innermost first, with memory', async () => {
    const start = client.at(uri, 'scores', 'scores =');
    const steps = await client.connection.sendRequest<ExpressionStep[]>('shapelens/steps', { uri, range: { start, end: start } });
    assert.deepEqual(steps.map(({ expression, shape, dtype, bytes }) => [expression, shape, dtype, bytes]), [
      ['q', '(8, 3, 49, 32)', 'float32', 150528],
      ['k', '(8, 3, 49, 32)', 'float32', 150528],
      ['k.transpose(-2, -1)', '(8, 3, 32, 49)', 'float32', 150528],
      ['q @ k.transpose(-2, -1)', '(8, 3, 49, 49)', 'float32', 230496],
    ]);
  });

  it('leads a size back through operations, variables, parameters and calls', async () => {
    const answer = await whyOf('scores', 'scores =', 2);
    const texts = answer!.steps.map((step) => step.text);
    assert.equal(answer!.size, '49');
    assert.ok(texts.some((text) => text.includes('reshape is given N')), texts.join('\n'));
    assert.ok(texts.some((text) => text === 'B_, N, C = x.shape'), texts.join('\n'));
    assert.match(texts.at(-1)!, /zeros is given 49/);
    assert.deepEqual(answer!.steps.at(-1)!.range!.start, client.at(uri, '49', 'torch.zeros(8, 49'));
  });

  it('leads a computed size back to what it is computed of', async () => {
    const texts = (await whyOf('bias', 'self.bias =', 0))!.steps.map((step) => `${step.text} (${step.size})`);
    assert.ok(texts.includes('self.area = window * window (49)'), texts.join('\n'));
    assert.ok(texts.some((text) => text.startsWith('parameter window of Mix.__init__')), texts.join('\n'));
    assert.ok(texts.at(-1)!.endsWith('(7)'), texts.join('\n'));
  });

  it('has no answer where there is no such dim', async () => assert.equal(await whyOf('scores', 'scores =', 9), null));

  it('puts the author\'s names beside the numbers that callers give', async () => {
    assert.match(await client.hoverThat(/\n    = /, uri, 'scores', 'scores ='), /^```\w*\nscores: \(8, 3, 49, 49\) float32\n    = \(B_, heads, N, N\)\n/);
    assert.doesNotMatch(await client.hover(uri, 'w', 'w = torch'), /\n    = /, 'the top level has no names but its own');
    const two = await client.hover(uri, 'z', 'z\n\nmix');
    assert.match(two, /z: \(5,\) float32 or \(4, 5\) float32\n```/, 'two shapes have no one name');
  });

  it('has no names beside the numbers where none is the author\'s', async () => {
    const made = 'file:///post/made.py';
    await client.open(made, 'import torch\n\ndef rows(t):\n    shares = t.permute(0, 2, 1)\n    return shares\n\ndef named(u):\n    B, N = u.shape\n    parts = u.softmax(1)\n    return parts\n\ndef last(v):\n    T = v.size(-1)\n    twice = v.permute(1, 0) * 2\n    return twice\n\nlast(torch.zeros(2, 6))\nrows(torch.zeros(2, 4, 3))\nnamed(torch.zeros(2, 3))\n');
    await client.hoverThat(/\n    = \(B, N\)/, made, 'parts', 'parts =');
    assert.match(await client.hover(made, 'shares', 'shares ='), /^```\w*\nshares: \(2, 3, 4\) float32\n```/);
    assert.match(await client.hover(made, 'twice', 'twice ='), /^```\w*\ntwice: \(6, 2\) float32\n    = \(T, 2\)\n/, 'its number where one dim of several has none');
  });

  it('says of a function what callers give it, and what it calls that', async () => {
    await client.hoverThat(/\n    = /, uri, 'scores', 'scores =');
    assert.match(await client.hover(uri, 'forward', 'def forward'), /forward: x \(8, 49, 96\) → \(8, 3, 49, 49\)\n    = x \(B_, N, C\) → \(B_, heads, N, N\)\n/);
  });

  it('begins a chain with what it begins with, in columns that stand left', async () => {
    const text = await client.hover(uri, 'q', 'q, k, v =');
    assert.match(await client.hover(uri, 'permute', 'permute(2'), /\| :-- \| :-- \|\n\| `self\.qkv\(x\)` \|[^\n]*\n\| `\.reshape\(/);
    assert.doesNotMatch(text, /--- \|/);
  });

  it('does not say an error again where it is underlined, and leads to it elsewhere', async () => {
    const wrong = 'file:///post/wrong.py';
    await client.open(wrong, 'import torch\na = torch.zeros(4, 6) + torch.zeros(5)\n\nb = a * 2\n');
    assert.match(await client.hover(wrong, 'a', 'a ='), /Not known, because of the error in \[line 2\]\([^)]*\): add: /);
    assert.match(await client.hover(wrong, '+', '+ torch'), /Not known: there is an error here/);
    assert.match(await client.hover(wrong, 'a', 'a * 2'), /because of the error in \[line 2\]/);
  });

  it('hints once at targets that are all alike', async () => {
    const hints = await client.hints(uri);
    assert.deepEqual(hints.filter((hint) => hint.startsWith('13')), ['13: each (8, 3, 49, 32) float32']);
  });

  it('says what code would be that no call comes to', async () => {
    const dead = 'file:///post/dead.py';
    await client.open(dead, `import torch
from torch import nn
VERSION = 2
class Net(nn.Module):
    def __init__(self, dim, version=1):
        super().__init__()
        self.proj = nn.Linear(dim, 4 * dim)
        self.version = version
    def forward(self, x, mask=None):
        B, N, C = x.shape
        if self.version == 2:
            early = self.proj(x).transpose(1, 2)
            return early
        if VERSION == 3:
            late = x.sum(1)
            wrong = late @ torch.zeros(3, 3) @ torch.zeros(5)
        return self.proj(x) if mask is None else x + mask[:, None]
y = Net(8)(torch.zeros(2, 3, 8))
`);
    const early = await client.hoverThat(/= \(B, 4\*dim/, dead, 'early', 'early =');
    assert.match(early, /early: \(2, 32, 3\) float32\n {4}= \(B, 4\*dim, N\)/);
    assert.match(early, /≈ assumes that \[self\\\.version == 2\]\(file:[^)]*#L11,12\) holds; here it never does/);
    assert.match(await client.hover(dead, 'late', 'late ='), /late: \(2, 8\) float32\n {4}= \(B, C\)/);
    assert.match(await client.hover(dead, 'x', 'x + mask'), /x: \(2, 3, 8\).*≈ assumes that \[mask is None\]\([^)]*\) does not hold; here it always does/s);
    assert.doesNotMatch(await client.hover(dead, 'y', 'y = Net'), /assumes/);
    await client.diagnostics(dead, ({ length }) => length === 0);
  });

  it('says of code that is not run what it assumes: of the top level, behind a return, in a loop without a round, in a handler', async () => {
    const dead = 'file:///post/branches.py';
    await client.open(dead, `import torch
def split(x, heads=2):
    a = x.sum(0) if heads > 4 else x.sum(1)
    if heads == 2:
        return a
    b = a.unsqueeze(0)
    return b
    c = b.flatten()
x = torch.zeros(6, 10)
y = split(x)
if False:
    g = x @ x.T
else:
    h = x.mean()
while False:
    i = x.sum(0)
for k in range(0):
    j = torch.zeros(4, k)
try:
    l = x[0]
except ValueError:
    m = x[:, 0]
n = x is None and x.max(0)[0]
o = [p.mean(0) for p in ()]
assert x.shape[0] == 6, x.flatten()
match 'cls':
    case 'mean': q = x.mean(0)
    case 'cls': r = x[0]
    case 'max': s = x.amax(1)
raise SystemExit
u = x.reshape(-1)
`);
    const said: [part: string, within: string, says: RegExp][] = [
      ['x.sum(0)', 'x.sum(0) if', /^```python\nx: \(6, 10\).*assumes that \[heads \\> 4\].* holds; here it never does/s],
      ['b', 'b = a', /b: \(1, 6\) float32\n.*≈ assumes that \[heads == 2\]\([^)]*#L4,8\) does not hold; here it always does/s],
      ['c', 'c = b', /c: \(6,\).*≈ assumes that \[line 7\]\(.*\) does not leave before; here it always does/s],
      ['g', 'g = x', /g: \(6, 6\).*≈ assumes that \[False\]/s],
      ['i', 'i = x', /i: \(10,\).*≈ assumes that \[False\]/s],
      ['j', 'j = torch', /j: \(4, .*≈ assumes that \[range\\\(0\\\)\]\([^)]*\) has an item; here it has none/s],
      ['m', 'm = x', /m: \(6,\).*≈ assumes that \[ValueError\]\([^)]*\) is raised; here it never is/s],
      ['max', 'x.max(0)', /≈ assumes that \[x is None\]\([^)]*\) holds; here it never does/],
      ['p', 'p.mean(0)', /p: unknown.*≈ assumes that .* has an item; here it has none/s],
      ['flatten', 'x.flatten()', /≈ assumes that \[x\\\.shape\\\[0\\\] == 6\]\([^)]*\) does not hold/],
      ['q', 'q = x', /q: \(10,\).*≈ assumes that this case matches; here it never does/s],
      ['s', 's = x', /s: \(6,\).*≈ assumes that this case matches; here it never does/s],
    ];
    for (const [part, within, says] of said) assert.match(await client.hover(dead, part, within), says, `${part} of ${within}`);
    for (const run of ['h', 'l', 'r', 'u']) assert.doesNotMatch(await client.hover(dead, run, `${run} = x`), /assumes/);
    await client.diagnostics(dead, ({ length }) => length === 0);
  });

  it('says nothing of a number or a text, which say it themselves', async () => {
    assert.equal(await client.hover(uri, '96', 'dim=96'), '');
    assert.equal(await client.hover(uri, 'run', '"""[run]'), '');
  });

  it('tells several shapes one after the other, with the dtype that they share', async () => {
    const loop = 'file:///post/loop.py';
    await client.open(loop, 'import torch\nfor n in (2, 3, 5):\n    x = torch.zeros(n, 4)\nfor each in (torch.zeros(2), torch.ones(2, dtype=torch.bool)):\n    y = each.clone()\n');
    assert.match(await client.hover(loop, 'x', 'x ='), /x: \(2, 4\) then \(3, 4\) then \(5, 4\) float32\n/);
    assert.match(await client.hover(loop, 'y', 'y ='), /y: \(2,\) float32 then \(2,\) bool\n/);
  });
});
