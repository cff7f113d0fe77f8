/** Sparse tensors made of lists or tensors, and torch.sparse: https://docs.pytorch.org/docs/stable/sparse.html */

export const torch = String.raw`
import torch
from torch import Tensor

def sparse_coo_tensor(indices, values=None, size=None, *, dtype=None, device=None, pin_memory=False, requires_grad=False, check_invariants=None, is_coalesced=None):
    indices = torch.as_tensor(indices)
    values = torch.as_tensor(values, dtype=dtype)
    if size is None:
        size = [int(indices[dim].max()) + 1 for dim in range(indices.size(0))] + list(values.shape[1:])
    return torch._sparse_coo_tensor_unsafe(indices, values, tuple(size))

def sparse_csr_tensor(crow_indices, col_indices, values, size=None, *, dtype=None, device=None, pin_memory=False, requires_grad=False, check_invariants=None):
    crow_indices, col_indices = torch.as_tensor(crow_indices), torch.as_tensor(col_indices)
    if size is None:
        size = (crow_indices.size(-1) - 1, int(col_indices.max()) + 1)
    return torch._sparse_csr_tensor_unsafe(crow_indices, col_indices, torch.as_tensor(values, dtype=dtype), tuple(size))

def sparse_csc_tensor(ccol_indices, row_indices, values, size=None, *, dtype=None, device=None, pin_memory=False, requires_grad=False, check_invariants=None):
    ccol_indices, row_indices = torch.as_tensor(ccol_indices), torch.as_tensor(row_indices)
    if size is None:
        size = (int(row_indices.max()) + 1, ccol_indices.size(-1) - 1)
    return torch._sparse_csc_tensor_unsafe(ccol_indices, row_indices, torch.as_tensor(values, dtype=dtype), tuple(size))

def smm(input, mat):
    return torch.mm(input, mat)

def hspmm(mat1, mat2):
    return torch.mm(mat1, mat2)
`;

/** The constructors of torch.sparse are the older spelling of sparse_coo_tensor. */
export const functions = String.raw`
import torch
from torch._C import _opaque_like
${Object.entries({ FloatTensor: 'float32', DoubleTensor: 'float64', HalfTensor: 'float16', BFloat16Tensor: 'bfloat16', LongTensor: 'int64', IntTensor: 'int32', ShortTensor: 'int16', CharTensor: 'int8', ByteTensor: 'uint8' }).map(([name, dtype]) => `
def ${name}(indices, values, size=None, *, device=None):
    return torch.sparse_coo_tensor(indices, values, size, dtype=torch.${dtype})
`).join('')}
def sum(input, dim=None, dtype=None):
    return torch.sum(input, dim, dtype=dtype)

def addmm(mat, mat1, mat2, *, beta=1.0, alpha=1.0):
    return torch.addmm(mat, mat1, mat2, beta=beta, alpha=alpha)

def softmax(input, dim, dtype=None):
    return _opaque_like(input if dtype is None else input.to(dtype), 'which elements a sparse tensor stores is not traced')

def log_softmax(input, dim, dtype=None):
    return softmax(input, dim, dtype)

def sampled_addmm(input, mat1, mat2, *, beta=1.0, alpha=1.0, out=None):
    return _opaque_like(torch.addmm(input, mat1, mat2), 'which elements a sparse tensor stores is not traced')
`;
