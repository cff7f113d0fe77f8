/**
 * NumPy's arrays: a class around a tensor, so that shapes, dtypes, faults and values come from the operations of torch.
 * Where NumPy and torch differ (the default dtype is float64, whole numbers are divided to float64, names of arguments),
 * NumPy is followed.
 */

/** https://numpy.org/doc/stable/reference/arrays.ndarray.html */
export const ndarray = String.raw`
import torch
from numpy import _DTYPES, _forward, _torch_dtype

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _is_whole(t):
    return not (t.dtype.is_floating_point or t.dtype.is_complex)

def _floats(t):
    return t.to(torch.float64) if _is_whole(t) else t

def _operands(a, b):
    """Whole numbers that meet floats become float64; a plain number takes the array's dtype else."""
    if isinstance(b, (float, complex)):
        return _floats(a), b
    if isinstance(b, int):
        return a, b
    b = _of(b)
    if _is_whole(a) != _is_whole(b):
        return _floats(a), _floats(b)
    return a, b

def _alike(arrays):
    parts = [_of(each) for each in arrays]
    whole = [_is_whole(each) for each in parts]
    return [_floats(each) for each in parts] if any(whole) and not all(whole) else parts

def _factors(*arrays):
    # A product has the dtype that all fit in: torch takes factors of one dtype only.
    parts = _alike(arrays)
    common = parts[0].dtype
    for each in parts[1:]:
        common = torch.promote_types(common, each.dtype)
    return [each.to(common) for each in parts]

def _index(index):
    if isinstance(index, tuple):
        return tuple([_index(each) for each in index])
    if isinstance(index, (ndarray, list)):
        return _of(index)
    return index

class ndarray:
    def __array__(self, *args):
        return self

    @property
    def shape(self):
        return tuple(_of(self).shape)

    @property
    def ndim(self):
        return _of(self).dim()

    @property
    def size(self):
        return _of(self).numel()

    @property
    def dtype(self):
        own = _of(self).dtype
        for each in _DTYPES:
            if each._torch == own:
                return each

    @property
    def T(self):
        return self.transpose()

    @property
    def real(self):
        return _wrap(torch.real(_of(self)))

    @property
    def imag(self):
        return _wrap(torch.imag(_of(self)))

    @property
    def flat(self):
        return _wrap(_of(self).flatten())

    def astype(self, dtype, copy=True, **options):
        return _wrap(_of(self).to(_torch_dtype(dtype), copy=copy))

    def copy(self, order='C'):
        return _wrap(_of(self).clone())

    def reshape(self, *shape, order='C', copy=None):
        return _wrap(_of(self).reshape(*shape))

    def flatten(self, order='C'):
        return _wrap(_of(self).flatten().clone())

    def ravel(self, order='C'):
        return _wrap(_of(self).flatten())

    def transpose(self, *axes):
        t = _of(self)
        if not axes or axes[0] is None:
            axes = tuple(range(t.dim()))[::-1]
        return _wrap(t.permute(*axes))

    def swapaxes(self, axis1, axis2):
        return _wrap(_of(self).transpose(axis1, axis2))

    def squeeze(self, axis=None):
        return _wrap(_of(self).squeeze() if axis is None else _of(self).squeeze(axis))

    def repeat(self, repeats, axis=None):
        return _wrap(torch.repeat_interleave(_of(self), _index(repeats), dim=axis))

    def fill(self, value):
        _of(self).fill_(value)

    def item(self, *args):
        return (_of(self)[args] if args else _of(self)).item()

    def tolist(self):
        return _of(self).tolist()

    def sum(self, axis=None, dtype=None, out=None, keepdims=False):
        t = _of(self)
        return _wrap(t.sum(dtype=_torch_dtype(dtype)) if axis is None and not keepdims else t.sum(axis, keepdim=keepdims, dtype=_torch_dtype(dtype)))

    def mean(self, axis=None, dtype=None, out=None, keepdims=False):
        t = _floats(_of(self))
        return _wrap(t.mean() if axis is None and not keepdims else t.mean(axis, keepdim=keepdims))

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        return _wrap(_floats(_of(self)).std(axis, correction=ddof, keepdim=keepdims))

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        return _wrap(_floats(_of(self)).var(axis, correction=ddof, keepdim=keepdims))

    def prod(self, axis=None, dtype=None, out=None, keepdims=False):
        return _wrap(_of(self).prod() if axis is None else _of(self).prod(axis, keepdim=keepdims))

    def max(self, axis=None, out=None, keepdims=False):
        return _wrap(_of(self).max() if axis is None else _of(self).amax(axis, keepdim=keepdims))

    def min(self, axis=None, out=None, keepdims=False):
        return _wrap(_of(self).min() if axis is None else _of(self).amin(axis, keepdim=keepdims))

    def ptp(self, axis=None):
        return self.max(axis) - self.min(axis)

    def argmax(self, axis=None, out=None, *, keepdims=False):
        return _wrap(_of(self).argmax(axis, keepdim=keepdims))

    def argmin(self, axis=None, out=None, *, keepdims=False):
        return _wrap(_of(self).argmin(axis, keepdim=keepdims))

    def argsort(self, axis=-1, kind=None, order=None):
        return _wrap(_of(self).argsort(axis))

    def sort(self, axis=-1, kind=None, order=None):
        _of(self).copy_(torch.sort(_of(self), axis)[0])

    def cumsum(self, axis=None, dtype=None, out=None):
        return _wrap(_of(self).flatten().cumsum(0) if axis is None else _of(self).cumsum(axis))

    def cumprod(self, axis=None, dtype=None, out=None):
        return _wrap(_of(self).flatten().cumprod(0) if axis is None else _of(self).cumprod(axis))

    def all(self, axis=None, out=None, keepdims=False):
        return _wrap(_of(self).all() if axis is None else _of(self).all(axis, keepdim=keepdims))

    def any(self, axis=None, out=None, keepdims=False):
        return _wrap(_of(self).any() if axis is None else _of(self).any(axis, keepdim=keepdims))

    def round(self, decimals=0, out=None):
        return _wrap(torch.round(_of(self), decimals=decimals))

    def clip(self, min=None, max=None, out=None):
        return _wrap(torch.clamp(_of(self), min, max))

    def nonzero(self):
        return tuple([_wrap(each) for each in torch.nonzero(_of(self), as_tuple=True)])

    def conj(self):
        return _wrap(torch.conj(_of(self)))

    def dot(self, other):
        return dot(self, other)

    def diagonal(self, offset=0, axis1=0, axis2=1):
        return _wrap(torch.diagonal(_of(self), offset, axis1, axis2))

    def __len__(self):
        return len(_of(self))

    def __iter__(self):
        return iter([_wrap(each) for each in _of(self)])

    def __getitem__(self, index):
        t, index, _ = _forward(_of(self), _index(index))
        return _wrap(t[index])

    def __setitem__(self, index, value):
        whole = _of(self)
        t, index, turned = _forward(whole, _index(index))
        t[index] = _of(value) if isinstance(value, (ndarray, list, tuple)) else value
        if turned:
            whole.copy_(t.flip(turned))

    def __contains__(self, item):
        return (_of(self) == item).any()

    def __neg__(self):
        return _wrap(-_of(self))

    def __pos__(self):
        return self

    def __abs__(self):
        return _wrap(torch.abs(_of(self)))

    def __invert__(self):
        return _wrap(~_of(self))

    def __add__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a + b)

    def __sub__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a - b)

    def __mul__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a * b)

    def __truediv__(self, other):
        a, b = _operands(_floats(_of(self)), other)
        return _wrap(a / b)

    def __floordiv__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a // b)

    def __mod__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a % b)

    def __pow__(self, other):
        a, b = _operands(_of(self), other)
        return _wrap(a ** b)

    def __matmul__(self, other):
        a, b = _factors(_of(self), _of(other))
        return _wrap(a @ b)

    def __radd__(self, other):
        return other + _of(self) if isinstance(other, torch.Tensor) else self + other

    def __rmul__(self, other):
        return other * _of(self) if isinstance(other, torch.Tensor) else self * other

    def __rsub__(self, other):
        if isinstance(other, torch.Tensor):
            return other - _of(self)
        a, b = _operands(_of(self), other)
        return _wrap(b - a)

    def __rtruediv__(self, other):
        if isinstance(other, torch.Tensor):
            return other / _of(self)
        a, b = _operands(_floats(_of(self)), other)
        return _wrap(b / a)

    def __rfloordiv__(self, other):
        if isinstance(other, torch.Tensor):
            return other // _of(self)
        a, b = _operands(_of(self), other)
        return _wrap(b // a)

    def __rpow__(self, other):
        if isinstance(other, torch.Tensor):
            return other ** _of(self)
        a, b = _operands(_of(self), other)
        return _wrap(b ** a)

    def __rmatmul__(self, other):
        if isinstance(other, torch.Tensor):
            return other @ _of(self)
        a, b = _factors(_of(other), _of(self))
        return _wrap(a @ b)

    def __and__(self, other):
        return _wrap(_of(self) & _of(other))

    def __or__(self, other):
        return _wrap(_of(self) | _of(other))

    def __xor__(self, other):
        return _wrap(_of(self) ^ _of(other))

    def __eq__(self, other):
        return _wrap(torch.eq(_of(self), _of(other)))

    def __ne__(self, other):
        return _wrap(torch.ne(_of(self), _of(other)))

    def __lt__(self, other):
        return _wrap(torch.lt(_of(self), _of(other)))

    def __le__(self, other):
        return _wrap(torch.le(_of(self), _of(other)))

    def __gt__(self, other):
        return _wrap(torch.gt(_of(self), _of(other)))

    def __ge__(self, other):
        return _wrap(torch.ge(_of(self), _of(other)))

def dot(a, b, out=None):
    x, y = _operands(_of(a), b)
    y = _of(y)
    if x.dim() == 0 or y.dim() == 0:
        return _wrap(x * y)
    x, y = _factors(x, y)
    if y.dim() <= 2 or x.dim() == 1:
        return _wrap(x @ y)
    return _wrap(torch.tensordot(x, y, dims=([-1], [-2])))
`;
