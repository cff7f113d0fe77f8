"""Distributions of rates and proportions, relaxed and transformed ones, mixtures."""
import torch
import torch.nn as nn
import torch.distributions as D
from torch.distributions import Beta, Gamma, Independent, Normal, RelaxedOneHotCategorical, TransformedDistribution
from torch.distributions.transforms import AffineTransform, SigmoidTransform, TanhTransform

torch.manual_seed(0)


class SquashedPolicy(nn.Module):
    def __init__(self, states, actions):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(states, 16), nn.ReLU(), nn.Linear(16, 2 * actions))

    def forward(self, state):
        mean, log_std = self.body(state).chunk(2, dim=-1)
        base = Independent(Normal(mean, log_std.clamp(-5, 2).exp()), 1)
        squashed = TransformedDistribution(base, [TanhTransform(cache_size=1)])
        action = squashed.rsample()
        return action, squashed.log_prob(action)


action, log_prob = SquashedPolicy(5, 3)(torch.randn(4, 5))

gamma = Gamma(torch.rand(2, 3) + 1, torch.ones(3))
draws = gamma.rsample((5,))
scores = gamma.log_prob(draws)
surprise = gamma.entropy()
beta = Beta(torch.rand(4) + 1, torch.rand(4) + 1)
share = beta.sample()
density = beta.log_prob(share)
between = D.kl_divergence(beta, Beta(torch.ones(4), torch.ones(4)))
weights = D.Dirichlet(torch.ones(2, 6)).sample((3,))
how_many = D.Poisson(torch.rand(3)).sample((2,))
relaxed = RelaxedOneHotCategorical(torch.tensor(0.5), logits=torch.randn(4, 7)).rsample()
soft = D.RelaxedBernoulli(torch.tensor(0.3), probs=torch.rand(4)).rsample((2,))
mixture = D.MixtureSameFamily(D.Categorical(torch.ones(5)), Independent(Normal(torch.randn(5, 2), torch.rand(5, 2)), 1))
picked = mixture.sample((8,))
likely = mixture.log_prob(picked)
logistic = TransformedDistribution(D.Uniform(torch.zeros(3), torch.ones(3)), [SigmoidTransform().inv, AffineTransform(loc=torch.zeros(3), scale=torch.ones(3))])
noise = logistic.sample((2,))
counted = D.Multinomial(10, torch.ones(2, 4)).sample()
trials = D.Binomial(10, torch.rand(3)).sample((2,))
tails = D.StudentT(torch.tensor([3.0, 4.0])).rsample((5,))
wide = D.Cauchy(torch.zeros(2), torch.ones(2)).log_prob(torch.randn(3, 2))
