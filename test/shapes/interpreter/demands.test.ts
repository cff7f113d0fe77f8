/** What uses tell about parameters of functions that nothing calls. */
import { check } from './check';

describe('what a function does with its parameters', () => {
  it('says how many items a dim has that is taken apart', () => check(`
    import torch
    def corners(x):
        cx, cy, w, h = x.unbind(-1)
        return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=-1)  # → (*x_dims, 4) of unknown dtype
    def qkv(x):
        q, k, v = x.unbind(2)
        return q  # → (x_0, x_1, *x_dims) of unknown dtype
    def halves(t):
        a, b = torch.unbind(t)
        return a + b  # → (*t_dims) of unknown dtype
  `));

  it('says that it is a tensor where arithmetic with a number made the operand', () => check(`
    import torch
    def density(weights):
        w = weights + 1e-5
        return w / torch.sum(w, -1, keepdim=True)  # → (*weights_dims, weights_last) of unknown dtype
    def scaled(x):
        return (x * 2 - 1).mean(-1)  # → (*x_dims) of unknown dtype
  `));

  for (const [title, body, shape] of [
    ['the last', 'h, w = x.shape[-2:]\n        return x.reshape(-1, h * w)', '(x_dims_numel, x_last1*x_last)'],
    ['the first', 'b, n = x.size()[:2]\n        return x.view(b, n, -1).mean(-1)', '(x_0, x_1)'],
    ['all but the first, flattened', 'b = x.shape[0]\n        return x.flatten(1)', '(x_0, x_dims_numel*x_last)'],
  ] as const) {
    it(`says which sizes a slice of its shape has: ${title}`, () => check(`
      def of(x):
        ${body}  # → ${shape} of unknown dtype
    `));
  }

  it('says what a dict holds that is read by texts', () => check(`
    import torch
    from torch import nn
    class Embedding(nn.Module):
        def __init__(self, cfg):
            super().__init__()
            self.tokens = nn.Embedding(cfg['vocab_size'], cfg['emb_dim'])
            self.positions = nn.Embedding(cfg['context_length'], cfg['emb_dim'])
            self.out = nn.Linear(cfg['emb_dim'], cfg['vocab_size'], bias=False)
        def forward(self, ids):
            rows, n = ids.shape
            x = self.tokens(ids) + self.positions(torch.arange(n))
            return self.out(x)  # → (rows, n, vocab_size) float32
    def step(batch):
        b, c, h, w = batch['image'].shape
        return batch['image'].mean((2, 3))  # → (b, c) of unknown dtype
  `));

  it('says that it is a tensor where tensors are its indices, and that those beside integers are integers', () => check(`
    import torch
    def score(emissions, tags):
        steps, batch = tags.shape
        return emissions[0, torch.arange(batch), tags[0]]  # → (batch, *emissions_dims) of unknown dtype
  `));
});
