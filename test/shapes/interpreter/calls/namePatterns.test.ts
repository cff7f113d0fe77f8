/** Attributes whose names are put together, and settings that are held by kind of layer. */
import { check } from '../check';

describe('names of which a part is known', () => {
  it('find what was set under a name that is put together alike, and leave the others', () => check(`
    import torch
    from torch import nn
    class Rotary(nn.Module):
        def __init__(self, kinds, dim: int):
            super().__init__()
            self.weight = torch.zeros(dim, 3)
            for kind in kinds:
                setattr(self, f"{kind}_frequencies", torch.arange(0, dim))
                setattr(self, kind + "_table", torch.zeros(dim, dim))
        def forward(self, kind):
            a = getattr(self, f"{kind}_frequencies")  # → (dim,) int64
            b = getattr(self, kind + "_table")  # → (dim, dim) float32
            c = self.full_table  # → (dim, dim) float32
            return self.weight  # → (dim, 3) float32
  `));

  it('may be those of attributes that are there', () => check(`
    import torch
    from torch import nn
    class Holder(nn.Module):
        def __init__(self, kind):
            super().__init__()
            self.old_table = torch.zeros(2, 3)
            self.table = torch.zeros(4)
            setattr(self, f"{kind}_table", torch.zeros(5, 1, 3))
        def forward(self):
            a = self.old_table  # → (2, 3) float32 or (5, 1, 3) float32
            return self.table  # → (4,) float32
  `));

  it('leave tensors alone where what is set under an unknown name is none', () => check(`
    import torch
    class Output:
        pass
    def collected(x, names):
        b, n = x.shape
        output = Output()
        output.last = x * 2
        output.all = (x,)
        for name in names:
            setattr(output, name, (x, x))
        output.last  # → (b, n) of unknown dtype
        output.all  # → unknown
        return output
  `));
});

describe('settings by kind of layer', () => {
  it('are numbers where a tensor is computed with them', () => check(`
    import torch
    from torch import nn
    class Rotary(nn.Module):
        def __init__(self, config, dim: int):
            super().__init__()
            for kind in set(config.kinds):
                base = config.rotary[kind]["theta"]
                self.frequencies = 1.0 / (base ** (torch.arange(0, dim, 2).float() / dim))
        def forward(self):
            return self.frequencies + torch.zeros(3, 1)  # → (3, (dim+1)//2) float32
  `));

  it('are handed on as keywords that may be left out', () => check(`
    import torch
    def turned(x, kind=None):
        return x * 2
    def forward(x, kind):
        b, n = x.shape
        options = {"kind": kind} if kind else {}
        return turned(x, **options)  # → (b, n) of unknown dtype
  `));
});

describe('the text of a class of torch', () => {
  it('is its name', () => check(`
    import torch
    a = str(type(torch.zeros(2)))
    a  # → "<class 'torch.Tensor'>"
  `));

  it('are of modules even where nothing tells what they are', () => check(`
    import torch
    from torch import nn
    class Heads(nn.Module):
        def __init__(self, heads, width):
            super().__init__()
            self.heads = heads
            self.pre = nn.Conv2d(3, width, 7, stride=2, padding=3)
            for head in heads.keys():
                module = nn.ModuleList([nn.Conv2d(width, heads[head], 1) for _ in range(2)])
                self.__setattr__(head, module)
            for name, size in heads:
                setattr(self, name, nn.ModuleList([nn.Conv2d(width, size, 1)]))
        def forward(self, image):
            x = self.pre(image)  # → (image_0, width, (image_2+1)//2, (image_3+1)//2) float32
            for head in self.heads:
                y = self.__getattr__(head)[0](x)
            return x             # → (image_0, width, (image_2+1)//2, (image_3+1)//2) float32
  `));
});
