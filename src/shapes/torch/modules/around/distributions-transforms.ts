/**
 * Transforms of random variables. `domain_dim` and `codomain_dim` say how many of the last
 * dims one event of what goes in and of what comes out has. https://docs.pytorch.org/docs/stable/distributions.html#module-torch.distributions.transforms
 */
export const transforms = String.raw`
import math
import torch
import torch.nn.functional as F
from torch.distributions import _broadcast

def _sum_rightmost(value, count):
    return value.sum(tuple(range(-count, 0))) if count > 0 else value

class Transform:
    bijective = True
    domain_dim = 0
    codomain_dim = 0

    def __init__(self, cache_size=0):
        self._cache_size = cache_size

    @property
    def event_dim(self):
        return self.domain_dim

    @property
    def inv(self):
        return _Inverse(self)

    def __call__(self, x):
        return self._call(x)

    def with_cache(self, cache_size=1):
        return self

    def forward_shape(self, shape):
        return shape

    def inverse_shape(self, shape):
        return shape

class _Inverse(Transform):
    def __init__(self, transform):
        self._transform = transform
        self.domain_dim, self.codomain_dim = transform.codomain_dim, transform.domain_dim

    @property
    def inv(self):
        return self._transform

    def _call(self, x):
        return self._transform._inverse(x)

    def _inverse(self, y):
        return self._transform._call(y)

    def log_abs_det_jacobian(self, x, y):
        return -self._transform.log_abs_det_jacobian(y, x)

    def forward_shape(self, shape):
        return self._transform.inverse_shape(shape)

    def inverse_shape(self, shape):
        return self._transform.forward_shape(shape)

class ComposeTransform(Transform):
    def __init__(self, parts, cache_size=0):
        self.parts = list(parts)
        if len(self.parts) > 0:
            count = self.parts[-1].codomain_dim
            for part in reversed(self.parts):
                count = max(count + part.domain_dim - part.codomain_dim, part.domain_dim)
            self.domain_dim, count = count, self.parts[0].domain_dim
            for part in self.parts:
                count = max(count + part.codomain_dim - part.domain_dim, part.codomain_dim)
            self.codomain_dim = count

    def _call(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def _inverse(self, y):
        for part in reversed(self.parts):
            y = part._inverse(y)
        return y

    def log_abs_det_jacobian(self, x, y):
        if len(self.parts) == 0:
            return torch.zeros_like(x)
        total, count = 0, self.domain_dim
        for part in self.parts:
            y = part(x)
            total = total + _sum_rightmost(part.log_abs_det_jacobian(x, y), count - part.domain_dim)
            count += part.codomain_dim - part.domain_dim
            x = y
        return total

    def forward_shape(self, shape):
        for part in self.parts:
            shape = part.forward_shape(shape)
        return shape

    def inverse_shape(self, shape):
        for part in reversed(self.parts):
            shape = part.inverse_shape(shape)
        return shape

identity_transform = ComposeTransform([])

class IndependentTransform(Transform):
    def __init__(self, base_transform, reinterpreted_batch_ndims, cache_size=0):
        self.base_transform, self.reinterpreted_batch_ndims = base_transform, reinterpreted_batch_ndims
        self.domain_dim = base_transform.domain_dim + reinterpreted_batch_ndims
        self.codomain_dim = base_transform.codomain_dim + reinterpreted_batch_ndims

    def _call(self, x):
        return self.base_transform(x)

    def _inverse(self, y):
        return self.base_transform._inverse(y)

    def log_abs_det_jacobian(self, x, y):
        return _sum_rightmost(self.base_transform.log_abs_det_jacobian(x, y), self.reinterpreted_batch_ndims)

    def forward_shape(self, shape):
        return self.base_transform.forward_shape(shape)

    def inverse_shape(self, shape):
        return self.base_transform.inverse_shape(shape)

class ReshapeTransform(Transform):
    def __init__(self, in_shape, out_shape, cache_size=0):
        self.in_shape, self.out_shape = torch.Size(in_shape), torch.Size(out_shape)
        if self.in_shape.numel() != self.out_shape.numel():
            raise ValueError('in_shape, out_shape have different numbers of elements')
        self.domain_dim, self.codomain_dim = len(self.in_shape), len(self.out_shape)

    def _call(self, x):
        return x.reshape(x.shape[:x.dim() - self.domain_dim] + self.out_shape)

    def _inverse(self, y):
        return y.reshape(y.shape[:y.dim() - self.codomain_dim] + self.in_shape)

    def log_abs_det_jacobian(self, x, y):
        return x.new_zeros(x.shape[:x.dim() - self.domain_dim])

    def forward_shape(self, shape):
        return tuple(shape[:len(shape) - self.domain_dim]) + self.out_shape

    def inverse_shape(self, shape):
        return tuple(shape[:len(shape) - self.codomain_dim]) + self.in_shape

class ExpTransform(Transform):
    def _call(self, x):
        return x.exp()

    def _inverse(self, y):
        return y.log()

    def log_abs_det_jacobian(self, x, y):
        return x

class SigmoidTransform(Transform):
    def _call(self, x):
        return torch.sigmoid(x)

    def _inverse(self, y):
        return y.log() - (-y).log1p()

    def log_abs_det_jacobian(self, x, y):
        return -F.softplus(-x) - F.softplus(x)

class SoftplusTransform(Transform):
    def _call(self, x):
        return F.softplus(x)

    def _inverse(self, y):
        return (-y).expm1().neg().log() + y

    def log_abs_det_jacobian(self, x, y):
        return -F.softplus(-x)

class TanhTransform(Transform):
    def _call(self, x):
        return x.tanh()

    def _inverse(self, y):
        return torch.atanh(y)

    def log_abs_det_jacobian(self, x, y):
        return 2.0 * (math.log(2.0) - x - F.softplus(-2.0 * x))

class AbsTransform(Transform):
    bijective = False

    def _call(self, x):
        return x.abs()

    def _inverse(self, y):
        return y

class PowerTransform(Transform):
    def __init__(self, exponent, cache_size=0):
        (self.exponent,) = _broadcast(exponent)

    def _call(self, x):
        return x.pow(self.exponent)

    def _inverse(self, y):
        return y.pow(1 / self.exponent)

    def log_abs_det_jacobian(self, x, y):
        return (self.exponent * y / x).abs().log()

    def forward_shape(self, shape):
        return torch.broadcast_shapes(shape, self.exponent.shape)

    def inverse_shape(self, shape):
        return torch.broadcast_shapes(shape, self.exponent.shape)

class AffineTransform(Transform):
    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        self.loc, self.scale = loc, scale
        self.domain_dim = self.codomain_dim = event_dim

    def _call(self, x):
        return self.loc + self.scale * x

    def _inverse(self, y):
        return (y - self.loc) / self.scale

    def log_abs_det_jacobian(self, x, y):
        if isinstance(self.scale, torch.Tensor):
            change = torch.abs(self.scale).log()
        else:
            change = torch.full_like(x, math.log(abs(self.scale)))
        shape = x.shape
        for _ in range(self.domain_dim):
            change, shape = change.sum(-1), shape[:-1]
        return change.expand(shape)

    def forward_shape(self, shape):
        return torch.broadcast_shapes(shape, getattr(self.loc, 'shape', ()), getattr(self.scale, 'shape', ()))

    def inverse_shape(self, shape):
        return torch.broadcast_shapes(shape, getattr(self.loc, 'shape', ()), getattr(self.scale, 'shape', ()))

class SoftmaxTransform(Transform):
    bijective = False
    domain_dim = codomain_dim = 1

    def _call(self, x):
        return F.softmax(x, dim=-1)

    def _inverse(self, y):
        return y.log()

class StickBreakingTransform(Transform):
    domain_dim = codomain_dim = 1

    def _call(self, x):
        left = torch.arange(x.shape[-1], 0, -1, dtype=x.dtype)
        pieces = torch.sigmoid(x - left.log())
        return F.pad(pieces, (0, 1), value=1.0) * F.pad((1 - pieces).cumprod(-1), (1, 0), value=1.0)

    def _inverse(self, y):
        pieces = y[..., :-1]
        rest = 1 - pieces.cumsum(-1)
        left = torch.arange(pieces.shape[-1], 0, -1, dtype=y.dtype)
        return pieces.log() - rest.log() + left.log()

    def log_abs_det_jacobian(self, x, y):
        left = torch.arange(x.shape[-1], 0, -1, dtype=x.dtype)
        shifted = x - left.log()
        return (F.logsigmoid(shifted) - shifted + y[..., :-1].log()).sum(-1)

    def forward_shape(self, shape):
        return tuple(shape[:-1]) + (shape[-1] + 1,)

    def inverse_shape(self, shape):
        return tuple(shape[:-1]) + (shape[-1] - 1,)

class CorrCholeskyTransform(Transform):
    domain_dim = 1
    codomain_dim = 2

    def _rows(self, count):
        return round((0.25 + 2 * count) ** 0.5 + 0.5)

    def _call(self, x):
        n = self._rows(x.shape[-1])
        rows, columns = torch.tril_indices(n, n, -1)
        strict = x.new_zeros(x.shape[:-1] + (n, n))
        strict[..., rows, columns] = torch.tanh(x)
        rest = (1 - strict ** 2).sqrt().cumprod(-1)
        return (strict + torch.eye(n, dtype=x.dtype)) * F.pad(rest[..., :-1], (1, 0), value=1.0)

    def _inverse(self, y):
        n = y.shape[-1]
        rows, columns = torch.tril_indices(n, n, -1)
        rest = (1 - (y * y).cumsum(-1)).clamp(min=1e-12)
        strict = y[..., rows, columns] / F.pad(rest[..., :-1], (1, 0), value=1.0)[..., rows, columns].sqrt()
        return torch.atanh(strict)

    def log_abs_det_jacobian(self, x, y):
        below = (1 - (y * y).cumsum(-1)).clamp(min=1e-12)[..., :-1, :-1].tril().sum((-2, -1))
        return below + (x + F.softplus(-2 * x)).sum(-1)

    def forward_shape(self, shape):
        n = self._rows(shape[-1])
        return tuple(shape[:-1]) + (n, n)

    def inverse_shape(self, shape):
        return tuple(shape[:-2]) + (shape[-1] * (shape[-1] - 1) // 2,)

class LowerCholeskyTransform(Transform):
    domain_dim = codomain_dim = 2

    def _call(self, x):
        return x.tril(-1) + x.diagonal(dim1=-2, dim2=-1).exp().diag_embed()

    def _inverse(self, y):
        return y.tril(-1) + y.diagonal(dim1=-2, dim2=-1).log().diag_embed()

class PositiveDefiniteTransform(Transform):
    domain_dim = codomain_dim = 2

    def _call(self, x):
        lower = LowerCholeskyTransform()(x)
        return lower @ lower.mT

    def _inverse(self, y):
        return LowerCholeskyTransform()._inverse(torch.linalg.cholesky(y))

class _Along(Transform):
    """Parts of a dim, each with a transform of its own."""
    def _parts(self, x):
        raise NotImplementedError

    def _call(self, x):
        return self._together([part(each) for part, each in zip(self.transforms, self._parts(x))])

    def _inverse(self, y):
        return self._together([part._inverse(each) for part, each in zip(self.transforms, self._parts(y))])

    def log_abs_det_jacobian(self, x, y):
        changes = [_sum_rightmost(part.log_abs_det_jacobian(before, after), self.domain_dim - part.domain_dim) for part, before, after in zip(self.transforms, self._parts(x), self._parts(y))]
        dim = self.dim - x.dim() if self.dim >= 0 else self.dim
        return self._together(changes, dim + self.domain_dim) if dim + self.domain_dim < 0 else sum(changes)

class CatTransform(_Along):
    def __init__(self, tseq, dim=0, lengths=None, cache_size=0):
        self.transforms, self.dim = list(tseq), dim
        self.lengths = [1] * len(self.transforms) if lengths is None else list(lengths)
        self.domain_dim = max([part.domain_dim for part in self.transforms])
        self.codomain_dim = max([part.codomain_dim for part in self.transforms])

    def _parts(self, x):
        return torch.split(x, self.lengths, self.dim)

    def _together(self, parts, dim=None):
        return torch.cat(parts, self.dim if dim is None else dim)

class StackTransform(_Along):
    def __init__(self, tseq, dim=0, cache_size=0):
        self.transforms, self.dim = list(tseq), dim
        self.domain_dim = max([part.domain_dim for part in self.transforms])
        self.codomain_dim = max([part.codomain_dim for part in self.transforms])

    def _parts(self, x):
        return torch.unbind(x, self.dim)

    def _together(self, parts, dim=None):
        return torch.stack(parts, self.dim)

class CumulativeDistributionTransform(Transform):
    def __init__(self, distribution, cache_size=0):
        self.distribution = distribution

    def _call(self, x):
        return self.distribution.cdf(x)

    def _inverse(self, y):
        return self.distribution.icdf(y)

    def log_abs_det_jacobian(self, x, y):
        return self.distribution.log_prob(x)
`;
