"""Sizes that come out of small integer tensors: every element becomes a size of an empty tensor."""
import torch


def sizes(tensor):
    return torch.empty(0, *[n + 10 for n in tensor.flatten().tolist()])


a = torch.tensor([2, 3, 4])
b = torch.LongTensor([3, 1, 2])
grid = torch.tensor([[1, 2, 3], [4, 5, 6]])
mask = a > 2

made = [
    sizes(torch.arange(4)), sizes(torch.arange(2, 9, 3)), sizes(torch.arange(5, 0, -2)), sizes(torch.full((3,), 7)),
    sizes(torch.zeros(2, dtype=torch.long)), sizes(torch.ones_like(a)), sizes(torch.eye(2, dtype=torch.int64)),
    sizes(torch.as_tensor(((1, 2), (3, 4)))), sizes(torch.tensor([a[0], 5])), sizes(a.new_tensor([8, 9])), sizes(a.new_full((2,), 6)),
]

def sizes(tensor):
    return torch.empty(0, *[n + 10 for n in tensor.flatten().tolist()])


counted = [
    sizes(a + 1), sizes(1 + a), sizes(a - b), sizes(10 - a), sizes(a * b), sizes(a // 2), sizes(-a // 2), sizes(a % 2), sizes(-a % 3), sizes(a ** 2),
    sizes(torch.add(a, b, alpha=3)), sizes(torch.sub(a, b, alpha=2)), sizes(torch.div(a, 2, rounding_mode="floor")), sizes(torch.div(a, 2, rounding_mode="trunc")),
    sizes(torch.maximum(a, b)), sizes(torch.minimum(a, b)), sizes(-a), sizes((a - 3).abs()), sizes((a - 3).sign()), sizes(~a), sizes(a.clamp(max=3)), sizes(a.clamp(min=3)),
    sizes(torch.clamp(a, 3, 3)), sizes(torch.where(mask, a, b)), sizes(torch.where(mask, a, 0)), sizes(a.masked_fill(mask, 9)), sizes(grid + a), sizes(grid * grid[:, :1]),
    sizes((a == b).long()), sizes((a != 3).int()), sizes((a >= b).long() + (a < b).long() * 2), sizes((mask & (b > 1)).long()), sizes((mask | (b > 1)).long()), sizes((~mask).long()), sizes((mask ^ (b > 1)).long()),
    sizes(torch.logical_and(a, b - 1).long()), sizes(torch.logical_not(b - 1).long()),
]

def sizes(tensor):
    return torch.empty(0, *[n + 10 for n in tensor.flatten().tolist()])


reduced = [
    sizes(a.sum()), sizes(a.prod()), sizes(grid.sum(0)), sizes(grid.sum(dim=1, keepdim=True)), sizes(grid.sum((0, 1))), sizes(grid.prod(-1)), sizes(a.max()), sizes(a.min()),
    sizes(grid.max(dim=1)[0]), sizes(grid.max(dim=1).indices), sizes(grid.min(0).values), sizes(grid.amax(1)), sizes(grid.amin(0)), sizes(b.argmax()), sizes(b.argmin()), sizes(grid.argmax(dim=1)),
    sizes(a.cumsum(0)), sizes(grid.cumsum(1)), sizes(a.cumprod(0)), sizes(grid.cumsum(0)), sizes(mask.sum()), sizes(mask.any().long()), sizes(mask.all().long()), sizes((grid > 2).any(0).long()),
    sizes((grid > 1).all(dim=1).long()), sizes(torch.count_nonzero(b - 1)), sizes(torch.sum(torch.tensor(5))), sizes(torch.tensor(3).max()),
]

def sizes(tensor):
    return torch.empty(0, *[n + 10 for n in tensor.flatten().tolist()])


moved = [
    sizes(grid.t()), sizes(grid.T), sizes(grid.transpose(0, 1)), sizes(grid.permute(1, 0)), sizes(grid.reshape(3, 2)), sizes(grid.view(-1)), sizes(grid.flatten()), sizes(a[None]), sizes(a.unsqueeze(-1)),
    sizes(grid.flip(0)), sizes(grid.flip([0, 1])), sizes(a.roll(1, 0)), sizes(grid.roll((1, -1), (0, 1))), sizes(a.expand(2, 3)), sizes(a.repeat(2)), sizes(a.repeat(2, 2)), sizes(a.tile(2)),
    sizes(torch.stack([a, b])), sizes(torch.stack([a, b], dim=1)), sizes(torch.stack([a, b], -1)), sizes(torch.cat([a, b])), sizes(torch.cat([grid, grid[:, :1]], dim=1)), sizes(torch.cat((grid, a[None]))),
    sizes(torch.split(grid, 1)[1]), sizes(grid.split([1, 2], dim=1)[1]), sizes(grid.chunk(2)[1]), sizes(grid.unbind(1)[2]), sizes(torch.meshgrid(a, b, indexing="ij")[0]), sizes(torch.meshgrid(a, b[:2], indexing="xy")[0]),
    sizes(torch.meshgrid(a, b[:2], indexing="xy")[1]), sizes(a.repeat_interleave(2)), sizes(torch.repeat_interleave(a, b)), sizes(grid.repeat_interleave(2, dim=0)), sizes(torch.diff(a)), sizes(torch.diff(grid, dim=0)),
    sizes(grid.narrow(1, 1, 2)), sizes(grid.select(0, 1)), sizes(grid.index_select(1, torch.tensor([2, 0]))), sizes(torch.triu(grid)), sizes(torch.tril(grid, diagonal=1)), sizes(torch.triu(grid, 1)),
]

def sizes(tensor):
    return torch.empty(0, *[n + 10 for n in tensor.flatten().tolist()])


indexed = [
    sizes(a[1]), sizes(a[-1]), sizes(a[1:]), sizes(a[:-1]), sizes(a[::2]), sizes(grid[0]), sizes(grid[:, 1]), sizes(grid[..., -1]), sizes(grid[1:, None]), sizes(grid[[1, 0]]), sizes(grid[:, [2, 0]]),
    sizes(a[torch.tensor([[0, 1], [2, 2]])]), sizes(a[b - 1]), sizes(grid[:, b - 1]), sizes(a[:torch.tensor(2)]),
]
written = a.clone()
written[1] = 7
changed = [sizes(written), sizes(a)]
written[:2] += 1
changed.append(sizes(written))
view = written.view(3, 1)
view[2, 0] = 5
changed.append(sizes(written))
table = torch.zeros(2, 3, dtype=torch.long)
table[:, 0] = torch.tensor([1, 2])
table[1] = a
changed.append(sizes(table))
table.fill_(3)
changed.append(sizes(table))

lengths = torch.tensor([5, 2, 3])
ends = torch.cumsum(lengths, 0)
starts = torch.cat([torch.zeros(1, dtype=torch.long), ends[:-1]])
tokens = torch.zeros(int(ends[-1]), 8)
parts = [tokens[int(s):int(e)] for s, e in zip(starts, ends)]
padding = torch.arange(lengths.max().item())[None, :] < lengths[:, None]
classes = torch.nn.functional.one_hot(b)
counts = torch.bincount(b)
places = torch.nonzero(b - 1)
rows = torch.where(lengths > 2)[0]
distinct = torch.unique(torch.tensor([1, 1, 2]))
several = lengths[lengths > 2]
chosen = torch.zeros(3, 4)[mask]
picked = torch.masked_select(lengths, lengths > 2)
spread = torch.split(tokens, lengths.tolist())
levels = torch.as_tensor([(8, 8), (4, 4), (2, 2)], dtype=torch.long)
starts_of_levels = torch.cat((levels.new_zeros((1,)), levels.prod(1).cumsum(0)[:-1]))
flat = torch.zeros(2, int(levels.prod(1).sum()), 16)
maps = [flat[:, s:s + h * w].view(2, h, w, 16) for s, (h, w) in zip(starts_of_levels.tolist(), levels.tolist())]
if levels.max() > 4:
    larger = torch.zeros(levels[0, 0], 1)
else:
    larger = torch.zeros(1, 1)
height, width = levels[1]
area = torch.zeros(height * width)
