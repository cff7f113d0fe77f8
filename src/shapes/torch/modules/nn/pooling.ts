/** Pooling: https://docs.pytorch.org/docs/stable/nn.html#pooling-layers */
import { perRank } from './ranks';

export const source = String.raw`
import torch.nn.functional as F
from torch.nn import Module
from torch.nn.modules.utils import _pair, _single, _triple

class _MaxPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

class _LPPoolNd(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

class _AdaptiveMaxPoolNd(Module):
    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

class _AdaptiveAvgPoolNd(Module):
    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

class _MaxUnpoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = self._repeat(kernel_size)
        self.stride = self._repeat(kernel_size if stride is None else stride)
        self.padding = self._repeat(padding)

class AvgPool1d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__()
        self.kernel_size = _single(kernel_size)
        self.stride = _single(kernel_size if stride is None else stride)
        self.padding = _single(padding)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input):
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)

class _AvgPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

class AvgPool2d(_AvgPoolNd):
    def forward(self, input):
        return F.avg_pool2d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)

class AvgPool3d(_AvgPoolNd):
    def forward(self, input):
        return F.avg_pool3d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)

class _FractionalMaxPoolNd(Module):
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        if (output_size is None) == (output_ratio is None):
            raise ValueError('a fractional pool takes one of output_size and output_ratio')
        self.kernel_size = self._repeat(kernel_size)
        self.return_indices = return_indices
        self.output_size = None if output_size is None else self._repeat(output_size)
        self.output_ratio = None if output_ratio is None else self._repeat(output_ratio)

class FractionalMaxPool2d(_FractionalMaxPoolNd):
    def _repeat(self, size):
        return _pair(size)

    def forward(self, input):
        return F.fractional_max_pool2d(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices)

class FractionalMaxPool3d(_FractionalMaxPoolNd):
    def _repeat(self, size):
        return _triple(size)

    def forward(self, input):
        return F.fractional_max_pool3d(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices)
${perRank((n, repeat) => `
class MaxPool${n}d(_MaxPoolNd):
    def forward(self, input):
        return F.max_pool${n}d(input, self.kernel_size, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode, return_indices=self.return_indices)

class LPPool${n}d(_LPPoolNd):
    def forward(self, input):
        return F.lp_pool${n}d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)

class AdaptiveMaxPool${n}d(_AdaptiveMaxPoolNd):
    def forward(self, input):
        return F.adaptive_max_pool${n}d(input, self.output_size, self.return_indices)

class AdaptiveAvgPool${n}d(_AdaptiveAvgPoolNd):
    def forward(self, input):
        return F.adaptive_avg_pool${n}d(input, self.output_size)

class MaxUnpool${n}d(_MaxUnpoolNd):
    def _repeat(self, size):
        return ${repeat}(size)

    def forward(self, input, indices, output_size=None):
        return F.max_unpool${n}d(input, indices, self.kernel_size, self.stride, self.padding, output_size)
`)}`;
