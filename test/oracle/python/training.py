"""Losses, optimizers, schedulers, data sets and loops of training and validation."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim import SGD, AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR
from torch.utils.data import DataLoader, Dataset, TensorDataset


class Squares(Dataset):
    def __init__(self, count, size):
        self.x = torch.randn(count, size)
        self.y = (self.x.sum(1) > 0).long()

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


class Smoothed(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing

    def forward(self, logits, target):
        logs = F.log_softmax(logits, dim=-1)
        nll = -logs.gather(dim=-1, index=target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logs.mean(dim=-1)).mean()


def accuracy(logits, target, topk=(1,)):
    maxk = max(topk)
    _, predicted = logits.topk(maxk, 1, True, True)
    correct = predicted.t().eq(target.view(1, -1).expand(maxk, -1))
    return [correct[:k].reshape(-1).float().sum(0, keepdim=True) * 100.0 / target.size(0) for k in topk]


def step(model, batch, criterion, optimizer, scheduler=None):
    model.train()
    x, y = batch
    optimizer.zero_grad()
    logits = model(x)
    loss = criterion(logits, y)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
    if scheduler is not None:
        scheduler.step()
    return loss.item(), logits.detach()


if __name__ == "__main__":
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 2)).to(device)
    optimizer = AdamW([{"params": model[0].parameters(), "lr": 1e-3}, {"params": model[3].parameters()}], lr=1e-2, weight_decay=0.01)
    scheduler = LambdaLR(optimizer, lambda i: min(1.0, (i + 1) / 10))
    criterion = Smoothed()
    loader = DataLoader(Squares(12, 6), batch_size=4, shuffle=True, drop_last=True)
    for epoch in range(2):
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            loss, logits = step(model, (x, y), criterion, optimizer, scheduler)
        top = accuracy(logits, y, topk=(1, 2))
    model.eval()
    total, correct = 0, 0
    with torch.no_grad():
        for x, y in DataLoader(TensorDataset(torch.randn(8, 6), torch.randint(2, (8,))), batch_size=4):
            predicted = model(x).argmax(dim=1)
            total += y.size(0)
            correct += (predicted == y).sum().item()
    weight = torch.tensor([0.3, 0.7])
    cross = F.cross_entropy(logits, y, weight=weight, label_smoothing=0.1)
    each = nn.CrossEntropyLoss(reduction="none", ignore_index=-100)(torch.randn(2, 5, 7), torch.randint(5, (2, 7)))
    kl = nn.KLDivLoss(reduction="batchmean")(F.log_softmax(logits, 1), torch.softmax(logits, 1))
    huber = F.smooth_l1_loss(torch.randn(3, 4), torch.randn(3, 4), reduction="none")
    triplet = nn.TripletMarginLoss()(torch.randn(3, 4), torch.randn(3, 4), torch.randn(3, 4))
    cosine = nn.CosineEmbeddingLoss()(torch.randn(3, 4), torch.randn(3, 4), torch.ones(3))
    ctc = nn.CTCLoss()(torch.randn(9, 2, 5).log_softmax(2), torch.randint(1, 5, (2, 3)), torch.full((2,), 9), torch.full((2,), 3))
    bce = nn.BCELoss(reduction="sum")(torch.rand(4), torch.ones(4))
    gradient = model[0].weight.grad
    plain = SGD(model.parameters(), lr=0.1, momentum=0.9)
    CosineAnnealingLR(plain, T_max=10).step()
