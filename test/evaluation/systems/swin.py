# Attention within windows, shifted and masked, with a table of relative positions.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (2 + index % 3))
    return module.eval()

def to_windows(x, size):
    B, H, W, C = x.shape
    x = x.view(B, H // size, size, W // size, size, C)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size * size, C)

def from_windows(windows, size, H, W):
    B = windows.shape[0] // ((H // size) * (W // size))
    x = windows.view(B, H // size, W // size, size, size, -1)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(B, H, W, -1)

class WindowAttention(nn.Module):
    def __init__(self, dim, size, heads):
        super().__init__()
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.table = nn.Parameter(torch.zeros((2 * size - 1) * (2 * size - 1), heads))
        coords = torch.stack(torch.meshgrid(torch.arange(size), torch.arange(size), indexing='ij')).flatten(1)
        relative = (coords[:, :, None] - coords[:, None, :]).permute(1, 2, 0).contiguous()
        relative[:, :, 0] += size - 1
        relative[:, :, 1] += size - 1
        relative[:, :, 0] *= 2 * size - 1
        self.register_buffer('index', relative.sum(-1))
        self.qkv = nn.Linear(dim, 3 * dim)
        self.drop = nn.Dropout(0.1)
        self.proj = nn.Linear(dim, dim)
        nn.init.trunc_normal_(self.table, std=0.02)

    def forward(self, x, mask=None):
        B, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        attn = (q * self.scale) @ k.transpose(-2, -1)
        bias = self.table[self.index.view(-1)].view(N, N, -1).permute(2, 0, 1).contiguous()
        attn = attn + bias.unsqueeze(0)
        if mask is not None:
            windows = mask.shape[0]
            attn = attn.view(B // windows, windows, self.heads, N, N) + mask.unsqueeze(1).unsqueeze(0)
            attn = attn.view(-1, self.heads, N, N)
        attn = self.drop(F.softmax(attn, dim=-1))
        return self.proj((attn @ v).transpose(1, 2).reshape(B, N, C)), attn

def shift_mask(H, W, size, shift):
    image = torch.zeros((1, H, W, 1))
    number = 0
    for rows in (slice(0, -size), slice(-size, -shift), slice(-shift, None)):
        for columns in (slice(0, -size), slice(-size, -shift), slice(-shift, None)):
            image[:, rows, columns, :] = number
            number += 1
    windows = to_windows(image, size).view(-1, size * size)
    mask = windows.unsqueeze(1) - windows.unsqueeze(2)
    return mask.masked_fill(mask != 0, float(-100.0)).masked_fill(mask == 0, float(0.0))

class Block(nn.Module):
    def __init__(self, dim, size, heads, shift):
        super().__init__()
        self.size, self.shift = size, shift
        self.norm1 = nn.LayerNorm(dim)
        self.attn = WindowAttention(dim, size, heads)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Dropout(0.1), nn.Linear(2 * dim, dim))

    def forward(self, x, H, W):
        B, L, C = x.shape
        shortcut = x
        x = torch.roll(self.norm1(x).view(B, H, W, C), shifts=(-self.shift, -self.shift), dims=(1, 2))
        mask = shift_mask(H, W, self.size, self.shift)
        x, _ = self.attn(to_windows(x, self.size), mask)
        x = torch.roll(from_windows(x, self.size, H, W), shifts=(self.shift, self.shift), dims=(1, 2))
        x = shortcut + x.view(B, L, C)
        return x + self.mlp(self.norm2(x))

attention = set_all(WindowAttention(8, 3, 2))
attention.index, attention(f(8, 9, 8)), attention(f(8, 9, 8), shift_mask(6, 6, 3, 1))
shift_mask(6, 6, 3, 1)
set_all(Block(8, 3, 2, 1))(f(2, 36, 8), 6, 6)
