// What nothing calls is traced again only where something was found out: methods of which nothing was are traced once.
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/shapes/analysis';
import { seenText } from '../../../../src/shapes/describe';
import { namesIn } from '../../../../src/shapes/naming';
import { loadParser } from '../../python/load';

const LONG = `    def long(self):\n        y = 1\n${'        y = y + 1\n'.repeat(100)}        return y\n`;
const FORWARD = '    def forward(self, x):\n        B, N, C = x.shape\n        return self.proj(x).view(B, N, -1, 4)\n';
const net = (...methods: string[]): string => `from torch import nn\n\nclass Net(nn.Module):\n    def __init__(self, dim):\n        super().__init__()\n        self.proj = nn.Linear(dim, dim)\n\n${methods.join('\n')}`;

describe('rounds', () => {
  it('leave out the methods of which nothing was found out', async () => {
    const parser = await loadParser();
    const visits = (source: string): number => analyze(source, { parser }).visits;
    const once = visits(net(LONG)) - visits(net('    pass\n'));
    assert.ok(once > 300, `the long method takes ${once} visits`);
    for (const methods of [[FORWARD, LONG], [LONG, FORWARD]]) {
      const more = visits(net(...methods)) - visits(net(FORWARD));
      assert.ok(more < 1.2 * once, `${more} visits instead of ${once}`);
    }
  });

  it('trace a method again where another one tells of the constructor', async () => {
    const parser = await loadParser();
    const { tree, recordings } = analyze('import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n        self.size = size\n\n    def first(self):\n        return torch.zeros(self.size)\n\n    def second(self):\n        return self.size + 1\n', { parser });
    const sum = [...recordings.values()].find(({ node }) => node.kind === 'BinOp')!;
    assert.equal(tree.source.slice(sum.node.start, sum.node.end), 'self.size + 1');
    assert.deepEqual(sum.seen.map((seen) => seen.type === 'value' && seen.value.kind), ['int']);
  });

  it('settle a loop soon that writes in place, sets back what it has set and makes objects of its own', async () => {
    const parser = await loadParser();
    const nested = (depth: number): string => {
      const loops = Array.from({ length: depth }, (_, at) => `${'    '.repeat(at + 1)}for item_${at} in items:\n`).join('');
      const inside = '    '.repeat(depth + 1);
      return `import torch\nweight = torch.zeros(3)\nmode = [True]\ndef filled(items):\n${loops}${inside}before, mode[0] = mode[0], False\n${inside}weight.fill_(1)\n${inside}table = {'a': 1}\n${inside}mode[0] = before\n`;
    };
    const visits = (depth: number): number => analyze(nested(depth), { parser }).visits;
    const [fewer, more] = [visits(4), visits(5)];
    assert.ok(more < 2.5 * fewer, `${more} visits instead of ${fewer}`);
  });

  it('are none for a name: the dim keeps its symbol', async () => {
    const parser = await loadParser();
    const source = (long: string): string => `import torch\nimport torch.nn.functional as F\n\ndef stem(image):\n    out = F.conv2d(image, torch.zeros(8, 3, 3, 3))\n    B, _, H, W = out.shape\n${long}    return out\n`;
    const long = '    y = 1\n'.repeat(200);
    const [short, whole] = [analyze(source(''), { parser }), analyze(source(long), { parser })];
    assert.ok(whole.visits - short.visits < 2.5 * 200, `${whole.visits - short.visits} visits of 200 expressions`);
    const image = [...whole.recordings.values()].find(({ node }) => node.kind === 'arg')!;
    assert.match(seenText(image.seen[0]!, namesIn(whole, 'stem')), /^\(B, 3, image_2, image_3\)/);
  });

  it('of a loop of unknown length that nothing calls end where nothing changes any more, and what they fill is known', async () => {
    const parser = await loadParser();
    const trace = (body: string): ReturnType<typeof analyze> => analyze(`import torch\n\ndef of(x, count):\n    sizes = {}\n${body}    return torch.zeros(sizes['a'], 3)\n\ndef long(x):\n    y = 1\n${'    y = y + 1\n'.repeat(100)}    return x\n`, { parser });
    const [once, looped] = [trace("    rounds = range(count)\n    x = long(x)\n    sizes['a'] = 2\n"), trace("    for i in range(count):\n        x = long(x)\n    sizes['a'] = 2\n")];
    assert.ok(looped.visits < 1.2 * once.visits, `${looped.visits} visits instead of ${once.visits}`);
    const filled = trace("    for i in range(count):\n        x = long(x)\n        sizes['a'] = 2\n");
    const zeros = [...filled.recordings.values()].find(({ node }) => node.kind === 'Call' && filled.tree.source.startsWith('torch.zeros', node.start))!;
    assert.deepEqual(zeros.seen.map((seen) => seenText(seen, namesIn(filled, 'of'))), ['(2, 3) float32']);
  });
});
