import torch

source = torch.arange(6).float().reshape(2, 3)
taken = torch.zeros(4)
taken.set_(source)
after_set = taken.t()
part = torch.zeros(1)
part.set_(source.untyped_storage(), 0, (3, 2), (2, 1))
after_part = part + 1
emptied = torch.ones(2, 2)
emptied.set_()
after_emptied = emptied.shape

mapped = torch.zeros(2, 3)
mapped.apply_(lambda element: element + 1)
after_apply = mapped.sum(0)


def wide(x):
    return x.repeat(1, 2)


def narrow(x):
    return x[:, :1]


wider = torch.cond(source.size(0) > 1, wide, narrow, (source,))
counted = torch.while_loop(lambda step, x: step < 3, lambda step, x: (step + 1, x * 2), (torch.tensor(0), source))
summed = counted[1] + source
rounds = torch.sym_max(source.size(0), 5)
sized = torch.zeros(rounds, torch.sym_int(2.7))
layer = torch.nn.utils.skip_init(torch.nn.Linear, 3, 5)
skipped = layer(source)

torch.set_default_tensor_type(torch.DoubleTensor)
doubled = torch.zeros(3)
torch.set_default_tensor_type('torch.FloatTensor')
back = torch.rand(3) + doubled.float()
torch.set_default_tensor_type(torch.float32 and 'torch.HalfTensor')
halved = torch.ones(4)
torch.set_default_tensor_type('torch.FloatTensor')

same = torch.zeros(2) if torch.is_same_size(source, wider) or not torch.is_signed(source) else torch.zeros(3)
