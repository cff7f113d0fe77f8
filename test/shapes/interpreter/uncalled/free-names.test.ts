/** Names that posts use and nothing defines: what their uses, comments and the text around the code say of them. */
import { check } from '../check';

describe('a name that nothing defines', () => {
  it('has the fewest dims with which what uses it is known, as a parameter has', () => check(`
    top, at = scores.topk(k, dim=-1)
    found = at  # → (scores_0, k) int64
    best = torch.gather(states, 1, at.unsqueeze(-1).expand(-1, -1, states.size(-1)))  # → (scores_0, k, states_2) of unknown dtype
    low = torch.max(a[:, None, :2], b[:, :2])  # → (a_0, b_0, min(2, a_1)) of unknown dtype
  `));

  for (const [title, loop] of [['a loop', 'for pictures, labels in batches:'], ['a loop with numbers', 'for at, (pictures, labels) in enumerate(batches):']] as const) {
    it(`holds batches of tensors where ${title} takes them apart and uses them so`, () => check(`
      ${loop}
          flat = pictures.view(pictures.size(0), -1)  # → (pictures_0, pictures_dims_numel) of unknown dtype
    `));
  }

  it('holds batches of which the next one is taken', () => check(`
    pictures, labels = next(iter(batches))
    print(pictures.shape)
    first = pictures[:4].permute(0, 2, 3, 1)  # → (min(4, pictures_0), pictures_2, pictures_3, pictures_1) of unknown dtype
    height, width = size
    canvas = torch.zeros(height, width)  # → (height, width) float32
  `));

  it('is a tensor where an operation takes no number, whatever the place of the argument', () => check(`
    # q, k, v: [batch, heads, length, width]
    out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    joined = out.transpose(1, 2).reshape(batch, length, heads * width)  # → (batch, length, heads*width) of unknown dtype
    pairs = torch.bmm(left, right.transpose(1, 2))  # → (left_0, left_1, right_1) of unknown dtype
    u, s, vh = torch.linalg.svd(A, full_matrices=False)
    singular = s  # → (min(A_0, A_1),) of unknown dtype
  `));

  it('is one axis each where they make a grid', () => check(`
    grid = torch.stack(torch.meshgrid([rows, columns]))  # → (2, rows_0, columns_0) of unknown dtype
    flat = torch.flatten(grid, 1)  # → (2, rows_0*columns_0) of unknown dtype
  `));

  it('has the sizes that it is asserted to have', () => check(`
    x = x.transpose(1, 2)
    assert x.shape == (rows, width, length)
    total = x.sum(-1)  # → (rows, width) of unknown dtype
    assert list(y.size()) == [2, 3, 4]
    turned = y.permute(2, 0, 1)  # → (4, 2, 3) of unknown dtype
  `));

  describe('beside @', () => {
    it('has the size that both share, and not the shape of the other', () => check(`
      # x: (batch, length, width)
      q = x @ weight  # → (batch, length, weight_2) of unknown dtype
      table = torch.randn(20, 30)
      y = given @ table  # → (*given_dims, 30) float32
    `));

    it('may be a vector where the other is a matrix', () => check(`
      table = torch.randn(20, 30)
      y = table @ v  # → unknown
    `));
  });

  describe('in arithmetic with another one', () => {
    it('is a size where the result is one', () => check(`
      n = rows * columns
      flat = x.reshape(batch, rows * columns, width)  # → (batch, rows*columns, width) of unknown dtype
    `));

    it('is no number where the result is a tensor', () => check(`
      out = x + residual
      mean = out.mean(-1)  # → unknown
      rows, width = q.shape
      scale = dim ** -0.5
      weighed = q * scale  # → (rows, width) of unknown dtype
      scaled = (y * 2).sum(0)  # → (*y_dims) of unknown dtype
    `));
  });

  it('may be a number or a tensor as an index', () => check(`
    b, c, h, w = x.shape
    row = x[at]  # → unknown
    column = x[:, at]  # → unknown
  `));

  it('has as many dims as an index names that takes all of the last', () => check(`
    logits = logits[:, -1, :]  # → (logits_0, logits_2) of unknown dtype
    mixed = pictures[order, :]  # → unknown
  `));

  describe('is what the author says', () => {
    it('in a comment above, with the sizes that the code names the same', () => check(`
      # x: (batch, length, width), mask: (batch, length)
      pooled = (x * mask.unsqueeze(-1)).sum(1)  # → (batch, width) of unknown dtype
      heads = x.view(batch, length, 4, -1)  # → (batch, length, 4, width//4) of unknown dtype
    `));

    it('in a text that is a statement', () => check(`
      '''
      x: Tensor of shape (rows, length, width)
      '''
      y = x.mean(dim=1)  # → (rows, width) of unknown dtype
    `));

    it('beside what prints its shape', () => check(`
      print(x.shape)  # torch.Size([2, 3, 8, 8])
      y = x.flatten(1)  # → (2, 192) of unknown dtype
    `));

    it('of what a loop takes from it', () => check(`
      # pictures: torch.Size([64, 1, 28, 28])
      for pictures, labels in batches:
          flat = pictures.view(pictures.size(0), -1)  # → (64, 784) of unknown dtype
    `));

    it('in the text around the code', () => check(`
      y = x.reshape(x.size(0), -1)  # → (8, 192) of unknown dtype
    `, { prose: [{ text: 'I have a tensor `x` of shape `(8, 3, 8, 8)`:', start: 0, code: null }] }));

    it('but not in words about what the code makes of it later', () => check(`
      y = x.mean(1)  # → (x_0, *x_dims) of unknown dtype
      x = x.unsqueeze(0)
      # x: (1, batch, length, width)
      z = x + 1
    `));
  });
});
