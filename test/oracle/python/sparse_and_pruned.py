"""Sparse tensors and pruned, parametrized and normalized weights."""
import torch
import torch.nn as nn
import torch.nn.utils.prune as prune
from torch.nn.utils import parametrize, weight_norm, spectral_norm
from torch.nn.utils.parametrizations import orthogonal

i = torch.tensor([[0, 1, 1], [2, 0, 2]])
v = torch.tensor([3.0, 4.0, 5.0])
s = torch.sparse_coo_tensor(i, v, (2, 3))
d = s.to_dense()
m = torch.sparse.mm(s, torch.randn(3, 4))
mm = s @ torch.randn(3, 5)
t = s.t()
c = s.coalesce()
idx = c.indices()  # counted
vals = c.values()  # counted
ss = torch.sparse.sum(s, dim=1)
csr = d.to_sparse_csr()
cr = csr.crow_indices()
co = csr.col_indices()  # counted
spmv = torch.mv(s, torch.ones(3))
sp = torch.randn(4, 4).to_sparse()
sps = sp + sp
adj = torch.eye(5).to_sparse()
deg = torch.sparse.sum(adj, 1).to_dense()
norm = deg.pow(-0.5)
out = torch.sparse.mm(adj, torch.randn(5, 8))

lin = nn.Linear(6, 4)
prune.l1_unstructured(lin, name="weight", amount=0.3)
y = lin(torch.randn(2, 6))
mask = lin.weight_mask
orig = lin.weight_orig
prune.remove(lin, "weight")
y2 = lin(torch.randn(3, 6))
conv = nn.Conv2d(3, 8, 3)
prune.ln_structured(conv, "weight", amount=0.5, n=2, dim=0)
yc = conv(torch.zeros(1, 3, 8, 8))


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)


layer = nn.Linear(5, 5)
parametrize.register_parametrization(layer, "weight", Symmetric())
w = layer.weight
pl = layer(torch.zeros(2, 5))
o = layer.parametrizations.weight.original
ol = orthogonal(nn.Linear(8, 8))
q = ol.weight
wn = weight_norm(nn.Conv1d(4, 6, 3), dim=0)
g = wn.weight_g
vv = wn.weight_v
yw = wn(torch.zeros(1, 4, 9))
sn = spectral_norm(nn.Linear(4, 7))
ys = sn(torch.zeros(2, 4))
u = sn.weight_u

n2 = nn.Sequential(nn.Linear(4, 6), nn.Linear(6, 2))
prune.global_unstructured([(n2[0], "weight"), (n2[1], "weight")], pruning_method=prune.L1Unstructured, amount=0.4)
m0 = n2[1].weight_mask
p0 = prune.is_pruned(n2)
o3 = n2(torch.zeros(3, 4))
s2 = torch.sparse_coo_tensor([[0, 1], [2, 3]], [1.0, 2.0])
s3 = torch.sparse_coo_tensor(torch.tensor([[0, 1]]), torch.randn(2, 7), (4, 7))
v3 = s3.coalesce().values()  # counted
csr2 = torch.sparse_csr_tensor(torch.tensor([0, 2, 3]), torch.tensor([0, 1, 1]), torch.tensor([1.0, 2.0, 3.0]), size=(2, 2))
cm = csr2 @ torch.zeros(2, 3)
old = torch.sparse.FloatTensor(i, v, torch.Size([2, 3]))
oldm = torch.spmm(old, torch.zeros(3, 2))
sm = torch.sparse.softmax(s, dim=1)
sa = torch.sparse.addmm(torch.zeros(2, 4), s, torch.zeros(3, 4))
at = adj.transpose(0, 1).coalesce().indices()  # counted
