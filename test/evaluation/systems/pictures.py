# Models of pictures: merging patches, blocks of convolutions, attention to channels and axes, deformed and coupled maps, boxes.
def settled(module, scale=8):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (scale + index % 3))
        for index, buffer in enumerate(module.buffers()):
            if buffer.is_floating_point():
                buffer.copy_(positive(*buffer.shape) / (2 + index % 2))
    return module.eval()

class Merging(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.reduction = nn.Linear(4 * dim, 2 * dim, bias=False)
        self.norm = nn.LayerNorm(4 * dim)

    def forward(self, x, H, W):
        B, L, C = x.shape
        x = x.view(B, H, W, C)
        if H % 2 == 1 or W % 2 == 1:
            x = F.pad(x, (0, 0, 0, W % 2, 0, H % 2))
        x = torch.cat([x[:, 0::2, 0::2, :], x[:, 1::2, 0::2, :], x[:, 0::2, 1::2, :], x[:, 1::2, 1::2, :]], -1)
        return self.reduction(self.norm(x.view(B, -1, 4 * C)))

class ChannelsFirstNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.zeros(dim)), eps

    def forward(self, x):
        u = x.mean(1, keepdim=True)
        s = (x - u).pow(2).mean(1, keepdim=True)
        x = (x - u) / torch.sqrt(s + self.eps)
        return self.weight[:, None, None] * x + self.bias[:, None, None]

