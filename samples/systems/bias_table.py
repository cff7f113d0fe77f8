"""A bias for each offset between two places of a window, step by step as one would type it into a console."""
import torch
import torch.nn as nn

height, width, heads = 2, 3, 4
places = height * width

rows = torch.arange(height)
columns = torch.arange(width)
row_grid, column_grid = torch.meshgrid(rows, columns, indexing="ij")
grid = torch.stack((row_grid, column_grid))
print(grid, grid.shape)

coords = grid.flatten(1)
query_side = coords[:, :, None]
key_side = coords[:, None, :]
print(query_side.shape, key_side.shape, coords[:, None, :, None].shape)
same = coords.unsqueeze(1) == key_side

offsets = query_side - key_side
print(f"{offsets.shape} = {query_side.shape} - {key_side.shape}")
offsets = offsets.permute(1, 2, 0).contiguous()
print(offsets[:, :, 0], offsets[:, :, 1])

offsets[:, :, 0] += height - 1
offsets[:, :, 1] += width - 1
offsets[:, :, 0] *= 2 * width - 1
index = offsets.sum(-1)
print(index)

table = nn.Parameter(torch.zeros((2 * height - 1) * (2 * width - 1), heads))
nn.init.trunc_normal_(table, std=0.02)
flat = index.view(-1)
picked = table[flat]
bias = picked.view(places, places, -1)
bias = bias.permute(2, 0, 1).contiguous()

scores = torch.randn(8, heads, places, places)
scores = scores + bias.unsqueeze(0)
weights = scores.softmax(-1)
print(table.shape, picked.shape, bias.shape, weights.shape)
