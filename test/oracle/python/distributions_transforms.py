"""Transforms of random variables: simplices, correlations, parts of a dim, shapes that they change."""
import torch
import torch.distributions as D
from torch.distributions import transforms as T

torch.manual_seed(0)
free = torch.randn(4, 3)

sticks = T.StickBreakingTransform()
weights = sticks(free)
back = sticks.inv(weights)
volume = sticks.log_abs_det_jacobian(free, weights)
simplex = D.TransformedDistribution(D.Normal(torch.zeros(4, 3), 1.0), [sticks])
drawn = simplex.rsample((5,))
scores = simplex.log_prob(drawn)
batch, event = simplex.batch_shape, simplex.event_shape

correlations = T.CorrCholeskyTransform()
factor = correlations(free)
entries = correlations.inv(factor)
change = correlations.log_abs_det_jacobian(free, factor)
lower = T.LowerCholeskyTransform()(torch.randn(2, 3, 3))
covariance = T.PositiveDefiniteTransform()(torch.randn(3, 3))

grid = T.ReshapeTransform((6,), (2, 3))
images = D.TransformedDistribution(D.Normal(torch.zeros(7, 6), 1.0), [T.ExpTransform(), grid])
image = images.sample()
likelihood = images.log_prob(image)
flat = grid.inv(image)

mixed = T.CatTransform([T.ExpTransform(), T.SigmoidTransform()], dim=-1, lengths=[1, 2])
joined = mixed(free)
parts = mixed.log_abs_det_jacobian(free, joined)
stacked = T.StackTransform([T.ExpTransform(), T.identity_transform], dim=1)(torch.randn(5, 2))
rows = T.IndependentTransform(T.AffineTransform(torch.zeros(3), torch.ones(3)), 1).log_abs_det_jacobian(free, free)
chain = T.ComposeTransform([T.AffineTransform(0.0, 2.0), sticks])
chained = chain(free)
total = chain.log_abs_det_jacobian(free, chained)
shape = chain.forward_shape((8, 3))
ranks = T.CumulativeDistributionTransform(D.Normal(0.0, 1.0))(free)
wide = D.TransformedDistribution(D.Normal(0.0, 1.0), T.AffineTransform(torch.zeros(3), torch.ones(3))).sample((2,))

uniform = D.Uniform(torch.zeros(2), torch.ones(2))
below, quantile = uniform.cdf(torch.rand(5, 2)), uniform.icdf(torch.rand(5, 2))
support = D.Categorical(torch.ones(4, 6)).enumerate_support()
precision = D.MultivariateNormal(torch.zeros(2, 3), torch.eye(3)).precision_matrix
rates = torch.optim.lr_scheduler.StepLR(torch.optim.SGD([torch.nn.Parameter(free)], lr=0.1), 10).get_last_lr()
