/** Distributions with heavy tails, on angles, and of matrices: https://docs.pytorch.org/docs/stable/distributions.html */
export const tails = String.raw`
import math
import torch
import torch.nn.functional as F
from torch.distributions import Cauchy, Distribution, Gamma, MultivariateNormal, Normal, _broadcast

class _Drawn(Distribution):
    has_rsample = True

    def _uniform(self, sample_shape, like):
        return torch.rand(self._extended_shape(sample_shape), dtype=like.dtype)

class Pareto(_Drawn):
    def __init__(self, scale, alpha, validate_args=None):
        self.scale, self.alpha = _broadcast(scale, alpha)
        super().__init__(self.scale.shape)

    @property
    def mean(self):
        a = self.alpha.clamp(min=1)
        return a * self.scale / (a - 1)

    @property
    def mode(self):
        return self.scale

    @property
    def variance(self):
        a = self.alpha.clamp(min=2)
        return self.scale.pow(2) * a / ((a - 1).pow(2) * (a - 2))

    def rsample(self, sample_shape=torch.Size()):
        return self.scale * (1 - self._uniform(sample_shape, self.scale)).pow(-1 / self.alpha)

    def log_prob(self, value):
        return self.alpha.log() + self.alpha * self.scale.log() - (self.alpha + 1) * value.log()

    def entropy(self):
        return (self.scale / self.alpha).log() + (1 + self.alpha.reciprocal())

class Weibull(_Drawn):
    def __init__(self, scale, concentration, validate_args=None):
        self.scale, self.concentration = _broadcast(scale, concentration)
        super().__init__(self.scale.shape)

    @property
    def mean(self):
        return self.scale * torch.exp(torch.lgamma(1 + self.concentration.reciprocal()))

    @property
    def variance(self):
        each = self.concentration.reciprocal()
        return self.scale.pow(2) * (torch.exp(torch.lgamma(1 + 2 * each)) - torch.exp(2 * torch.lgamma(1 + each)))

    def rsample(self, sample_shape=torch.Size()):
        return self.scale * (-torch.log1p(-self._uniform(sample_shape, self.scale))).pow(self.concentration.reciprocal())

    def log_prob(self, value):
        ratio = value / self.scale
        return self.concentration.log() - self.scale.log() + (self.concentration - 1) * ratio.log() - ratio.pow(self.concentration)

class Kumaraswamy(_Drawn):
    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1, self.concentration0 = _broadcast(concentration1, concentration0)
        super().__init__(self.concentration1.shape)

    @property
    def mean(self):
        a, b = self.concentration1, self.concentration0
        return b * torch.exp(torch.lgamma(1 + 1 / a) + torch.lgamma(b) - torch.lgamma(1 + 1 / a + b))

    def rsample(self, sample_shape=torch.Size()):
        u = self._uniform(sample_shape, self.concentration1)
        return (1 - (1 - u).pow(1 / self.concentration0)).pow(1 / self.concentration1)

    def log_prob(self, value):
        a, b = self.concentration1, self.concentration0
        return a.log() + b.log() + (a - 1) * value.log() + (b - 1) * torch.log1p(-value.pow(a))

class HalfCauchy(Cauchy):
    def __init__(self, scale, validate_args=None):
        super().__init__(0, scale)

    def rsample(self, sample_shape=torch.Size()):
        return super().rsample(sample_shape).abs()

    def log_prob(self, value):
        return torch.where(value >= 0, super().log_prob(value) + math.log(2), -math.inf)

    def cdf(self, value):
        return 2 * super().cdf(value) - 1

    def entropy(self):
        return super().entropy() - math.log(2)

class InverseGamma(Gamma):
    @property
    def mean(self):
        return torch.where(self.concentration > 1, self.rate / (self.concentration - 1), torch.inf)

    @property
    def mode(self):
        return self.rate / (self.concentration + 1)

    @property
    def variance(self):
        a = self.concentration
        return torch.where(a > 2, self.rate.square() / ((a - 1).square() * (a - 2)), torch.inf)

    def rsample(self, sample_shape=torch.Size()):
        return super().rsample(sample_shape).reciprocal()

    def log_prob(self, value):
        return super().log_prob(value.reciprocal()) - 2 * value.log()

    def entropy(self):
        a = self.concentration
        return a + self.rate.log() + torch.lgamma(a) - (1 + a) * torch.digamma(a)

class FisherSnedecor(_Drawn):
    def __init__(self, df1, df2, validate_args=None):
        self.df1, self.df2 = _broadcast(df1, df2)
        super().__init__(self.df1.shape)

    def rsample(self, sample_shape=torch.Size()):
        over, under = Gamma(self.df1 / 2, self.df1 / 2).rsample(sample_shape), Gamma(self.df2 / 2, self.df2 / 2).rsample(sample_shape)
        return over / under

    def log_prob(self, value):
        one, two, ratio = self.df1 / 2, self.df2 / 2, self.df1 / self.df2
        start = (one + two).lgamma() - one.lgamma() - two.lgamma()
        return start + one * ratio.log() + (one - 1) * value.log() - (one + two) * torch.log1p(ratio * value)

class NegativeBinomial(Distribution):
    def __init__(self, total_count, probs=None, logits=None, validate_args=None):
        self.total_count, given = _broadcast(total_count, probs if logits is None else logits)
        self.total_count = self.total_count.type_as(given)
        self.probs = given if logits is None else torch.sigmoid(given)
        self.logits = given if probs is None else torch.logit(given)
        super().__init__(given.shape)

    @property
    def mean(self):
        return self.total_count * torch.exp(self.logits)

    @property
    def variance(self):
        return self.mean / torch.sigmoid(-self.logits)

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return torch.poisson(Gamma(self.total_count, torch.exp(-self.logits)).sample(sample_shape))

    def log_prob(self, value):
        n = self.total_count
        scale = -torch.lgamma(n + value) + torch.lgamma(1.0 + value) + torch.lgamma(n)
        return n * F.logsigmoid(-self.logits) + value * F.logsigmoid(self.logits) - scale

class VonMises(Distribution):
    def __init__(self, loc, concentration, validate_args=None):
        self.loc, self.concentration = _broadcast(loc, concentration)
        super().__init__(self.loc.shape)

    @property
    def mean(self):
        return self.loc

    @property
    def mode(self):
        return self.loc

    @property
    def variance(self):
        return 1 - torch.special.i1e(self.concentration) / torch.special.i0e(self.concentration)

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return torch._C._opaque_like(self.loc.expand(self._extended_shape(sample_shape)), 'draws of angles are not evaluated')

    def log_prob(self, value):
        k = self.concentration
        return k * torch.cos(value - self.loc) - math.log(2 * math.pi) - torch.special.i0e(k).log() - k

class LowRankMultivariateNormal(MultivariateNormal):
    def __init__(self, loc, cov_factor, cov_diag, validate_args=None):
        self.cov_factor, self.cov_diag = cov_factor, cov_diag
        super().__init__(loc, cov_factor @ cov_factor.mT + torch.diag_embed(cov_diag))

class LogisticNormal(Distribution):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self._normal = Normal(loc, scale)
        shape = self._normal.batch_shape
        super().__init__(shape[:-1], torch.Size((shape[-1] + 1,)))

    def rsample(self, sample_shape=torch.Size()):
        x = self._normal.rsample(sample_shape)
        left = x.shape[-1] + 1 - torch.ones(x.shape[-1], dtype=x.dtype).cumsum(-1)
        z = torch.sigmoid(x - left.log())
        return F.pad(z, (0, 1), value=1.0) * F.pad((1 - z).cumprod(-1), (1, 0), value=1.0)

    def log_prob(self, value):
        shape = torch.broadcast_shapes(value.shape[:-1], self.batch_shape)
        return torch._C._opaque_like(torch.empty(shape, dtype=value.dtype), 'the density of such a distribution is not evaluated')

class _OfMatrices(Distribution):
    has_rsample = True

    def _opaque(self, shape):
        return torch._C._opaque_like(torch.empty(shape), 'distributions of matrices are not evaluated')

    def rsample(self, sample_shape=torch.Size()):
        return self._opaque(self._extended_shape(sample_shape))

    def log_prob(self, value):
        return self._opaque(torch.broadcast_shapes(value.shape[:-2], self.batch_shape))

class Wishart(_OfMatrices):
    def __init__(self, df, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        given = scale_tril if scale_tril is not None else covariance_matrix if covariance_matrix is not None else precision_matrix
        df = df if isinstance(df, torch.Tensor) else torch.tensor(float(df))
        shape = torch.broadcast_shapes(given.shape[:-2], df.shape)
        self.df = df.expand(shape)
        super().__init__(shape, given.shape[-2:])

class LKJCholesky(_OfMatrices):
    has_rsample = False

    def __init__(self, dim, concentration=1.0, validate_args=None):
        self.dim = dim
        (self.concentration,) = _broadcast(concentration)
        super().__init__(self.concentration.shape, torch.Size((dim, dim)))
`;
