"""LSTM, GRU, cells in loops, an encoder with a decoder that attends, and a beam search."""
import torch
import torch.nn.functional as F
from torch import nn


class Encoder(nn.Module):
    def __init__(self, vocabulary, dim, hidden, layers=2):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim, padding_idx=0)
        self.rnn = nn.LSTM(dim, hidden, num_layers=layers, bidirectional=True, batch_first=True, dropout=0.1)
        self.join = nn.Linear(2 * hidden, hidden)

    def forward(self, ids):
        outputs, (h, c) = self.rnn(self.embed(ids))
        h = h.view(self.rnn.num_layers, 2, ids.size(0), -1)
        last = torch.cat((h[-1, 0], h[-1, 1]), dim=1)
        return outputs, torch.tanh(self.join(last))


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.score = nn.Linear(3 * hidden, hidden)
        self.v = nn.Parameter(torch.rand(hidden))

    def forward(self, state, outputs):
        length = outputs.size(1)
        repeated = state.unsqueeze(1).repeat(1, length, 1)
        energy = torch.tanh(self.score(torch.cat((repeated, outputs), dim=2)))
        scores = torch.bmm(self.v.repeat(outputs.size(0), 1).unsqueeze(1), energy.transpose(1, 2)).squeeze(1)
        return F.softmax(scores, dim=1)


class Decoder(nn.Module):
    def __init__(self, vocabulary, dim, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.attention = Attention(hidden)
        self.cell = nn.GRUCell(dim + 2 * hidden, hidden)
        self.out = nn.Linear(hidden, vocabulary)

    def step(self, token, state, outputs):
        weights = self.attention(state, outputs)
        context = torch.einsum("bl,blh->bh", weights, outputs)
        state = self.cell(torch.cat([self.embed(token), context], -1), state)
        return self.out(state), state

    def forward(self, targets, state, outputs):
        logits = []
        for t in range(targets.size(1)):
            step, state = self.step(targets[:, t], state, outputs)
            logits.append(step)
        return torch.stack(logits, dim=1)


def beam_search(decoder, state, outputs, width=3, steps=4):
    """Of one sentence: (width, steps + 1) tokens and their scores."""
    vocabulary = decoder.out.out_features
    state, outputs = state.expand(width, -1), outputs.expand(width, -1, -1)
    tokens = torch.ones(width, 1, dtype=torch.long)
    scores = torch.zeros(width)
    for _ in range(steps):
        logits, state = decoder.step(tokens[:, -1], state, outputs)
        totals = scores[:, None] + F.log_softmax(logits, dim=-1)
        scores, flat = totals.view(-1).topk(width)
        beams = torch.div(flat, vocabulary, rounding_mode="floor")
        state = state[beams]
        tokens = torch.cat([tokens[beams], (flat % vocabulary).unsqueeze(1)], dim=1)
    return tokens, scores


if __name__ == "__main__":
    encoder, decoder = Encoder(20, 8, 6), Decoder(20, 8, 6)
    outputs, state = encoder(torch.randint(1, 20, (2, 7)))
    logits = decoder(torch.randint(20, (2, 5)), state, outputs)
    tokens, scores = beam_search(decoder, state[:1], outputs[:1])
    rnn = nn.RNN(4, 5, nonlinearity="relu")
    sequence, last = rnn(torch.randn(6, 2, 4), torch.zeros(1, 2, 5))
    cell = nn.LSTMCell(4, 3)
    hx = cx = torch.zeros(2, 3)
    for x in torch.randn(6, 2, 4):
        hx, cx = cell(x, (hx, cx))
    projected, (h, c) = nn.LSTM(4, 6, proj_size=2)(torch.randn(5, 3, 4))
