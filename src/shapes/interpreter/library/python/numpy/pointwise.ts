/** NumPy's arithmetic: by element, along axes, of matrices. */

/** Functions by element; `_name` stands behind a builtin for plain numbers. https://numpy.org/doc/stable/reference/routines.math.html */
const PLAIN = ['sqrt', 'exp', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'tanh', 'ceil', 'floor'];
const FLOAT = ['arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'arctanh', 'expm1', 'log1p', 'exp2', 'deg2rad', 'rad2deg', 'sinc'];
const OTHER = ['square', 'sign', 'isnan', 'isinf', 'isfinite', 'logical_not', 'real', 'imag', 'conj', 'angle', 'trunc', 'trace'];
const BINARY: Readonly<Record<string, string>> = {
  maximum: 'maximum', minimum: 'minimum', fmax: 'maximum', fmin: 'minimum', arctan2: 'arctan2', hypot: 'hypot', logical_and: 'logical_and', logical_or: 'logical_or', logical_xor: 'logical_xor',
  equal: 'eq', not_equal: 'ne', greater: 'gt', greater_equal: 'ge', less: 'lt', less_equal: 'le',
};
const OPERATORS: Readonly<Record<string, string>> = { add: '+', subtract: '-', multiply: '*', divide: '/', true_divide: '/', floor_divide: '//', mod: '%', remainder: '%', matmul: '@', _power: '**' };
const REDUCTIONS = ['_sum', 'mean', 'std', 'var', '_prod', '_max', '_min', 'argmax', 'argmin', 'argsort', '_cumsum', 'cumprod', 'all', 'any', 'round', 'clip', 'nonzero', 'ptp'];

export const pointwise = String.raw`
import torch
from numpy import ndarray, _factors, _floats

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _into(out, result):
    # An array that is given for the result holds it from now on.
    if out is None:
        return result
    _of(out).copy_(_of(result))
    return out

${[...PLAIN.map((name) => [`_${name}`, name]), ...FLOAT.map((name) => [name, name])].map(([own, name]) => `
def ${own!}(x, out=None, **options):
    return _into(out, _wrap(torch.${name!}(_floats(_of(x)))))
`).join('')}
${OTHER.map((name) => `
def ${name}(x, *args, **options):
    made = torch.${name}(_of(x), *args)
    return _wrap(made[0] if isinstance(made, tuple) else made)
`).join('')}
${Object.entries(BINARY).map(([own, name]) => `
def ${own}(x1, x2, out=None, **options):
    a, b = _wrap(_of(x1)), _wrap(_of(x2))
    return _into(out, _wrap(torch.${name}(_of(a), _of(b))))
`).join('')}
${Object.entries(OPERATORS).map(([own, operator]) => `
def ${own}(x1, x2, out=None, **options):
    return _into(out, _wrap(_of(x1)) ${operator} x2)
`).join('')}
${REDUCTIONS.map((own) => `
def ${own}(a, *args, **options):
    return _wrap(_of(a)).${own.replace('_', '')}(*args, **options)
`).join('')}
def _abs(x, **options):
    return _wrap(torch.abs(_of(x)))

absolute = _abs
fabs = absolute
amax = _max
amin = _min
around = round

def average(a, axis=None, weights=None, **options):
    return _wrap(_of(a)).mean(axis)

def median(a, axis=None, keepdims=False, **options):
    t = _floats(_of(a))
    return _wrap(t.median() if axis is None else t.median(axis, keepdim=keepdims)[0])

def where(condition, *args):
    if not args:
        return _wrap(_of(condition)).nonzero()
    x, y = [each if isinstance(each, (int, float)) else _of(each) for each in args]
    if isinstance(x, (int, float)) and isinstance(y, (int, float)):
        x = _of(x)
    return _wrap(torch.where(_of(condition), x, y))

def einsum(subscripts, *operands, **options):
    return _wrap(torch.einsum(subscripts, *_factors(*operands)))

def outer(a, b, out=None):
    return _wrap(_of(a).flatten()[:, None]) * _of(b).flatten()[None, :]

def inner(a, b):
    return _wrap(torch.inner(*_factors(a, b)))

def tensordot(a, b, axes=2):
    return _wrap(torch.tensordot(*_factors(a, b), dims=axes))

def kron(a, b):
    return _wrap(torch.kron(_of(a), _of(b)))

def cross(a, b, axis=-1, **options):
    return _wrap(torch.cross(_of(a), _of(b), dim=axis))

def sort(a, axis=-1, **options):
    return _wrap(_of(a).flatten().sort()[0] if axis is None else _of(a).sort(dim=axis)[0])

def diff(a, n=1, axis=-1, **options):
    return _wrap(torch.diff(_of(a), n, axis))

def unique(ar, **options):
    return _wrap(torch.unique(_of(ar)))

def convolve(a, v, mode='full'):
    t, w = _of(a), _of(v)
    n, m = (len(t), len(w)) if len(t) > len(w) else (len(w), len(t))
    size = n + m - 1 if mode == 'full' else n if mode == 'same' else n - m + 1
    return _wrap(torch.zeros(size, dtype=torch.promote_types(t.dtype, w.dtype)))

def correlate(a, v, mode='valid'):
    return convolve(a, v, mode)

def gradient(f, *varargs, axis=None, edge_order=1):
    t = _floats(_of(f))
    dims = range(t.dim()) if axis is None else (axis,) if isinstance(axis, int) else axis
    made = [_wrap(t.clone()) for _ in dims]
    return made[0] if len(made) == 1 else made

def _quantiles(a, q, axis, keepdims):
    t = _floats(_of(a))
    one = t.mean(axis, keepdim=keepdims) if axis is not None else t.mean().reshape([1] * t.dim()) if keepdims else t.mean()
    asked = _of(q)
    return _wrap(one.expand(list(asked.shape) + list(one.shape)).clone() if asked.dim() > 0 else one)

def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, **options):
    return _quantiles(a, q, axis, keepdims)

def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, **options):
    return _quantiles(a, q, axis, keepdims)

def searchsorted(a, v, side='left', sorter=None):
    return _wrap(torch.searchsorted(_floats(_of(a)), _floats(_of(v))))

def digitize(x, bins, right=False):
    return _wrap(torch.bucketize(_of(x), _floats(_of(bins))))

def argwhere(a):
    return _wrap(torch.argwhere(_of(a)))

def histogram(a, bins=10, range=None, density=None, weights=None):
    if isinstance(bins, int):
        return _wrap(torch.zeros(bins, dtype=torch.float64 if density else torch.int64)), _wrap(torch.zeros(bins + 1, dtype=torch.float64))
    edges = _of(bins)
    return _wrap(torch.zeros(edges.shape[0] - 1, dtype=torch.float64 if density else torch.int64)), _wrap(edges)

def bincount(x, weights=None, minlength=0):
    return _wrap(torch.bincount(_of(x), None if weights is None else _of(weights).double(), minlength))

def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, **options):
    return _wrap(_floats(_of(a))).mean(axis, keepdims=keepdims)

def nansum(a, axis=None, dtype=None, out=None, keepdims=False, **options):
    return _wrap(_of(a)).sum(axis, keepdims=keepdims)

def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    return _wrap(torch.nan_to_num(_of(x)))

def interp(x, xp, fp, **options):
    return _wrap(_floats(_of(x)).clone())

def flatnonzero(a):
    return _wrap(_of(a).flatten()).nonzero()[0]

def count_nonzero(a, axis=None, **options):
    return _wrap(torch.count_nonzero(_of(a), axis))

def array_equal(a1, a2, **options):
    return torch.equal(_of(a1), _of(a2))

def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return torch.allclose(_of(a), _of(b))
`;

