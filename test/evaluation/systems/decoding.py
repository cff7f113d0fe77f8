# What decoders do step by step: GRU and LSTM cells, greedy and beam search, samples cut by top-k and top-p, CTC's collapse, edit distances.
class Decoder(nn.Module):
    def __init__(self, vocabulary=7, dim=6):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim, padding_idx=0)
        self.cell = nn.GRUCell(dim, dim)
        self.second = nn.LSTMCell(dim, dim)
        self.out = nn.Linear(dim, vocabulary)

    def step(self, token, state):
        h, (h2, c2) = state
        h = self.cell(self.embed(token), h)
        h2, c2 = self.second(h, (h2, c2))
        return F.log_softmax(self.out(h2 + h), dim=-1), (h, (h2, c2))

decoder = Decoder()
with torch.no_grad():
    for index, parameter in enumerate(decoder.parameters()):
        parameter.copy_(f(*parameter.shape) / (5 + index))
_ = decoder.eval()
state = (torch.zeros(2, 6), (torch.zeros(2, 6), torch.zeros(2, 6)))
token = torch.tensor([1, 2])
tokens = []
for _ in range(4):
    scores, state = decoder.step(token, state)
    token = scores.argmax(-1)
    tokens.append(token)
torch.stack(tokens, 1), scores, state[1][0]

def beams(width=3, steps=3):
    totals = torch.full((1, width), -inf)
    totals[:, 0] = 0
    sequences = torch.ones(width, 1, dtype=torch.long)
    state = (torch.zeros(width, 6), (torch.zeros(width, 6), torch.zeros(width, 6)))
    for _ in range(steps):
        scores, state = decoder.step(sequences[:, -1], state)
        candidates = (totals.view(-1, 1) + scores).view(1, -1)
        totals, flat = candidates.topk(width, dim=-1)
        parent, token = torch.div(flat[0], 7, rounding_mode="floor"), flat[0] % 7
        sequences = torch.cat((sequences.index_select(0, parent), token.unsqueeze(1)), dim=1)
        state = (state[0][parent], (state[1][0][parent], state[1][1][parent]))
    return sequences, totals

found, totals = beams()
found, totals

def nucleus(logits, p=0.8, k=5, temperature=0.7):
    logits = logits / temperature
    least = logits.topk(k).values[..., -1, None]
    logits = logits.masked_fill(logits < least, -inf)
    ordered, order = logits.sort(descending=True, dim=-1)
    beyond = ordered.softmax(-1).cumsum(-1) > p
    beyond[..., 1:] = beyond[..., :-1].clone()
    beyond[..., 0] = False
    return logits.masked_fill(beyond.scatter(-1, order, beyond), -inf).softmax(-1)

nucleus(f(2, 7)), nucleus(f(1, 9), p=0.5, k=8)

path = torch.tensor([[1, 1, 0, 2, 2, 0, 2], [0, 3, 3, 3, 0, 0, 1]])
changes = torch.cat((torch.ones(2, 1, dtype=torch.bool), path[:, 1:] != path[:, :-1]), 1) & (path != 0)
changes, changes.sum(1), (changes.cumsum(1) * changes - 1).clamp(min=0), F.ctc_loss(f(5, 2, 4).log_softmax(-1), torch.tensor([[1, 2], [3, 3]]), torch.tensor([5, 5]), torch.tensor([2, 2]), reduction="none")

lstm = nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True, proj_size=2)
gru = nn.GRU(3, 4, batch_first=True)
with torch.no_grad():
    for module in (lstm, gru):
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (7 + index))
output, (hidden, cell) = lstm(f(2, 5, 3))
packed = nn.utils.rnn.pack_padded_sequence(f(2, 5, 3), torch.tensor([5, 3]), batch_first=True)
padded, lengths = nn.utils.rnn.pad_packed_sequence(gru(packed)[0], batch_first=True)
output, hidden, cell, gru(f(2, 5, 3))[1], padded, lengths
