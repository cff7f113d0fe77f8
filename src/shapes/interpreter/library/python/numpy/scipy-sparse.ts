/**
 * SciPy's sparse matrices: each around a dense tensor, as only shapes, dtypes and values matter here. How many elements
 * are stored depends on data.
 */

/** https://numpy.org/doc/stable/reference/generated/numpy.matrix.html: always 2-D. */
export const matrix = String.raw`
import torch

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

class _Rows:
    # What is always 2-D, around a tensor.
    ndim = 2

    @property
    def shape(self):
        return tuple(self._t.shape)

    @property
    def dtype(self):
        return _wrap(self._t).dtype

class matrix(_Rows):
    def __init__(self, data, dtype=None, copy=True):
        t = _of(data)
        self._t = t if t.dim() == 2 else t.reshape(1, -1)

    def __array__(self, *args):
        return _wrap(self._t)

    @property
    def size(self):
        return self._t.numel()

    @property
    def A(self):
        return _wrap(self._t)

    @property
    def A1(self):
        return _wrap(self._t.flatten())

    @property
    def T(self):
        return matrix(_wrap(self._t.t()))

    @property
    def I(self):
        return matrix(_wrap(torch.linalg.inv(self._t)))

    def __len__(self):
        return self._t.size(0)

    def astype(self, dtype, **options):
        return matrix(_wrap(self._t).astype(dtype))

    def flatten(self, order='C'):
        return matrix(_wrap(self._t.reshape(1, -1)))

    def ravel(self, order='C'):
        return self.flatten()

    def reshape(self, *shape, order='C'):
        return matrix(_wrap(self._t.reshape(*shape)))

    def tolist(self):
        return self._t.tolist()

    def sum(self, axis=None, dtype=None, out=None):
        return _wrap(self._t.sum()) if axis is None else matrix(_wrap(self._t.sum(axis, keepdim=True)))

    def mean(self, axis=None, dtype=None, out=None):
        return _wrap(self._t.mean()) if axis is None else matrix(_wrap(self._t.mean(axis, keepdim=True)))

    def __mul__(self, other):
        return matrix(_wrap(self._t) * other) if isinstance(other, (int, float)) else matrix(_wrap(self._t) @ _wrap(_of(other)))

    def __matmul__(self, other):
        return self * other

    def __add__(self, other):
        return matrix(_wrap(self._t) + (other if isinstance(other, (int, float)) else _wrap(_of(other))))

    def __sub__(self, other):
        return matrix(_wrap(self._t) - (other if isinstance(other, (int, float)) else _wrap(_of(other))))

    def __truediv__(self, other):
        return matrix(_wrap(self._t) / (other if isinstance(other, (int, float)) else _wrap(_of(other))))

    def __pow__(self, other):
        return matrix(_wrap(torch.linalg.matrix_power(self._t, other)))
`;

