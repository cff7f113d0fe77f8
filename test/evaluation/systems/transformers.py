# Transformers: patches, positions, encoder and decoder layers, rotary positions, a causal language model.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (4 + index % 3))
    return module.eval()

class PatchEmbedding(nn.Module):
    def __init__(self, size, patch, channels, dim):
        super().__init__()
        self.proj = nn.Conv2d(channels, dim, kernel_size=patch, stride=patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.randn(1, (size // patch) ** 2 + 1, dim) * 0.02)
        self.drop = nn.Dropout(0.1)

    def resized(self, rows, columns):
        side = int(math.sqrt(self.pos_embed.shape[1] - 1))
        first, rest = self.pos_embed[:, :1], self.pos_embed[:, 1:]
        rest = rest.reshape(1, side, side, -1).permute(0, 3, 1, 2)
        rest = F.interpolate(rest, size=(rows, columns), mode='bicubic', align_corners=False)
        return torch.cat((first, rest.permute(0, 2, 3, 1).flatten(1, 2)), dim=1)

    def forward(self, x):
        x = self.proj(x)
        rows, columns = x.shape[-2:]
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat((self.cls_token.expand(x.shape[0], -1, -1), x), dim=1)
        return self.drop(x + self.resized(rows, columns))

def rotate_half(x):
    a, b = x.chunk(2, dim=-1)
    return torch.cat((-b, a), dim=-1)

def rotary(x, base=10000.0):
    length, dim = x.shape[-2:]
    frequencies = 1.0 / (base ** (torch.arange(0, dim, 2).float() / dim))
    angles = torch.outer(torch.arange(length).float(), frequencies)
    angles = torch.cat((angles, angles), dim=-1)
    return x * angles.cos() + rotate_half(x) * angles.sin()

class CausalBlock(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.norm = nn.RMSNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.out = nn.Linear(dim, dim, bias=False)
        self.gate = nn.Linear(dim, 2 * dim, bias=False)
        self.up = nn.Linear(dim, 2 * dim, bias=False)
        self.down = nn.Linear(2 * dim, dim, bias=False)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (part.view(B, T, self.heads, -1).transpose(1, 2) for part in self.qkv(self.norm(x)).split(C, dim=-1))
        y = F.scaled_dot_product_attention(rotary(q), rotary(k), v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(B, T, C))
        return x + self.down(F.silu(self.gate(x)) * self.up(x))

class LanguageModel(nn.Module):
    def __init__(self, words, dim):
        super().__init__()
        self.embed = nn.Embedding(words, dim)
        self.blocks = nn.ModuleList([CausalBlock(dim, 2) for _ in range(2)])
        self.head = nn.Linear(dim, words, bias=False)

    def forward(self, ids, targets):
        x = self.embed(ids) * math.sqrt(self.embed.embedding_dim)
        for block in self.blocks:
            x = block(x)
        logits = self.head(F.layer_norm(x, (x.shape[-1],)))
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())

def sinusoids(length, dim):
    table = torch.zeros(length, dim)
    position = torch.arange(length, dtype=torch.float).unsqueeze(1)
    step = torch.exp(torch.arange(0, dim, 2).float() * (-math.log(10000.0) / dim))
    table[:, 0::2] = torch.sin(position * step)
    table[:, 1::2] = torch.cos(position * step)
    return table.unsqueeze(0)

def masked_attention(q, k, v):
    scores = torch.einsum('bhid,bhjd->bhij', q, k) / math.sqrt(q.size(-1))
    mask = torch.triu(torch.ones(q.size(-2), k.size(-2), dtype=torch.bool), diagonal=1)
    scores = scores.masked_fill(mask, float('-inf'))
    return torch.einsum('bhij,bhjd->bhid', scores.softmax(-1), v)

set_all(PatchEmbedding(8, 2, 3, 4))(f(2, 3, 8, 8)), set_all(PatchEmbedding(8, 2, 3, 4))(f(1, 3, 6, 10))
set_all(nn.MultiheadAttention(8, 2, batch_first=True))(f(2, 3, 8), f(2, 5, 8), f(2, 5, 8)), set_all(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True))(f(2, 3, 8)), set_all(nn.TransformerEncoderLayer(8, 2, 16, norm_first=True, activation='gelu'))(f(3, 2, 8), src_mask=nn.Transformer.generate_square_subsequent_mask(3))
set_all(nn.TransformerDecoderLayer(8, 2, 16))(f(3, 2, 8), f(4, 2, 8)), set_all(nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2))(f(1, 3, 8))
rotary(f(2, 3, 4)), set_all(CausalBlock(8, 2))(f(2, 3, 8)), set_all(LanguageModel(7, 8))(i(2, 4), i(2, 4)), sinusoids(5, 6), masked_attention(f(1, 2, 3, 4), f(1, 2, 3, 4), f(1, 2, 3, 4))
