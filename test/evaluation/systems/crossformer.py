# Embeddings of several scales, attention near and far in groups, and a small network that makes the position bias.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (3 + index % 3))
    return module.eval()

class CrossEmbed(nn.Module):
    def __init__(self, channels, dim, kernels, stride):
        super().__init__()
        kernels = sorted(kernels)
        dims = [dim // 2 ** (i + 1) for i in range(len(kernels) - 1)]
        dims.append(dim - sum(dims))
        self.convs = nn.ModuleList([nn.Conv2d(channels, d, kernel, stride=stride, padding=(kernel - stride) // 2) for kernel, d in zip(kernels, dims)])

    def forward(self, x):
        return torch.cat([conv(x) for conv in self.convs], dim=1)

class PositionBias(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.proj = nn.Linear(2, dim)
        self.layers = nn.Sequential(nn.LayerNorm(dim), nn.ReLU(), nn.Linear(dim, dim), nn.LayerNorm(dim), nn.ReLU(inplace=True), nn.Linear(dim, heads))

    def forward(self, offsets):
        return self.layers(self.proj(offsets))

class GroupAttention(nn.Module):
    def __init__(self, dim, size, heads, far):
        super().__init__()
        self.size, self.heads, self.far = size, heads, far
        self.to_qkv = nn.Conv2d(dim, dim * 3, 1, bias=False)
        self.to_out = nn.Conv2d(dim, dim, 1)
        self.bias = PositionBias(dim // 2, heads)
        places = torch.arange(size)
        grid = torch.stack(torch.meshgrid(places, places, indexing='ij')).reshape(2, -1).T
        offsets = grid[:, None] - grid[None, :] + size - 1
        self.register_buffer('index', (offsets * torch.tensor([2 * size - 1, 1])).sum(dim=-1))
        steps = torch.arange(1 - size, size)
        self.register_buffer('offsets', torch.stack(torch.meshgrid(steps, steps, indexing='ij')).reshape(2, -1).T.float())

    def group(self, x):
        B, C, H, W = x.shape
        s = self.size
        if self.far:
            return x.reshape(B, C, s, H // s, s, W // s).permute(0, 3, 5, 1, 2, 4).reshape(-1, C, s, s)
        return x.reshape(B, C, H // s, s, W // s, s).permute(0, 2, 4, 1, 3, 5).reshape(-1, C, s, s)

    def ungroup(self, x, B, H, W):
        s = self.size
        x = x.reshape(B, H // s, W // s, -1, s, s)
        return (x.permute(0, 3, 4, 1, 5, 2) if self.far else x.permute(0, 3, 1, 4, 2, 5)).reshape(B, -1, H, W)

    def forward(self, x):
        B, C, H, W = x.shape
        q, k, v = self.to_qkv(self.group(x)).chunk(3, dim=1)
        q, k, v = (part.flatten(2).unflatten(1, (self.heads, -1)).transpose(-2, -1) for part in (q, k, v))
        scores = torch.einsum('b h i d, b h j d -> b h i j', q * (C // self.heads) ** -0.5, k)
        scores = scores + self.bias(self.offsets)[self.index].permute(2, 0, 1)
        out = torch.einsum('b h i j, b h j d -> b h i d', scores.softmax(dim=-1), v)
        out = out.transpose(-2, -1).reshape(-1, C, self.size, self.size)
        return self.ungroup(self.to_out(out), B, H, W)

class LayerNorm(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.g = nn.Parameter(torch.ones(1, dim, 1, 1))
        self.b = nn.Parameter(torch.zeros(1, dim, 1, 1))

    def forward(self, x):
        var = torch.var(x, dim=1, unbiased=False, keepdim=True)
        mean = torch.mean(x, dim=1, keepdim=True)
        return (x - mean) / (var + self.eps).sqrt() * self.g + self.b

set_all(CrossEmbed(3, 8, (4, 8), 4))(f(1, 3, 16, 16)), set_all(PositionBias(4, 2))(f(9, 2)), set_all(LayerNorm(4))(f(2, 4, 3, 3))
set_all(GroupAttention(8, 2, 2, far=False))(f(1, 8, 4, 4)), set_all(GroupAttention(8, 2, 2, far=True))(f(2, 8, 4, 6)), GroupAttention(8, 3, 2, True).index