class Modern(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dwconv = nn.Conv2d(dim, dim, kernel_size=7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.pw1, self.act, self.pw2 = nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
        return x + (self.gamma * self.pw2(self.act(self.pw1(y)))).permute(0, 3, 1, 2)

class Inverted(nn.Module):
    def __init__(self, inputs, outputs, stride, ratio):
        super().__init__()
        hidden = round(inputs * ratio)
        self.same = stride == 1 and inputs == outputs
        self.body = nn.Sequential(
            nn.Conv2d(inputs, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.Hardswish(inplace=True),
            nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6(inplace=True))
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(hidden, hidden // 2, 1), nn.SiLU(), nn.Conv2d(hidden // 2, hidden, 1), nn.Hardsigmoid())
        self.project = nn.Sequential(nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.body(x)
        y = self.project(y * self.squeeze(y))
        return x + y if self.same else y

class Up(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.down = nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(channels, 2 * channels, 3, padding=1), nn.InstanceNorm2d(2 * channels, affine=True), nn.LeakyReLU(0.2))
        self.up = nn.ConvTranspose2d(2 * channels, channels, 2, stride=2)
        self.mix = nn.Conv2d(2 * channels, channels, 3, padding=1, padding_mode='reflect')

    def forward(self, x):
        y = self.up(self.down(x))
        dy, dx = x.size(2) - y.size(2), x.size(3) - y.size(3)
        y = F.pad(y, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
        return self.mix(torch.cat([x, y], dim=1))

class Pyramid(nn.Module):
    def __init__(self, channels, sizes=(1, 2, 3)):
        super().__init__()
        self.stages = nn.ModuleList(nn.Sequential(nn.AdaptiveAvgPool2d(size), nn.Conv2d(channels, 2, 1)) for size in sizes)

    def forward(self, x):
        h, w = x.shape[2:]
        return torch.cat([x] + [F.interpolate(stage(x), size=(h, w), mode='bilinear', align_corners=True) for stage in self.stages], dim=1)

class Axial(nn.Module):
    def __init__(self, dim, heads, side):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Conv1d(dim, 3 * dim, 1, bias=False)
        self.rel = nn.Parameter(torch.randn(heads, 2 * side - 1))
        self.register_buffer('flat', torch.arange(side)[None, :] - torch.arange(side)[:, None] + side - 1)

    def along(self, x):
        n, c, s = x.shape
        q, k, v = self.qkv(x).reshape(n, 3, self.heads, c // self.heads, s).unbind(1)
        logits = torch.einsum('nhcq,nhck->nhqk', q, k) * (c // self.heads) ** -0.5 + self.rel[:, self.flat]
        return torch.einsum('nhqk,nhck->nhcq', logits.softmax(-1), v).reshape(n, c, s)

    def forward(self, x):
        B, C, H, W = x.shape
        rows = self.along(x.permute(0, 2, 1, 3).reshape(B * H, C, W)).view(B, H, C, W).permute(0, 2, 1, 3)
        columns = self.along(rows.permute(0, 3, 1, 2).reshape(B * W, C, H)).view(B, W, C, H)
        return columns.permute(0, 2, 3, 1)

def shifted_windows_mask(H, W, size, shift):
    picture = torch.zeros((1, H, W, 1))
    count = 0
    for h in (slice(0, -size), slice(-size, -shift), slice(-shift, None)):
        for w in (slice(0, -size), slice(-size, -shift), slice(-shift, None)):
            picture[:, h, w, :] = count
            count += 1
    windows = picture.view(1, H // size, size, W // size, size, 1).permute(0, 1, 3, 2, 4, 5).reshape(-1, size * size)
    mask = windows.unsqueeze(1) - windows.unsqueeze(2)
    return mask.masked_fill(mask != 0, float(-100.0)).masked_fill(mask == 0, float(0.0))

def warp(x, flow):
    B, _, H, W = x.shape
    grid = torch.stack(torch.meshgrid(torch.arange(W), torch.arange(H), indexing='xy'), dim=0).float()[None] + flow
    grid = torch.stack((2 * grid[:, 0] / max(W - 1, 1) - 1, 2 * grid[:, 1] / max(H - 1, 1) - 1), dim=-1)
    return F.grid_sample(x, grid, mode='bilinear', padding_mode='border', align_corners=True)

def anchors(shape, stride, scales, ratios):
    ratios, scales = torch.tensor(ratios), torch.tensor(scales)
    heights = (torch.sqrt(ratios)[:, None] * scales[None]).flatten()
    widths = (1 / torch.sqrt(ratios)[:, None] * scales[None]).flatten()
    base = torch.stack([-widths, -heights, widths, heights], dim=1) / 2
    y, x = torch.meshgrid(torch.arange(shape[0]) * stride, torch.arange(shape[1]) * stride, indexing='ij')
    shifts = torch.stack((x.reshape(-1), y.reshape(-1), x.reshape(-1), y.reshape(-1)), dim=1)
    return (shifts[:, None] + base[None]).reshape(-1, 4)

def overlaps(a, b):
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]).clamp(min=0) * (boxes[:, 3] - boxes[:, 1]).clamp(min=0)
    corner = torch.max(a[:, None, :2], b[:, :2]), torch.min(a[:, None, 2:], b[:, 2:])
    inner = (corner[1] - corner[0]).clamp(min=0).prod(-1)
    return inner / (area(a)[:, None] + area(b) - inner).clamp(min=1e-6)

boxes = anchors((2, 2), 4, [4., 8.], [0.5, 1.0])
settled(Merging(3))(f(2, 15, 3), 3, 5), settled(Merging(2))(f(1, 16, 2), 4, 4), settled(Modern(3))(f(1, 3, 6, 5)), settled(ChannelsFirstNorm(4))(f(2, 4, 2, 3)), settled(Inverted(4, 4, 1, 1.5))(f(2, 4, 5, 5)), settled(Inverted(4, 3, 2, 2))(f(1, 4, 6, 7))
settled(Up(2))(f(1, 2, 7, 6)), settled(Pyramid(3))(f(1, 3, 6, 5)), settled(Axial(4, 2, 3))(f(2, 4, 3, 3)), shifted_windows_mask(6, 6, 3, 1)[:2], shifted_windows_mask(4, 8, 2, 1)[-1], warp(f(2, 3, 4, 5), f(2, 2, 4, 5) / 4), boxes, overlaps(boxes, boxes[:5] + 1), overlaps(boxes[:4], boxes[3:]).argmax(1)
