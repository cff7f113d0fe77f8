/** Convolutions whose in_channels the first input says: https://docs.pytorch.org/docs/stable/nn.html#convolution-layers */
export const source = String.raw`
from torch.nn import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, UninitializedParameter

class _LazyConv:
    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        self._dtype = dtype
        super().__init__(0, out_channels, kernel_size, stride, padding, dilation=dilation, groups=groups, bias=bias, padding_mode=padding_mode, dtype=dtype)

    def _make(self, bias, dtype):
        self.weight = UninitializedParameter()
        self.bias = UninitializedParameter() if bias else None

    def has_uninitialized_params(self):
        return isinstance(self.weight, UninitializedParameter)

    def forward(self, input, *args):
        if isinstance(self.weight, UninitializedParameter):
            self.in_channels = input.shape[-len(self.kernel_size) - 1]
            if self.in_channels % self.groups != 0:
                raise ValueError(f'in_channels ({self.in_channels}) is not divisible by groups ({self.groups})')
            super()._make(self.bias is not None, self._dtype)
        return super().forward(input, *args)

class _LazyConvTranspose(_LazyConv):
    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        super().__init__(out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype)
        self.output_padding = output_padding if isinstance(output_padding, (tuple, list)) else (output_padding,) * len(self.kernel_size)

class LazyConv1d(_LazyConv, Conv1d):
    pass

class LazyConv2d(_LazyConv, Conv2d):
    pass

class LazyConv3d(_LazyConv, Conv3d):
    pass

class LazyConvTranspose1d(_LazyConvTranspose, ConvTranspose1d):
    pass

class LazyConvTranspose2d(_LazyConvTranspose, ConvTranspose2d):
    pass

class LazyConvTranspose3d(_LazyConvTranspose, ConvTranspose3d):
    pass
`;
