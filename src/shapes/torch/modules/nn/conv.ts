/** Convolutions: https://docs.pytorch.org/docs/stable/nn.html#convolution-layers */
import { perRank } from './ranks';

export const source = String.raw`
import math
import torch
import torch.nn.functional as F
from torch.nn import Module, Parameter, init
from torch.nn.modules.utils import _pair, _single, _triple

class _ConvNd(Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, bias, padding_mode, device=None, dtype=None):
        super().__init__()
        if in_channels % groups != 0:
            raise ValueError(f'in_channels ({in_channels}) is not divisible by groups ({groups})')
        if out_channels % groups != 0:
            raise ValueError(f'out_channels ({out_channels}) is not divisible by groups ({groups})')
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.transposed = transposed
        self.output_padding = output_padding
        self.groups = groups
        self.padding_mode = padding_mode
        if isinstance(padding, str):
            if padding not in ('same', 'valid'):
                raise ValueError(f"padding is 'same', 'valid' or a number, not {padding!r}")
            if padding == 'same' and any([step != 1 for step in stride]):
                raise ValueError(f"padding='same' needs a stride of 1, not {stride}")
        self._make(bias, dtype)

    def _make(self, bias, dtype):
        inner, outer = self.in_channels, self.out_channels
        sizes = (inner, outer // self.groups) if self.transposed else (outer, inner // self.groups)
        self.weight = Parameter(torch.empty(sizes + self.kernel_size, dtype=dtype))
        if bias:
            self.bias = Parameter(torch.empty(outer, dtype=dtype))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.weight.size(1) * math.prod(self.kernel_size))
            init.uniform_(self.bias, -bound, bound)

    @property
    def _reversed_padding_repeated_twice(self):
        sides = []
        for i, size in enumerate(self.kernel_size):
            before = after = 0 if isinstance(self.padding, str) else self.padding[i]
            if self.padding == 'same':
                both = self.dilation[i] * (size - 1)
                before = both // 2
                after = both - before
            sides = [before, after] + sides
        return sides

    def _conv_forward(self, input, weight, bias):
        padding = self.padding
        if self.padding_mode != 'zeros':
            input = F.pad(input, self._reversed_padding_repeated_twice, self.padding_mode)
            padding = 0
        return self._operation()(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)

class _ConvTransposeNd(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, bias, padding_mode, device=None, dtype=None):
        if padding_mode != 'zeros':
            raise ValueError(f'a transposed convolution has no other padding_mode than zeros: {padding_mode}')
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, bias, padding_mode, device, dtype)

    def _output_padding(self, input, output_size):
        if output_size is None:
            return self.output_padding
        dims = len(self.kernel_size)
        wanted = list(output_size)[-dims:]
        sizes = input.shape[-dims:]
        smallest = [(sizes[i] - 1) * self.stride[i] - 2 * self.padding[i] + self.dilation[i] * (self.kernel_size[i] - 1) + 1 for i in range(dims)]
        return tuple([wanted[i] - smallest[i] for i in range(dims)])

    def forward(self, input, output_size=None):
        return self._operation()(input, self.weight, self.bias, self.stride, self.padding, self._output_padding(input, output_size), self.groups, self.dilation)
${perRank((n, repeat) => `
class Conv${n}d(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__(in_channels, out_channels, ${repeat}(kernel_size), ${repeat}(stride), padding if isinstance(padding, str) else ${repeat}(padding), ${repeat}(dilation), False, ${repeat}(0), groups, bias, padding_mode, device, dtype)

    def _operation(self):
        return F.conv${n}d

class ConvTranspose${n}d(_ConvTransposeNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        super().__init__(in_channels, out_channels, ${repeat}(kernel_size), ${repeat}(stride), ${repeat}(padding), ${repeat}(dilation), True, ${repeat}(output_padding), groups, bias, padding_mode, device, dtype)

    def _operation(self):
        return F.conv_transpose${n}d
`)}`;
