/** Code that nothing calls: sequences that recurrent layers are given, and sizes that are asked for by number. */
import { check } from '../check';

describe('sequences of unknown rank', () => {
  it('come in batches', () => check(`
    import torch
    from torch import nn
    class Encoder(nn.Module):
        def __init__(self, vocab, width, hidden):
            super().__init__()
            self.hidden = hidden
            self.embed = nn.Embedding(vocab, width)
            self.gru = nn.GRU(width, hidden, 2, bidirectional=True)
        def forward(self, src, state=None):
            outputs, state = self.gru(self.embed(src), state)
            outputs = outputs[:, :, :self.hidden] + outputs[:, :, self.hidden:]  # → (src_0, batch, hidden) float32
            return outputs, state  # → ((src_0, batch, hidden) float32, (4, batch, hidden) float32)
    class Tagger(nn.Module):
        def __init__(self, width, hidden, tags):
            super().__init__()
            self.lstm = nn.LSTM(width, hidden, batch_first=True)
            self.head = nn.Linear(hidden, tags)
        def forward(self, x):
            out, _ = self.lstm(x)
            return self.head(out[:, -1])  # → (batch_1, tags) float32
  `));

  it('are single ones where the code says so', () => check(`
    import torch
    from torch import nn
    class Single(nn.Module):
        def __init__(self, width, hidden):
            super().__init__()
            self.lstm = nn.LSTM(width, hidden)
        def forward(self, x):
            steps, width = x.shape
            out, _ = self.lstm(x)
            return out  # → (steps, hidden) of unknown dtype
  `));

  it('have a first dim where its size is asked for', () => check(`
    import torch
    from torch import nn
    class Head(nn.Module):
        def __init__(self, latent, height, width):
            super().__init__()
            self.height, self.width = height, width
            self.fc = nn.Linear(latent, height * width)
        def forward(self, z):
            b = z.size(0)
            return self.fc(z).view(b, 1, self.height, self.width)  # → (z_0, 1, height, width) float32
  `));

  it('may be read in both directions', () => check(`
    import torch
    from torch import nn
    class Block(nn.Module):
        def __init__(self, width, hidden, kind='LSTM', both=False):
            super().__init__()
            self.rnn = getattr(nn, kind)(width, hidden, 1, batch_first=True, bidirectional=both)
            self.back = nn.Linear(hidden * 2 if both else hidden, width)
        def forward(self, x):
            b, n, c = x.shape
            y, _ = self.rnn(x)
            return self.back(y.reshape(b * n, -1)).view(b, n, c)  # → (b_1, n_1, width_1) float32
    class Stack(nn.Module):
        def __init__(self, width, hidden, both=False, depth=2):
            super().__init__()
            self.blocks = nn.ModuleList([])
            for i in range(depth):
                self.blocks.append(Block(width, hidden, both=both))
            self.layers = nn.ModuleList(nn.GRU(width, width) for _ in range(depth))
            self.depth = depth
        def forward(self, x):
            b, n, c = x.shape
            for i in range(self.depth):
                x = self.blocks[i](x)
                x = self.layers[i](x)[0]
            return x  # → (b, n, width) of unknown dtype
  `));
});
