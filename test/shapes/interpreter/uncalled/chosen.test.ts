/** Which of several classes a number picks, in code that nothing calls: its default says it. */
import assert from 'node:assert/strict';
import { check } from '../check';

describe('a number that picks one of several classes', () => {
  it('is taken to be its default, from a tuple', async () => {
    const { assumptions } = await check(`
      import torch
      from torch import nn
      def conv_of(dims):
          kinds = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
          return kinds[dims - 1]
      class Net(nn.Module):
          def __init__(self, width, dims: int = 3):
              super().__init__()
              self.conv = conv_of(dims)(4, width, 3, padding=1)
          def forward(self, x):
              return self.conv(x)  # → (x_0, width, x_2, x_3, x_4) float32
    `);
    assert.ok(assumptions.some(({ text }) => text === 'dims is taken to be its default: it says which of several classes or functions is taken'));
  });

  it('is taken to be its default, from a dict', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, width, dims=2):
            super().__init__()
            self.pool = {1: nn.MaxPool1d, 2: nn.MaxPool2d}[dims](2)
            self.conv = nn.Conv2d(4, width, 1)
        def forward(self, x):
            return self.pool(self.conv(x))  # → (x_0, width, x_2//2, x_3//2) float32
  `));

  it('leaves each of them without a default', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, width, dims):
            super().__init__()
            self.conv = (nn.Conv1d, nn.Conv2d)[dims - 1](4, width, 1)
        def forward(self, x):
            return self.conv(x)  # → (x_0, width, x_2) float32 or (x_0, width, x_2, x_3) float32
  `));
});
