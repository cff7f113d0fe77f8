/** What models take from SciPy beside `scipy.linalg`. What an array holds is not computed where only a search would tell it. */

/** https://docs.scipy.org/doc/scipy/reference/generated/scipy.optimize.linear_sum_assignment.html */
export const optimize = String.raw`
import torch
from torch._C import _opaque_like

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def linear_sum_assignment(cost_matrix, maximize=False):
    cost = _of(cost_matrix)
    pairs = torch.empty(min(cost.shape[0], cost.shape[1]), dtype=torch.int64)
    why = 'the assignment depends on the costs'
    return _wrap(_opaque_like(pairs, why)), _wrap(_opaque_like(pairs, why))
`;

/** https://docs.scipy.org/doc/scipy/reference/cluster.vq.html */
export const vq = String.raw`
import torch
from numpy import _floats
from torch._C import _opaque_like

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def kmeans2(data, k, iter=10, thresh=1e-05, minit='random', missing='warn', check_finite=True, *, rng=None, seed=None):
    points = _floats(_of(data))
    centers = points.new_empty((k,) + tuple(points.shape[1:])) if isinstance(k, int) else _floats(_of(k))
    why = 'the clusters depend on the data'
    return _wrap(_opaque_like(centers, why)), _wrap(_opaque_like(torch.empty(points.shape[0], dtype=torch.int32), why))
`;

/** https://docs.scipy.org/doc/scipy/reference/special.html */
export const special = String.raw`
import math
import torch
from numpy import _floats
from torch._C import _opaque_like

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _elementwise(compute):
    def of(x, *more, **options):
        return _wrap(compute(_floats(_of(x)), *[_of(each) for each in more]))
    return of

expit = _elementwise(torch.sigmoid)
logit = _elementwise(torch.logit)
erf = _elementwise(torch.erf)
erfc = _elementwise(torch.erfc)
erfinv = _elementwise(torch.erfinv)
ndtr = _elementwise(torch.special.ndtr)
ndtri = _elementwise(torch.special.ndtri)
gammaln = _elementwise(torch.lgamma)
digamma = _elementwise(torch.digamma)
psi = digamma
i0 = _elementwise(torch.special.i0)
xlogy = _elementwise(torch.xlogy)

def _polynomial(*arguments):
    *degree, x = [_floats(_of(each)) for each in arguments]
    return _wrap(_opaque_like(sum(degree) + x, 'orthogonal polynomials are not evaluated'))

eval_legendre = _polynomial
eval_chebyt = _polynomial
eval_chebyu = _polynomial
eval_hermite = _polynomial
eval_laguerre = _polynomial
eval_gegenbauer = _polynomial
eval_jacobi = _polynomial

def softmax(x, axis=None):
    x = _floats(_of(x))
    return _wrap(torch.softmax(x.flatten(), 0).reshape(x.shape) if axis is None else torch.softmax(x, axis))

def log_softmax(x, axis=None):
    x = _floats(_of(x))
    return _wrap(torch.log_softmax(x.flatten(), 0).reshape(x.shape) if axis is None else torch.log_softmax(x, axis))

def logsumexp(a, axis=None, b=None, keepdims=False):
    a = _floats(_of(a))
    return _wrap(torch.logsumexp(a, tuple(range(a.dim())) if axis is None else axis, keepdims))
`;

/** https://docs.scipy.org/doc/scipy/reference/generated/scipy.spatial.distance.cdist.html */
export const distance = String.raw`
import torch
from numpy import _floats

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def cdist(XA, XB, metric='euclidean', *, out=None, **options):
    return _wrap(torch.cdist(_floats(_of(XA)), _floats(_of(XB))))
`;

/** https://docs.scipy.org/doc/scipy/reference/generated/scipy.fft.next_fast_len.html: the one of `scipy.fft` has factors of up to 11. */
const fastLength = (primes: string): string => String.raw`
import torch
from torch._C import _are_numbers, _opaque_like

def _is_fast(length, primes):
    for prime in primes:
        while length % prime == 0:
            length = length // prime
    return length == 1

def next_fast_len(target, real=False):
    if not _are_numbers([target]):
        return int(_opaque_like(torch.empty((), dtype=torch.int64), 'it is the next length with small factors').item())
    while not _is_fast(target, ${primes}):
        target += 1
    return target
`;
export const fftpack = fastLength('(2, 3, 5)');
export const fft = fastLength('(2, 3, 5) if real else (2, 3, 5, 7, 11)');

/** https://docs.scipy.org/doc/scipy/reference/signal.html: windows, filters and systems have sizes that their arguments tell. */
export const signal = String.raw`
import torch
from numpy import _floats
from torch._C import _opaque_like

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor
_why = 'what scipy.signal gives is not evaluated'

def _like(tensor):
    return _wrap(_opaque_like(_floats(tensor), _why))

def get_window(window, Nx, fftbins=True):
    return _like(torch.empty(Nx, dtype=torch.float64))

def firwin(numtaps, cutoff, **options):
    return _like(torch.empty(numtaps, dtype=torch.float64))

def lfilter(b, a, x, axis=-1):
    return _like(_of(x))

def filtfilt(b, a, x, axis=-1, **options):
    return _like(_of(x))

def cont2discrete(system, dt, method='zoh', alpha=None):
    a, b, c, d = [_of(each) for each in system]
    return _like(torch.atleast_2d(a)), _like(torch.atleast_2d(b)), _like(torch.atleast_2d(c)), _like(torch.atleast_2d(d)), dt
`;

/** https://docs.scipy.org/doc/scipy/reference/signal.windows.html */
export const windows = String.raw`
import torch
from torch._C import _opaque_like

_wrap = torch._C._array_of_tensor

def _window(M, *shape, **options):
    return _wrap(_opaque_like(torch.empty(M, dtype=torch.float64), 'what scipy.signal gives is not evaluated'))

hann = _window
hamming = _window
blackman = _window
bartlett = _window
boxcar = _window
kaiser = _window
gaussian = _window
tukey = _window
`;
