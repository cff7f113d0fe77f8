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

  it('lists what several calls gave each by itself', () => {
    const trace = traced(['import torch', 'def f(x):', '    return x', 'f(torch.zeros(2, 3))', 'f(torch.zeros(4))']);
    const entry = entries(trace, 'x').at(-1) as unknown as { shapes: unknown; either?: unknown };
    assert.deepEqual([entry.shapes, entry.either], [[[2, 3], [4]], undefined]);
  });
});
