# Densities and moments of torch.distributions.
from torch import distributions as D
D.Normal(f(3), positive(3)).log_prob(f(2, 3)), D.Laplace(f(3), positive(3)).log_prob(f(2, 3) + 0.125), D.Gamma(positive(3), positive(3)).log_prob(positive(2, 3)), D.Beta(positive(3), positive(3) + 1).log_prob(unit(2, 3)), D.Categorical(logits=f(2, 5)).log_prob(torch.tensor([1, 3])), D.Categorical(logits=f(2, 5)).entropy()
D.Pareto(positive(3), positive(3)).log_prob(positive(3) + 4), D.Pareto(positive(3), positive(3) + 2).variance, D.Pareto(positive(3), positive(3) + 1).mean, D.Pareto(positive(3), positive(3)).entropy()
D.Weibull(positive(3), positive(3)).log_prob(positive(2, 3)), D.Weibull(positive(3), positive(3) + 1).mean, D.Weibull(positive(3), positive(3) + 1).variance
D.Kumaraswamy(positive(3), positive(3)).log_prob(unit(2, 3)), D.Kumaraswamy(positive(3) + 1, positive(3)).mean
D.HalfCauchy(positive(3)).log_prob(positive(3)), D.HalfCauchy(positive(3)).entropy(), D.HalfCauchy(positive(3)).cdf(positive(3))
D.InverseGamma(positive(3) + 3, positive(3)).log_prob(positive(2, 3)), D.InverseGamma(positive(3) + 3, positive(3)).variance, D.InverseGamma(positive(3) + 3, positive(3)).mean, D.InverseGamma(positive(3), positive(3)).mode, D.InverseGamma(positive(3), positive(3)).entropy()
D.FisherSnedecor(positive(3), positive(3) + 2).log_prob(positive(2, 3))
D.NegativeBinomial(torch.tensor([5., 6.]), logits=f(2) / 2).log_prob(torch.tensor([[1., 2.], [3., 0.]])), D.NegativeBinomial(torch.tensor([5., 6.]), probs=unit(2)).mean, D.NegativeBinomial(5, probs=unit(2)).variance
D.VonMises(f(3), positive(3)).log_prob(f(2, 3)), D.VonMises(f(3), positive(3)).variance
D.LowRankMultivariateNormal(f(4), f(4, 2), positive(4)).log_prob(f(3, 4)), D.LowRankMultivariateNormal(f(4), f(4, 2), positive(4)).entropy(), D.LowRankMultivariateNormal(f(4), f(4, 2), positive(4)).variance
D.Normal(0.5, 2.0).expand((2, 3)).log_prob(f(2, 3)), D.Independent(D.Normal(f(3), positive(3)), 1).expand((2,)).log_prob(f(2, 3)), D.MultivariateNormal(f(3), spd(3)).expand((2,)).log_prob(f(2, 3)), D.MixtureSameFamily(D.Categorical(positive(4)), D.Normal(f(4), positive(4))).expand((3,)).log_prob(f(3))
