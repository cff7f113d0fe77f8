# Positions: sinusoidal tables, buckets, slopes, rotations of several kinds, tables of relative positions, windows.
def filled(module, scale=8):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (scale + index % 3))
    return module.eval()

class Sinusoids(nn.Module):
    def __init__(self, dim, longest=64, dropout=0.1):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        position = torch.arange(longest).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
        pe = torch.zeros(longest, 1, dim)
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
        self.register_buffer('pe', pe, persistent=False)

    def forward(self, x):
        return self.dropout(x + self.pe[:x.size(0)])

def sincos_2d(dim, rows, columns, temperature=10000., with_class=False):
    y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing='ij')
    omega = torch.arange(dim // 4) / (dim // 4 - 1)
    omega = 1. / (temperature ** omega)
    y = y.flatten()[:, None] * omega[None, :]
    x = x.flatten()[:, None] * omega[None, :]
    table = torch.cat((x.sin(), x.cos(), y.sin(), y.cos()), dim=1)
    return torch.cat([torch.zeros(1, dim), table]) if with_class else table

def timestep_embedding(steps, dim, max_period=10000):
    half = dim // 2
    freqs = torch.exp(-math.log(max_period) * torch.arange(start=0, end=half, dtype=torch.float32) / half)
    args = steps[:, None].float() * freqs[None]
    embedding = torch.cat([torch.cos(args), torch.sin(args)], dim=-1)
    if dim % 2:
        embedding = torch.cat([embedding, torch.zeros_like(embedding[:, :1])], dim=-1)
    return embedding

def alibi(heads, length):
    def slopes_of_power(n):
        start = 2 ** (-(2 ** -(math.log2(n) - 3)))
        return [start * start ** i for i in range(n)]
    if math.log2(heads).is_integer():
        slopes = slopes_of_power(heads)
    else:
        closest = 2 ** math.floor(math.log2(heads))
        slopes = slopes_of_power(closest) + slopes_of_power(2 * closest)[0::2][:heads - closest]
    distance = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    bias = torch.tensor(slopes)[:, None, None] * -distance.abs()[None]
    return bias.masked_fill(distance > 0, float('-inf'))

def bucket(relative, bidirectional=True, num_buckets=32, max_distance=128):
    ret = 0
    n = -relative
    if bidirectional:
        num_buckets //= 2
        ret += (n < 0).to(torch.long) * num_buckets
        n = torch.abs(n)
    else:
        n = torch.max(n, torch.zeros_like(n))
    max_exact = num_buckets // 2
    is_small = n < max_exact
    val_if_large = max_exact + (torch.log(n.float() / max_exact) / math.log(max_distance / max_exact) * (num_buckets - max_exact)).to(torch.long)
    val_if_large = torch.min(val_if_large, torch.full_like(val_if_large, num_buckets - 1))
    ret += torch.where(is_small, n, val_if_large)
    return ret

class BucketBias(nn.Module):
    def __init__(self, buckets, heads):
        super().__init__()
        self.buckets = buckets
        self.bias = nn.Embedding(buckets, heads)

    def forward(self, queries, keys, bidirectional=True):
        context = torch.arange(queries, dtype=torch.long)[:, None]
        memory = torch.arange(keys, dtype=torch.long)[None, :]
        places = bucket(memory - context, bidirectional, self.buckets, 20)
        return self.bias(places).permute(2, 0, 1).unsqueeze(0)

def ntk_inverse_frequencies(dim, base=10000.0, length=64, trained=16):
    scale = length / trained
    base = base * (scale * length / length - 0) ** (dim / (dim - 2)) if length > trained else base
    return 1.0 / (base ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim))

