import assert from 'node:assert/strict';
import type { AnalyzeOptions } from '../../../src/shapes/analysis';
import { trace } from '../interpreter/check';

interface Warning { readonly at: string; readonly message: string; readonly corrected: string | null }

/** The warnings about comments: the text they are on, what they say, and the source's line once the fix is applied. */
async function warnings(python: string, options: Partial<AnalyzeOptions> = {}): Promise<Warning[]> {
  const { tree: { source, errors }, findings } = await trace(`import torch\nfrom torch import nn\n${python}\n`, options);
  assert.deepEqual(errors, []);
  assert.deepEqual(findings.filter(({ severity }) => severity === 'error'), []);
  return findings.filter(({ code }) => code === 'shape-comment-mismatch').map(({ span, message, fixes }) => {
    let text = source;
    for (const edit of [...fixes?.[0]?.edits ?? []].reverse()) text = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
    const line = source.slice(0, span.start).split('\n').length - 1;
    return { at: source.slice(span.start, span.end), message, corrected: fixes ? text.split('\n')[line]! : null };
  });
}

const SETUP = 'x = torch.zeros(2, 5, 7)\nc = torch.zeros(2, 4)\n';

describe('shape comments against the trace', () => {
  const agree: string[] = [
    'print(x)\n# tensor([[1, 2],\n#         [3, 4]])\n\nprint(c)\n# tensor([[[233, 233, 233],\n# [  4,   5,   6]],\n#    [7, 8, 9]])', 'y = x\n# [[1, 2, 3],\n#  [4, 5, 6]]',
    'y = x  # (B, N, C)', 'y = x  # (2, 5, 7)', 'y = x  # [2, N, ...]', 'y = x  # (*, 7)', 'y = x  # (?, -1, _)', 'y = x  # B, N, C', 'y = x  # torch.Size([2, 5, 7])', 'y = x.flatten(1)  # B N*C', 'y = x.flatten(1)  # (B, 5*7)',
    'y = torch.zeros(4, 4)  # Wh*Ww, Wh*Ww', 'y = torch.zeros(9, 2)  # 2*Wh-1 * 2*Ww-1, nH We take two heads', 'y = torch.zeros(2, 113)  # (B, H/4)', 'y = torch.zeros(2, 5, 12)  # [bs, N, 48/24/12]', 'y = torch.zeros(2, 12544, 96)  # [bs, H/4 * W/4, 96]',
    'd = c[:, :, None] - c[:, None, :]  # (2,4,1)-(2,1,4)', 'd = c[:, :, None] - c[:, None, :]  # (2, N, 1) - (2, 1, N) -> (2, N, N)', 'd = c[:, :, None] - c[:, None, :]  # (2,4,4) = (2,4,1) - (2,1,4)', 'd = (c[:, :, None] - c[:, None, :]).sum()  # (2,4,1)-(2,1,4)',
    'y = x @ x.transpose(1, 2)  # (B, N, C) @ (B, C, N) -> (B, N, N)', 'y = torch.matmul(x, x.transpose(1, 2))  # (2,5,7) @ (2,7,5)',
    'y = x.permute(0, 2, 1).flatten(1)  # [B, N, C] -> [B, C*N]', 'y = x.permute(0, 2, 1).flatten(1)  # [B, C, N] -> [B, C*N]', 'y = x.permute(0, 2, 1).flatten(1)  # [2, 5, 7] -> [2, 7, 5] -> [2, 35]',
    'a, b = x.unbind(0)  # (5, 7)', 'B, N, C = x.shape  # 2, N, C', 'print(x.shape)  # torch.Size([2, 5, 7])', 'ys = []\nys.append(x)  # (2, 5, 7)', 'ys = [x, x]  # (2, 5, 7)', 'x += 1  # (2, 5, 7)',
    't = torch.tensor([2, 3])  # [2, 3]', 'window = (7, 7)  # (Wh, Ww)', 'lin = nn.Linear(2, 6)  # [2, 6]', 'y = x  # c: (2, 4)', 'y = x  # x: (2, 5, 7)', 'y = x  # (2, 5) or (2, 7)', 'y = x.flatten(1)  # input (2, 5, 7), output (2, 35)',
    'y = torch.cat([\n    x,  # (2, 5, 7)\n    x,\n], dim=1)  # (2, 10, 7)', 'y = torch.cat([  # (2, 10, 7)\n    x, x,\n], 1)', 'y = x.permute(0, 2, 1)  # B C N\n', 'y = x \\\n    .permute(0, 2, 1)  # (2, 7, 5)',
    '# x: b n d -> b (n d)\n\nw = c * 2\nz = x.permute(0, 2, 1)', '# x: (2, 5, 7) -> (2, 35)\ny = x.flatten(1)',
    'y = x  # y: [bs x num_patches x d]', 'y = x.flatten(1)[None].transpose(0, 2)  # [(T), (H), W]', 'y = x[..., None]  # B, N (tokens), C, 1',
    '# y: [(bs*n) x d]\ny = x.flatten(0, 1)', 'y = x[0]  # [5x7]', 'y = x[0]  # [N x 7]', 'y = x[0].flatten()  # [5 x 7]', '# y: [(2*5) x n x d]\ny = x.view(10, 1, 7)',
    '# (2, 5, 7) -> (2, 35)\ny = x.flatten(1)', '# x: (2, 5, 7)\ny = x.flatten(1)', '# (2, 5, 7)\ny = x.flatten(1)', 'y = x.flatten(1)\n# (2, 35)\nz = x[0]', '# flattened [2, 35]\nz = x[0]\ny = x.flatten(1)', '# x: (2, 5, 7)\nx = x.flatten(1)', 'def f(x):\n    # x: (2, 5, 7)\n    x = x.flatten(1)\n    return x\nf(x)',
    '# x的维度变为[2, 35]\ny = x.flatten(1)', '# 先把x转为(2, 7, 5), 再乘\ny = x.permute(0, 2, 1) * 2', '# x becomes (2, 35)\ny = x.flatten(1)',
    '# c has shape batch x channels\n# (2, 5, 7)\ny = x * 2\nd = c + 1', '# c has the shape [B, C]\ny = x * 2', '# x now has shape (2, 5, 7)\nd = c * 2',
    'y = x.sum()  # scalar, was (B, N)', 'y = x[:, 0]  # (B, 1, C)?', 'y = x.flatten(1)  # (B, N, C) in', 'y = x.mean(1)  # originally (B, N, C)', 'y = x * 2  # (seq, dim)', 'y = x * 2  # [T, C]',
    '# An outer product of positions of shape (B, 3, M) and weights of shape\n# (heads, B, 5)\ny = x * 2', '# An outer product of positions of shape (B, 3, M) and weights of shape (heads, B, 5)\ny = x * 2',
    '# y = x.flatten(1).relu()  # (2, 35)\ny = x * 2', '# return f(x)  # (B, N) -> (B, 3)\ny = x * 2',
    '# C is (B, channels)\ny = x * 2\nd = c + 1', 'def f(h, mask=None):\n    "Attends."\n    # Mask is (B, 1, 1, N) (encoder) or (B, 1, T, N) (decoder)\n    s = h.shape[:-1]\n    return s\nf(x)', 'def f(h, mask=None):\n    "Attends."\n    # (B, N, C)\n    s = h.shape[:-1]\n    return s\nf(x)',
    '# (1, 1)代表批量大小和通道数\ny = x.view((1, 1) + x.shape)', '# (1, 1) stands for batch and channels\ny = x.view((1, 1) + x.shape)',
    '# spatial shapes of features: [hw, hw/2, hw/4, hw/8, ...]\ny = x * 2',
    'fc = nn.Linear(4, 4)  # weight: (dim, dim)\ny = x * 2',
    // What something else will have to be is not what stands below.
    '# => the bias will have to be of shape (2, 3, 4, 5)\ny = x * 2', '# what is added has to be (2, 3, 4, 5)\ny = x * 2',
    // What is known of x by a comment alone proves no other comment wrong.
    'class M(nn.Module):\n    def __init__(self, size, step=None):\n        super().__init__()\n        self.size, self.step = size, size if step is None else step\n    def forward(self, x):\n        # x: [B, N, T]\n        x = x.unfold(-1, self.size, self.step)\n        # x: [B, N*L, P]\n        return x',
    // A size that may be 1, or that is asserted to be, goes in squeeze.
    'class M(nn.Module):\n    def forward(self, x):\n        b, l, d = x.shape\n        y = x.squeeze(1)  # (B, D)\n        return y', 'def f(x):\n    b, l, d = x.shape\n    assert l == 1\n    return x.squeeze(1) + x  # (B, B, D)\n',
    'for n in (2, 3):\n    y = torch.zeros(n, 3)  # (3, 3)', 'for row in x:  # (5, 7)\n    pass', 'if x.sum() > 0:  # [2, 5, 7] -> [2, 35]\n    x = x.flatten(1)', 'def f(x):  # (B, N)\n    return x  # (B, C, N)\nf(x)', 'def f(x,  # (B, N, C)\n      y=None):\n    return x\nf(x)',
    'y = torch.foo(x)  # (1, 2, 3)', 'def f(a, b):\n    return a  # (7, 7, 7)', 'N = 5\ny = torch.zeros(2, 4)  # (B, 2*N)', 'H = 112\ny = torch.zeros(2, H)  # (B, H/4)', 'N = 5\ny = torch.zeros(2, N + 1)  # (B, N+1)', 'n = 6\ny = torch.zeros(2, n)  # (B, N+1)',
  ];
  for (const code of agree) {
    it(`agrees: ${JSON.stringify(code)}`, async () => assert.deepEqual(await warnings(SETUP + code), []));
  }

  const disagree: [code: string, at: string, message: string, corrected: string | null][] = [
    ['d = c[:, :, None] - c[:, None, :] #(2,16,1)-(2,1,16) # broadcasts', '(2,16,1)-(2,1,16)', 'the comment says (2,16,1)-(2,1,16), but the operands are (2, 4, 1) and (2, 1, 4): (2,4,1)-(2,1,4) would be right', 'd = c[:, :, None] - c[:, None, :] #(2,4,1)-(2,1,4) # broadcasts'],
    ['y = x  # (2, 5, 8)', '(2, 5, 8)', 'the comment says (2, 5, 8), but x is (2, 5, 7)', 'y = x  # (2, 5, 7)'],
    ['y = x.permute(0, 2, 1)  # [B,5,7] then', '[B,5,7]', 'the comment says [B,5,7], but this is (2, 7, 5): [B,7,5] would be right', 'y = x.permute(0, 2, 1)  # [B,7,5] then'],
    ['y = x * 2  # (5, 7)', '(5, 7)', 'the comment says (5, 7), but this is (2, 5, 7)', 'y = x * 2  # (2, 5, 7)'],
    ['y = x * 2  # [T, 8]', '[T, 8]', 'the comment says [T, 8], but this is (2, 5, 7): [T, 7] would be right', 'y = x * 2  # [T, 7]'],
    ['y = x[0]  # (B, N, C)', '(B, N, C)', 'the comment says (B, N, C), but x[0] is (5, 7)', 'y = x[0]  # (5, 7)'],
    ['y = x[0, 0]  # (N, C)', '(N, C)', 'the comment says (N, C), but x[0, 0] is (7,)', 'y = x[0, 0]  # (7,)'],
    ['y = torch.zeros(4, 5)  # [N, N]', '[N, N]', 'the comment says [N, N], but this is (4, 5): [N, 5] would be right', 'y = torch.zeros(4, 5)  # [N, 5]'],
    ['y = torch.zeros(4, 9)  # [N, 2*N]', '[N, 2*N]', 'the comment says [N, 2*N], but this is (4, 9): [N, 9] would be right', 'y = torch.zeros(4, 9)  # [N, 9]'],
    ['y = torch.zeros(4, 9)  # [B, 2*N]', '[B, 2*N]', 'the comment says [B, 2*N], but this is (4, 9): [B, 9] would be right', 'y = torch.zeros(4, 9)  # [B, 9]'],
    ['y = torch.zeros(8, 2)  # 2*3-1 * 2*2-1, nH', '2*3-1 * 2*2-1, nH', 'the comment says 2*3-1 * 2*2-1, nH, but this is (8, 2): 8, nH would be right', 'y = torch.zeros(8, 2)  # 8, nH'],
    ['y = torch.zeros(4, 3)  # B, N, C', 'B, N, C', 'the comment says B, N, C, but this is (4, 3): 4, 3 would be right', 'y = torch.zeros(4, 3)  # 4, 3'],
    ['y = x  # \uff08B\uff0c5\uff0c8\uff09', '\uff08B\uff0c5\uff0c8\uff09', 'the comment says \uff08B\uff0c5\uff0c8\uff09, but x is (2, 5, 7): \uff08B\uff0c5\uff0c7\uff09 would be right', 'y = x  # \uff08B\uff0c5\uff0c7\uff09'],
    ['y = x @ x.transpose(1, 2)  # (B, N, C) @ (B, C, N) -> (B, N, C)', '(B, N, C) @ (B, C, N) -> (B, N, C)', 'the comment says (B, N, C) @ (B, C, N) -> (B, N, C), but the operands are (2, 5, 7) and (2, 7, 5) and the result is (2, 5, 5): (B, N, C) @ (B, C, N) -> (B, N, 5) would be right', 'y = x @ x.transpose(1, 2)  # (B, N, C) @ (B, C, N) -> (B, N, 5)'],
    ['y = x.flatten(1)  # [2, 5, 7] -> [2, 36]', '[2, 5, 7] -> [2, 36]', 'the comment says [2, 5, 7] -> [2, 36], but the input is (2, 5, 7) and the result is (2, 35): [2, 5, 7] -> [2, 35] would be right', 'y = x.flatten(1)  # [2, 5, 7] -> [2, 35]'],
    ['print(x.shape)  # torch.Size([2, 5, 8])', '[2, 5, 8]', 'the comment says [2, 5, 8], but x.shape is (2, 5, 7): [2, 5, 7] would be right', 'print(x.shape)  # torch.Size([2, 5, 7])'],
    ['x += 1  # (2, 5)', '(2, 5)', 'the comment says (2, 5), but x is (2, 5, 7)', 'x += 1  # (2, 5, 7)'],
    ['y = torch.cat([\n    x,  # (2, 6, 7)\n    x,\n], dim=1)', '(2, 6, 7)', 'the comment says (2, 6, 7), but x is (2, 5, 7)', '    x,  # (2, 5, 7)'],
    ['y = x  # x: (2, 5)', '(2, 5)', 'the comment says (2, 5), but x is (2, 5, 7)', 'y = x  # x: (2, 5, 7)'],
    ['# (2, 8)\ny = x.flatten(1)', '(2, 8)', 'the comment says (2, 8), but this is (2, 35)', '# (2, 35)'],
    ['def f(x,  # (B, N)\n      y=None):\n    return x\nf(x)', '(B, N)', 'the comment says (B, N), but x is (2, 5, 7)', 'def f(x,  # (2, 5, 7)'],
    ['for row in x:  # (2, 5, 7)\n    pass', '(2, 5, 7)', 'the comment says (2, 5, 7), but row is (5, 7)', 'for row in x:  # (5, 7)'],
    ['for n in (2, 3):\n    y = torch.zeros(n, 3)  # (4, 3)', '(4, 3)', 'the comment says (4, 3), but the shapes here are (2, 3), (3, 3)', null],
    ['G = 7\ny = torch.arange(1 - G, G)  # [G-1]', '[G-1]', 'the comment says [G-1], but this is (13,): [13] would be right', 'y = torch.arange(1 - G, G)  # [13]'],
  ];
  for (const [code, at, message, corrected] of disagree) {
    it(`disagrees: ${JSON.stringify(code)}`, async () => assert.deepEqual(await warnings(SETUP + code), [{ at, message, corrected }]));
  }

  it('a corrected comment agrees', async () => {
    for (const [code, , , corrected] of disagree) {
      if (corrected === null) continue;
      const wrong = (SETUP + code).split('\n');
      const at = wrong.findIndex((line) => corrected.startsWith(line.slice(0, line.indexOf('#'))) && line.includes('#'));
      wrong[at] = corrected;
      assert.deepEqual(await warnings(wrong.join('\n')), [], corrected);
    }
  });

  it('a size computed from the code’s own variable is corrected in its name', async () => {
    const found = await warnings('class Bias(nn.Module):\n    def __init__(self, group_size):\n        super().__init__()\n        self.group_size = group_size\n        self.h = torch.arange(1 - self.group_size, self.group_size)  # [group-1]');
    assert.deepEqual(found.map(({ corrected }) => corrected?.trim()), ['self.h = torch.arange(1 - self.group_size, self.group_size)  # [2*group-1]']);
  });

  it('names and numbers do not contradict symbols', async () => {
    assert.deepEqual(await warnings('def f(x):\n    B, N, C = x.shape  # 2, 49, 96\n    y = x.transpose(1, 2)  # (2, 96, 49)\n    return y.flatten(1)  # [64, 4704]'), []);
  });
});
