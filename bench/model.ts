/** A file of model code of any length, for benchmarks: the kinds of blocks that models have, each with names and sizes of its own. */

type Block = (n: number, size: number) => { readonly code: string; readonly use: string };

const mlp: Block = (n, dim) => ({
  code: `
class Mlp${n}(nn.Module):
    """Two linear layers with a gate between them."""

    def __init__(self, dim, hidden=None, drop=0.0):
        super().__init__()
        hidden = hidden or dim * 4
        self.expand = nn.Linear(dim, hidden)
        self.gate = nn.Linear(dim, hidden)
        self.reduce = nn.Linear(hidden, dim)
        self.drop = nn.Dropout(drop)

    def forward(self, x):
        hidden = F.gelu(self.expand(x))
        hidden = hidden * torch.sigmoid(self.gate(x))
        hidden = self.drop(hidden)
        return x + self.drop(self.reduce(hidden))
`,
  use: `rows${n} = Mlp${n}(${dim})(torch.zeros(4, 49, ${dim}))`,
});

const attention: Block = (n, dim) => ({
  code: `
class Attention${n}(nn.Module):
    """Attention of the tokens of one window to each other."""

    def __init__(self, dim, num_heads=8, qkv_bias=True):
        super().__init__()
        assert dim % num_heads == 0, "dim should be divisible by num_heads"
        self.num_heads = num_heads
        self.head_dim = dim // num_heads
        self.scale = self.head_dim**-0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.table = nn.Parameter(torch.zeros(13 * 13, num_heads))
        self.proj = nn.Linear(dim, dim)

    def forward(self, x, mask=None):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, self.head_dim)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        attn = (q * self.scale) @ k.transpose(-2, -1)
        if mask is not None:
            attn = attn.masked_fill(mask == 0, float("-inf"))
        attn = attn.softmax(dim=-1)
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj(x)
`,
  use: `attended${n} = Attention${n}(${dim})(torch.zeros(2, 49, ${dim}))`,
});

const convolution: Block = (n, dim) => ({
  code: `
class Residual${n}(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self, inner, outer, stride=1):
        super().__init__()
        self.first = nn.Conv2d(inner, outer, 3, stride=stride, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outer)
        self.second = nn.Conv2d(outer, outer, kernel_size=3, padding=1)
        self.shortcut = nn.Sequential()
        if stride != 1 or inner != outer:
            self.shortcut = nn.Sequential(nn.Conv2d(inner, outer, 1, stride=stride), nn.BatchNorm2d(outer))

    def forward(self, x):
        out = F.relu(self.norm(self.first(x)))
        out = self.second(out)
        out = out + self.shortcut(x)
        return F.relu(out)
`,
  use: `image${n} = Residual${n}(${dim}, ${dim * 2}, stride=2)(torch.zeros(2, ${dim}, 56, 56))`,
});

const plain: Block = (n, dim) => ({
  code: `
def window_partition${n}(x, size):
    """(B, H, W, C) to (windows, size, size, C)."""
    B, H, W, C = x.shape
    x = x.view(B, H // size, size, W // size, size, C)
    windows = x.permute(0, 1, 3, 2, 4, 5).contiguous()
    return windows.view(-1, size, size, C)


def positions${n}(height, width, dim):
    """Sines and cosines of two axes, side by side."""
    grid_y = torch.arange(height, dtype=torch.float32)
    grid_x = torch.arange(width, dtype=torch.float32)
    omega = 1.0 / (10000 ** (torch.arange(dim // 4) / (dim // 4)))
    along_y = grid_y[:, None] * omega[None, :]
    along_x = grid_x[:, None] * omega[None, :]
    y = torch.cat([along_y.sin(), along_y.cos()], dim=1)
    x = torch.cat([along_x.sin(), along_x.cos()], dim=1)
    y = y[:, None, :].expand(height, width, dim // 2)
    x = x[None, :, :].expand(height, width, dim // 2)
    return torch.cat([y, x], dim=-1).reshape(height * width, dim)


def pairwise${n}(a, b, eps=1e-6):
    """Squared distances of all rows of two batches."""
    squares = a.pow(2).sum(-1, keepdim=True) + b.pow(2).sum(-1).unsqueeze(1)
    products = torch.einsum("bnd,bmd->bnm", a, b)
    distances = (squares - 2 * products).clamp(min=eps).sqrt()
    nearest = distances.argmin(dim=-1)
    closest = torch.gather(b, 1, nearest[..., None].expand(-1, -1, b.shape[-1]))
    weights = F.softmax(-distances, dim=-1)
    return distances, nearest, closest, weights @ b
`,
  use: `windows${n} = window_partition${n}(torch.zeros(2, 14, 14, ${dim}), 7)\ntable${n} = positions${n}(14, 14, ${dim})\npairs${n} = pairwise${n}(torch.zeros(2, 20, ${dim}), torch.zeros(2, 30, ${dim}))`,
});

/** A layer of the blocks before it, and a stack of such layers. */
const stack = (n: number): string => `
class Layer${n}(nn.Module):
    """Attention, then two linear layers, each beside a shortcut."""

    def __init__(self, dim, num_heads=8, drop=0.0, norm_layer=nn.LayerNorm):
        super().__init__()
        self.norm1 = norm_layer(dim)
        self.attn = Attention${n}(dim, num_heads=num_heads)
        self.norm2 = norm_layer(dim)
        self.mlp = Mlp${n}(dim, dim * 4, drop)

    def forward(self, x, mask=None):
        x = x + self.attn(self.norm1(x), mask)
        return x + self.mlp(self.norm2(x))


class Encoder${n}(nn.Module):
    """Patches of an image, through layers, to classes."""

    def __init__(self, dim=96, depth=6, num_heads=8, patch=4, classes=1000):
        super().__init__()
        self.patches = nn.Conv2d(3, dim, patch, stride=patch)
        self.layers = nn.ModuleList([Layer${n}(dim, num_heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, image):
        x = self.patches(image).flatten(2).transpose(1, 2)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x).mean(dim=1))
`;

const HEAD = 'import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n';

/** So many lines or a few more; each function and class is used once. */
function file(lines: number, blocks: readonly Block[]): string {
  const parts: string[] = [HEAD];
  for (let n = 0, count = 3; count < lines; n++) {
    const { code, use } = blocks[n % blocks.length]!(n, 64 + 8 * (n % 9));
    const part = `${code}\n\n${use}\n\n`;
    parts.push(part);
    count += part.split('\n').length - 1;
  }
  return parts.join('');
}

/** A file of a library: classes that use each other, and nothing that calls them. */
export function library(lines: number): string {
  const parts: string[] = [HEAD];
  for (let n = 0, count = 3; count < lines; n++) {
    const part = [...[mlp, attention, plain, convolution].map((block) => block(n, 64).code), stack(n)].join('\n');
    parts.push(part);
    count += part.split('\n').length - 1;
  }
  return parts.join('');
}

/** Functions of tensors: nothing is entered twice, torch's modules are not used. */
export const functions = (lines: number): string => file(lines, [plain]);

/** Modules and functions as a model library has them. */
export const modules = (lines: number): string => file(lines, [mlp, attention, plain, convolution]);
