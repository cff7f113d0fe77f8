# Attention with rotary embeddings in its two ways of writing (complex numbers, halves), grouped keys, a growing cache, a sliding window.
def rotary(x, base=100.0):
    d = x.shape[-1]
    freqs = 1.0 / base ** (torch.arange(0, d, 2).float() / d)
    angles = torch.outer(torch.arange(x.shape[-2]).float(), freqs)
    turns = torch.polar(torch.ones_like(angles), angles)
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turns).flatten(-2).type_as(x)

def rotate_half(x):
    first, second = x.chunk(2, dim=-1)
    return torch.cat((-second, first), dim=-1)

class GroupedAttention(nn.Module):
    def __init__(self, dim=12, heads=4, groups=2, window=3):
        super().__init__()
        self.heads, self.groups, self.window, self.head_dim = heads, groups, window, dim // heads * 2
        self.q = nn.Linear(dim, heads * self.head_dim, bias=False)
        self.kv = nn.Linear(dim, 2 * groups * self.head_dim, bias=False)
        self.out = nn.Linear(heads * self.head_dim, dim)
        self.register_buffer("inv_freq", 1.0 / 10 ** (torch.arange(0, self.head_dim, 2).float() / self.head_dim), persistent=False)

    def forward(self, x, past=None):
        B, N, _ = x.shape
        q = self.q(x).view(B, N, self.heads, self.head_dim).transpose(1, 2)
        k, v = self.kv(x).view(B, N, 2, self.groups, self.head_dim).permute(2, 0, 3, 1, 4)
        start = 0 if past is None else past[0].size(-2)
        t = torch.arange(start, start + N, dtype=torch.float32)
        emb = torch.einsum("i,j->ij", t, self.inv_freq).repeat(1, 2)
        q, k = (y * emb.cos() + rotate_half(y) * emb.sin() for y in (q, k))
        if past is not None:
            k, v = torch.cat((past[0], k), dim=2), torch.cat((past[1], v), dim=2)
        keys = k.repeat_interleave(self.heads // self.groups, dim=1)
        values = v[:, :, None].expand(-1, -1, self.heads // self.groups, -1, -1).flatten(1, 2)
        scores = q @ keys.transpose(-2, -1) * self.head_dim ** -0.5
        i = torch.arange(start, start + N)[:, None]
        j = torch.arange(start + N)[None]
        scores = scores.masked_fill(~((j <= i) & (i - j < self.window)), torch.finfo(scores.dtype).min)
        y = scores.softmax(-1, dtype=torch.float32).type_as(q) @ values
        return self.out(y.transpose(1, 2).reshape(B, N, -1)), (k, v)

attention = GroupedAttention()
with torch.no_grad():
    for index, parameter in enumerate(attention.parameters()):
        parameter.copy_(f(*parameter.shape) / (8 + index))
first, past = attention(f(2, 4, 12) / 4)
second, longer = attention(f(2, 2, 12) / 3, past)
rotary(f(2, 3, 4)), rotary(f(1, 5, 8).half()), first, second, longer[0], past[1].shape[2] * torch.ones(1)
F.scaled_dot_product_attention(rotary(f(1, 2, 4, 4)), rotary(f(1, 2, 4, 4) / 2), f(1, 2, 4, 4), is_causal=True), F.scaled_dot_product_attention(f(1, 2, 3, 4), f(1, 2, 5, 4), f(1, 2, 5, 4), attn_mask=b(3, 5))
