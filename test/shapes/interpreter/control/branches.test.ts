import assert from 'node:assert/strict';
import { check, trace } from '../check';

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

  it('applies an operation to each combination of possible arguments', () => check(`
    import torch
    n = 2 if maybe else 3
    d = torch.float64 if maybe else None
    torch.zeros(n, 4)         # → (2, 4) float32 or (3, 4) float32
    torch.zeros((4, n))       # → (4, 2) float32 or (4, 3) float32
    torch.zeros(5, dtype=d)   # → (5,) of unknown dtype
    torch.ones(5, dtype=maybe)  # → (5,) of unknown dtype
    x = torch.zeros(2, 4) if maybe else None
    x.sum(1)                  # → (2,) float32
    x[0]                      # → (4,) float32
    torch.zeros(2, 3) @ torch.zeros(n, 5)  # → (2, 5) float32
    torch.zeros(2, 7) @ torch.zeros(n, 5)  # error matmul-size-mismatch
  `));

  it('pairs what one condition decides, and a value with itself, side by side', () => check(`
    import torch
    a, b, c = torch.zeros(2, 3), torch.ones(2, 3), torch.zeros(4, 2, 3)
    if maybe:
        a, b = a.flatten(), b.flatten()
    a + b                   # → (6,) float32 or (2, 3) float32
    a.exp() * (a - b)       # → (6,) float32 or (2, 3) float32
    torch.stack([a, b])     # → (2, 6) float32 or (2, 2, 3) float32
    y = torch.zeros(5) if maybe else torch.zeros(5, 5, 5)
    y[None] - y             # → (1, 5) float32 or (1, 5, 5, 5) float32
    if maybe:
        c = c[0, 0]
    torch.outer(a, c)       # → (6, 3) float32
    torch.stack([b, c])     # error stack-size-mismatch
  `));

  it('warns of a loss only if it broadcasts on each side', async () => {
    const warned = async (side: string): Promise<string[]> => (await trace(`
      import torch, torch.nn.functional as F
      output, target = torch.zeros(8, 1), torch.zeros(8, 1)
      if maybe:
          ${side}
      loss = F.mse_loss(output, target)
    `)).findings.map(({ code }) => code);
    assert.deepEqual(await warned('output, target = output[:3, 0], target[:3, 0]'), []);
    assert.deepEqual(await warned('output = output[:, 0]'), []);
    assert.deepEqual(await warned('target = target[0]\n      else:\n          target = target[:, 0]'), ['loss-broadcast']);
  });

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

  it('knows that an and is false, or an or true, by a part that stands behind an unknown one', () => check(`
    bool(maybe and False)  # → False
    bool(maybe or True)    # → True
    maybe and True         # → unknown
    x = 1 if maybe and 1 > 2 else 2
    x  # → 2
  `));

  it('knows of a set only what both sides put into it', () => check(`
    seen = {1}
    same = {1}
    if maybe:
        seen.add(2)
        same.add(2)
    else:
        same.add(2)
    2 in seen  # → bool
    2 in same  # → True
    3 in same  # → False
  `));

  it('keeps what one of several operands demands to that one', () => check(`
    import torch
    rows = torch.rand(9, 4)[torch.rand(9) > 0.5]
    parts = []
    for _ in range(2):
        part = torch.zeros(0, 4) if torch.rand(()) > 0.5 else torch.rand(5, 4)[torch.rand(5) > 0.5]
        parts.append(part)
    both = torch.cat(parts)
    assert rows.shape[0] == both.shape[0]
    total = rows + both
    (total + torch.zeros(1, 4)).size(1)  # → 4
    rows.size(0) == 0  # → bool
  `));

  it('has a size for a number that data decides, the same wherever it is used', () => check(`
    import torch
    n = torch.randint(0, 5, (3,)).max().item()
    torch.zeros(n, 3) + torch.ones(n, 1)  # → (item, 3) float32
    torch.rand(4, 6).repeat(n, 1).sum()   # → () float32
    torch.arange(n)[None, :]              # → (1, item) int64
    torch.roll(torch.rand(2, 3), n)       # → (2, 3) float32
    n == 0                                # → bool
    n < 0                                 # → bool
  `));
});
