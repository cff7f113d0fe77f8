/** NumPy's functions that make arrays. */

/** https://numpy.org/doc/stable/reference/routines.array-creation.html; the names that begin with `_` stand behind builtins for plain numbers. */
export const creation = String.raw`
import torch
from numpy import ndarray, _torch_dtype, _floats, _is_whole

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _made_from(object, dtype=None, copy=True):
    t = _of(object)
    return _wrap(t.to(_torch_dtype(dtype, t.dtype), copy=copy))

def _array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None):
    made = _of(_made_from(object, dtype))
    while made.dim() < ndmin:
        made = made.unsqueeze(0)
    return _wrap(made)

def asarray(a, dtype=None, order=None, **options):
    return _made_from(a, dtype, copy=False)

def ascontiguousarray(a, dtype=None, **options):
    return _wrap(_of(asarray(a, dtype)).contiguous())

asanyarray = asarray
asfarray = asanyarray

def copy(a, order='K', subok=False):
    return _wrap(_of(a).clone())

def _sizes(shape):
    return (shape,) if isinstance(shape, int) else tuple(_of(shape).tolist()) if isinstance(shape, ndarray) else tuple(shape)

def zeros(shape, dtype=None, order='C', **options):
    return _wrap(torch.zeros(_sizes(shape), dtype=_torch_dtype(dtype, torch.float64)))

def ones(shape, dtype=None, order='C', **options):
    return _wrap(torch.ones(_sizes(shape), dtype=_torch_dtype(dtype, torch.float64)))

def empty(shape, dtype=None, order='C', **options):
    return _wrap(torch.empty(_sizes(shape), dtype=_torch_dtype(dtype, torch.float64)))

def full(shape, fill_value, dtype=None, order='C', **options):
    t = _of(fill_value)
    return _wrap(t.to(_torch_dtype(dtype, t.dtype)).expand(_sizes(shape)).clone())

def zeros_like(a, dtype=None, **options):
    return _wrap(torch.zeros_like(_of(a), dtype=_torch_dtype(dtype)))

def ones_like(a, dtype=None, **options):
    return _wrap(torch.ones_like(_of(a), dtype=_torch_dtype(dtype)))

def empty_like(a, dtype=None, **options):
    return _wrap(torch.empty_like(_of(a), dtype=_torch_dtype(dtype)))

def full_like(a, fill_value, dtype=None, **options):
    return _wrap(torch.full_like(_of(a), fill_value, dtype=_torch_dtype(dtype)))

def eye(N, M=None, k=0, dtype=None, **options):
    made = torch.zeros((N, N if M is None else M), dtype=_torch_dtype(dtype, torch.float64))
    if k == 0:
        made = torch.eye(N, N if M is None else M, dtype=_torch_dtype(dtype, torch.float64))
    return _wrap(made)

identity = eye

def _arange(start, stop=None, step=1, dtype=None, **options):
    if stop is None:
        start, stop = 0, start
    own = torch.float64 if isinstance(start, float) or isinstance(stop, float) or isinstance(step, float) else torch.int64
    return _wrap(torch.arange(start, stop, step, dtype=_torch_dtype(dtype, own)))

def _linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if isinstance(start, (int, float)) and isinstance(stop, (int, float)):
        return _wrap(torch.linspace(start, stop, num, dtype=_torch_dtype(dtype, torch.float64)))
    first, last = torch.broadcast_tensors(_floats(_of(start)), _floats(_of(stop)))
    return _wrap(torch.lerp(first.unsqueeze(axis), last.unsqueeze(axis), torch.zeros([num] + [1] * first.dim(), dtype=torch.float64).movedim(0, axis)))

def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    return _wrap(torch.logspace(start, stop, num, base, dtype=_torch_dtype(dtype, torch.float64)))

def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    return _wrap(torch.linspace(start, stop, num, dtype=_torch_dtype(dtype, torch.float64)))

def _window(M):
    return _wrap(torch.hann_window(int(M) if M > 0 else 0, periodic=False, dtype=torch.float64))

bartlett = _window
blackman = _window
hamming = _window
hanning = _window

def kaiser(M, beta):
    return _window(M)

def vander(x, N=None, increasing=False):
    return _wrap(torch.linalg.vander(_of(x), N=N))

def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    if len(xi) == 1:
        return [_wrap(_of(xi[0]))]
    return [_wrap(each) for each in torch.meshgrid(*[_of(each) for each in xi], indexing=indexing)]

def from_dlpack(x, **options):
    return _wrap(x)

def fromfunction(function, shape, *, dtype=float, **options):
    places = torch.meshgrid(*[torch.arange(each) for each in shape], indexing='ij')
    return function(*[_wrap(each.to(_torch_dtype(dtype))) for each in places])

def indices(dimensions, dtype=int, sparse=False):
    return _wrap(torch.stack(torch.meshgrid(*[torch.arange(each) for each in dimensions], indexing='ij')).to(_torch_dtype(dtype)))
`;
