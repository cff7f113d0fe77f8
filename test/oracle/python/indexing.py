"""Advanced indexing, assignment through views, gather and scatter."""
import torch


def pick(x, index):
    return x[torch.arange(x.shape[0]), index]


def shift(x, by):
    out = torch.zeros_like(x)
    out[:, by:] = x[:, :-by]
    return out


def batched(x, index):
    return x.gather(1, index.unsqueeze(-1).expand(-1, -1, x.size(-1)))


def one_hot(labels, classes):
    hot = torch.zeros(labels.size(0), classes)
    return hot.scatter_(1, labels.unsqueeze(1), 1.0)


if __name__ == "__main__":
    x = torch.randn(3, 5, 4)
    rows = pick(x, torch.tensor([0, 2, 4]))
    moved = shift(x, 2)
    some = batched(x, torch.randint(5, (3, 2)))
    hot = one_hot(torch.tensor([1, 0, 3]), 6)
    a = x[:, [0, 2]]
    b = x[..., None, 1:3]
    c = x[0, :, torch.tensor([1, 1, 0])]
    d = x[:, torch.tensor([[0, 1], [2, 3]]), None]
    e = x[torch.tensor([0, 1]), :, torch.tensor([2, 3])]
    f = x[1][-1]
    g = x[::2, 1::2, -1]
    h = x[:, 0] = torch.ones(4)
    x[x < 0] = 0  # counted
    x[..., -1] += 1
    x[0, 1:3], x[1, :2] = torch.zeros(2, 4), 1.0
    k = x[(slice(None), slice(0, 2))]
    m = x[torch.tensor([True, False, True])]  # counted
    n = x.index_select(1, torch.tensor([4, 0]))
    o = x.take_along_dim(x.argsort(dim=1), dim=1)
    p = torch.zeros(6, 4).index_add(0, torch.tensor([0, 5, 5]), rows)
    q = torch.zeros(6, 4).index_copy_(0, torch.tensor([1, 2, 3]), rows)
    r = x.narrow(1, 1, 3).select(0, 0).diagonal()
    s = torch.diag_embed(f)
    t = x.unfold(1, 3, 2).movedim(-1, 0)
    u, index = x.sort(dim=-1, descending=True)
    v = torch.zeros(3, 4).scatter_add(0, torch.zeros(3, 4, dtype=torch.long), rows)
    w = x[0, ..., 1, None]
    y = x.flatten()[:10].view(2, -1).T
    z = x.swapaxes(0, 1)[2:, :1].squeeze(1).expand(2, -1, -1)
