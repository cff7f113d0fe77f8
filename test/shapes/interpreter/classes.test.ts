import { check } from './check';

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
});
