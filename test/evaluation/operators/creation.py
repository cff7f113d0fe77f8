# Tensors from numbers.
torch.arange(5), torch.arange(1, 2.5, 0.5), torch.arange(5, 0, -2), torch.range(1, 4), torch.range(0, 1, 0.25), torch.linspace(-1, 1, 5), torch.linspace(3, 10, 4, dtype=torch.int64), torch.linspace(0, 1, 1), torch.logspace(0, 2, 3), torch.logspace(0, 3, 4, base=2), torch.eye(3), torch.eye(2, 3, dtype=torch.int64), torch.tril_indices(3, 3), torch.triu_indices(3, 4, 1)
torch.zeros(2, 3), torch.ones(2, dtype=torch.int32), torch.full((2, 2), 3), torch.full((2,), 1.5), torch.full((2,), True), torch.zeros_like(f(2)), torch.ones_like(i(2)), torch.full_like(f(2), 7), f(2).new_zeros(3), i(2).new_ones(2, 2), f(2).new_full((2,), 4), f(2).new_tensor([1, 2]), torch.tensor([[1, 2], [3, 4]]), torch.tensor([1.5, nan, inf]), torch.tensor(True), torch.tensor([True, False]), torch.as_tensor([1, 2]), torch.asarray([1.0, 2.0]), torch.scalar_tensor(2), torch.scalar_tensor(2, dtype=torch.int64), torch.tensor(f(2)), torch.FloatTensor([1, 2]), torch.LongTensor([3, 4])
torch.nonzero_static(f(4) > 0, size=3), torch.nonzero_static(b(2, 3), size=2, fill_value=9), torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij'), torch.complex(f(2), f(2)).real
x = torch.zeros(3, 4)
x[1] = 5
x[:, 2] += f(3)
x[x > 4] = -1
x[0, :2] = torch.tensor([7.0, 8.0])
x, x.t()
y = torch.arange(6).reshape(2, 3)
y[:, 1:] *= 2
y.add_(1)
y[..., 0].fill_(9)
y, y.view(-1)
z = f(2, 3)
w = z.clone()
z.mul_(2).clamp_(max=3)
w.copy_(z)
w[torch.tensor([1]), torch.tensor([0, 2])] = 0.5
z, w
