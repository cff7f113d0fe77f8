import { check } from '../check';

describe('classes', () => {
  it('looks methods up in the order of the bases', () => check(`
    class A:
        tag = 'A'
        def hello(self):
            return 'A'
    class B(A):
        def hello(self):
            return 'B' + super().hello()
    class C(A):
        tag = 'C'
        def hello(self):
            return 'C' + super().hello()
    class D(B, C):
        def hello(self):
            return 'D' + super(D, self).hello()
    D().hello()  # → "DBCA"
    D().tag      # → "C"
    isinstance(D(), A)  # → True
    D.__mro__[2].__name__  # → "C"
  `));

  it('has properties, static and class methods', () => check(`
    class Box:
        count = 0
        def __init__(self, size):
            self._size = size
            Box.count += 1
        @property
        def size(self):
            return self._size
        @size.setter
        def size(self, value):
            self._size = value * 2
        @classmethod
        def of(cls, *sizes):
            return [cls(size) for size in sizes]
        @staticmethod
        def double(n):
            return n * 2
    box = Box(3)
    box.size  # → 3
    box.size = 5
    box.size  # → 10
    Box.double(4)  # → 8
    [each.size for each in Box.of(1, 2)]  # → [1, 2]
    Box.count  # → 3
  `));

  it('calls the methods behind operators', () => check(`
    class V:
        def __init__(self, n):
            self.n = n
        def __add__(self, other):
            return V(self.n + other.n)
        def __rmul__(self, k):
            return V(k * self.n)
        def __getitem__(self, i):
            return self.n * i
        def __len__(self):
            return self.n
        def __call__(self, x):
            return (self.n, x)
        def __contains__(self, x):
            return x == self.n
        def __iter__(self):
            return iter([self.n, 'end'])
        def __eq__(self, other):
            return self.n == other.n
        def __iadd__(self, k):
            self.n += k
            return self
    a = V(2)
    (a + V(3)).n  # → 5
    (4 * a).n  # → 8
    a[10]   # → 20
    len(a)  # → 2
    a('x')  # → (2, "x")
    2 in a  # → True
    list(a)  # → [2, "end"]
    a == V(2)  # → True
    b = a
    b += 5
    a.n  # → 7
    bool(V(0))  # → False
  `));

  it('answers for what it does not have', () => check(`
    class Lazy:
        def __getattr__(self, name):
            return 'made ' + name
    Lazy().anything  # → "made anything"
    class Plain:
        known = 1
    hasattr(Plain(), 'known')  # → True
    hasattr(Plain(), 'other')  # → False
    getattr(Plain(), 'other', 'default')  # → "default"
  `));

  it('keeps attributes of instances and of the class apart', () => check(`
    class C:
        items = []
        n = 0
    a, b = C(), C()
    a.n = 5
    a.items.append(1)
    b.n      # → 0
    b.items  # → [1]
    del a.n
    a.n      # → 0
    vars(a)  # → dict
  `));

  it('is one object wherever it is held', () => check(`
    class Node:
        pass
    a = Node()
    holder = {'x': a, 'y': [a]}
    holder['x'].size = 3
    holder['y'][0].size  # → 3
    a is holder['y'][0]  # → True
    a is Node()          # → False
    f = len
    f is len             # → True
  `));

  it('narrows by isinstance, None and truth', () => check(`
    v = 1 if maybe else 'text'
    if isinstance(v, str):
        v  # → "text"
    else:
        v  # → 1
    w = None if maybe else 4
    if w is None:
        w = 0
    w  # → 0 or 4
    u = None if maybe else 4
    if not u:
        u  # → None
    else:
        u  # → 4
    def f(x=None):
        if x is None:
            x = 3
        return x
    f()  # → 3
    t = 5 if maybe else None
    z = t if t is not None else 7  # → 5 or 7
  `));

  it('calls __exit__ and __setitem__ of instances', () => check(`
    class Table:
        def __init__(self):
            self.rows = {}
        def __setitem__(self, key, value):
            self.rows[key] = value
        def __delitem__(self, key):
            del self.rows[key]
    t = Table()
    t['a'] = 1
    t['b'] = 2
    del t['a']
    list(t.rows)  # → ["b"]
  `));

  it('derive from dict, list and str', () => check(`
    from collections import OrderedDict
    class Registry(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key.lower(), value)
        def get(self, key, default=None):
            return super().get(key.lower(), default)
    class Output(OrderedDict):
        def __init__(self, **fields):
            super().__init__(fields)
            self.first = fields
        def __getitem__(self, key):
            return dict(self.items())[key] if isinstance(key, str) else self.to_tuple()[key]
        def to_tuple(self):
            return tuple(self[key] for key in self.keys())
    class Stack(list):
        def top(self):
            return self[-1]
    class Name(str):
        def __new__(cls, value, tag):
            made = super().__new__(cls, value.upper())
            made.tag = tag
            return made
    class Defaults(dict):
        def __missing__(self, key):
            return key * 2
    registry = Registry(a=1)
    registry['B'] = 2
    registry.get('B')   # → 2
    'b' in registry     # → True
    len(registry)       # → 2
    registry['c'] if 'c' in registry else 'none'  # → "none"
    output = Output(x=3, y=4)
    output['y']         # → 4
    output[0]           # → 3
    {**output, 'z': 5}['y']  # → 4
    dict(**output)['x']  # → 3
    x, y = output.to_tuple()
    y                   # → 4
    stack = Stack([1, 2])
    stack.append(7)
    stack.top()         # → 7
    [item for item in stack]  # → [1, 2, 7]
    bool(Stack())       # → False
    name = Name('head', 3)
    name + '!'          # → "HEAD!"
    name == 'HEAD'      # → True
    {'HEAD': 1}[name]   # → 1
    name.tag            # → 3
    isinstance(name, str)  # → True
    Defaults()[4]       # → 8
    del registry['b']
    len(registry)       # → 1
  `));

  it('are asked for each attribute by __getattribute__, and told of each by __setattr__', () => check(`
    class Config:
        names = {'width': 'hidden_size'}
        def __setattr__(self, key, value):
            if key in super().__getattribute__('names'):
                key = super().__getattribute__('names')[key]
            super().__setattr__(key, value)
        def __getattribute__(self, key):
            if key != 'names' and key in super().__getattribute__('names'):
                key = super().__getattribute__('names')[key]
            return super().__getattribute__(key)
    config = Config()
    config.width = 3
    config.hidden_size  # → 3
    config.hidden_size = 4
    config.width        # → 4
    'width' in config.__dict__  # → False
  `));

  it('get the rest of a mapping from collections.abc', () => check(`
    from collections.abc import MutableMapping, Mapping
    class Table(MutableMapping):
        def __init__(self):
            self.rows = {'a': 1}
        def __getitem__(self, key):
            return self.rows[key]
        def __setitem__(self, key, value):
            self.rows[key] = value
        def __delitem__(self, key):
            del self.rows[key]
        def __iter__(self):
            return iter(self.rows)
        def __len__(self):
            return len(self.rows)
    table = Table()
    table.get('a', 5)  # → 1
    table.get('b', 5)  # → 5
    'b' in table       # → False
    table.update({'c': 3})
    table.pop('c')     # → 3
    list(table.keys())[0]  # → "a"
    isinstance(table, Mapping)  # → True
    isinstance({}, MutableMapping)  # → True
    str(Table)         # → "<class '__main__.Table'>"
  `));

  it('count as abstract containers by what they derive from, or have', () => check(`
    from collections.abc import Callable, Iterable, Mapping, Sequence
    class Block:
        def __call__(self):
            return 1
    class Rows:
        def __iter__(self):
            return iter([1])
        def __getitem__(self, i):
            return i
    isinstance(Block(), Sequence)  # → False
    isinstance(Block(), Callable)  # → True
    isinstance(Block(), Iterable)  # → False
    isinstance(Rows(), Iterable)   # → True
    isinstance(Rows(), Sequence)   # → False
    isinstance(Rows(), Mapping)    # → False
  `));

  it('are instances of type', () => check(`
    class Block:
        pass
    isinstance(Block, type)    # → True
    isinstance(Block, str)     # → False
    isinstance(Block(), type)  # → False
  `));

  it('has static, class and property methods that are made by calls', () => check(`
    import types
    def width(self):
        return self.n
    class Base:
        @classmethod
        def make(cls, n):
            return cls.__name__, n
    copied = types.FunctionType(Base.make.__code__, globals(), 'copied')
    class Net(Base):
        twice = staticmethod(lambda n: 2 * n)
        size = property(width)
        def __init__(self, n):
            self.n = n
    Net.copy = classmethod(copied)
    Net.copy(3)      # → ("Net", 3)
    Net(1).copy(4)   # → ("Net", 4)
    Net(5).size      # → 5
    Net(5).twice(4)  # → 8
    Net.twice(3)     # → 6
  `));

  it('tests against unions of types', () => check(`
    class Net: pass
    class Block: pass
    isinstance(Net(), Net | Block)   # → True
    isinstance(3, Net | Block)       # → False
    isinstance(None, int | None)     # → True
    isinstance('x', None | int)      # → False
    isinstance(2.0, int | Net | float)  # → True
  `));

  it('asks the own attribute access of a class whether there is an attribute', () => check(`
    class Config:
        names = {'head_dim': 'channels'}
        def __init__(self):
            self.channels = 8
        def __getattribute__(self, key):
            if key != 'names' and key in super().__getattribute__('names'):
                key = super().__getattribute__('names')[key]
            return super().__getattribute__(key)
    config = Config()
    getattr(config, 'head_dim', None)  # → 8
    hasattr(config, 'head_dim')        # → True
    getattr(config, 'width', None)     # → None
  `));

  it('knows that no known value is of a class of torch that is not traced', () => check(`
    import torch
    from torch.nn.attention.flex_attention import BlockMask
    from torch.distributed.tensor import DTensor
    isinstance(None, (torch.Tensor, BlockMask))  # → False
    isinstance(torch.ones(3), BlockMask)         # → False
    isinstance(torch.ones(3), DTensor)           # → False
    isinstance(torch.ones(3), (torch.Tensor, BlockMask))  # → True
    isinstance(torch.ones(3), torch.cuda.FloatTensor)     # → bool
  `));

  it('that add nothing to a named tuple are one', () => check(`
    from collections import namedtuple
    import torch
    class Block(namedtuple('Block', ['depth', 'stride'])):
        '''Sizes of a block.'''
        __slots__ = ()
    blocks = [Block(4, 2)] + [Block(stride=1, depth=4) for _ in range(2)]
    torch.zeros(blocks[0].depth, blocks[-1].stride)  # → (4, 1) float32
    depth, stride = blocks[0]
    stride  # → 2
  `));
});
