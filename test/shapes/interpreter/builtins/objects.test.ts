/** Builtins about classes, instances and attributes, and the classes that the standard library makes. */
import { check } from './check';

describe('builtins on objects', () => {
  it('asks for attributes and types', () => check(`
    class A:
        k = 1
        def __init__(self):
            self.x = 2
        def __len__(self):
            return 7
        def __call__(self):
            return 3
    class B(A):
        pass
    a = B()
    hasattr(a, 'x')                # True
    hasattr(a, 'k')                # True
    hasattr(a, 'y')                # False
    getattr(a, 'x')                # 2
    getattr(a, 'y', 5)             # 5
    setattr(a, 'y', 6)
    a.y                            # 6
    delattr(a, 'y')
    hasattr(a, 'y')                # False
    len(a)                         # 7
    callable(a)                    # True
    isinstance(a, A)               # True
    isinstance(a, (int, B))        # True
    issubclass(B, A)               # True
    issubclass(A, B)               # False
    type(a) is B                   # True
    type(a) == A                   # False
    type(3) is int                 # True
    isinstance(3, int)             # True
    isinstance([], (list, tuple))  # True
    isinstance(3, float)           # False
    vars(a)                        # {'x': 2}
    [n for n in vars(a)]           # ['x']
    isinstance(KeyError('a'), LookupError)  # True
    str(ValueError('bad'))         # 'bad'
    callable(len)                  # True
    list(map(type, [1]))[0] is int  # True
  `));

  it('makes dataclasses', () => check(`
    from dataclasses import dataclass, field, asdict, replace, fields
    @dataclass
    class Config:
        dim: int
        heads: int = 8
        sizes: list = field(default_factory=list)
        def head_dim(self):
            return self.dim // self.heads
    @dataclass
    class Wide(Config):
        ratio: float = 4.0
        def __post_init__(self):
            self.hidden = int(self.dim * self.ratio)
    c = Config(64)
    c.heads                        # 8
    c.head_dim()                   # 8
    c.sizes.append(1)
    Config(32).sizes               # []
    c == Config(64)                # False
    Config(64) == Config(64)       # True
    str(Config(64, heads=4))       # 'Config(dim=64, heads=4, sizes=[])'
    asdict(c)                      # {'dim': 64, 'heads': 8, 'sizes': [1]}
    replace(c, dim=128).head_dim()  # 16
    w = Wide(8, ratio=2.0)
    w.hidden                       # 16
    len(fields(w))                 # 4
    [f.name for f in fields(c)]    # ['dim', 'heads', 'sizes']
    Config()                       # raises TypeError
    Config(1, nope=2)              # raises TypeError
  `));

  it('makes enums and named tuples', () => check(`
    from enum import Enum, auto
    from typing import NamedTuple
    from collections import namedtuple
    class Mode(Enum):
        TRAIN = 'train'
        EVAL = 'eval'
    class Step(Enum):
        A = auto()
        B = auto()
    Mode.TRAIN.value               # 'train'
    Mode.EVAL.name                 # 'EVAL'
    Mode.TRAIN == Mode.TRAIN       # True
    Mode.TRAIN == Mode.EVAL        # False
    Mode.TRAIN is Mode.TRAIN       # True
    Step.B.value                   # 2
    class Out(NamedTuple):
        x: int
        y: int = 2
    o = Out(1)
    o.y                            # 2
    a, b = o
    a                              # 1
    o                              # Out(x=1, y=2)
    o._replace(y=5)                # Out(x=1, y=5)
    P = namedtuple('P', 'h w')
    P(3, w=4).w                    # 4
    P(3, w=4)[0]                   # 3
  `));

  it('copies', () => check(`
    import copy
    class Node:
        def __init__(self, items):
            self.items = items
    a = Node([1, [2]])
    b = copy.deepcopy(a)
    s = copy.copy(a)
    a.items[1].append(3)
    a.items                        # [1, [2, 3]]
    b.items                        # [1, [2]]
    s.items                        # [1, [2, 3]]
    a is b                         # False
  `));

  it('copies modules with their parameters', () => check(`
    import copy
    import torch
    from torch import nn
    layer = nn.Linear(3, 4)
    clones = nn.ModuleList([copy.deepcopy(layer) for _ in range(2)])
    len(clones)                    # 2
    clones[0].weight               # Tensor [4, 3]
    clones[0] is layer             # False
    isinstance(clones[1].weight, nn.Parameter)  # True
  `));

  it('applies functions made of functions', () => check(`
    from functools import partial, reduce, lru_cache
    import operator
    f = partial(max, 5)
    f(3)                           # 5
    @lru_cache(maxsize=None)
    def square(x):
        return x * x
    square(3)                      # 9
    reduce(lambda a, b: a * b, [1, 2, 3])  # 6
    list(map(lambda x, y: x + y, [1, 2], [3, 4]))  # [4, 6]
    list(filter(lambda x: x > 1, [1, 2, 3]))  # [2, 3]
    sorted([3, 1, 2], key=lambda x: -x)  # [3, 2, 1]
    operator.attrgetter('real')    # partial
    list(zip(*[(1, 2), (3, 4)]))   # [(1, 3), (2, 4)]
  `));
});
