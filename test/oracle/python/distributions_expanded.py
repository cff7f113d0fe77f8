import torch
from torch import distributions as D

noise = D.Normal(0.0, 1.0).expand((3, 4))
drawn = noise.rsample((2,))
scores = noise.log_prob(drawn)
pick = D.Categorical(logits=torch.zeros(5)).expand([7]).sample()
prior = D.Independent(D.Normal(torch.zeros(3), torch.ones(3)), 1).expand((6,))
each = prior.log_prob(prior.sample())
joint = D.MultivariateNormal(torch.zeros(3), torch.eye(3)).expand((2,)).rsample((4,))
mixed = D.MixtureSameFamily(D.Categorical(torch.ones(5)), D.Normal(torch.randn(5), torch.rand(5))).expand((2,)).sample()
mean = D.Gamma(torch.ones(1), torch.ones(1)).expand((4,)).mean
warped = D.TransformedDistribution(D.Normal(torch.zeros(3), 1.0), [D.ExpTransform()]).expand((5, 3)).sample()
shares = D.Dirichlet(torch.ones(4)).expand((3,)).rsample()
