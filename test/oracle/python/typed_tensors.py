"""dtypes: promotion, casts, factories with dtype, bool arithmetic, integer division, default dtype, type_as."""
import torch


def to_dtype_of(x, like):
    return x.to(like)


def one_minus(mask: torch.Tensor) -> torch.Tensor:
    return 1 - mask.int() if mask.dtype is torch.bool else 1.0 - mask


if __name__ == "__main__":
    i, f, d = torch.arange(3), torch.ones(3), torch.ones(3, dtype=torch.double)
    h, b = f.half(), i > 0
    u = torch.zeros(3, dtype=torch.uint8)
    sums = [i + 1, i + 1.5, i + f, f + d, h + f, b + b, b + 1, u + i, h * 2, i * b]
    a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 = sums
    quotient, floored, powered = i / 2, i // 2, i**2
    mean, total, count = f.mean(), b.sum(), (i > 1).sum(dtype=torch.int32)
    cast = to_dtype_of(i, h)
    inverse = one_minus(b)
    soft = 1.0 - b.float()
    picked = torch.where(b, f, d)
    filled = torch.full((2,), 7), torch.full((2,), 7.0), torch.full((2,), True)
    x0, x1, x2 = filled
    made = f.new_tensor([1, 2]), i.new_zeros(2), f.new_full((2,), 1, dtype=torch.long)
    m0, m1, m2 = made
    literal = torch.tensor([1, 2.5]), torch.tensor([True]), torch.tensor(3), torch.as_tensor([1j])
    l0, l1, l2, l3 = literal
    ranges = torch.arange(2.0), torch.arange(0, 4, 2), torch.linspace(0, 1, 3, dtype=torch.float64)
    r0, r1, r2 = ranges
    argued = f.argmax(), f.topk(2)[1], f.sort().indices, torch.bucketize(f, f)
    g0, g1, g2, g3 = argued
    compared = torch.eq(i, f), torch.isnan(f), torch.logical_not(i), i.bool() ^ b
    c0, c1, c2, c3 = compared
    stacked = torch.stack([i, i * 2]).to(torch.float16)
    joined = torch.cat([i.float(), d.float()])
    promoted = torch.cat([i, f])
    viewed = torch.ones(4, dtype=torch.float32).view(torch.int32)
    rounded = f.round().long(), f.floor_divide(2), torch.trunc(f).to(torch.int8)
    o0, o1, o2 = rounded
    e = torch.exp(i)
    kind = torch.zeros(2, dtype=torch.result_type(i, f))
    info = torch.full((1,), torch.iinfo(torch.int16).max)
    random = torch.randint(5, (2,)), torch.rand(2, dtype=torch.float64), torch.randperm(3)
    n0, n1, n2 = random
