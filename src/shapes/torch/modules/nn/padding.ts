/** Padding: https://docs.pytorch.org/docs/stable/nn.html#padding-layers */
import { perRank } from './ranks';

const repeats = ['_pair', '_quadruple', '_sextuple'];

export const source = String.raw`
import torch.nn.functional as F
from torch.nn import Module
from torch.nn.modules.utils import _ntuple, _pair, _quadruple

_sextuple = _ntuple(6)

class _Pad(Module):
    def __init__(self, padding):
        super().__init__()
        self.padding = self._repeat(padding)

    def forward(self, input):
        return F.pad(input, self.padding, self._mode)

class _ConstantPadNd(_Pad):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def forward(self, input):
        return F.pad(input, self.padding, 'constant', self.value)

class _CircularPadNd(_Pad):
    _mode = 'circular'

class _ReflectionPadNd(_Pad):
    _mode = 'reflect'

class _ReplicationPadNd(_Pad):
    _mode = 'replicate'
${perRank((n) => `
class ConstantPad${n}d(_ConstantPadNd):
    def _repeat(self, padding):
        return ${repeats[n - 1]}(padding)

class ZeroPad${n}d(ConstantPad${n}d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)
${['Circular', 'Reflection', 'Replication'].map((mode) => `
class ${mode}Pad${n}d(_${mode}PadNd):
    def _repeat(self, padding):
        return ${repeats[n - 1]}(padding)
`).join('')}`)}`;
