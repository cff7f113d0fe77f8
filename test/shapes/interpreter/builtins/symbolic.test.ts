/** Builtins on sizes that are not known: exact up to the symbol where that is proven, an unknown of its type elsewhere. */
import { check } from './check';

const H = { symbols: ['H', 'W', 'D'] };

describe('builtins on symbolic sizes', () => {
  it('rounds quotients as integer division does', () => check(`
    import math
    a = H / 2                      # float H / 2
    b = int(H / 2)                 # int H//2
    c = math.floor(H / 2)          # int H//2
    d = math.ceil(H / 2)           # int -(-H//2)
    e = int(D * 4.0)               # int 4*D
    f = int(D * 0.5)               # int D//2
    g = int(D * 2 / 2)             # int D
    h = int(D * 2.6666)            # int
    i = round(D * 2.0)             # int 2*D
    j = round(D / 3)               # int
    k = int(4.0 * D)               # int 4*D
    l = D ** -0.5                  # float
    m = (H * W) ** 0.5             # float
    n = int((H * W) ** 0.5)        # int
    o = int(math.sqrt(H))          # int
    p = float(D)                   # float D / 1
    q = int(float(D))              # int D
    r = H // 2.0                   # float H//2 / 1
    s = int(-(D * 0.5))            # int
  `, H));

  it('adds, multiplies and compares', () => check(`
    import math
    a = sum([H, W, 1])             # int H + W + 1
    b = math.prod([H, W])          # int H*W
    c = max(H, 1)                  # int H
    d = max(H, W)                  # int max(H, W)
    e = min(H, W, H + 1)           # int min(H, W)
    f = abs(H)                     # int H
    g = abs(-H)                    # int H
    h = H > 0                      # True
    i = H < 0.5                    # False
    j = H == 3                     # bool
    k = H << 2                     # int 4*H
    l = H >> 1                     # int H//2
    m = H & 1                      # int
    n = divmod(H, 2)               # tuple [int H//2, int H % 2]
    o = pow(H, 2)                  # int H**2
    p = math.gcd(H, H)             # int H
    q = math.gcd(H, W)             # int
    r = max([H, W], key=lambda x: x)  # int H | int W
    s = sorted([H + 1, H])         # list [int H, int H + 1]
    t = sorted([H, W])             # list [int H | int W, int H | int W]
    u = bool(H)                    # True
    v = H ** W                     # int H**W
    w = 2 ** H                     # int 2**H
    x = H == H + 1                 # False
  `, H));

  it('iterates over unknown lengths', () => check(`
    a = range(H)                   # range of int * H
    b = list(range(H))             # list of int
    c = len(range(H))              # int H
    d = list(range(H, H + 2))      # list [int H, int H + 1]
    e = range(0, H, 2)             # range of int * (H+1)//2
    f = len(list(range(H)))        # int
    g = enumerate(range(H))        # enumerate of tuple [int, int] * H
    h = zip(range(H), [1, 2])      # zip of tuple [int, 1 | 2]
    i = [0] * H                    # list of 0
    j = [1, 1] + [0] * H           # list of 1 | 0
    k = sum([0] * H)               # int
    l = tuple([2] * H)             # tuple of 2
    m = reversed(range(H))         # reversed of int * H
    n = max([3] * H)               # int
    o = map(str, range(H))         # map of str * H
    p = any([0] * H)               # bool
  `, H));

  it('forgets a quotient where branches differ in it', () => check(`
    if c:
        a = H / 2
    else:
        a = W / 2
    int(a)                         # int
  `, { ...H, unknowns: ['c'] }));

  it('makes sizes of what is known of sequences', () => check(`
    import torch
    s = torch.Size([2, H])         # torch.Size [2, int H]
    a = s.numel()                  # int 2*H
    b = len(s)                     # 2
    c = s + (1,)                   # torch.Size [2, int H, 1]
    d = list(s)                    # list [2, int H]
    e = torch.Size([2, 3])         # torch.Size([2, 3])
    f = str(e)                     # 'torch.Size([2, 3])'
    g = f"{e[0]}x{e[1]}"           # '2x3'
    h = f"{H}"                     # str
    i = '%d' % H                   # str
    j = (2, 3) == e                # True
  `, H));
});
