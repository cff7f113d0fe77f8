/** Dropout: https://docs.pytorch.org/docs/stable/nn.html#dropout-layers */
export const source = String.raw`
import torch.nn.functional as F
from torch.nn import Module

class _DropoutNd(Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f'the probability p of dropout lies between 0 and 1, not at {p}')
        self.p = p
        self.inplace = inplace

    def _result(self, input, output):
        return input.copy_(output) if self.inplace and self.training else output

class Dropout(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.dropout(input, self.p, self.training))

class Dropout1d(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.dropout1d(input, self.p, self.training))

class Dropout2d(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.dropout2d(input, self.p, self.training))

class Dropout3d(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.dropout3d(input, self.p, self.training))

class AlphaDropout(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.alpha_dropout(input, self.p, self.training))

class FeatureAlphaDropout(_DropoutNd):
    def forward(self, input):
        return self._result(input, F.feature_alpha_dropout(input, self.p, self.training))
`;
