/** Functions that calls reach which tell nothing of what they give: they are traced as if nothing called them. */
import assert from 'node:assert/strict';
import { check, trace } from '../check';

describe('functions that are called with what is not known', () => {
  it('know what their own code says', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, channels):
            super().__init__()
            self.conv = nn.Conv2d(3, channels, 3, padding=1)
        def forward(self, image):
            b, c, h, w = image.shape
            return self.conv(image)  # → (b, channels, h, w) float32
    y = Net(16)(maybe)
  `));

  it('know what other calls give', () => check(`
    import torch
    def double(x):
        return x + x  # → (2, 3) float32
    double(maybe)
    double(torch.zeros(2, 3))
  `));

  it('are as they are called where something else is given', () => check(`
    import torch
    def scale(x, y):
        z = y * 2  # → (4,) float32
        return x * z  # → unknown
    scale(maybe, torch.zeros(4))
  `));

  it('are as they are called if nothing more is known on their own', () => check(`
    def show(x):
        n = 3  # → 3
        return x  # → unknown
    show(maybe)
  `));

  it('print as any other does', async () => {
    const { prints } = await trace(`
      def inner(x):
          print('inside')
      print('before')
      inner(maybe)
      print('after')
    `);
    assert.equal(prints.length, 3);
  });
});
