"""CrossFormer: patches of several sizes at once, attention over near and over far groups, biases made by a small network."""
import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint


def pair(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


class DropPath(nn.Module):
    """Drops a sample's whole branch while training."""

    def __init__(self, probability=0.0):
        super().__init__()
        self.probability = probability

    def forward(self, x):
        if self.probability == 0.0 or not self.training:
            return x
        keep = 1 - self.probability
        mask = x.new_empty((x.shape[0],) + (1,) * (x.ndim - 1)).bernoulli_(keep)
        return x * mask / keep


class Mlp(nn.Module):
    def __init__(self, dim, hidden=None, activation=nn.GELU, dropout=0.0):
        super().__init__()
        hidden = hidden or dim
        self.expand = nn.Linear(dim, hidden)
        self.activation = activation()
        self.reduce = nn.Linear(hidden, dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = self.dropout(self.activation(self.expand(x)))
        return self.dropout(self.reduce(x))


class DynamicPosBias(nn.Module):
    """Biases of all offsets (offsets, 2) for each head: (offsets, heads)."""

    def __init__(self, dim, heads, residual=False):
        super().__init__()
        self.residual = residual
        inner = dim // 4
        self.project = nn.Linear(2, inner)
        self.layers = nn.ModuleList(self.layer(inner, out) for out in (inner, inner, heads))

    @staticmethod
    def layer(inner, out):
        return nn.Sequential(nn.LayerNorm(inner), nn.ReLU(inplace=True), nn.Linear(inner, out))

    def forward(self, offsets):
        pos = self.project(offsets)
        *hidden, last = self.layers
        for layer in hidden:
            pos = pos + layer(pos) if self.residual else layer(pos)
        return last(pos)


class Attention(nn.Module):
    def __init__(self, dim, group, heads, qkv_bias=True, scale=None, attention_dropout=0.0, dropout=0.0, position_bias=True):
        super().__init__()
        self.group, self.heads, self.position_bias = group, heads, position_bias
        self.scale = scale or (dim // heads) ** -0.5
        if position_bias:
            self.pos = DynamicPosBias(dim // 4, heads)
            gh, gw = group
            steps = torch.meshgrid(torch.arange(1 - gh, gh), torch.arange(1 - gw, gw), indexing="ij")
            offsets = torch.stack(steps).flatten(1).transpose(0, 1).float()
            self.register_buffer("offsets", offsets)
            coords = torch.stack(torch.meshgrid(torch.arange(gh), torch.arange(gw), indexing="ij")).flatten(1)
            delta = (coords[:, :, None] - coords[:, None, :]).permute(1, 2, 0).contiguous()
            delta[:, :, 0] += gh - 1
            delta[:, :, 1] += gw - 1
            delta[:, :, 0] *= 2 * gw - 1
            self.register_buffer("index", delta.sum(-1))
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.attention_dropout = nn.Dropout(attention_dropout)
        self.project = nn.Linear(dim, dim)
        self.dropout = nn.Dropout(dropout)
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x, mask=None):
        groups, n, c = x.shape
        qkv = self.qkv(x).reshape(groups, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        scores = (q * self.scale) @ k.transpose(-2, -1)
        if self.position_bias:
            pos = self.pos(self.offsets)
            area = self.group[0] * self.group[1]
            bias = pos[self.index.view(-1)].view(area, area, -1)
            bias = bias.permute(2, 0, 1).contiguous()
            scores = scores + bias.unsqueeze(0)
        if mask is not None:
            masks = mask.shape[0]
            scores = scores.view(groups // masks, masks, self.heads, n, n) + mask.unsqueeze(1).unsqueeze(0)
            scores = scores.view(-1, self.heads, n, n)
        weights = self.attention_dropout(self.softmax(scores))
        x = (weights @ v).transpose(1, 2).reshape(groups, n, c)
        return self.dropout(self.project(x))


class CrossFormerBlock(nn.Module):
    """Even blocks attend within groups of neighbours (short distance), odd ones over a grid of places (long distance)."""

    def __init__(self, dim, resolution, heads, group=7, long=False, ratio=4.0, dropout=0.0, attention_dropout=0.0, drop_path=0.0, norm=nn.LayerNorm):
        super().__init__()
        self.resolution = resolution
        self.group, self.long = group, long
        if min(resolution) <= group:
            self.group, self.long = min(resolution), False
        self.norm1 = norm(dim)
        self.attention = Attention(dim, pair(self.group), heads, attention_dropout=attention_dropout, dropout=dropout)
        self.drop_path = DropPath(drop_path) if drop_path > 0.0 else nn.Identity()
        self.norm2 = norm(dim)
        self.mlp = Mlp(dim, int(dim * ratio), dropout=dropout)
        self.register_buffer("mask", None)

    def forward(self, x):
        h, w = self.resolution
        b, l, c = x.shape
        assert l == h * w, "%d patches do not fill %d x %d" % (l, h, w)
        shortcut = x
        x = self.norm1(x).view(b, h, w, c)

        g = self.group
        if self.long:
            x = x.reshape(b, g, h // g, g, w // g, c).permute(0, 2, 4, 1, 3, 5)
        else:
            x = x.reshape(b, h // g, g, w // g, g, c).permute(0, 1, 3, 2, 4, 5)
        x = x.reshape(b * h * w // g**2, g**2, c)

        x = self.attention(x, mask=self.mask)

        x = x.reshape(b, h // g, w // g, g, g, c)
        x = x.permute(0, 3, 1, 4, 2, 5) if self.long else x.permute(0, 1, 3, 2, 4, 5)
        x = x.reshape(b, h, w, c).view(b, h * w, c)

        x = shortcut + self.drop_path(x)
        return x + self.drop_path(self.mlp(self.norm2(x)))


class PatchMerging(nn.Module):
    """Halves the resolution with convolutions of several sizes: (b, h*w, c) to (b, h*w/4, 2*c)."""

    def __init__(self, resolution, dim, norm=nn.LayerNorm, sizes=(2,)):
        super().__init__()
        self.resolution = resolution
        self.norm = norm(dim)
        self.reductions = nn.ModuleList()
        for i, size in enumerate(sizes):
            last = i == len(sizes) - 1
            out = 2 * dim // 2**i if last else 2 * dim // 2 ** (i + 1)
            padding = (size - sizes[0]) // 2
            self.reductions.append(nn.Conv2d(dim, out, kernel_size=size, stride=sizes[0], padding=padding))

    def forward(self, x):
        h, w = self.resolution
        b, l, c = x.shape
        assert l == h * w and h % 2 == 0 and w % 2 == 0
        x = self.norm(x).view(b, h, w, c).permute(0, 3, 1, 2)
        parts = []
        for reduction in self.reductions:
            part = reduction(x).flatten(2).transpose(1, 2)
            parts.append(part)
        return torch.cat(parts, dim=2)


class Stage(nn.Module):
    def __init__(self, dim, resolution, depth, heads, group, drop_path=0.0, downsample=None, sizes_after=(2,), use_checkpoint=False):
        super().__init__()
        self.use_checkpoint = use_checkpoint
        rates = drop_path if isinstance(drop_path, list) else [drop_path] * depth
        self.blocks = nn.ModuleList([
            CrossFormerBlock(dim, resolution, heads, group, long=i % 2 == 1, drop_path=rates[i]) for i in range(depth)
        ])
        self.downsample = downsample(resolution, dim, sizes=sizes_after) if downsample is not None else None

    def forward(self, x):
        for block in self.blocks:
            x = checkpoint(block, x, use_reentrant=False) if self.use_checkpoint else block(x)
        if self.downsample is not None:
            x = self.downsample(x)
        return x


class PatchEmbed(nn.Module):
    """Convolutions of several kernels with one stride, side by side: (b, 3, H, W) to (b, H/4*W/4, dim)."""

    def __init__(self, image=224, sizes=(4,), channels=3, dim=96, norm=None):
        super().__init__()
        self.image = pair(image)
        self.resolution = [self.image[0] // sizes[0], self.image[1] // sizes[0]]
        self.projections = nn.ModuleList()
        for i, size in enumerate(sizes):
            out = dim // 2**i if i == len(sizes) - 1 else dim // 2 ** (i + 1)
            self.projections.append(nn.Conv2d(channels, out, kernel_size=size, stride=sizes[0], padding=(size - sizes[0]) // 2))
        self.norm = norm(dim) if norm is not None else None

    def forward(self, images):
        b, c, h, w = images.shape
        assert h == self.image[0] and w == self.image[1], f"{h}x{w} is not {self.image[0]}x{self.image[1]}"
        views = []
        for i in range(len(self.projections)):
            view = self.projections[i](images).flatten(2).transpose(1, 2)
            views.append(view)
        x = torch.cat(views, dim=2)
        return x if self.norm is None else self.norm(x)


class CrossFormer(nn.Module):
    def __init__(self, image=224, sizes=(4, 8, 16, 32), channels=3, classes=1000, dim=96, depths=(2, 2, 6, 2), heads=(3, 6, 12, 24),
                 groups=(7, 7, 7, 7), merges=((2, 4), (2, 4), (2, 4)), dropout=0.0, drop_path=0.1, use_checkpoint=False):
        super().__init__()
        self.stages_count = len(depths)
        self.features = int(dim * 2 ** (self.stages_count - 1))
        self.embed = PatchEmbed(image, sizes, channels, dim, norm=nn.LayerNorm)
        height, width = self.embed.resolution
        self.dropout = nn.Dropout(dropout)
        rates = [rate.item() for rate in torch.linspace(0, drop_path, sum(depths))]
        self.stages = nn.ModuleList()
        for i, depth in enumerate(depths):
            start = sum(depths[:i])
            self.stages.append(Stage(
                dim=int(dim * 2**i), resolution=(height // 2**i, width // 2**i), depth=depth, heads=heads[i], group=groups[i],
                drop_path=rates[start:start + depth], downsample=PatchMerging if i < self.stages_count - 1 else None,
                sizes_after=merges[i] if i < self.stages_count - 1 else None, use_checkpoint=use_checkpoint))
        self.norm = nn.LayerNorm(self.features)
        self.pool = nn.AdaptiveAvgPool1d(1)
        self.head = nn.Linear(self.features, classes) if classes > 0 else nn.Identity()
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.trunc_normal_(module.weight, std=0.02)
            if module.bias is not None:
                nn.init.constant_(module.bias, 0)
        elif isinstance(module, nn.LayerNorm):
            nn.init.zeros_(module.bias)
            nn.init.ones_(module.weight)

    def forward_features(self, images):
        x = self.dropout(self.embed(images))
        for stage in self.stages:
            x = stage(x)
        x = self.norm(x)
        x = self.pool(x.transpose(1, 2))
        return torch.flatten(x, 1)

    def forward(self, images):
        return self.head(self.forward_features(images))


if __name__ == "__main__":
    torch.manual_seed(0)
    small = CrossFormer(classes=10)
    logits = small(torch.randn(2, 3, 224, 224))
    near = CrossFormerBlock(96, (112, 112), heads=3)
    far = CrossFormerBlock(96, (112, 112), heads=3, long=True)
    tokens = PatchEmbed(448, (4, 8, 16, 32), norm=nn.LayerNorm)(torch.zeros(1, 3, 448, 448))
    tokens = far(near(tokens))
    kept = Stage(96, (14, 14), 2, 3, 7, downsample=PatchMerging, sizes_after=(2, 4), use_checkpoint=True).eval()(torch.randn(3, 196, 96))
    residual = DynamicPosBias(24, 3, residual=True)(torch.randn(169, 2))
    print(logits.shape, tokens.shape, kept.shape, residual.shape)
