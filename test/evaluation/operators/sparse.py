# Sparse tensors are computed with their zeros; what is recorded is dense.
at = torch.tensor([[0, 1, 1, 0], [2, 0, 2, 2]])
s = torch.sparse_coo_tensor(at, f(4), (2, 3))
s, s.to_dense(), s.coalesce(), s.t(), s * 2, torch.sparse.mm(s, f(3, 2)), s @ f(3, 4), torch.spmm(s, f(3, 2)), torch.mv(s, f(3)), torch.sparse.sum(s), torch.sparse.sum(s, dim=1), torch.sparse.addmm(f(2, 2), s, f(3, 2)), torch.smm(s, f(3, 2))
torch.sparse_coo_tensor(torch.tensor([[0, 2]]), f(2, 3), (4, 3)), torch.sparse_coo_tensor([[0, 1], [1, 0]], [1, 2], (2, 2)), torch.sparse_coo_tensor([[0, 1], [1, 2]], [1.5, 2.5])
torch.sparse_csr_tensor(torch.tensor([0, 2, 3]), torch.tensor([0, 2, 1]), f(3), (2, 3)), torch.sparse_csr_tensor(torch.tensor([0, 0, 3]), torch.tensor([0, 1, 2]), f(3)) @ f(3, 2), torch.sparse_csc_tensor(torch.tensor([0, 1, 1, 3]), torch.tensor([1, 0, 1]), f(3), (2, 3))
f(3, 4).to_sparse().to_dense(), f(4).to_sparse(), f(2, 3).to_sparse(1), f(3, 4).to_sparse_csr(), f(3, 4).to_sparse_csc(), f(4, 4).to_sparse_bsr((2, 2)), f(4, 4).to_sparse_bsc((2, 2)), f(3, 4).to_sparse_coo()
