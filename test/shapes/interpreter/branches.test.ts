import { check } from './check';

describe('branches on conditions that are not known', () => {
  it('joins what both sides assign', () => check(`
    if maybe:
        n = 1
        s = 'a'
        f = 1.5
    else:
        n = 2
        s = 'a'
        f = 2.5
    n  # → 1 or 2
    s  # → "a"
    f  # → float
  `));

  it('keeps a shape that both sides give, and several where they differ', () => check(`
    import torch
    x = torch.zeros(2, 3)
    if maybe:
        y = x + 1
        z = x.sum(0)
    else:
        y = x * 2
        z = x.sum(1)
    y  # → (2, 3) float32
    z  # → (3,) float32 or (2,) float32
    y @ z  # → (2,) float32
  `));

  it('knows of a name that one side alone assigns', () => check(`
    if maybe:
        n = 1
    n  # → 1
  `));

  it('takes one side where the condition is known', () => check(`
    n = 3
    if n > 2:
        x = 'big'
    else:
        x = 'small'
    x  # → "big"
  `));

  it('undoes the writes of a branch before the other one', () => check(`
    a = [1]
    d = {'k': 1}
    if maybe:
        a.append(2)
        d['k'] = 2
    else:
        len(a)  # → 1
        d['k']  # → 1
    d['k']  # → 2 or 1
    len(a)  # → int
  `));

  it('joins early returns with the end', () => check(`
    def f(c):
        if c:
            return 1
        return 'end'
    f(maybe)  # → "end" or 1
    f(True)  # → 1
    f(0)  # → "end"
  `));

  it('goes on with the state of the path that did not return', () => check(`
    def f(c):
        n = 1
        if c:
            n = 2
            return n
        n += 10
        return n  # → 11
    f(maybe)  # → 11 or 2
  `));

  it('leaves a function where both sides return', () => check(`
    def f(c):
        if c:
            return 1
        else:
            return 2
        return 'never'
    f(maybe)  # → 2 or 1
  `));

  it('returns through branches in branches', () => check(`
    def f(a, b):
        if a:
            if b:
                return 'both'
        elif b:
            return 'second'
        return 'end'
    f(maybe, maybe)  # → "end" or "both" or "second"
  `));

  it('goes on with the side that does not raise', () => check(`
    def f(c):
        if c:
            raise ValueError('no')
        else:
            n = 2
        return n
    f(maybe)  # → 2
  `));

  it('chooses in conditional expressions and boolean operators', () => check(`
    a = 1 if maybe else None  # → 1 or None
    b = a or 5                # → 1 or 5
    c = a and 'yes'           # → None or "yes"
    d = None or 3             # → 3
    e = 0 and nothing         # → 0
    g = 1 if True else nothing  # → 1
  `));

  it('branches on match', () => check(`
    def kind(v):
        match v:
            case 0:
                return 'zero'
            case int():
                return 'int'
            case [a, b]:
                return a
            case [first, *rest]:
                return len(rest)
            case {'k': w}:
                return w
            case None:
                return 'none'
            case 'x' | 'y':
                return 'letter'
            case _:
                return 'other'
    kind(0)          # → "zero"
    kind(3)          # → "int"
    kind((1, 2))     # → 1
    kind([1, 2, 3])  # → 2
    kind({'k': 9})   # → 9
    kind(None)       # → "none"
    kind('y')        # → "letter"
    kind(2.5)        # → "other"
  `));

  it('calls either of two functions with the effects of both', () => check(`
    log = []
    def f():
        log.append(1)
        return 'f'
    def g():
        return 'g'
    h = f if maybe else g
    h()  # → "f" or "g"
    len(log)  # → int
  `));
});
