"""Stars, keywords, defaults, slices, nested targets and chained assignments."""
import torch


def spread(first, *others, scale=1.0, **named):
    total = first * scale
    for other in others:
        total = total + other
    for name in named:
        total = total + named[name]
    return total


def positional(x, /, y, *, z=None):
    return x @ y if z is None else x @ y @ z


def head_and_tail(x):
    head, *middle, tail = x.unbind(0)
    return head, torch.stack(middle), tail


def swap(a, b):
    a, b = b, a
    return a, b


def pairs(items):
    (first, second), *rest = items
    return first.shape[0] + second.shape[-1], len(rest)


if __name__ == "__main__":
    rows = [torch.randn(3, 1), torch.randn(1, 4), torch.randn(3, 4)]
    total = spread(*rows, scale=2.0, **{"bias": torch.randn(2, 1, 1)})
    chain = positional(torch.randn(2, 3), torch.randn(3, 4), z=torch.randn(4, 5))
    head, middle, tail = head_and_tail(torch.randn(6, 2))
    small, large = swap(chain, total)
    size, left = pairs([(torch.zeros(2), torch.zeros(3, 4)), 0, 0])
    made = torch.empty(size, left)
    batch, *spatial = torch.randn(2, 8, 5, 7).shape
    grid = torch.zeros(batch, *spatial[::-1], *(1,) * left)
    a = b = torch.ones(3)
    b = b[None]
    x, (y, z) = torch.ones(1), (torch.ones(2), torch.ones(3))
    both = {**{"k": x}, "v": y}
    joined = torch.cat([*both.values(), z])
    merged = [*range(3), *spatial]
    sized = torch.zeros(merged[2:])
    q, k, v = torch.randn(2, 6, 12).chunk(3, dim=-1)
    (mean, var), index = torch.var_mean(q, dim=-1), torch.argmax(k, -1)
