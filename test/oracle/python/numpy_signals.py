"""NumPy's windows, convolutions, quantiles and counts on their way into tensors."""
import numpy as np
import torch

windows = [torch.from_numpy(make(9)) for make in (np.hamming, np.hanning, np.blackman, np.bartlett)]
kaiser = torch.tensor(np.kaiser(7, 14.0))
bands = torch.zeros(3, 9)
for i in range(3):
    bands[i, :] = torch.Tensor(np.hamming(9)) * torch.Tensor(np.ones(9))

full = torch.from_numpy(np.convolve(np.ones(5), np.ones(3)))
same = torch.from_numpy(np.convolve(np.ones(3), np.ones(5), "same"))
valid = torch.from_numpy(np.convolve(np.ones(5), np.ones(3), mode="valid"))
slope = torch.from_numpy(np.gradient(np.zeros((4, 5)), axis=1))
rows, columns = np.gradient(np.zeros((4, 5)))
both = torch.from_numpy(rows) + torch.from_numpy(columns)

values = np.random.rand(4, 6)
median = torch.tensor(np.percentile(values, 50))
quartiles = torch.from_numpy(np.percentile(values, [25, 50, 75], axis=1))
upper = torch.from_numpy(np.quantile(values, 0.9, axis=0, keepdims=True))
places = torch.from_numpy(np.searchsorted(np.array([1.0, 2.0, 3.0]), values))
bins = torch.from_numpy(np.digitize(values, np.array([0.2, 0.5])))
counts, edges = np.histogram(values, bins=8)
counted = torch.from_numpy(counts).sum() + torch.from_numpy(edges).sum()
traced = torch.tensor(np.trace(np.eye(4)))
found = torch.from_numpy(np.argwhere(np.eye(3) > 0))
means = torch.from_numpy(np.nanmean(values, axis=1))
cleaned = torch.from_numpy(np.nan_to_num(values))
filters = np.ones((20, 257))
power = np.ones((257, 9), dtype=np.float32)
energies = torch.from_numpy(np.dot(filters.T.T, power))
again = torch.from_numpy(filters @ power)
whole = torch.from_numpy(np.ones((3, 2), dtype=np.float32) @ np.arange(2))
names = np.array([["C", "N"], ["O", "S"]])
