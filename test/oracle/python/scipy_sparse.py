"""Adjacency matrices of SciPy on their way into sparse tensors."""
import numpy as np
import scipy.sparse as sp
import torch


def normalized(matrix):
    degree = np.array(matrix.sum(1))
    inverse = np.power(degree, -1.0).flatten()
    inverse[np.isinf(inverse)] = 0.0
    return sp.diags(inverse).dot(matrix)


def to_torch(matrix):
    matrix = matrix.tocoo().astype(np.float32)
    places = torch.from_numpy(np.vstack((matrix.row, matrix.col)).astype(np.int64))  # counted
    values = torch.from_numpy(matrix.data)  # counted
    return torch.sparse_coo_tensor(places, values, torch.Size(matrix.shape))  # counted


edges = np.array([[0, 1], [1, 2], [2, 3], [3, 0], [0, 2]], dtype=np.int32)
adj = sp.coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(4, 4), dtype=np.float32)
adj = adj + adj.T.multiply(adj.T > adj) - adj.multiply(adj.T > adj)
adj = normalized(adj + sp.eye(4))
features = normalized(sp.csr_matrix(np.arange(24).reshape(4, 6) % 5, dtype=np.float32))
x = torch.FloatTensor(np.array(features.todense()))
a = to_torch(adj)
out = torch.spmm(a, x)
rows = torch.from_numpy(np.asarray(features.sum(axis=1)))
columns = torch.from_numpy(np.asarray(features.sum(0)))
flat = torch.from_numpy(np.asarray(features.todense().flatten()))
line = torch.from_numpy(features.todense().A1)
dense = torch.from_numpy(features.toarray())
picked = torch.from_numpy(features[1].toarray())
column = torch.from_numpy(features[:, 2].toarray())
rest = torch.from_numpy(features[1:, :3].toarray())
power = torch.from_numpy((adj * adj).toarray())
scaled = torch.from_numpy((adj * 2).toarray())
modern = sp.csr_array(np.eye(3))
ordinary = torch.from_numpy((modern * modern).toarray())
sums = torch.from_numpy(modern.sum(axis=1))
both = torch.from_numpy(sp.vstack([features, features]).toarray())
blocks = torch.from_numpy(sp.block_diag([np.ones((2, 3)), np.ones((1, 2))]).toarray())
laplacian = torch.from_numpy((sp.eye(4) - adj).todense())
count = torch.zeros(adj.shape[0], features.shape[1])