/** https://docs.scipy.org/doc/scipy/reference/sparse.html */
const common = String.raw`
import torch
import numpy as np
from numpy import _floats, _Rows
from torch._C import _opaque_like

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _dense(given, shape=None, dtype=None):
    if isinstance(given, _Sparse):
        t = given._t
    elif isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], int):
        t = torch.zeros(given, dtype=torch.float64)
    elif isinstance(given, tuple) and len(given) == 2:
        data, (row, col) = given
        data, row, col = _of(data), _of(row), _of(col)
        if shape is None:
            shape = (int(row.max()) + 1, int(col.max()) + 1)
        t = torch.zeros(tuple(shape), dtype=data.dtype).index_put((row.long(), col.long()), data, accumulate=True)
    elif isinstance(given, tuple):
        data = _of(given[0])
        if shape is None:
            shape = (_of(given[2]).numel() - 1, int(_of(given[1]).max()) + 1)
        t = _opaque_like(torch.zeros(tuple(shape), dtype=data.dtype), 'what compressed rows or columns hold is not traced')
    else:
        t = _of(given)
        t = t if t.dim() == 2 else t.reshape(1, -1)
    return t if dtype is None else _of(_wrap(t).astype(dtype))

class _Sparse(_Rows):
    def __init__(self, arg1, shape=None, dtype=None, copy=False, *, maxprint=None):
        self._t = _dense(arg1, shape, dtype)

    def _as(self, t):
        return type(self)(_wrap(t))

    def _result(self, array):
        return array if self._is_array else np.matrix(array)

    @property
    def nnz(self):
        return int((self._t != 0).sum())

    @property
    def data(self):
        return _wrap(self._t[self._t != 0])

    @property
    def row(self):
        return _wrap(torch.nonzero(self._t)[:, 0].to(torch.int32))

    @property
    def col(self):
        return _wrap(torch.nonzero(self._t)[:, 1].to(torch.int32))

    @property
    def coords(self):
        return self.row, self.col

    @property
    def T(self):
        return self._as(self._t.t())

    def transpose(self, axes=None, copy=False):
        return self.T

    def toarray(self, order=None, out=None):
        return _wrap(self._t.clone())

    def todense(self, order=None, out=None):
        return self._result(_wrap(self._t.clone()))

    def astype(self, dtype, casting='unsafe', copy=True):
        return self._as(_of(_wrap(self._t).astype(dtype)))

    def copy(self):
        return self._as(self._t.clone())

    def getnnz(self, axis=None):
        return self.nnz if axis is None else _wrap((self._t != 0).sum(axis))

    def nonzero(self):
        return self.row, self.col

    def eliminate_zeros(self):
        pass

    def sum_duplicates(self):
        pass

    def sort_indices(self):
        pass

    def sum(self, axis=None, dtype=None, out=None):
        if axis is None:
            return self._t.sum().item()
        return self._result(_wrap(self._t.sum(axis, keepdim=not self._is_array)))

    def mean(self, axis=None, dtype=None, out=None):
        t = _floats(self._t)
        return t.mean().item() if axis is None else self._result(_wrap(t.mean(axis, keepdim=not self._is_array)))

    def max(self, axis=None, out=None):
        return self._t.max().item() if axis is None else self._as(self._t.amax(axis, keepdim=True))

    def diagonal(self, k=0):
        return _wrap(torch.diagonal(self._t, k))

    def setdiag(self, values, k=0):
        torch.diagonal(self._t, k).copy_(_of(values))

    def multiply(self, other):
        other = other if isinstance(other, (int, float)) else _wrap(other._t if isinstance(other, _Sparse) else _of(other))
        return self._as(_of(_wrap(self._t) * other))

    def power(self, n, dtype=None):
        return self._as(self._t ** n)

    def dot(self, other):
        if isinstance(other, (int, float)):
            return self._as(_of(_wrap(self._t) * other))
        if isinstance(other, _Sparse):
            return self._as(_of(_wrap(self._t) @ _wrap(other._t)))
        return _wrap(self._t) @ _wrap(_of(other))

    def __matmul__(self, other):
        return self.dot(other)

    def __rmatmul__(self, other):
        return _wrap(_of(other)) @ _wrap(self._t)

    def __mul__(self, other):
        return self.multiply(other) if self._is_array or isinstance(other, (int, float)) else self.dot(other)

    def __rmul__(self, other):
        return self.multiply(other)

    def __truediv__(self, other):
        return self._as(_of(_wrap(self._t) / other)) if isinstance(other, (int, float)) else self._result(_wrap(self._t) / _wrap(other._t if isinstance(other, _Sparse) else _of(other)))

    def _with(self, other, sign):
        if isinstance(other, _Sparse):
            return self._as(_of(_wrap(self._t) + _wrap(other._t) * sign))
        return self._result(_wrap(self._t) + _wrap(_of(other)) * sign)

    def __add__(self, other):
        return self._with(other, 1)

    def __radd__(self, other):
        return self._with(other, 1)

    def __sub__(self, other):
        return self._with(other, -1)

    def __neg__(self):
        return self._as(-self._t)

    def __pow__(self, n):
        return self._as(self._t ** n if self._is_array else torch.linalg.matrix_power(self._t, n))

    def _compared(self, compare, other):
        return self._as(compare(self._t, other._t if isinstance(other, _Sparse) else other if isinstance(other, (int, float)) else _of(other)))

    def __gt__(self, other):
        return self._compared(torch.gt, other)

    def __lt__(self, other):
        return self._compared(torch.lt, other)

    def __ge__(self, other):
        return self._compared(torch.ge, other)

    def __le__(self, other):
        return self._compared(torch.le, other)

    def __ne__(self, other):
        return self._compared(torch.ne, other)

    def __getitem__(self, index):
        found = _wrap(self._t)[index]
        if found.ndim == 0:
            return found.item()
        if found.ndim == 1 and not self._is_array:
            found = found.reshape(-1, 1) if isinstance(index, tuple) and isinstance(index[1], int) else found.reshape(1, -1)
        return type(self)(found)

    def __setitem__(self, index, value):
        _wrap(self._t)[index] = value

    def getrow(self, i):
        return self._as(self._t[i:i + 1])

    def getcol(self, j):
        return self._as(self._t[:, j:j + 1])

    def tocoo(self, copy=False):
        return (coo_array if self._is_array else coo_matrix)(self)

    def tocsr(self, copy=False):
        return (csr_array if self._is_array else csr_matrix)(self)

    def tocsc(self, copy=False):
        return (csc_array if self._is_array else csc_matrix)(self)

    def tolil(self, copy=False):
        return (lil_array if self._is_array else lil_matrix)(self)

    def todia(self, copy=False):
        return (dia_array if self._is_array else dia_matrix)(self)

    def todok(self, copy=False):
        return (dok_array if self._is_array else dok_matrix)(self)
`;

export const sparse = `${common}${['coo', 'csr', 'csc', 'lil', 'dia', 'dok', 'bsr'].map((name) => `
class ${name}_matrix(_Sparse):
    _is_array = False

class ${name}_array(_Sparse):
    _is_array = True
`).join('')}${String.raw`
def issparse(x):
    return isinstance(x, _Sparse)

isspmatrix = issparse

def eye(m, n=None, k=0, dtype=float, format=None):
    return csr_matrix(np.eye(m, n, k, dtype=dtype))

def identity(n, dtype='d', format=None):
    return csr_matrix(np.eye(n, dtype=np.float64))

def diags(diagonals, offsets=0, shape=None, format=None, dtype=None):
    first = _of(diagonals) if isinstance(offsets, int) else None
    if first is not None:
        return dia_matrix(_wrap(torch.diag(first.flatten(), offsets)))
    parts = [_of(each) for each in diagonals]
    if shape is None:
        side = parts[0].numel() + abs(offsets[0])
        shape = (side, side)
    return dia_matrix(_wrap(_opaque_like(torch.zeros(tuple(shape), dtype=torch.float64), 'several diagonals are not computed')))

def vstack(blocks, format=None, dtype=None):
    return csr_matrix(_wrap(torch.cat([block._t for block in blocks], 0)))

def hstack(blocks, format=None, dtype=None):
    return csr_matrix(_wrap(torch.cat([block._t for block in blocks], 1)))

def block_diag(mats, format=None, dtype=None):
    return csr_matrix(_wrap(torch.block_diag(*[_dense(mat) for mat in mats])))

def random(m, n, density=0.01, format='coo', dtype=None, rng=None, random_state=None):
    return coo_matrix(_wrap(_opaque_like(torch.zeros(m, n, dtype=torch.float64), 'its elements are drawn')))
`}`;