def yarn_inverse_frequencies(dim, base=10000.0, factor=4.0, trained=16, fast=32, slow=1):
    def correction(rotations):
        return dim * math.log(trained / (rotations * 2 * math.pi)) / (2 * math.log(base))
    low, high = max(math.floor(correction(fast)), 0), min(math.ceil(correction(slow)), dim - 1)
    powers = base ** (torch.arange(0, dim, 2).float() / dim)
    ramp = torch.clamp((torch.arange(dim // 2).float() - low) / max(high - low, 0.001), 0, 1)
    keep = 1 - ramp
    return 1.0 / (factor * powers) * (1 - keep) + 1.0 / powers * keep

def rotate_pairs(x, inv_freq):
    angles = torch.einsum('i,j->ij', torch.arange(x.shape[-2]).float(), inv_freq)
    cos, sin = angles.cos().repeat_interleave(2, dim=-1), angles.sin().repeat_interleave(2, dim=-1)
    turned = torch.stack((-x[..., 1::2], x[..., ::2]), dim=-1).flatten(-2)
    return x * cos + turned * sin

def rotate_complex(x, theta=10000.0):
    freqs = 1.0 / (theta ** (torch.arange(0, x.shape[-1], 2)[: (x.shape[-1] // 2)].float() / x.shape[-1]))
    cis = torch.polar(torch.ones(x.shape[1], x.shape[-1] // 2), torch.outer(torch.arange(x.shape[1]), freqs))
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * cis[None, :, None, :]).flatten(3).type_as(x)

def continuous_positions(window, pretrained=0):
    steps = torch.arange(-(window[0] - 1), window[0], dtype=torch.float32), torch.arange(-(window[1] - 1), window[1], dtype=torch.float32)
    table = torch.stack(torch.meshgrid(*steps, indexing='ij')).permute(1, 2, 0).contiguous().unsqueeze(0)
    table[:, :, :, 0] /= (window[0] - 1)
    table[:, :, :, 1] /= (window[1] - 1)
    table *= 8
    return torch.sign(table) * torch.log2(torch.abs(table) + 1.0) / np_log2_8

np_log2_8 = math.log2(8)

def shifted(x, max_len):
    B, H, T, _ = x.shape
    padded = F.pad(x, (1, 0)).view(B, H, -1, T)
    return padded[:, :, 1:].view(B, H, T, -1)[..., :max_len]

def rectangle_index(rows, columns):
    coords = torch.stack(torch.meshgrid([torch.arange(rows), torch.arange(columns)], indexing='ij')).flatten(1)
    relative = (coords[:, :, None] - coords[:, None, :]).permute(1, 2, 0).contiguous()
    relative[:, :, 0] += rows - 1
    relative[:, :, 1] += columns - 1
    relative[:, :, 0] *= 2 * columns - 1
    size = rows * columns + 1
    index = torch.zeros(size=(size,) * 2, dtype=relative.dtype)
    index[1:, 1:] = relative.sum(-1)
    last = (2 * rows - 1) * (2 * columns - 1)
    index[0, 0:] = last
    index[0:, 0] = last + 1
    index[0, 0] = last + 2
    return index

def partition(x, size):
    B, H, W, C = x.shape
    x = F.pad(x, (0, 0, 0, (size - W % size) % size, 0, (size - H % size) % size))
    Hp, Wp = x.shape[1], x.shape[2]
    return x.view(B, Hp // size, size, Wp // size, size, C).permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size, size, C), (Hp, Wp)

def unpartition(windows, size, padded, hw):
    (Hp, Wp), (H, W) = padded, hw
    B = windows.shape[0] // (Hp * Wp // size // size)
    x = windows.view(B, Hp // size, Wp // size, size, size, -1).permute(0, 1, 3, 2, 4, 5).contiguous().view(B, Hp, Wp, -1)
    return x[:, :H, :W, :].contiguous()

windows, padded = partition(f(2, 5, 7, 3), 3)
filled(Sinusoids(6), 4)(f(5, 2, 6)), Sinusoids(8).pe[10:14, 0], sincos_2d(8, 2, 3), sincos_2d(12, 3, 2, 100., True), timestep_embedding(torch.tensor([0, 3, 500]), 7), timestep_embedding(torch.tensor([1, 10]), 6, 100)
alibi(4, 5), alibi(6, 4), torch.softmax(f(2, 6, 4, 4) + alibi(6, 4), -1), bucket(torch.arange(-30, 30), True, 16, 20), bucket(torch.arange(-30, 30, 3), False, 8, 20), filled(BucketBias(12, 3))(4, 9), filled(BucketBias(8, 2))(6, 6, bidirectional=False)
ntk_inverse_frequencies(8), ntk_inverse_frequencies(6, length=8), yarn_inverse_frequencies(16), rotate_pairs(f(2, 5, 8), ntk_inverse_frequencies(8)), rotate_pairs(f(1, 2, 3, 16), yarn_inverse_frequencies(16)), rotate_complex(f(2, 4, 3, 6)), rotate_complex(f(1, 3, 2, 4).half())
continuous_positions((3, 2)), shifted(f(1, 2, 3, 3), 3), shifted(f(2, 1, 4, 4), 2), rectangle_index(2, 3), f(18, 2)[rectangle_index(2, 3).view(-1)].view(7, 7, -1).permute(2, 0, 1), windows, padded[0] * torch.ones(2), unpartition(windows, 3, padded, (5, 7)), unpartition(windows * 2, 3, padded, (5, 7)) - 2 * f(2, 5, 7, 3)
