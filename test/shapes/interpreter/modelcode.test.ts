// Python that model code uses in passing: enums of ints, class patterns, caught faults, starred layers, data that is replaced.
import { check } from './check';

describe('Python as model code uses it', () => {
  it('members of an IntEnum are sizes', () => check(`
    from enum import Enum, IntEnum
    import torch
    class Width(IntEnum):
        SMALL = 8
        LARGE = 32
    class Mode(Enum):
        MEAN = 'mean'
    a = torch.zeros(Width.SMALL, int(Width.LARGE))  # → (8, 32) float32
    b = torch.zeros((Width.LARGE, len(Width)))      # → (32, 2) float32
    c = Width.SMALL + 1                             # → 9
    d = Mode.MEAN == 'mean'                         # → False
  `));

  it('class patterns hold their arguments against the subject or its attributes', () => check(`
    from dataclasses import dataclass
    @dataclass
    class Box:
        height: int
        width: int
    def area(x):
        match x:
            case int(n):
                return n * n
            case Box(h, width=w):
                return h * w
            case str(text):
                return len(text)
    a = area(3)          # → 9
    b = area(Box(2, 5))  # → 10
    c = area('abc')      # → 3
  `));

  it('what torch surely refuses goes on in the handler', () => check(`
    import torch
    def fit(x, w):
        try:
            return x @ w
        except RuntimeError:
            return x @ w.T
    a = fit(torch.zeros(2, 3), torch.zeros(4, 3))  # → (2, 4) float32
    b = fit(torch.zeros(2, 3), torch.zeros(3, 5))  # → (2, 5) float32
    try:
        c = torch.zeros(3)[5]
    except ValueError:
        c = 0
    except IndexError:
        c = 1  # → 1
  `));

  it('layers of unknown number are layers', () => check(`
    import torch
    from torch import nn
    layers = nn.Sequential(*[nn.Linear(4, 4) for _ in range(maybe)])
    a = layers(torch.zeros(2, 4))  # → (2, 4) float32
    def last(first, *rest):
        return rest[-1]
    b = last(1, *[nn.Linear(4, 4) for _ in range(maybe)])(torch.zeros(2, 4))  # → (2, 4) float32
    listed = nn.ModuleList([nn.Linear(4, 4) for _ in range(maybe)])
    c = listed[0](torch.zeros(2, 4))  # → (2, 4) float32
  `));

  it('data that is replaced has the new shape; whether a parameter is trained is followed', () => check(`
    import torch
    from torch import nn
    layer = nn.Linear(5, 7)
    layer.weight.data = layer.weight.data.transpose(0, 1)
    a = layer.weight                # → (5, 7) float32
    b = isinstance(a, nn.Parameter)  # → True
    layer.bias.requires_grad = False
    c = [p.requires_grad for p in layer.parameters()]  # → [True, False]
  `));

  it('whether a tensor is trained, where code says so, and never what it does not say', () => check(`
    import torch
    from torch import nn
    frozen = nn.Parameter(torch.zeros(2), requires_grad=False)
    a = frozen.requires_grad         # → False
    b = torch.zeros(3, dtype=torch.long).requires_grad  # → False
    c = torch.arange(3).is_leaf      # → True
    own = nn.Parameter(torch.zeros(2))
    d = (own.requires_grad, own.is_leaf)  # → (True, True)
    e = own.detach().requires_grad   # → bool
    f = isinstance(own.data, nn.Parameter)  # → False
    own.requires_grad_(False)
    g = own.requires_grad            # → False
    h = nn.Parameter(own).requires_grad  # → True
    layer = nn.Linear(2, 3)
    layer.requires_grad_(False)
    i = layer.weight.requires_grad   # → False
    x = torch.zeros(3)
    x.requires_grad = True
    j = x.detach().requires_grad     # → bool
    k = (x * 2).sum().grad_fn        # → unknown
  `));

  it('bounded deques, slices of lists, and keys as sets', () => check(`
    from collections import deque
    queue = deque([1, 2], maxlen=3)
    queue.append(3)
    queue.append(4)
    a = list(queue)  # → [2, 3, 4]
    queue.appendleft(0)
    b = list(queue)  # → [0, 2, 3]
    numbers = list(range(6))
    numbers[1:3] = [7, 8, 9]
    del numbers[4:]
    c = numbers      # → [0, 7, 8, 9]
    d = len({'x': 1, 'y': 2}.keys() - {'x'})  # → 1
  `));

  it('descriptors and a class\'s own __getattr__ give what they return', () => check(`
    class Doubled:
        def __init__(self, function):
            self.function = function
        def __get__(self, instance, owner):
            return 2 * self.function(instance)
    class Box:
        def __init__(self):
            self.side = 3
        @Doubled
        def size(self):
            return self.side
        def __getattr__(self, name):
            try:
                return super().__getattr__(name)
            except AttributeError:
                return len(name)
    a = Box().size   # → 6
    b = Box().other  # → 5
  `));

  it('zip counts beside what ends', () => check(`
    import itertools
    a = list(zip(itertools.count(2, 3), 'abc'))  # → [(2, "a"), (5, "b"), (8, "c")]
  `));

  it('makes a tensor of sizes, whether they are known or not', () => check(`
    import json, torch
    sizes = json.load(open('sizes.json'))
    torch.Tensor(sizes['n'], 5)  # → unknown
    torch.Tensor(sizes)          # → unknown
    torch.Tensor(2, 5)           # → (2, 5) float32
    torch.LongTensor(3)          # → (3,) int64
    torch.Tensor([2, 5])         # → (2,) float32
  `));
});
