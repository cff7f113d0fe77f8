/** Code that nothing calls: what joins, defaults and uses tell of it. */
import { check } from '../check';

describe('code that nothing calls', () => {
  it('has one size where branches make either of two', () => check(`
    import torch
    from torch import nn
    class Block(nn.Module):
        def __init__(self, dim, tokens, merge):
            super().__init__()
            self.merge = merge
            self.queries = nn.Parameter(torch.zeros(tokens, dim))
        def forward(self, x):
            b, n, _ = x.shape
            if self.merge:
                x = self.queries @ x.transpose(1, 2) @ x  # → (b, tokens, x_2) float32
            return x  # → (b, size, x_2) of unknown dtype
  `));

  it('takes an attribute of a config for what it is, also where a tensor has a method of that name', () => check(`
    import torch
    from torch import nn
    class Attention(nn.Module):
        def __init__(self, args: ModelArgs):
            super().__init__()
            self.wq = nn.Linear(args.dim, args.size)
            self.pos = nn.Parameter(torch.zeros(args.max_seq_len, args.dim))  # → (max_seq_len, dim) float32
        def forward(self, x):
            B, N, C = x.shape
            return self.wq(x)  # → (B, N, size) float32
  `));

  it('knows einsum as torch and as einops have it, where nothing imports it', () => check(`
    import torch
    x, y = torch.zeros(2, 3, 4), torch.zeros(2, 4, 5)
    a = einsum('bij,bjk->bik', x, y)   # → (2, 3, 5) float32
    b = einsum(x, y, 'b i j, b j k -> b k')  # → (2, 5) float32
  `));

  it('keeps a size of 1 apart from others: it broadcasts', () => check(`
    import torch
    def f(x, wide):
        b, n = x.shape
        y = x if wide else x[:, :1]  # → (b, n) of unknown dtype or (b, 1) of unknown dtype
        return x + y                 # → (b, n) of unknown dtype
  `));

  it('takes what **kwargs may bring for what it is: any size, the default a hint', () => check(`
    import torch
    from torch import nn
    class Base(nn.Module):
        def __init__(self, dim=768, heads=12, bias=True):
            super().__init__()
            self.dim = dim
            self.proj = nn.Linear(dim, dim * heads, bias=bias)
    class Model(Base):
        def __init__(self, *args, **kwargs):
            width = kwargs.pop('width', 32)
            super().__init__(*args, **kwargs, bias=False)
            self.token = nn.Parameter(torch.zeros(1, self.dim))  # → (1, dim) float32
            self.wide = torch.zeros(width)                       # → (width,) float32
        def forward(self):
            return self.proj(self.token)  # → (1, dim*heads) float32
  `));

  it('knows a dict whose entries **kwargs may replace', () => check(`
    import torch
    def model(dim=1, depth=2):
        return torch.zeros(dim, depth)  # → (dim, depth) float32
    def tiny(**kwargs):
        args = dict(dim=192, **kwargs)
        more = {'rows': 4, **kwargs}
        torch.zeros(more['rows'])  # → (rows,) float32
        return model(**args)
  `));

  it('takes each method from what the constructor made, not from what another method changed', () => check(`
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, dim, depth):
            super().__init__()
            self.fc = nn.Linear(dim, 4)
            for i in range(depth):
                setattr(self, f'spare{i}', None)
        def prune(self, names):
            self.fc = nn.Identity()
            for name in names:
                setattr(self, name, nn.Identity())
        def count_to(self):
            self.count = 3
        def forward(self, x):
            b, n = x.shape
            torch.zeros(self.count)  # → (3,) float32
            return self.fc(x)        # → (b, 4) float32
  `));

  it('knows a list of ints by its annotation, its length by its uses', () => check(`
    from typing import List
    import torch
    def shifted(x: torch.Tensor, window: List[int]):
        B, N, C = x.shape
        window = window.copy()
        x = x.view(B, N // window[0], window[0], C)  # → (B, N//window_0, window_0, C) of unknown dtype
        return torch.zeros(window[1])                # → (window_1,) float32
  `));

  it('knows a rank that an operation demands whichever of several its other operands are', () => check(`
    import torch
    from torch import nn
    class Down(nn.Module):
        def __init__(self, dim: int, overlap: bool):
            super().__init__()
            padding = 0
            if overlap:
                padding = 2
            self.proj = nn.Conv2d(3, dim, 4, padding=padding)
        def forward(self, x):
            y = x[:, :1]  # → (x_0, 1, x_2, x_3) of unknown dtype
            return self.proj(x)
  `));

  it('leaves a branch where a list is too short for it to those that make it longer', () => check(`
    import torch
    def table(video: bool, size=(4, 6)):
        grid = [s // 2 for s in size]
        if video:
            rows = grid[2]
        else:
            rows = 3
        return torch.zeros(rows)  # → (3,) float32
  `));

  it('ends a condition where an operand raises that may not be come to', () => check(`
    import torch
    from torch import nn
    def check_mask(mask, kind):
        if isinstance(mask, kind) and len(mask.shape) == 4:
            return mask
        return None
    class Model(nn.Module):
        def forward(self, x, kind, mask=None):
            b, n = x.shape
            check_mask(mask, kind)
            return x.relu()  # → (b, n) of unknown dtype
  `));

  it('is not None where callers here leave out what others may give', () => check(`
    import torch
    from torch import nn
    class Layers(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.fc = nn.Linear(width, width)
        def forward(self, x, mask=None):
            given = mask    # → None or unknown
            y = self.fc(x)  # → (b, n, width) float32
            return y[:, 0]  # → (b, width) float32
    class Wrapper(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.layers = Layers(width)
        def forward(self, x):
            b, n, _ = x.shape
            return self.layers(x)  # → (b, width) float32
  `));

  it('shows how a caller knows a function where that knows more of what both saw', () => check(`
    import torch
    from torch import nn
    class Attention(nn.Module):
        def forward(self, x, cache=None):
            shape = (*x.shape[:-1], -1, 8)
            y = x.view(shape)          # → (b, n, c//8, 8) of unknown dtype
            if cache is not None:
                print(cache, cache)
                print(cache, cache)
                print(cache, cache)
            return y
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = Attention()
        def forward(self, x):
            b, n, c = x.shape
            return self.attention(x)
  `));

  it('knows the default of a mapping of its own for a key that is not known', () => check(`
    import torch
    from collections.abc import MutableMapping
    def twice(x):
        return torch.cat([x, x])
    def same(x):
        return torch.cat([x, x])
    class Registry(MutableMapping):
        def __init__(self):
            self.entries = {'same': same}
        def __getitem__(self, key):
            return self.entries[key]
        def __setitem__(self, key, value):
            self.entries[key] = value
        def __delitem__(self, key):
            del self.entries[key]
        def __iter__(self):
            return iter(self.entries)
        def __len__(self):
            return len(self.entries)
    FUNCTIONS = Registry()
    def run(x, name: str):
        n, = x.shape
        f = FUNCTIONS.get(name, lambda x: x)
        return f(x)  # → (size,) of unknown dtype
  `));

  it('knows the sizes of a view, one by one, as ints', () => check(`
    import torch
    from torch import nn
    class Heads(nn.Module):
        def __init__(self, width, heads):
            super().__init__()
            self.heads = heads
        def forward(self, x):
            b, n, c = x.shape
            return x.view(b, n, self.heads, -1)  # → (b, n, heads, c//heads) of unknown dtype
  `));

  it('takes the default of a parameter, too, where a branch decides whether ** gives it', () => check(`
    import torch
    from torch import nn
    class Patches(nn.Module):
        def __init__(self, dim, patch, layout=None, *, bias=True, **more):
            super().__init__()
            self.layout = layout
            self.scale = more.get('scale')
            self.proj = nn.Conv2d(3, dim, patch, patch, bias=bias)
        def forward(self, x):
            x = self.proj(x)
            if self.layout is None:
                x = x.flatten(2)
            return x
    class Model(nn.Module):
        def __init__(self, dim, patch, dynamic):
            super().__init__()
            options = {}
            if dynamic:
                options.update(layout='NHWC', scale=2)
            self.patches = Patches(dim, patch, **options)
        def forward(self, x):
            y = self.patches.layout  # → None or "NHWC"
            z = self.patches.scale   # → None or 2
            return self.patches(x)   # → (x_0, dim, (x_2//patch)*(x_3//patch)) float32 or (x_0, dim, x_2//patch, x_3//patch) float32
  `));

  it('knows of a dict that a branch made all that the branch put into it', () => check(`
    import torch
    def f(x, flag):
        b, n = x.shape
        if flag:
            options = {}
            options['rows'] = b
        else:
            options = {'rows': n}
        return torch.zeros(options['rows'])  # → (size,) float32
  `));

  it('does not compute with a size that another use takes for a sequence', () => check(`
    import torch
    from torch import nn
    class Encoder(nn.Module):
        def __init__(self, size, patch, absolute):
            super().__init__()
            pair = size if isinstance(size, (list, tuple)) else (size, size)
            self.rows, self.columns = pair[0] // patch, pair[1] // patch
            self.position = None
            if absolute:
                self.position = nn.Parameter(torch.zeros(1, size // patch, size // patch))
        def forward(self, x):
            y = self.position  # → unknown
            return y
  `));

  it('takes a parameter for a module of the class of the document that isinstance says', () => check(`
    import torch
    from torch import nn
    class Head(nn.Module):
        def __init__(self, dim, classes):
            super().__init__()
            self.token = nn.Parameter(torch.zeros(1, 1, dim))
            self.fc = nn.Linear(dim, classes)
    def init_weights(module):
        if isinstance(module, nn.Linear):
            w = module.weight  # → unknown
        elif isinstance(module, Head):
            t = module.token   # → (1, 1, dim) float32
            w = module.fc.weight  # → (classes, dim) float32
        return module  # → unknown
  `));

  it('has the shape of what is dropped out, whether it trains or not', () => check(`
    import torch
    import torch.nn.functional as F
    class Block(torch.nn.Module):
        def forward(self, x):
            b, n = x.shape
            y = F.dropout(x, 0.1, training=self.training)  # → (b_1, n_1) of unknown dtype
            return y
    def dropped(x, training: bool):
        b, n = x.shape
        return F.dropout(x, 0.1, training=training)  # → (b, n) of unknown dtype
  `));

  it('calls of several modules those that take the arguments', () => check(`
    import torch
    from torch import nn
    class Own(nn.Module):
        def forward(self, x, mask=None):
            return x + 1
    class Cross(nn.Module):
        def forward(self, x, memory, mask=None):
            return x + memory.mean()
    class Feed(nn.Module):
        def forward(self, x):
            return x * 2
    class Block(nn.Module):
        def __init__(self, is_decoder):
            super().__init__()
            self.layer = nn.ModuleList()
            self.layer.append(Own())
            if is_decoder:
                self.layer.append(Cross())
            self.layer.append(Feed())
        def forward(self, x, mask):
            b, n, c = x.shape
            x = self.layer[0](x, mask=mask)  # → (b, n, c) of unknown dtype
            return self.layer[-1](x)         # → (b, n, c) of unknown dtype
  `));

  it('takes what ** brings to an operation besides to change no shape', () => check(`
    import torch
    import torch.nn.functional as F
    def resized(x, **options):
        b, c, h, w = x.shape
        return F.softmax(x, dim=-1, **options)  # → (b, c, h, w) of unknown dtype
  `));

  it('leaves what a method gives that does nothing to the classes that derive from its own', () => check(`
    import torch
    from torch import nn
    class Base(nn.Module):
        def __init__(self):
            super().__init__()  # → None
        def encode(self, x):
            """Gives the code."""
            pass
        def close(self, x):
            pass
        def forward(self, x):
            self.close(x)  # → None
            return self.encode(x)  # → unknown
    class Coder(Base):
        def encode(self, x):
            return x.view(2, 3)  # → (2, 3) of unknown dtype
  `));

  it('takes a shape that the docstring says of a list of tensors for that of each', () => check(`
    import torch
    def mask(x, masks, rows):
        """
        Args:
            x (torch.Tensor): tensor of shape [batch, n, d]
            masks (\`List[torch.Tensor]\`): list of tensors of shape [batch, n]
            rows: tuple of tensors of shape [batch, n]
        """
        y = x + 1  # → (batch, n, d) of unknown dtype
        for each in masks:
            z = each * 1  # → unknown
        for each in rows:
            z = each * 1  # → unknown
  `));

  it('keeps the shape of what becomes another type, whichever', () => check(`
    import torch
    def weigh(q, like):
        b, t, c = q.shape
        same = q.type(like.type())                               # → (b, t, c) of unknown dtype
        return torch.softmax(q.float(), dim=-1).type(like.dtype) # → (b, t, c) of unknown dtype
  `));
});
