/** One step of a recurrent layer: https://docs.pytorch.org/docs/stable/nn.html#recurrent-layers */
export const source = String.raw`
import math
import torch
import torch.nn.functional as F
from torch.nn import Module, Parameter, init

class RNNCellBase(Module):
    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = num_chunks * hidden_size
        self.weight_ih = Parameter(torch.empty((rows, input_size), dtype=dtype))
        self.weight_hh = Parameter(torch.empty((rows, hidden_size), dtype=dtype))
        if bias:
            self.bias_ih = Parameter(torch.empty(rows, dtype=dtype))
            self.bias_hh = Parameter(torch.empty(rows, dtype=dtype))
        else:
            self.register_parameter('bias_ih', None)
            self.register_parameter('bias_hh', None)
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def _state(self, input, state):
        # The state with a batch dim, and whether the caller gave one.
        if input.dim() not in (1, 2):
            raise ValueError(f'{self.__class__.__name__}: the input has 1 or 2 dims, not {input.dim()}')
        if state is None:
            sizes = (self.hidden_size,) if input.dim() == 1 else (input.size(0), self.hidden_size)
            return torch.zeros(sizes, dtype=input.dtype)
        if state.dim() != input.dim():
            raise ValueError(f'{self.__class__.__name__}: the input has {input.dim()} dims, and the hidden state {state.dim()}')
        if input.dim() == 2 and state.size(0) != input.size(0):
            raise RuntimeError(f'{self.__class__.__name__}: the batch sizes of input {tuple(input.shape)} and hidden state {tuple(state.shape)} differ')
        return state

    def _sums(self, input, hidden):
        return F.linear(input, self.weight_ih, self.bias_ih), F.linear(hidden, self.weight_hh, self.bias_hh)

class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        if nonlinearity not in ('tanh', 'relu'):
            raise RuntimeError(f'the nonlinearity is tanh or relu, not {nonlinearity}')
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        of_input, of_hidden = self._sums(input, self._state(input, hx))
        total = of_input + of_hidden
        return torch.tanh(total) if self.nonlinearity == 'tanh' else torch.relu(total)

class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input, hx=None):
        hidden, cell = (None, None) if hx is None else hx
        hidden, cell = self._state(input, hidden), self._state(input, cell)
        of_input, of_hidden = self._sums(input, hidden)
        keep_in, forget, new, out = (of_input + of_hidden).chunk(4, -1)
        cell = torch.sigmoid(forget) * cell + torch.sigmoid(keep_in) * torch.tanh(new)
        return torch.sigmoid(out) * torch.tanh(cell), cell

class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input, hx=None):
        hidden = self._state(input, hx)
        of_input, of_hidden = self._sums(input, hidden)
        reset_in, update_in, new_in = of_input.chunk(3, -1)
        reset_hidden, update_hidden, new_hidden = of_hidden.chunk(3, -1)
        update = torch.sigmoid(update_in + update_hidden)
        new = torch.tanh(new_in + torch.sigmoid(reset_in + reset_hidden) * new_hidden)
        return new + update * (hidden - new)
`;
