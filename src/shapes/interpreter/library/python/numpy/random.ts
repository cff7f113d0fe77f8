/** numpy.random, numpy.linalg and scipy.linalg. */

/** https://numpy.org/doc/stable/reference/random/legacy.html */
export const random = String.raw`
import random as _python
import torch
from numpy import ndarray, _torch_dtype

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _sizes(size):
    return (size,) if isinstance(size, int) else tuple(size)

def rand(*sizes):
    return _wrap(torch.rand(sizes, dtype=torch.float64)) if sizes else _python.random()

def randn(*sizes):
    return _wrap(torch.randn(sizes, dtype=torch.float64)) if sizes else _python.random()

def random(size=None):
    return _python.random() if size is None else rand(*_sizes(size))

random_sample = random
sample = random_sample
ranf = random_sample

def standard_normal(size=None):
    return _python.random() if size is None else randn(*_sizes(size))

def _drawn(first, second, size, sample=torch.rand):
    if size is not None:
        return _wrap(sample(_sizes(size), dtype=torch.float64))
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        return _python.random()
    return _wrap(sample(torch.broadcast_tensors(_of(first), _of(second))[0].shape, dtype=torch.float64))

def uniform(low=0.0, high=1.0, size=None):
    drawn = _drawn(low, high, size)
    return drawn * (high - low) + low if isinstance(drawn, ndarray) else drawn

def normal(loc=0.0, scale=1.0, size=None):
    drawn = _drawn(loc, scale, size, torch.randn)
    return drawn * scale + loc if isinstance(drawn, ndarray) else drawn

def beta(a, b, size=None):
    return _drawn(a, b, size)

def exponential(scale=1.0, size=None):
    return _drawn(scale, scale, size)

def poisson(lam=1.0, size=None):
    return _wrap(_of(_drawn(lam, lam, size)).to(torch.int64))

def randint(low, high=None, size=None, dtype=int):
    if size is None:
        return _python.randint(0, low - 1) if high is None else _python.randint(low, high - 1)
    return _wrap(torch.randint(0 if high is None else low, low if high is None else high, _sizes(size), dtype=_torch_dtype(dtype)))

def permutation(x):
    return _wrap(torch.randperm(x)) if isinstance(x, int) else _wrap(_of(x)[torch.randperm(len(_of(x)))])

def choice(a, size=None, replace=True, p=None):
    if size is None:
        return _python.randint(0, a - 1) if isinstance(a, int) else _python.choice(a)
    places = torch.randint(0, a if isinstance(a, int) else len(a), _sizes(size))
    return _wrap(places if isinstance(a, int) else _of(a)[places])

def integers(low, high=None, size=None, dtype=int, endpoint=False):
    return randint(low, high, size, dtype)

def shuffle(x):
    pass

class RandomState:
    def __init__(self, seed=None):
        pass

    rand = staticmethod(rand)
    randn = staticmethod(randn)
    random = staticmethod(random)
    random_sample = staticmethod(random)
    standard_normal = staticmethod(standard_normal)
    uniform = staticmethod(uniform)
    normal = staticmethod(normal)
    randint = staticmethod(randint)
    integers = staticmethod(integers)
    permutation = staticmethod(permutation)
    choice = staticmethod(choice)
    shuffle = staticmethod(shuffle)

def default_rng(seed=None):
    return RandomState(seed)

def seed(seed=None):
    pass
`;

/** https://numpy.org/doc/stable/reference/routines.linalg.html */
export const linalg = String.raw`
import torch
from numpy import _floats

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def _arrays(parts):
    return tuple([_wrap(each) for each in parts])

def norm(x, ord=None, axis=None, keepdims=False):
    return _wrap(torch.linalg.norm(_floats(_of(x)), ord, axis, keepdims))

def qr(a, mode='reduced'):
    return _arrays(torch.linalg.qr(_floats(_of(a)), mode))

def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    if not compute_uv:
        return _wrap(torch.linalg.svdvals(_floats(_of(a))))
    return _arrays(torch.linalg.svd(_floats(_of(a)), full_matrices))

def eigh(a, UPLO='L'):
    return _arrays(torch.linalg.eigh(_floats(_of(a)), UPLO))

def eig(a):
    return _arrays(torch.linalg.eig(_floats(_of(a))))

def solve(a, b):
    return _wrap(torch.linalg.solve(_floats(_of(a)), _floats(_of(b))))

def inv(a):
    return _wrap(torch.linalg.inv(_floats(_of(a))))

def pinv(a, **options):
    return _wrap(torch.linalg.pinv(_floats(_of(a))))

def det(a):
    return _wrap(torch.linalg.det(_floats(_of(a))))

def cholesky(a, **options):
    return _wrap(torch.linalg.cholesky(_floats(_of(a))))

def matrix_power(a, n):
    return _wrap(torch.linalg.matrix_power(_of(a), n))
`;

/** What scipy.linalg has beside or unlike numpy.linalg: https://docs.scipy.org/doc/scipy/reference/linalg.html */
export const scipyLinalg = String.raw`
import torch
from numpy import _floats
from numpy.linalg import norm as _norm, svd as _svd, eigh as _eigh, inv as _inv, pinv as _pinv, det as _det, solve as _solve

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

norm = _norm
svd = _svd
eigh = _eigh
inv = _inv
pinv = _pinv
det = _det
solve = _solve

def qr(a, overwrite_a=False, lwork=None, mode='full', pivoting=False, check_finite=True):
    q, r = torch.linalg.qr(_floats(_of(a)), 'reduced' if mode == 'economic' else 'complete')
    return _wrap(q), _wrap(r)

def lu(a, permute_l=False, overwrite_a=False, check_finite=True, p_indices=False):
    p, l, u = torch.linalg.lu(_floats(_of(a)))
    return (_wrap(p @ l), _wrap(u)) if permute_l else (_wrap(p), _wrap(l), _wrap(u))

def cholesky(a, lower=False, **options):
    return _wrap(torch.linalg.cholesky(_floats(_of(a))))

def expm(A):
    return _wrap(torch.linalg.matrix_exp(_floats(_of(A))))

def toeplitz(c, r=None):
    first = _of(c).flatten()
    size = len(first) if r is None else len(_of(r).flatten())
    return _wrap(first.unsqueeze(1).expand(len(first), size).clone())

def block_diag(*arrs):
    return _wrap(torch.block_diag(*[_of(each) for each in arrs]))
`;
