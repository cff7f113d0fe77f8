"""Products, contractions, splits, sorts, statistics, creation and conversions."""
import numpy as np
import torch


def pairwise(x, y):
    return (x.unsqueeze(1) - y.unsqueeze(0)).pow(2).sum(-1).sqrt()


def standardize(x, dim=-1, eps=1e-5):
    mean, var = x.mean(dim, keepdim=True), x.var(dim, keepdim=True, unbiased=False)
    return (x - mean) / torch.sqrt(var + eps)


def gram(features):
    b, c, h, w = features.shape
    flat = features.view(b, c, h * w)
    return flat @ flat.mT / (c * h * w)


if __name__ == "__main__":
    a, b = torch.randn(3, 4), torch.randn(5, 4)
    distances = pairwise(a, b)
    normal = standardize(a)
    style = gram(torch.randn(2, 3, 4, 5))
    dotted = torch.tensordot(torch.randn(2, 3, 4), torch.randn(4, 3, 5), dims=([1, 2], [1, 0]))
    kron = torch.kron(torch.eye(2), a)
    outer = torch.einsum("i,j->ij", a[0], b[:, 0])
    trace = torch.einsum("ii", torch.randn(3, 3))
    batch = torch.einsum("...ij,...jk->...ik", torch.randn(2, 7, 3, 4), torch.randn(4, 5))
    mv, dot = a @ b[0], torch.dot(a[0], b[1])
    chain = torch.linalg.multi_dot([a, b.T, torch.randn(5, 2)])
    left, middle, right = torch.split(torch.randn(10, 2), [2, 3, 5])
    parts = torch.tensor_split(torch.randn(7), 3)
    chunks = torch.randn(2, 7).chunk(3, dim=1)
    halves = torch.hsplit(torch.randn(4, 6), 2)
    both = torch.column_stack((a[:, 0], a))
    deep = torch.dstack([a, a])
    grid = torch.cartesian_prod(torch.arange(2), torch.arange(3))
    pairs = torch.combinations(torch.arange(4), r=2)
    blocks = torch.block_diag(a, torch.ones(2, 2))
    counts = torch.bincount(torch.tensor([0, 1, 1, 3]), minlength=6)  # counted
    histogram = torch.histc(a, bins=5)
    quantiles = torch.quantile(a, torch.tensor([0.1, 0.5, 0.9]), dim=1)
    order = torch.argsort(a, dim=0, stable=True)
    values, indices = torch.kthvalue(a, 2, dim=1)
    mode = torch.mode(a, 1).values
    median = a.median()
    covariance = torch.cov(a)
    eigen, vectors = torch.linalg.eigh(covariance)
    u, s, vh = torch.linalg.svd(a, full_matrices=False)
    solved = torch.linalg.solve(torch.eye(3), a)
    least = torch.linalg.lstsq(b, torch.randn(5, 2)).solution
    norm = torch.linalg.norm(a, ord=2, dim=-1)
    angle = torch.nn.functional.cosine_similarity(a[:, None], b[None], dim=-1)
    shifted = torch.roll(a, shifts=(1, -1), dims=(0, 1)).rot90()
    repeated = a.repeat_interleave(2, dim=0)
    tiled = torch.tile(a, (2, 1, 3))
    spread = a.as_strided((2, 2), (4, 1), 1)
    clamped = torch.clamp(a, min=-1, max=1).lerp(b[:3], 0.5)
    angles = torch.full((2,), np.pi) * np.sqrt(4)
    like = torch.full_like(a, 3, dtype=torch.long).bool()
    ranges = torch.arange(0, 1, 0.25), torch.logspace(0, 2, 5), torch.linspace(0, 1, 4)
    literal = torch.tensor([[1, 2], [3, 4]], dtype=torch.float64).half()
    scalar = torch.tensor(3.5) * literal.float()
    random = torch.randperm(6)[:3], torch.bernoulli(torch.full((2, 2), 0.5)), torch.normal(0.0, 1.0, size=(2, 3))
    mixed = torch.arange(3) / 2 + torch.ones(3, dtype=torch.int32)
    compared = (a > 0).float().sum() >= 3
    folded = torch.stack(list(a.unbind(1)), dim=-1).sum(dim=(0, 1))
    triangle = a.new_ones(3, 3).tril(diagonal=-1)
    rows, columns = torch.triu_indices(3, 3, offset=1)
    cumulative = a.cummax(dim=0).values.logcumsumexp(1)
    unflattened = torch.randn(6, 4).unflatten(0, (2, -1)).flatten(1)

overdetermined = torch.rand(4, 3)
solved = torch.linalg.lstsq(overdetermined, torch.rand(4, 2)).residuals
solved_batch = torch.linalg.lstsq(torch.rand(2, 5, 3), torch.rand(2, 5), driver="gels").residuals
nothing = torch.nn.functional.batch_norm(torch.zeros(0), torch.zeros(0), torch.zeros(0), training=False)
likely = torch.nn.functional.gaussian_nll_loss(torch.zeros(4, 3), torch.zeros(4, 3), torch.ones(1, 3), reduction="none")
solved_vector = torch.linalg.lstsq(overdetermined, torch.rand(4), driver="gels").residuals
