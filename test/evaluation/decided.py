"""Sizes and branches that data decides: each name is a case, with the value that it has at the end."""
import torch

x = torch.tensor([0.5, -1.0, 2.0, 3.5])
table = torch.tensor([[3, 1, 3], [0, 1, 1]])
positive = x > 0
picked = x[positive]
chosen = torch.masked_select(table, table > 1)
places = torch.nonzero(positive)
rows, columns = torch.nonzero(table, as_tuple=True)
where = torch.where(x > 1)[0]
argwhere = torch.argwhere(table == 1)
distinct, inverse, counts = torch.unique(table, return_inverse=True, return_counts=True)
runs, lengths = torch.unique_consecutive(table[0].repeat_interleave(2), return_counts=True)
distinct_floats = torch.unique(torch.floor(x))
histogram = torch.bincount(table.flatten())
hot = torch.nn.functional.one_hot(table)
if x.sum() > 3:
    branch = x * 2
else:
    branch = x - 1
if (x * x).sum().item() < 3:
    other = x[:1]
else:
    other = picked.repeat(2)
sized = torch.ones(int(x.max()) + 1, 2)
start = 0
while x[start] < 2:
    start = start + 1
tail = x[start:]
joined = torch.cat([other, tail])
best = torch.topk(x, k=int((x > 1).sum()))[0]
ordered = torch.stack([x[i] for i in torch.argsort(x).tolist()])
halves = torch.split(torch.arange(6), [int(n) for n in (x.abs() > 0.9).sum(0, keepdim=True).repeat(2)])[0]
padded = torch.arange(int(x.abs().max()))[None, :] < (x.abs()[:, None])
scale = float(x.abs().max())
scaled = x / scale if scale > 1 else x
scalar_place = torch.nonzero(x.max(), as_tuple=True)[0]
distinct_rows = torch.unique(torch.floor(x).reshape(2, 2), dim=0)
repeated = torch.masked_select(table, x[:3] > 0)
