/** Normalization with statistics over a batch: https://docs.pytorch.org/docs/stable/nn.html#normalization-layers */
import { perRank } from './ranks';

const OPTIONS = 'affine=True, track_running_stats=True';

export const source = String.raw`
import torch
import torch.nn.functional as F
from torch.nn import Module, Parameter

class _NormBase(Module):
    _ranks = None

    def __init__(self, num_features, eps=1e-05, momentum=0.1, ${OPTIONS}, device=None, dtype=None, bias=True):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        self._make(affine, bias, dtype)

    def _make(self, affine, bias, dtype):
        size = self.num_features
        if affine:
            self.weight = Parameter(torch.ones(size, dtype=dtype))
        else:
            self.register_parameter('weight', None)
        if affine and bias:
            self.bias = Parameter(torch.zeros(size, dtype=dtype))
        else:
            self.register_parameter('bias', None)
        tracked = self.track_running_stats
        self.register_buffer('running_mean', torch.zeros(size, dtype=dtype) if tracked else None)
        self.register_buffer('running_var', torch.ones(size, dtype=dtype) if tracked else None)
        self.register_buffer('num_batches_tracked', torch.tensor(0, dtype=torch.long) if tracked else None)

    def reset_running_stats(self):
        if self.track_running_stats:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self):
        self.reset_running_stats()
        if self.weight is not None:
            self.weight.fill_(1)
        if self.bias is not None:
            self.bias.zero_()

    def _check_input_dim(self, input):
        if self._ranks is not None and input.dim() not in self._ranks:
            raise ValueError(f'{self.__class__.__name__} takes {" or ".join([str(rank) for rank in self._ranks])} dims, and the input has {input.dim()}')

class _BatchNorm(_NormBase):
    def _update(self, input):
        # The statistics of the batch move the running ones by momentum; None: their plain average so far.
        self.num_batches_tracked.add_(1)
        weight = 1.0 / self.num_batches_tracked if self.momentum is None else self.momentum
        dims = [dim for dim in range(input.dim()) if dim != 1]
        batch = input.detach().to(self.running_mean.dtype)
        self.running_mean.lerp_(batch.mean(dims), weight)
        self.running_var.lerp_(batch.var(dims), weight)

    def forward(self, input):
        self._check_input_dim(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        tracked = self.running_mean is not None
        if not self.training and tracked:
            return F.batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, False, momentum, self.eps)
        output = F.batch_norm(input, None, None, self.weight, self.bias, True, momentum, self.eps)
        if self.training and self.track_running_stats and tracked:
            self._update(input)
        return output

class SyncBatchNorm(_BatchNorm):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, ${OPTIONS}, process_group=None, device=None, dtype=None, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias)
        self.process_group = process_group

    def _check_input_dim(self, input):
        if input.dim() < 2:
            raise ValueError(f'SyncBatchNorm takes at least 2 dims, and the input has {input.dim()}')

    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        return module

class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias)

    def forward(self, input):
        self._check_input_dim(input)
        alone = input.dim() == self._ranks[0]
        batch = input.unsqueeze(0) if alone else input
        momentum = 0.0 if self.momentum is None else self.momentum
        output = F.instance_norm(batch, self.running_mean, self.running_var, self.weight, self.bias, self.training or not self.track_running_stats, momentum, self.eps)
        return output.squeeze(0) if alone else output

class _LazyNorm:
    def _make(self, affine, bias, dtype):
        # Made when the first input says how many features there are.
        self._pending = (affine, bias, dtype)

    def forward(self, input):
        if self._pending is not None:
            self.num_features = input.shape[self._channels(input)]
            affine, bias, dtype = self._pending
            self._pending = None
            super()._make(affine, bias, dtype)
        return super().forward(input)

    def _channels(self, input):
        return 0 if isinstance(self, _InstanceNorm) and input.dim() == self._ranks[0] else 1
${perRank((n) => `
class BatchNorm${n}d(_BatchNorm):
    _ranks = ${n === 1 ? '(2, 3)' : `(${n + 2},)`}

class InstanceNorm${n}d(_InstanceNorm):
    _ranks = (${n + 1}, ${n + 2})

class LazyBatchNorm${n}d(_LazyNorm, BatchNorm${n}d):
    def __init__(self, eps=1e-05, momentum=0.1, ${OPTIONS}, device=None, dtype=None, bias=True):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype, bias)

class LazyInstanceNorm${n}d(_LazyNorm, InstanceNorm${n}d):
    def __init__(self, eps=1e-05, momentum=0.1, ${OPTIONS}, device=None, dtype=None, bias=True):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype, bias)
`)}`;
