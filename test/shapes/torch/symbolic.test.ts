/** Rules on sizes that are names, and on tensors of unknown rank. */
import assert from 'node:assert/strict';
import { int, list, tuple, NONE, ELLIPSIS } from '../../../src/shapes/values/values';
import type { Value } from '../../../src/shapes/values/values';
import { Calls } from './support';

/** Each line: what is called, with which tensors, and what comes out. */
const CASES: readonly (readonly [string, (c: Calls) => string, string])[] = [
  ['broadcasting keeps the size that is not 1', (c) => c.run('+', [c.tensor('(B, 1, C)'), c.tensor('(N, 1)')]), '(B, N, C) float32'],
  ['a size that may be 1 beside a number', (c) => c.run('*', [c.tensor('(B, N)'), c.tensor('(3,)')]), '(B, 3) float32'],
  ['two names are taken to be equal', (c) => c.run('+', [c.tensor('(B, N)'), c.tensor('(B, M)')]), '(B, N) float32'],
  ['sizes that differ by 1 never broadcast', (c) => c.run('+', [c.tensor('(N+1,)'), c.tensor('(N+2,)')]), 'fault broadcast-mismatch'],
  ['matmul contracts names', (c) => c.run('@', [c.tensor('(B, N, C)'), c.tensor('(C, M)')]), '(B, N, M) float32'],
  ['matmul of sizes that differ', (c) => c.run('@', [c.tensor('(N, C)'), c.tensor('(C+1, M)')]), 'fault matmul-size-mismatch'],
  ['reshape divides', (c) => c.run('torch.reshape', [c.tensor('(B, N, 3*C)'), list([c.size('B'), c.size('N'), c.size(3), c.size(-1)].map(int))]), '(B, N, 3, C) float32 view'],
  ['reshape with a remainder', (c) => c.run('torch.reshape', [c.tensor('(4*N,)'), [3, 5]]), 'fault view-size-mismatch'],
  ['flatten multiplies', (c) => c.run('torch.flatten', [c.tensor('(B, C, H, W)'), 2]), '(B, C, H*W) float32 view'],
  ['cat adds', (c) => c.run('torch.cat', [list([c.tensor('(B, N)'), c.tensor('(B, 1)')]), 1]), '(B, N + 1) float32'],
  ['stack', (c) => c.run('torch.stack', [list([c.tensor('(N,)'), c.tensor('(N,)')]), -1]), '(N, 2) float32'],
  ['chunk of a multiple', (c) => c.run('torch.chunk', [c.tensor('(B, 3*C)'), 3, -1]), '[(B, C) float32 view, (B, C) float32 view, (B, C) float32 view]'],
  ['chunk of a size that is taken to be a multiple', (c) => c.run('torch.chunk', [c.tensor('(N,)'), 3]), '[(N//3,) float32 view, (N//3,) float32 view, (N//3,) float32 view]'],
  ['chunk of a size that is no multiple', (c) => c.run('torch.chunk', [c.tensor('(2*N + 1,)'), 2]), 'unknown: how many chunks a dim of size 2*N + 1 makes is not known: it is no multiple of 2'],
  ['tensor_split, the first ones longer', (c) => c.run('torch.tensor_split', [c.tensor('(N,)'), 2]), '[((N+1)//2,) float32 view, (N//2,) float32 view]'],
  ['split into sections that demand a size', (c) => c.run('torch.split', [c.tensor('(N,)'), [2, 3]]), '[(2,) float32 view, (3,) float32 view]'],
  ['arange', (c) => c.run('torch.arange', [int(c.size('N'))]), '(N,) int64'],
  ['arange from a name', (c) => c.run('torch.arange', [int(c.size('M')), int(c.size('N'))]), '(N - M,) int64'],
  ['arange by two', (c) => c.run('torch.arange', [0, int(c.size('N')), 2]), '((N+1)//2,) int64'],
  ['a convolution', (c) => c.run('torch.nn.functional.conv2d', [c.tensor('(B, C, H, W)'), c.tensor('(D, C, 3, 3)'), NONE, 1, 1]), '(B, D, H, W) float32'],
  ['patches', (c) => c.run('torch.nn.functional.conv2d', [c.tensor('(B, 3, 4*H, 4*W)'), c.tensor('(D, 3, 4, 4)'), NONE, 4]), '(B, D, H, W) float32'],
  ['squeeze of a named dim takes it to be 1', (c) => c.run('torch.squeeze', [c.tensor('(B, N)'), 1]), '(B,) float32 view'],
  ['squeeze of a product of sizes leaves it', (c) => c.run('torch.squeeze', [c.tensor('(B, H*W, C)'), 1]), '(B, H*W, C) float32 view'],
  ['unbind of a name', (c) => c.run('torch.unbind', [c.tensor('(N, 2)')]), 'N of [(2,) float32 view]'],
  ['split into as many as one name', (c) => c.run('torch.split', [c.tensor('(M*N, 2)'), int(c.size('N'))]), 'M of [(N, 2) float32 view]'],
  ['chunks, of which a name is the number', (c) => c.run('torch.chunk', [c.tensor('(M*N, 2)'), int(c.size('N'))]), 'N of [(M, 2) float32 view]'],
  ['repeat multiplies', (c) => c.run('repeat', [c.tensor('(N, 2)'), 3, 1]), '(3*N, 2) float32'],
  ['numel of a shape', (c) => c.run('numel', [c.tensor('(N, 2)')]), 'int'],
];

