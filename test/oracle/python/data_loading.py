"""Datasets, their parts, samplers and collate functions, as a loader makes batches of them."""
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, IterableDataset, RandomSampler, SequentialSampler, StackDataset, TensorDataset, random_split

data = TensorDataset(torch.randint(0, 9, (32, 17)), torch.arange(32))
x0, y0 = data[0]
for s, i in DataLoader(data, batch_size=8, drop_last=True):
    t = s[:, 1:]
class Pictures(Dataset):
    def __init__(self, n): self.n = n; self.x = torch.randn(n, 3, 8, 8); self.y = torch.randint(0, 10, (n,))
    def __len__(self): return self.n
    def __getitem__(self, i): return {"image": self.x[i], "label": self.y[i]}
tr, va = random_split(Pictures(40), [30, 10])
dl = DataLoader(tr, batch_size=10, shuffle=True)
batch = next(iter(dl))
im = batch["image"]
for k, bt in enumerate(dl):
    z = bt["image"].mean((2, 3)), bt["label"] + 1
class Pairs(Dataset):
    def __len__(self): return 12
    def __getitem__(self, i): return torch.randn(3, 4), i % 3
for p, q in DataLoader(Pairs(), 4):
    r = p.flatten(1) * q[:, None]
def collate(items):
    xs, ys = zip(*items)
    return torch.stack(xs), torch.tensor(ys)
for p, q in DataLoader(Pairs(), 4, collate_fn=collate):
    r2 = p.flatten(1) * q[:, None]

class Numbers(IterableDataset):
    def __iter__(self):
        for i in range(6):
            yield torch.full((2,), i), i / 2
for pair, half in DataLoader(Numbers(), batch_size=3):
    product = pair * half[:, None]
for group in DataLoader(Pairs(), batch_sampler=BatchSampler(SequentialSampler(range(12)), 5, True)):
    grouped = group[0].sum(-1)
for item in DataLoader(StackDataset(a=Pairs(), b=torch.zeros(12, 7)), sampler=RandomSampler(range(12), num_samples=4), batch_size=2):
    both = item["a"][0].mean(2) @ torch.ones(3), item["b"]
parts = random_split(Pairs(), [0.75, 0.25])
count = torch.zeros(len(parts[0]), len(parts[1]))
