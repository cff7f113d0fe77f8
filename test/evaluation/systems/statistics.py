# Quantiles and histograms, sparse-like sums, graphs, clustering, calibration, masked scatter, half precisions as autocast has them.
values = f(6, 5)
torch.quantile(values, torch.tensor([0.1, 0.5, 0.9]), dim=1), torch.nanquantile(values.masked_fill(values > 2, nan), 0.25, dim=0, interpolation="nearest"), torch.histc(values, bins=6, min=-3, max=3), torch.histogram(values, bins=4, range=(-2., 2.))[0], torch.bincount(i(20), weights=f(20), minlength=9), values.median(), values.median(1)[1], values.kthvalue(2, dim=0)[0], torch.std_mean(values, dim=1, correction=0), torch.cov(values), torch.corrcoef(values[:3]), values.aminmax(dim=1), values.logsumexp((0, 1)), values.mode(1)[0]

edges = torch.tensor([[0, 1, 2, 3, 3, 4], [1, 2, 0, 4, 1, 3]])

def graph(x, edges):
    n = x.size(0)
    degree = torch.zeros(n).index_add_(0, edges[1], torch.ones(edges.size(1)))
    norm = degree.clamp(min=1).pow(-0.5)
    messages = x[edges[0]] * (norm[edges[0]] * norm[edges[1]]).unsqueeze(1)
    summed = torch.zeros_like(x).scatter_add_(0, edges[1].unsqueeze(1).expand_as(messages), messages)
    most = torch.full_like(x, -inf).scatter_reduce(0, edges[1][:, None].expand_as(messages), messages, "amax", include_self=False)
    scores = x[edges[0]].sum(1) + x[edges[1]].sum(1)
    shifted = (scores - torch.zeros(n).index_reduce_(0, edges[1], scores, "amax", include_self=False)[edges[1]]).exp()
    attention = shifted / torch.zeros(n).index_add(0, edges[1], shifted)[edges[1]]
    adjacency = torch.zeros(n, n).index_put_((edges[0], edges[1]), torch.ones(edges.size(1)), accumulate=True)
    laplacian = torch.diag(adjacency.sum(1)) - adjacency
    return summed, most, attention, laplacian, torch.matrix_power(adjacency, 3), torch.linalg.eigvalsh(laplacian + laplacian.T)

graph(f(5, 3), edges), torch.segment_reduce(f(6, 2), "mean", lengths=torch.tensor([2, 0, 4])), torch.linalg.matrix_exp(-graph(f(5, 3), edges)[3] / 4)

def clusters(points, k=3, rounds=3):
    centres = points[:k].clone()
    for _ in range(rounds):
        nearest = torch.cdist(points, centres).argmin(1)
        counts = F.one_hot(nearest, k).sum(0).clamp(min=1)
        centres = torch.zeros_like(centres).index_add(0, nearest, points) / counts.unsqueeze(1)
    return nearest, centres

clusters(f(12, 2)), torch.linalg.svdvals(values - values.mean(0)), torch.linalg.svd(values - values.mean(0)).S[:2]

def calibration(confidence, correct, bins=4):
    edges = torch.linspace(0, 1, bins + 1)
    which = torch.bucketize(confidence, edges[1:-1])
    total = torch.zeros(bins).scatter_add(0, which, torch.ones_like(confidence))
    gaps = torch.zeros(bins).scatter_add(0, which, confidence - correct.float())
    return (gaps.abs() / total.clamp(min=1) * total / confidence.numel()).sum(), torch.trapezoid(total.cumsum(0), edges[1:])

calibration(unit(15), b(15)), torch.cumulative_trapezoid(unit(6)), torch.logcumsumexp(f(2, 5), 1), torch.cummax(f(2, 6), 1), torch.diff(f(2, 5), n=2)

mask = b(3, 4)
table = torch.zeros(3, 4).masked_scatter(mask, f(12))
table, table[mask], torch.where(mask, table, -table.T.reshape(3, 4)), torch.take_along_dim(table, table.argsort(dim=1, stable=True), 1), torch.put(torch.zeros(2, 3), torch.tensor([1, 4]), f(2), accumulate=True), torch.searchsorted(torch.tensor([[-1., 0., 1.], [0., 2., 3.]]), f(2, 4)), torch.unravel_index(torch.tensor([5, 7]), (3, 4))

class Half(nn.Module):
    def __init__(self, dtype):
        super().__init__()
        self.dtype = dtype
        self.weight = nn.Parameter(f(4, 4) / 16)

    def forward(self, x):
        y = F.linear(x.to(self.dtype), self.weight.to(self.dtype))
        y = F.gelu(y, approximate="tanh") * torch.tensor(0.5, dtype=self.dtype)
        scores = (y @ y.mT).float().softmax(-1)
        return F.layer_norm(scores.to(self.dtype) @ y, (4,)) + x, y.sum(-1), (y > 0).to(self.dtype).mean(), y.to(torch.float32).to(torch.int8)

Half(torch.bfloat16)(f(3, 4)), Half(torch.float16)(f(3, 4)), torch.finfo(torch.float16).max * torch.ones(1, dtype=torch.float16) * 2, i(3).to(torch.uint8) - 5
