/** Distributions that are made of others: https://docs.pytorch.org/docs/stable/distributions.html */
export const made = String.raw`
import torch
import torch.nn.functional as F
from torch.distributions import Distribution, Bernoulli, Categorical, Independent, _broadcast
from torch.distributions.transforms import ComposeTransform, Transform, _sum_rightmost

class TransformedDistribution(Distribution):
    def __init__(self, base_distribution, transforms, validate_args=None):
        self.transforms = [transforms] if isinstance(transforms, Transform) else list(transforms)
        whole = ComposeTransform(self.transforms)
        count = whole.domain_dim - len(base_distribution.event_shape)
        shape = whole.forward_shape(base_distribution.batch_shape + base_distribution.event_shape)
        expanded = torch.Size(whole.inverse_shape(shape))
        if expanded != base_distribution.batch_shape + base_distribution.event_shape:
            base_distribution = base_distribution.expand(expanded[:len(expanded) - len(base_distribution.event_shape)])
        self.base_dist = Independent(base_distribution, count) if count > 0 else base_distribution
        cut = len(shape) - max(len(self.base_dist.event_shape), whole.domain_dim) - whole.codomain_dim + whole.domain_dim
        super().__init__(torch.Size(shape[:cut]), torch.Size(shape[cut:]))

    @property
    def has_rsample(self):
        return self.base_dist.has_rsample

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            x = self.base_dist.sample(sample_shape)
            for transform in self.transforms:
                x = transform(x)
            return x

    def rsample(self, sample_shape=torch.Size()):
        x = self.base_dist.rsample(sample_shape)
        for transform in self.transforms:
            x = transform(x)
        return x

    def log_prob(self, value):
        count = len(self.event_shape)
        total, y = 0.0, value
        for transform in reversed(self.transforms):
            x = transform._inverse(y)
            count += transform.domain_dim - transform.codomain_dim
            total = total - _sum_rightmost(transform.log_abs_det_jacobian(x, y), count - transform.domain_dim)
            y = x
        return total + _sum_rightmost(self.base_dist.log_prob(y), count - len(self.base_dist.event_shape))

    def cdf(self, value):
        for transform in reversed(self.transforms):
            value = transform._inverse(value)
        return self.base_dist.cdf(value)
class RelaxedBernoulli(Distribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self._bernoulli, self.temperature = Bernoulli(probs, logits), temperature
        super().__init__(self._bernoulli.batch_shape)

    @property
    def probs(self):
        return self._bernoulli.probs

    @property
    def logits(self):
        return self._bernoulli.logits

    def rsample(self, sample_shape=torch.Size()):
        u = torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype)
        return torch.sigmoid((u.log() - (-u).log1p() + self.logits) / self.temperature)

class RelaxedOneHotCategorical(Distribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self._categorical, self.temperature = Categorical(probs, logits), temperature
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:])

    @property
    def probs(self):
        return self._categorical.probs

    @property
    def logits(self):
        return self._categorical.logits

    def rsample(self, sample_shape=torch.Size()):
        u = torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype)
        return F.softmax((self.logits - torch.log(-torch.log(u))) / self.temperature, dim=-1)

class Multinomial(Distribution):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        self._categorical, self.total_count = Categorical(probs, logits), total_count
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:])

    @property
    def probs(self):
        return self._categorical.probs

    @property
    def logits(self):
        return self._categorical.logits

    @property
    def mean(self):
        return self.probs * self.total_count

    def sample(self, sample_shape=torch.Size()):
        drawn = self._categorical.sample((self.total_count, *sample_shape))
        return F.one_hot(drawn, self._categorical._num_events).sum(0).to(self.probs.dtype)

    def log_prob(self, value):
        logits, value = torch.broadcast_tensors(self.logits, value)
        return torch.lgamma(value.sum(-1) + 1) - torch.lgamma(value + 1).sum(-1) + (logits * value).sum(-1)

class Binomial(Distribution):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        self.total_count, given = _broadcast(total_count, probs if logits is None else logits)
        self.probs = given if logits is None else torch.sigmoid(given)
        self.logits = given if probs is None else torch.logit(given)
        super().__init__(given.shape)

    @property
    def mean(self):
        return self.total_count * self.probs

    @property
    def variance(self):
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.binomial(self.total_count.expand(shape), self.probs.expand(shape))

    def log_prob(self, value):
        n, k = self.total_count, value
        return torch.lgamma(n + 1) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1) + k * self.logits - n * F.softplus(self.logits)

class MixtureSameFamily(Distribution):
    def __init__(self, mixture_distribution, component_distribution, validate_args=None):
        self.mixture_distribution, self.component_distribution = mixture_distribution, component_distribution
        super().__init__(component_distribution.batch_shape[:-1], component_distribution.event_shape)

    def _weights(self):
        probs = self.mixture_distribution.probs
        return probs.reshape(probs.shape + (1,) * len(self.event_shape))

    @property
    def mean(self):
        return (self._weights() * self.component_distribution.mean).sum(-1 - len(self.event_shape))

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            dim = len(sample_shape) + len(self.batch_shape)
            picked = self.mixture_distribution.sample(sample_shape)
            drawn = self.component_distribution.sample(sample_shape)
            index = picked.reshape(picked.shape + (1,) * (len(self.event_shape) + 1))
            return drawn.gather(dim, index.expand(picked.shape + (1,) + tuple(self.event_shape))).squeeze(dim)

    def log_prob(self, value):
        value = value.unsqueeze(-1 - len(self.event_shape))
        each = self.component_distribution.log_prob(value)
        return torch.logsumexp(each + torch.log_softmax(self.mixture_distribution.logits, dim=-1), dim=-1)
`;
