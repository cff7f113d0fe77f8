import assert from 'node:assert/strict';
import { readPhrases } from '../../../src/shapes/evidence/phrase';
import type { Phrase } from '../../../src/shapes/evidence/phrase';
import { render } from '../../../src/shapes/symint/render';

/** `q&k: <N*3>-><N | 3>`: subjects, then each size between bars, then what joins the shapes. */
function show({ subjects, shapes, connectors }: Phrase): string {
  const chain = shapes.map(({ sizes }, i) => `<${sizes.map(({ text }) => text).join(' | ')}>${connectors[i] ?? ''}`).join('');
  return `${subjects.length > 0 ? `${subjects.join('&')}: ` : ''}${chain}`;
}

describe('shape phrases of comments', () => {
  const accepted: [comment: string, ...phrases: string[]][] = [
    ['(2,16,1)-(2,1,16)', '<2 | 16 | 1>-<2 | 1 | 16>'],
    ['(2,16,1)-(2,1,16) # one after the other', '<2 | 16 | 1>-<2 | 1 | 16>'],
    ['Wh*Ww, Wh*Ww, nH', '<Wh*Ww | Wh*Ww | nH>'],
    ['Wh*Ww,Wh*Ww,nH', '<Wh*Ww | Wh*Ww | nH>'],
    ['2*Wh-1 * 2*Ww-1, nH', '<2*Wh-1 * 2*Ww-1 | nH>'],
    ['2*Wh-1 * 2*Ww-1, nH We take two heads here', '<2*Wh-1 * 2*Ww-1 | nH>'],
    ['(2*Wh-1)*(2*Ww-1), nH', '<(2*Wh-1)*(2*Ww-1) | nH>'],
    ['2Wh-1 * 2Ww-1, heads', '<2Wh-1 * 2Ww-1 | heads>'],
    ['2, Wh, Ww', '<2 | Wh | Ww>'],
    ['B, N, C', '<B | N | C>'],
    ['b, n, d', '<b | n | d>'],
    ['B_, num_heads, N, N', '<B_ | num_heads | N | N>'],
    ['nW*B, window_size, window_size, C', '<nW*B | window_size | window_size | C>'],
    ['num_windows*B, Wh*Ww, Wh*Ww or None', '<num_windows*B | Wh*Ww | Wh*Ww>'],
    ['[4, 7, C]', '<4 | 7 | C>'],
    ['(B, N, C)', '<B | N | C>'],
    ['(B, N, C) after attention', '<B | N | C>'],
    ['[B, ...]', '<B | ...>'],
    ['(N, *)', '<N | *>'],
    ['(?, 3, -1)', '<? | 3 | -1>'],
    ['(3,)', '<3>'],
    ['(N, )', '<N>'],
    ['[group-1]', '<group-1>'],
    ['[B, C=96, H, W]', '<B | C=96 | H | W>'],
    ['[bs, H/4, W/4, 96] -> [bs, H/4 * W/4, 96]', '<bs | H/4 | W/4 | 96>-><bs | H/4 * W/4 | 96>'],
    ['[169,2]->[169, num_heads]   bias', '<169 | 2>-><169 | num_heads>'],
    ['(a, b) \u2192 (b, a)', '<a | b>-><b | a>'],
    ['(a, b) => (b, a)', '<a | b>-><b | a>'],
    ['(a,b) + (c,d)', '<a | b>+<c | d>'],
    ['(n,d) @ (d,m)', '<n | d>@<d | m>'],
    ['(2,4,4) = (2,4,1) - (2,1,4)', '<2 | 4 | 4>=<2 | 4 | 1>-<2 | 1 | 4>'],
    ['B, N, C -> B, C, N', '<B | N | C>-><B | C | N>'],
    ['B N C -> B C N', '<B | N | C>-><B | C | N>'],
    ['b n (h d) -> b h n d', '<b | n | (h d)>-><b | h | n | d>'],
    ['NCHW -> NHWC', '<N | C | H | W>-><N | H | W | C>'],
    ['B Ph*Pw C', '<B | Ph*Pw | C>'],
    ['BxCxHxW', '<B | C | H | W>'],
    ['B x C x H x W', '<B | C | H | W>'],
    ['[batch_size x n_vars x num_patch * d_model]', '<batch_size | n_vars | num_patch * d_model>'],
    ['[(bs*seq) x channels x d_model]', '<(bs*seq) | channels | d_model>'],
    ['(b*h) x n x d', '<(b*h) | n | d>'],
    ['B\u00d7C\u00d7H\u00d7W', '<B | C | H | W>'],
    ['2 x 3 x 4', '<2 | 3 | 4>'],
    ['shape 7\u00d77', '<7 | 7>'],
    ['shape: [4, 1]', '<4 | 1>'],
    ['shape:[1, 4]', '<1 | 4>'],
    ['torch.Size([3, 256, 3, 49, 32])', '<3 | 256 | 3 | 49 | 32>'],
    ['torch.Size([])', '<>'],
    ['qkv.shape = [3, num_groups*bs, num_heads, N, head_dim]', 'qkv: <3 | num_groups*bs | num_heads | N | head_dim>'],
    ['q, k, v: (B, nH, N, d)', 'q&k&v: <B | nH | N | d>'],
    ['q: (B, N, d), k: (B, M, d)', 'q: <B | N | d>', 'k: <B | M | d>'],
    ['shape of x: (2, 3)', 'x: <2 | 3>'],
    ['relative position bias: [N, N, num_heads] -> [num_heads, N, N]', '<N | N | num_heads>-><num_heads | N | N>'],
    ['for SDA [bs, I, G, I, G, C]', '<bs | I | G | I | G | C>'],
    ['images: Tensor[N, C, H, W]', '<N | C | H | W>'],
    // Chinese wording, brackets and commas.
    ['shape\u4e3a[2, 3]', '<2 | 3>'],
    ['\u7ef4\u5ea6: (b, n, d)', '<b | n | d>'],
    ['x\u7684\u5f62\u72b6\u4e3a(2, 3)', 'x: <2 | 3>'],
    ['\u8f93\u51fa\u301024, 112, 112, 96\u3011', '<24 | 112 | 112 | 96>'],
    ['\uff08B\uff0cN\uff0cC\uff09', '<B | N | C>'],
    ['shape\uff1a\uff3b4\uff0c1\uff3d\uff0c\u7ed9q\u7f16\u53f7', '<4 | 1>'],
    ['\u83b7\u53d6\u4f4d\u7f6e\u7f16\u7801,shape:[4, 4, head_dim]', '<4 | 4 | head_dim>'],
    ['\u62fc\u63a5 [bs, H/4 * W/4, 96]', '<bs | H/4 * W/4 | 96>'],
    ['\u8c03\u6574\u901a\u9053 [bs, N, 48/24/12]', '<bs | N | 48/24/12>'],
  ];
  for (const [comment, ...phrases] of accepted) {
    it(JSON.stringify(comment), () => assert.deepEqual(readPhrases(comment).map(show), phrases));
  }

  const rejected = [
    '', 'shift to start from 0', '2*Wh-1', 'make torchscript happy (cannot use tensor as tuple)', '(optional)', 'see (1), (2)', 'lr, momentum', '0, 1, 2', '1, 2, 3, 4', 'e.g. 3, 4', 'e.g. (3, 4)',
    'Q * K, scaled', 'Softmax(QK^T/\u221ad + Bias)', 'q, k, v', 'Q, K, V', '(q, k, v)', 'x, y', '(x, y)', '(i, j)', '(x1, y1, x2, y2)', '(dx, dy, dw, dh)', 'xyxy -> xywh', '(mean, std)', '(BN, ReLU)', '(SDA, LDA)', 'MLP, GELU',
    'swap dims (1, 2)', 'dim (1, 2)', 'kernel size (3, 3)', 'for SDA [7, 7] the group', 'resize to (H, W)', 'conv 3x3', '3x3x3', '7x7', '7\u00d77', 'in [0, 1]', 'range [-1, 1]', '[-1, 1]', '[0.5, 0.5]', 'see [12]', '[1] a paper',
    'x = x.view(B, N, C)', 'B, N, C = x.shape', 'f(a, b)', 'reshape(B, N, C)', 'x[0, 1]', 'x.shape[0]', 'shape[1] is left', 'torch.cat([x, y], dim=1)', 'return (B, N)', 'if (N, C) in seen', 'assertIsNotNone(value, (batch, dim))',
    'A, B and C are learnable', 'I, for one, think', 'first, second, third', 'N = 49', 'W-MSA/SW-MSA', 'cyclic shift', 'B C', 'P_l, P_r, P_t, P_b', '(2, 3) are primes', '(B, N) or (B, N, C)', 'self can be [N, C] or [C]', 'torch.Size([5, 5]) != torch.Size([0])',
    'reshape q, k, v for attention', 'Shape of weight and bias should be the same', 'If shape is given, dims are ignored', 'check that shapes and sizes match', 'TODO(user): fix', '96/4 // 4 = 6', 'HTML, CSS',
    '\u53d6\u503c\u8303\u56f4[1-G, G-1]\uff0c13*13\u4e2a\u70b9', '\u5f52\u4e00\u5316\u5230[-1, 1]', 'Q * K\u7684\u5f52\u4e00\u5316\u56e0\u5b50', `[${'N, '.repeat(400)}N]`,
  ];
  for (const comment of rejected) {
    it(`no shape: ${JSON.stringify(comment.slice(0, 60))}`, () => assert.deepEqual(readPhrases(comment).map(show), []));
  }

  it('ranges are those of the author’s text', () => {
    const comment = '\u8f93\u51fa\uff08B\uff0c2*Wh-1 * 2*Ww-1\uff09';
    const [shape] = readPhrases(comment)[0]!.shapes;
    assert.equal(comment.slice(shape!.start, shape!.end), '\uff08B\uff0c2*Wh-1 * 2*Ww-1\uff09');
    assert.deepEqual(shape!.sizes.map(({ start, end }) => comment.slice(start, end)), ['B', '2*Wh-1 * 2*Ww-1']);
  });

  it('sizes have readings over names of the comment', () => {
    const [phrase] = readPhrases('[N, H/4*W/4, 2*Wh-1 * 2*Ww-1, N, 48/24]');
    const readings = phrase!.shapes[0]!.sizes.map((size) => size.readings.map((reading) => render(reading)));
    assert.deepEqual(readings, [['N'], ['(H//4)*W//4', '(H//4)*(W//4)'], ['2*Wh - 2*Ww - 1', '(2*Wh-1)*(2*Ww-1)'], ['N'], ['2', '48', '24']]);
    assert.equal(phrase!.shapes[0]!.sizes[0]!.readings[0], phrase!.shapes[0]!.sizes[3]!.readings[0]);
  });

  it('reads any text to its end without throwing', () => {
    for (const text of ['('.repeat(900), '[(,'.repeat(300), 'a,'.repeat(450), '->'.repeat(400), 'x '.repeat(450), '\ud800(,)', '((((B, N), C)))', '2**99999999, N', '[N//0, 3]', 'a.b.c.d: '.repeat(90)]) {
      readPhrases(text);
    }
  });
});
