# Attention on an image with positions decomposed into rows and columns.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (2 + index % 3))
    return module.eval()

def relative_positions(q_size, k_size, table):
    longest = int(2 * max(q_size, k_size) - 1)
    if table.shape[0] != longest:
        table = F.interpolate(table.reshape(1, table.shape[0], -1).permute(0, 2, 1), size=longest, mode='linear')
        table = table.reshape(-1, longest).permute(1, 0)
    q = torch.arange(q_size)[:, None] * max(k_size / q_size, 1.0)
    k = torch.arange(k_size)[None, :] * max(q_size / k_size, 1.0)
    distance = (q - k) + (k_size - 1) * max(q_size / k_size, 1.0)
    return table[distance.long()]

def add_decomposed(attn, q, rows, columns, q_size, k_size):
    q_h, q_w = q_size
    k_h, k_w = k_size
    Rh = relative_positions(q_h, k_h, rows)
    Rw = relative_positions(q_w, k_w, columns)
    B, _, dim = q.shape
    grid = q.reshape(B, q_h, q_w, dim)
    by_row = torch.einsum('bhwc,hkc->bhwk', grid, Rh)
    by_column = torch.einsum('bhwc,wkc->bhwk', grid, Rw)
    attn = attn.view(B, q_h, q_w, k_h, k_w) + by_row[:, :, :, :, None] + by_column[:, :, :, None, :]
    return attn.view(B, q_h * q_w, k_h * k_w)

class Attention(nn.Module):
    def __init__(self, dim, heads, size):
        super().__init__()
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3)
        self.proj = nn.Linear(dim, dim)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * size[0] - 1, dim // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * size[1] - 1, dim // heads))

    def forward(self, x):
        B, H, W, _ = x.shape
        qkv = self.qkv(x).reshape(B, H * W, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.reshape(3, B * self.heads, H * W, -1).unbind(0)
        attn = add_decomposed((q * self.scale) @ k.transpose(-2, -1), q, self.rel_pos_h, self.rel_pos_w, (H, W), (H, W))
        attn = attn.softmax(dim=-1)
        x = (attn @ v).view(B, self.heads, H, W, -1).permute(0, 2, 3, 1, 4).reshape(B, H, W, -1)
        return self.proj(x)

class LayerNorm2d(nn.Module):
    def __init__(self, channels, eps=1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.eps = eps

    def forward(self, x):
        u = x.mean(1, keepdim=True)
        s = (x - u).pow(2).mean(1, keepdim=True)
        x = (x - u) / torch.sqrt(s + self.eps)
        return self.weight[:, None, None] * x + self.bias[:, None, None]

def windows_with_padding(x, size):
    B, H, W, C = x.shape
    pad_h = (size - H % size) % size
    pad_w = (size - W % size) % size
    if pad_h > 0 or pad_w > 0:
        x = F.pad(x, (0, 0, 0, pad_w, 0, pad_h))
    Hp, Wp = H + pad_h, W + pad_w
    return x.view(B, Hp // size, size, Wp // size, size, C).permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size, size, C)

class RandomPositions(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.register_buffer('matrix', f(2, features))

    def forward(self, size):
        h, w = size
        grid = torch.ones((h, w), dtype=torch.float32)
        y = (grid.cumsum(dim=0) - 0.5) / h
        x = (grid.cumsum(dim=1) - 0.5) / w
        coords = 2 * math.pi * ((2 * torch.stack([x, y], dim=-1) - 1) @ self.matrix)
        return torch.cat([torch.sin(coords), torch.cos(coords)], dim=-1).permute(2, 0, 1)

relative_positions(3, 3, f(5, 4)), relative_positions(4, 2, f(5, 4)), relative_positions(2, 4, f(9, 3))
set_all(Attention(8, 2, (3, 4)))(f(2, 3, 4, 8)), set_all(Attention(8, 2, (5, 2)))(f(1, 3, 4, 8))
set_all(LayerNorm2d(4))(f(2, 4, 3, 3)), windows_with_padding(f(1, 5, 4, 2), 3), RandomPositions(3)((2, 3))
set_all(nn.Sequential(nn.ConvTranspose2d(4, 2, kernel_size=2, stride=2), LayerNorm2d(2), nn.GELU(), nn.ConvTranspose2d(2, 2, kernel_size=2, stride=2)))(f(1, 4, 2, 3))
F.interpolate(set_all(nn.Conv2d(4, 1, 1))(f(1, 4, 3, 3)), (7, 5), mode='bilinear', align_corners=False) > 0
