"""Probability distributions: samples, densities, entropies, divergences, batches and events."""
import torch
from torch import distributions as D
from torch.distributions import Bernoulli, Categorical, MultivariateNormal, Normal, OneHotCategorical, Uniform, kl_divergence

if __name__ == "__main__":
    loc, scale = torch.zeros(3, 4), torch.ones(4)
    normal = Normal(loc, scale)
    drawn = normal.rsample((2,))
    density = normal.log_prob(drawn)
    entropy, mean, std, variance = normal.entropy(), normal.mean, normal.stddev, normal.variance
    cdf = normal.cdf(loc)
    scalar = Normal(0.0, 1.0).sample((5,))
    one = Normal(0.0, 1.0).sample()
    batch = torch.zeros(normal.batch_shape)
    joint = D.Independent(normal, 1)
    joint_density = joint.log_prob(joint.sample())
    event = torch.zeros(*joint.event_shape, len(joint.batch_shape))
    categorical = Categorical(logits=torch.randn(2, 5, 6))
    codes = categorical.sample((3,))
    chances, probabilities = categorical.log_prob(codes), categorical.probs
    single = Categorical(torch.tensor([0.2, 0.8])).sample()
    surprise = categorical.entropy()
    hot = OneHotCategorical(logits=torch.randn(2, 6))
    ones = hot.sample()
    hot_chance = hot.log_prob(ones)
    coin = Bernoulli(logits=torch.randn(7))
    flips = coin.sample((2,))
    flip_chance, flip_entropy = coin.log_prob(flips), coin.entropy()
    uniform = Uniform(torch.zeros(2), torch.ones(2))
    points, level = uniform.sample((4,)), uniform.entropy()
    wide = Uniform(-1, 1).sample((3, 2))
    gaussian = MultivariateNormal(torch.zeros(2, 3), torch.eye(3))
    vectors = gaussian.rsample((4,))
    vector_density, covariance = gaussian.log_prob(vectors), gaussian.covariance_matrix
    laplace = D.Laplace(torch.zeros(3), 1.0).rsample()
    waiting = D.Exponential(torch.tensor([1.0, 2.0])).sample((3,))
    rates = D.LogNormal(torch.zeros(2), torch.ones(2)).sample()
    a = kl_divergence(normal, Normal(loc + 1, scale))
    b = kl_divergence(categorical, Categorical(logits=torch.randn(2, 5, 6)))
    c = kl_divergence(D.Independent(normal, 1), D.Independent(Normal(loc, scale), 1))
    e = D.kl_divergence(coin, Bernoulli(probs=torch.full((7,), 0.5)))