const UNKNOWN_RANK: typeof CASES = [
  ['a function of each element keeps the run', (c) => c.run('torch.exp', [c.tensor('(*batch, C)')]), '(*batch, C) float32'],
  ['linear works on the last dim', (c) => c.run('torch.nn.functional.linear', [c.tensor('(*batch, C)'), c.tensor('(D, C)')]), '(*batch, D) float32'],
  ['so does layer_norm', (c) => c.run('torch.nn.functional.layer_norm', [c.tensor('(*batch, C)'), list([int(c.size('C'))])]), '(*batch, C) float32'],
  ['matmul works on the last two', (c) => c.run('@', [c.tensor('(*batch, N, C)'), c.tensor('(C, M)')]), '(*batch, N, M) float32'],
  ['transpose of the last dims', (c) => c.run('torch.transpose', [c.tensor('(*batch, N, C)'), -1, -2]), '(*batch, C, N) float32 view'],
  ['transpose of dims in the run', (c) => c.run('torch.transpose', [c.tensor('(*batch, C)'), 0, -1]), 'unknown: dim 0 of a tensor of shape (*batch, C) is not known'],
  ['sum over the last dim', (c) => c.run('torch.sum', [c.tensor('(*batch, C)'), -1]), '(*batch) float32'],
  ['sum over all', (c) => c.run('torch.sum', [c.tensor('(*batch,)')]), '() float32'],
  ['unsqueeze at the end', (c) => c.run('torch.unsqueeze', [c.tensor('(*batch, C)'), -1]), '(*batch, C, 1) float32 view'],
  ['broadcast against trailing dims', (c) => c.run('+', [c.tensor('(*batch, N, C)'), c.tensor('(C,)')]), '(*batch, N, C) float32'],
  ['broadcast into the run', (c) => c.run('+', [c.tensor('(*batch, C)'), c.tensor('(N, C)')]), 'unknown: add: (*batch, C) and (N, C) broadcast to a shape that is not known'],
  ['permute', (c) => c.run('torch.permute', [c.tensor('(*batch,)'), [0, 1]]), 'unknown: the rank of a tensor of shape (*batch) is not known'],
  ['the last element', (c) => c.run('torch.Tensor.__getitem__', [c.tensor('(*batch, 4)'), tuple([ELLIPSIS, int(c.size(0))])]), '(*batch) float32 view'],
];

describe('symbolic sizes', () => {
  for (const [name, run, wanted] of CASES) it(name, () => assert.equal(run(new Calls()), wanted));

  it('what one operation demands, the next one knows', () => {
    const c = new Calls();
    assert.equal(c.run('@', [c.tensor('(B, N)'), c.tensor('(M, 4)')]), '(B, 4) float32');
    assert.equal(c.run('torch.reshape', [c.tensor('(N, M)'), list([int(c.size('M')), int(c.size('M'))])]), '(M, M) float32 view');
  });
});

describe('tensors of unknown rank', () => {
  for (const [name, run, wanted] of UNKNOWN_RANK) it(name, () => assert.equal(run(new Calls()), wanted));
});

describe('subscripts with names', () => {
  const none: Value = NONE;
  const slice = (start: Value, stop: Value, step: Value = NONE): Value => ({ kind: 'slice', start, stop, step });
  const pick = (c: Calls, shape: string, ...index: Value[]): string => c.run('torch.Tensor.__getitem__', [c.tensor(shape), tuple(index)]);

  it('a bound that may lie past the end', () => {
    const c = new Calls();
    assert.equal(pick(c, '(N, 4)', slice(none, int(c.size('T')))), '(min(T, N), 4) float32 view');
  });
  it('all but the last', () => {
    const c = new Calls();
    assert.equal(pick(c, '(N, 4)', slice(none, int(c.size(-1)))), '(N - 1, 4) float32 view');
  });
  it('every second', () => {
    const c = new Calls();
    assert.equal(pick(c, '(2*N,)', slice(int(c.size(0)), none, int(c.size(2)))), '(N,) float32 view');
  });
  it('an index past the end', () => {
    const c = new Calls();
    assert.equal(pick(c, '(N,)', int(c.size('N'))), 'fault index-out-of-range');
  });
  it('a mask gives a size that only the data knows', () => {
    const c = new Calls();
    assert.equal(c.run('torch.Tensor.__getitem__', [c.tensor('(N, 4)'), c.tensor('(N,)', 'bool')]), '(n, 4) float32');
  });
});
