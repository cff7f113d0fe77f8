import { check } from '../check';

describe('functions', () => {
  it('binds arguments as Python does', () => check(`
    def f(a, b=2, *rest, c, d=4, **more):
        return (a, b, rest, c, d, sorted(more))
    f(1, c=3)  # → (1, 2, (), 3, 4, [])
    f(1, 5, 6, 7, c=3, d=8, e=9)  # → (1, 5, (6, 7), 3, 8, ["e"])
    f(*[1, 2], **{'c': 3})  # → (1, 2, (), 3, 4, [])
    def g(a, /, b, *, c=0):
        return a + b + c
    g(1, b=2)  # → 3
    g(1, 2, 3)  # error argument-mismatch
    g(a=1, b=2)  # error argument-mismatch
  `));

  it('closes over names, also changing ones', () => check(`
    def counter():
        n = 0
        def step(by=1):
            nonlocal n
            n += by
            return n
        return step
    step = counter()
    step()   # → 1
    step(4)  # → 5
    counter()()  # → 1
    fs = [lambda: i for i in range(3)]
    fs[0]()  # → 2
    gs = [lambda i=i: i for i in range(3)]
    gs[0]()  # → 0
    level = 1
    def raise_level():
        global level
        level = 2
    raise_level()
    level  # → 2
  `));

  it('gives a comprehension a scope of its own', () => check(`
    i = 'outer'
    a = [i * 2 for i in range(3) if i]  # → [2, 4]
    i  # → "outer"
    b = {k: v for k, v in zip('ab', (1, 2))}
    b['b']  # → 2
    c = [(x, y) for x in range(2) for y in range(x + 1)]  # → [(0, 0), (1, 0), (1, 1)]
    d = sum(n for n in (1, 2, 3))  # → 6
    e = [m := n for n in range(3)]
    m  # → 2
  `));

  it('collects what a generator yields', () => check(`
    def pairs(n):
        for i in range(n):
            yield i, i * i
        yield from [('x', 'y')]
    items = list(pairs(2))  # → [(0, 0), (1, 1), ("x", "y")]
    first = next(iter(pairs(1)))  # → (0, 0)
  `));

  it('is decorated', () => check(`
    import functools
    def twice(fn):
        @functools.wraps(fn)
        def inner(*args):
            return fn(fn(*args))
        return inner
    @twice
    def add(n):
        return n + 1
    add(0)  # → 2
    half = functools.partial(pow, 2)
    half(5)  # → 32
    outer = functools.partial(half, mod=5)
    outer(3)  # → 3
    outer.func is pow, outer.args, len(outer.keywords)  # → (True, (2,), 1)
  `));

  it('is traced with symbols where nothing calls it', () => check(`
    import torch
    def f(n: int, k=3):
        x = torch.zeros(n, k)  # → (n, k) float32
        y = x.reshape(k, n)    # → (k, n) float32
        z = x.flatten()        # → (n*k,) float32
        return torch.cat([x, x])  # → (2*n, k) float32
  `));

  it('recurses, and gives up at some depth', () => check(`
    def fact(n):
        return 1 if n == 0 else n * fact(n - 1)
    fact(5)  # → 120
    def endless(n):
        return endless(n + 1)
    endless(0)  # → unknown
  `));

  it('unpacks what it returns', () => check(`
    def f():
        return 1, (2, [3, 4, 5])
    a, (b, (c, *d)) = f()
    d  # → [4, 5]
    c  # → 3
    x, y = 1, 2
    x, y = y, x
    x  # → 2
    p, q = 1, 2, 3  # error unpack-count-mismatch
  `));

  it('has attributes, its own and those of what it wraps', () => check(`
    from functools import wraps
    def traced(fn):
        @wraps(fn)
        def wrapper(*args):
            return fn(*args)
        wrapper.calls = 1
        return wrapper
    @traced
    def area(width):
        """Of a square."""
        return width ** 2
    area(3)          # → 9
    area.calls       # → 1
    area.__name__    # → "area"
    area.__doc__     # → "Of a square."
    area.__wrapped__(2)  # → 4
    hasattr(area, 'missing')  # → False
    getattr(area, 'missing', 5)  # → 5
    table = {area: 'square'}
    table[area]      # → "square"
    class Holder:
        def get(self):
            return self.value
    holder = Holder()
    holder.value = 6
    Holder.get.__get__(holder, Holder)()  # → 6
  `));

  it('is inspected', () => check(`
    import inspect
    from functools import partial, wraps
    def scale(x, factor=2, *rest, mode='sum', **others):
        total = x * factor
        return total
    signature = inspect.signature(scale)
    list(signature.parameters)[1]  # → "factor"
    signature.parameters['factor'].default  # → 2
    signature.parameters['x'].default is inspect.Parameter.empty  # → True
    signature.parameters['others'].kind == inspect.Parameter.VAR_KEYWORD  # → True
    bound = signature.bind(3, mode='max')
    bound.apply_defaults()
    bound.arguments['mode']    # → "max"
    bound.arguments['factor']  # → 2
    scale.__code__.co_varnames.index('mode')  # → 2
    'total' in scale.__code__.co_varnames     # → True
    'missing' in scale.__code__.co_varnames   # → False
    class Net:
        def forward(self, x, mask=None):
            return x
    'mask' in inspect.signature(Net().forward).parameters  # → True
    inspect.getfullargspec(Net.forward).args[0]  # → "self"
    inspect.isclass(Net)  # → True
    @wraps(scale)
    def outer(*args):
        return scale(*args)
    'mode' in inspect.signature(outer).parameters  # → True
  `));

  it('keeps what it gave where it is cached', () => check(`
    from functools import lru_cache
    calls = []
    @lru_cache(maxsize=None)
    def square(n):
        calls.append(n)
        return n * n
    square(3) + square(3) + square(4)  # → 34
    len(calls)  # → 2
  `));

  it('has context variables and locks', () => check(`
    from contextvars import ContextVar
    import threading
    current = ContextVar('current', default=None)
    def inner():
        with threading.Lock():
            return current.get()
    token = current.set(3)
    inner()  # → 3
    current.reset(token)
    inner()  # → None
  `));

  it('takes no more of a generator than it needs', () => check(`
    import torch
    seen = []
    def look(n):
        seen.append(n)
        return n
    next(look(n) for n in [4, 5, 6] if n > 4)  # → 5
    any(look(n) == 2 for n in [1, 2, 3])  # → True
    all(look(n) < 2 for n in [1, 2, 3])   # → False
    len(seen)  # → 5
    any([look(n) for n in [1, 2]])  # → True
    len(seen)  # → 7
  `));

  it('gives the names of a function as a dict', () => check(`
    def config(width, depth=2, **more):
        half = width // 2
        return dict(locals())
    list(config(8, act='relu').items())  # → [("width", 8), ("depth", 2), ("more", dict), ("half", 4)]
    def outer(a, b):
        def inner(c):
            return vars() if a else None
        return inner
    list(outer(1, 2)(3).items())  # → [("c", 3), ("a", 1)]
    class Base:
        def __init__(self):
            pass
    class Net(Base):
        def __init__(self, dim):
            super().__init__()
            self.keys = list(locals())
    Net(4).keys  # → ["self", "dim", "__class__"]
  `));

  it('are not seen with what a call gives them after it has raised, unlike the code that would come next', () => check(`
    import torch
    def double(x):
        return x * 2  # → (2, 3) float32
    def run(x):
        y = double(x)  # → (2, 3) float32
        z = y @ y      # error matmul-size-mismatch
        w = double(torch.zeros(5))  # → (5,) float32
        return w
  `, { call: 'run(torch.zeros(2, 3))', moduleName: 'net' }));
});
