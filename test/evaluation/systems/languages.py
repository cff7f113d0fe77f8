# Models of sequences: cells written by hand, attention of several kinds, masks, caches, mixtures, sampling, beams.
def given(module, scale=6):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (scale + index % 4))
    return module.eval()

class Gates(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.x2h = nn.Linear(inputs, 3 * hidden)
        self.h2h = nn.Linear(hidden, 3 * hidden)

    def forward(self, x, h):
        x_r, x_z, x_n = self.x2h(x).chunk(3, -1)
        h_r, h_z, h_n = self.h2h(h).chunk(3, -1)
        r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        return (1 - z) * n + z * h

class HandLSTM(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
        self.W = nn.Parameter(torch.empty(inputs, hidden * 4))
        self.U = nn.Parameter(torch.empty(hidden, hidden * 4))
        self.bias = nn.Parameter(torch.empty(hidden * 4))

    def forward(self, x):
        bs, length, _ = x.size()
        h, c = torch.zeros(bs, self.hidden), torch.zeros(bs, self.hidden)
        seen = []
        HS = self.hidden
        for t in range(length):
            gates = x[:, t, :] @ self.W + h @ self.U + self.bias
            i_t, f_t = torch.sigmoid(gates[:, :HS]), torch.sigmoid(gates[:, HS:HS * 2])
            g_t, o_t = torch.tanh(gates[:, HS * 2:HS * 3]), torch.sigmoid(gates[:, HS * 3:])
            c = f_t * c + i_t * g_t
            h = o_t * torch.tanh(c)
            seen.append(h.unsqueeze(0))
        return torch.cat(seen, dim=0).transpose(0, 1).contiguous(), (h, c)

class GroupedQueries(nn.Module):
    def __init__(self, dim, heads, groups):
        super().__init__()
        self.heads, self.groups, self.head = heads, groups, dim // heads
        self.wq = nn.Linear(dim, heads * self.head, bias=False)
        self.wkv = nn.Linear(dim, 2 * groups * self.head, bias=False)
        self.wo = nn.Linear(heads * self.head, dim, bias=False)

    def forward(self, x, cache=None):
        b, t, _ = x.shape
        q = self.wq(x).view(b, t, self.heads, self.head).transpose(1, 2)
        k, v = self.wkv(x).view(b, t, 2, self.groups, self.head).permute(2, 0, 3, 1, 4)
        if cache is not None:
            k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
        repeats = self.heads // self.groups
        keys = k[:, :, None].expand(b, self.groups, repeats, k.shape[2], self.head).reshape(b, self.heads, -1, self.head)
        values = v.repeat_interleave(repeats, dim=1)
        scores = q @ keys.mT / self.head ** 0.5
        mask = torch.ones(t, keys.shape[2], dtype=torch.bool).tril(diagonal=keys.shape[2] - t)
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
        out = F.softmax(scores.float(), dim=-1).type_as(x) @ values
        return self.wo(out.transpose(1, 2).flatten(2)), (k, v)

class Additive(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.Wa, self.Ua, self.Va = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, 1)

    def forward(self, query, keys, lengths):
        scores = self.Va(torch.tanh(self.Wa(query).unsqueeze(1) + self.Ua(keys))).squeeze(-1)
        outside = torch.arange(keys.size(1)).unsqueeze(0) >= lengths.unsqueeze(1)
        weights = scores.masked_fill(outside, -1e9).softmax(-1)
        return torch.bmm(weights.unsqueeze(1), keys).squeeze(1), weights

class Experts(nn.Module):
    def __init__(self, dim, count, top):
        super().__init__()
        self.top = top
        self.gate = nn.Linear(dim, count, bias=False)
        self.experts = nn.ModuleList(nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim)) for _ in range(count))

    def forward(self, x):
        flat = x.view(-1, x.shape[-1])
        weights, chosen = self.gate(flat).softmax(-1).topk(self.top, dim=-1)
        weights = weights / weights.sum(-1, keepdim=True)
        result = torch.zeros_like(flat)
        for index, expert in enumerate(self.experts):
            share = (weights * (chosen == index)).sum(-1, keepdim=True)
            result = result + share * expert(flat)
        return result.view_as(x)

class Encoder(nn.Module):
    def __init__(self, words, dim, heads, layers):
        super().__init__()
        self.word, self.position, self.kind = nn.Embedding(words, dim, padding_idx=0), nn.Embedding(16, dim), nn.Embedding(2, dim)
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        layer = nn.TransformerEncoderLayer(dim, heads, 2 * dim, activation='gelu', batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.pooler = nn.Linear(dim, dim)

    def forward(self, ids, kinds=None):
        kinds = torch.zeros_like(ids) if kinds is None else kinds
        places = torch.arange(ids.size(1)).unsqueeze(0).expand_as(ids)
        x = self.norm(self.word(ids) + self.position(places) + self.kind(kinds))
        x = self.layers(x, src_key_padding_mask=ids.eq(0))
        kept = ids.ne(0).unsqueeze(-1).float()
        mean = (x * kept).sum(1) / kept.sum(1).clamp(min=1e-9)
        return torch.tanh(self.pooler(x[:, 0])), F.normalize(mean, p=2, dim=1)

def sliding_mask(length, width):
    i = torch.arange(length)
    near = (i[None, :] <= i[:, None]) & (i[None, :] > i[:, None] - width)
    return torch.zeros(length, length).masked_fill_(~near, float('-inf'))

def smoothed_loss(logits, target, smoothing=0.1, ignore=-100):
    log_probs = F.log_softmax(logits, dim=-1)
    kept = target != ignore
    nll = -log_probs.gather(-1, target.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    loss = (1 - smoothing) * nll + smoothing * -log_probs.mean(-1)
    return (loss * kept).sum() / kept.sum()

def nucleus(logits, p=0.8, temperature=0.7):
    logits = logits / temperature
    ordered, places = torch.sort(logits, descending=True, dim=-1)
    total = torch.cumsum(F.softmax(ordered, dim=-1), dim=-1)
    gone = total > p
    gone[..., 1:] = gone[..., :-1].clone()
    gone[..., 0] = False
    return logits.masked_fill(gone.scatter(-1, places, gone), -float('inf'))

ids = torch.tensor([[3, 5, 2, 0, 0], [1, 4, 4, 6, 2]])
attention = given(GroupedQueries(8, 4, 2))
first, cache = attention(f(2, 3, 8))
second, _ = attention(f(2, 2, 8) / 2, cache)
given(Gates(3, 4))(f(2, 3), f(2, 4)), given(HandLSTM(3, 2))(f(2, 4, 3)), first, cache, second
given(Additive(4))(f(2, 4), f(2, 3, 4), torch.tensor([2, 3])), given(Experts(4, 3, 2))(f(2, 3, 4)), given(Encoder(7, 8, 2, 2), 8)(ids), given(Encoder(7, 4, 1, 1), 8)(ids, (ids > 3).long()), sliding_mask(5, 3), torch.softmax(f(5, 5) + sliding_mask(5, 2), -1)
smoothed_loss(f(2, 4, 5), torch.tensor([[1, -100, 3, 0], [2, 2, -100, 4]])), nucleus(f(2, 7)), F.cross_entropy(f(6, 5), i(6, high=5), ignore_index=2, label_smoothing=0.1, weight=unit(5)), given(nn.GRU(3, 4, 2, bidirectional=True, batch_first=True))(f(2, 5, 3)), given(nn.LSTM(3, 4, proj_size=2))(f(5, 2, 3)), given(nn.LSTMCell(3, 4))(f(2, 3)), given(nn.GRUCell(3, 4))(f(2, 3), f(2, 4))
