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
