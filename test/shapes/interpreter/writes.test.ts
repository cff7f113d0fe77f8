// Writes through views: memory that tensors share, and the graph in which no node changes another's result.
import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/shapes/analysis';
import { check, trace } from './check';

/** The operations that an expression's value rests on, its own last. */
function cone(analysis: Analysis, name: string): string[] {
  const recording = [...analysis.recordings.values()].filter(({ node, target }) => target && node.kind === 'Name' && node.id === name).at(-1);
  const seen = recording?.seen.at(-1);
  assert.ok(seen?.type === 'Tensor' && seen.tensor.node, `${name} has no node`);
  const wanted = new Set<number>();
  const visit = (id: number): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    const collect = (argument: unknown): void => {
      if (typeof argument !== 'object' || argument === null) return;
      if ('ref' in argument) visit((argument.ref as { node: number }).node);
      Object.values(argument).forEach(collect);
    };
    collect(analysis.graph[id]!.args);
  };
  visit(seen.tensor.node.node);
  return [...wanted].sort((a, b) => a - b).map((id) => analysis.graph[id]!.op.replace(/^torch\./, ''));
}

describe('writes to tensors', () => {
  it('reach whoever shares the memory', async () => {
    const analysis = await trace(`
      import torch
      x = torch.zeros(2, 3)
      column = x[:, 0]
      column += 1
      y = x * 2
    `);
    const operations = cone(analysis, 'y');
    assert.ok(operations.includes('as_strided_scatter'), operations.join(' '));
    assert.ok(operations.includes('add'), operations.join(' '));
  });

  it('reach a view of a view that was made before', async () => {
    const analysis = await trace(`
      import torch
      x = torch.zeros(4, 6)
      v = x.t()[1:3]
      x[0, 0] = 5
      y = v + 0
    `);
    assert.ok(cone(analysis, 'y').includes('as_strided'));
  });

  it('do not reach a copy', async () => {
    const analysis = await trace(`
      import torch
      x = torch.zeros(2, 3)
      c = x.clone()
      x += 1
      y = c * 2
    `);
    assert.deepEqual(cone(analysis, 'y'), ['zeros', 'clone', 'mul']);
  });

  it('leave shapes as they are', () => check(`
    import torch
    x = torch.zeros(2, 3)
    x[:, 1:] = torch.ones(2)[:, None]
    x  # → (2, 3) float32
    x.t().mul_(2)  # → (3, 2) float32
    n = torch.zeros(3, dtype=torch.int64)
    n += 1
    n  # → (3,) int64
    x += torch.zeros(3, 3)  # error broadcast-mismatch
  `));

  it('rename what changes its own shape', () => check(`
    import torch
    x = torch.zeros(2, 3)
    x.unsqueeze_(0)
    x  # → (1, 2, 3) float32
    x.squeeze_()
    x  # → (2, 3) float32
    x.t_()
    x  # → (3, 2) float32
  `));

  it('resize the tensor given for a result', () => check(`
    import torch
    x, grown = torch.rand(5), torch.zeros(0)
    torch.index_select(x, 0, torch.arange(3), out=grown)
    grown + torch.rand(3)  # → (3,) float32
    kept = torch.zeros(3)
    torch.add(kept, 1, out=kept)
    kept  # → (3,) float32
  `));

  it('of one branch alone are not known after it', async () => {
    const analysis = await trace(`
      import torch
      x = torch.zeros(2, 3)
      if maybe:
          x += 1
      y = x * 2
    `);
    assert.ok(cone(analysis, 'y').includes('opaque'));
  });
});
