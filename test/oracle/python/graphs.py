"""Graph networks: messages summed by index_add, attention over edges, dense adjacency."""
import torch
import torch.nn.functional as F
from torch import nn


def degree(index, nodes):
    return torch.zeros(nodes).index_add_(0, index, torch.ones(index.numel()))


class GraphConv(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.lin = nn.Linear(inputs, outputs, bias=False)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x, edges):
        nodes = x.size(0)
        loops = torch.arange(nodes).repeat(2, 1)
        edges = torch.cat([edges, loops], dim=1)
        source, target = edges
        norm = degree(target, nodes).pow(-0.5)
        weight = norm[source] * norm[target]
        messages = self.lin(x)[source] * weight.view(-1, 1)
        out = torch.zeros(nodes, messages.size(1)).index_add(0, target, messages)
        return out + self.bias


class EdgeAttention(nn.Module):
    def __init__(self, inputs, heads, dim):
        super().__init__()
        self.heads, self.dim = heads, dim
        self.lin = nn.Linear(inputs, heads * dim)
        self.left, self.right = nn.Parameter(torch.randn(1, heads, dim)), nn.Parameter(torch.randn(1, heads, dim))

    def forward(self, x, edges):
        h = self.lin(x).view(-1, self.heads, self.dim)
        a, b = (h * self.left).sum(-1), (h * self.right).sum(-1)
        source, target = edges[0], edges[1]
        scores = F.leaky_relu(a[source] + b[target], 0.2).exp()
        total = scores.new_zeros(x.size(0), self.heads).scatter_add_(0, target.unsqueeze(-1).expand_as(scores), scores)
        weights = scores / total[target]
        out = torch.zeros_like(h)
        out.index_add_(0, target, h[source] * weights[..., None])
        return out.flatten(1)


def dense(adjacency, x, weight):
    a = adjacency + torch.eye(adjacency.size(-1))
    d = a.sum(-1).rsqrt()
    return (d.unsqueeze(-1) * a * d.unsqueeze(-2)) @ x @ weight


def pool(x, batch):
    graphs = 2
    total = x.new_zeros(graphs, x.shape[1]).index_reduce_(0, batch, x, "amax", include_self=False)
    return total


if __name__ == "__main__":
    edges = torch.tensor([[0, 1, 2, 3], [1, 2, 3, 0]])
    x = torch.randn(4, 6)
    h = GraphConv(6, 8)(x, edges).relu()
    attended = EdgeAttention(8, 2, 5)(h, edges)
    pooled = pool(attended, torch.tensor([0, 0, 1, 1]))
    spread = dense((torch.rand(3, 4, 4) > 0.5).float(), torch.randn(3, 4, 6), torch.randn(6, 2))
    distances = torch.cdist(x, x)
    nearest = distances.topk(2, largest=False).indices
    neighbours = x[nearest].max(1)[0]
