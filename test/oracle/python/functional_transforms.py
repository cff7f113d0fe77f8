"""Functions of functions: gradients, Jacobians, Hessians, batches, other parameters."""
import torch
from torch import nn

g = torch.func.vmap(torch.func.grad(lambda w, x: (w @ x).pow(2).sum()), in_dims=(None, 0))(torch.randn(4, 3), torch.randn(10, 3))
jac = torch.func.jacrev(lambda x: torch.sin(x) @ torch.ones(3, 2))(torch.randn(3))
gr = torch.autograd.grad((torch.randn(3, requires_grad=True) ** 2).sum(), [torch.randn(3, requires_grad=True)], allow_unused=True)
J = torch.autograd.functional.jacobian(lambda x: x.exp().sum(1), torch.rand(2, 2))
m = nn.Linear(3, 4)
params = dict(m.named_parameters())
fo = torch.func.functional_call(m, params, (torch.randn(5, 3),))
val, gg = torch.func.grad_and_value(lambda x: x.sum())(torch.randn(3, 2))

out, back = torch.func.vjp(lambda x, y: x @ y, torch.randn(2, 3), torch.randn(3, 4))
both = back(torch.ones(2, 4))
first, second = torch.func.grad(lambda x, y: (x * y).sum(), argnums=(0, 1))(torch.randn(4), torch.randn(2, 1))
stacked, buffers = torch.func.stack_module_state([nn.Linear(3, 4) for _ in range(6)])
ensemble = torch.vmap(lambda p, b, x: torch.func.functional_call(m, (p, b), (x,)), in_dims=(0, 0, None))(stacked, buffers, torch.randn(5, 3))
H = torch.autograd.functional.hessian(lambda x: x.pow(3).sum(), torch.rand(2, 2))
