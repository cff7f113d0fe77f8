// What the JSON of `trace` says of code that nothing calls. Uses the bundle, as the other tests of commands do.
import assert from 'node:assert/strict';
import { entries, json } from './cli';

function traced(lines: readonly string[]): ReturnType<typeof json>['value'] {
  return json(['trace', '-'], { input: `${lines.join('\n')}\n` }).value;
}

describe('the JSON of a trace', () => {
  it('tells what shapes of several ranks share where a condition decides between them', () => {
    const trace = traced([
      'def f(x, pooled):',
      '    b, n, c = x.shape',
      '    y = x.mean(1) if pooled else x',
      '    return y',
    ]);
    const [entry] = entries(trace, 'y') as unknown as { shapes: unknown; either: unknown }[];
    assert.deepEqual(entry!.shapes, [['b', '*either', 'c']]);
    assert.deepEqual(entry!.either, [['b', 'c'], ['b', 'n', 'c']]);
  });

  it('tells a size that a condition decides as one of several, with its origin', () => {
    const trace = traced([
      'def f(x, first):',
      '    b, n, c = x.shape',
      '    y = x[:, 0] if first else x[:, :, 0]',
      '    return y',
    ]);
    const [entry] = entries(trace, 'y') as unknown as { shapes: (string | number)[][] }[];
    const [[b, size]] = entry!.shapes as [[string, string]];
    assert.equal(b, 'b');
    assert.ok(trace.files[0]!.symbols.find(({ name }) => name === size)?.origin);
  });

  it('tells of code that nothing calls what its callers share: none of them needs to be called', () => {
    const trace = traced([
      'def scaled(t):',
      '    return t * 2',
      'def f(x, flag):',
      '    b, n, c = x.shape',
      '    scaled(x)',
      '    return scaled(x[:, 0]) if flag else x',
    ]);
    const [entry] = entries(trace, 't*2') as unknown as { shapes: unknown; either: unknown }[];
    assert.deepEqual([entry!.shapes, entry!.either], [[['b', '*either', 'c']], [['b', 'n', 'c'], ['b', 'c']]]);
  });

  it('lists what several calls gave each by itself', () => {
    const trace = traced(['import torch', 'def f(x):', '    return x', 'f(torch.zeros(2, 3))', 'f(torch.zeros(4))']);
    const entry = entries(trace, 'x').at(-1) as unknown as { shapes: unknown; either?: unknown };
    assert.deepEqual([entry.shapes, entry.either], [[[2, 3], [4]], undefined]);
  });

  it('takes a list for no longer than any: what rests on the length of a default is one of several', () => {
    const trace = traced([
      'import torch',
      'from torch import nn',
      'class Stages(nn.Module):',
      '    def __init__(self, width=32, multiples=(1, 2, 4, 8)):',
      '        super().__init__()',
      '        widths = [width, *(width * m for m in multiples)]',
      '        self.stages = nn.ModuleList([nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(widths[:-1], widths[1:])])',
      '        self.head = nn.Linear(widths[-1], 10)',
      '    def forward(self, x):',
      '        b, c, h, w = x.shape',
      '        for stage in self.stages:',
      '            x = stage(x)',
      '        last = x',
      '        y = self.head(last.mean((2, 3)))',
      '        return y',
    ]);
    const [last] = entries(trace, 'last') as unknown as { shape: (string | number)[]; either: (string | number)[][] }[];
    assert.deepEqual([last!.shape[0], last!.either.map(([, channels]) => channels)], ['b', ['c*multiples_3', 'c*multiples_1']]);
    const [y] = entries(trace, 'y') as unknown as { shapes: unknown }[];
    assert.deepEqual(y!.shapes, [['b', 10]]);
  });
});
