/** Recurrent layers: https://docs.pytorch.org/docs/stable/nn.html#recurrent-layers */
export const source = String.raw`
import math
import torch
from torch.nn import Module, Parameter, ParameterList, init
from torch.nn.utils.rnn import PackedSequence

_GATES = {'LSTM': 4, 'GRU': 3, 'RNN_TANH': 1, 'RNN_RELU': 1}

class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        if input_size <= 0 or hidden_size <= 0 or num_layers <= 0:
            raise ValueError(f'input_size, hidden_size and num_layers are positive, not {input_size}, {hidden_size} and {num_layers}')
        if proj_size < 0 or proj_size >= hidden_size:
            raise ValueError(f'proj_size is smaller than hidden_size ({hidden_size}), not {proj_size}')
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        self._directions = 2 if bidirectional else 1
        self._output_size = proj_size if proj_size > 0 else hidden_size
        rows = _GATES[mode] * hidden_size
        # Not lists: those of modules made in the rounds of a loop would be one of unknown length.
        self._weight_names = ()
        # Names are made of numbers: of layers that are not counted only the first has weights of its own names.
        counted = torch._C._are_numbers([num_layers])
        # Where it is not known whether there is a second direction, its weights have no names either.
        directed = torch._C._are_numbers([self._directions])
        for layer in range(num_layers if counted else 1):
            for suffix in [f'_l{layer}', f'_l{layer}_reverse'][:self._directions if directed else 1]:
                columns = input_size if layer == 0 else self._output_size * self._directions
                sizes = {'weight_ih': (rows, columns), 'weight_hh': (rows, self._output_size)}
                if bias:
                    sizes['bias_ih'] = sizes['bias_hh'] = (rows,)
                if proj_size > 0:
                    sizes['weight_hr'] = (proj_size, hidden_size)
                for name, size in sizes.items():
                    setattr(self, name + suffix, Parameter(torch.empty(size, dtype=dtype)))
                self._weight_names += (tuple([name + suffix for name in sizes]),)
        if not counted:
            self._others = ParameterList([torch.empty((rows, self._output_size), dtype=dtype) for layer in range(1, num_layers)])
        if not directed:
            self._reversed = ParameterList([torch.empty((rows, self._output_size), dtype=dtype) for direction in range(1, self._directions)])
        self.reset_parameters()

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in names] for names in self._weight_names]

    @property
    def _flat_weights(self):
        return [weight for weights in self.all_weights for weight in weights]

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size)
        for weight in self._flat_weights:
            init.uniform_(weight, -bound, bound)

    def flatten_parameters(self):
        pass

    def _check(self, input, hx, batch):
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'{self.mode}: the input {tuple(input.shape)} has {input.size(-1)} features, and input_size is {self.input_size}')
        if hx is None:
            return
        states = zip(hx, (self._output_size, self.hidden_size)) if self.mode == 'LSTM' else [(hx, self._output_size)]
        for state, size in states:
            expected = (self.num_layers * self._directions, batch, size)
            if tuple(state.shape) != expected:
                raise RuntimeError(f'{self.mode}: a hidden state has the shape {tuple(state.shape)}, and should have {expected}')

    def _zeros(self, batch, dtype):
        layers = self.num_layers * self._directions
        hidden = torch.zeros(layers, batch, self._output_size, dtype=dtype)
        return (hidden, torch.zeros(layers, batch, self.hidden_size, dtype=dtype)) if self.mode == 'LSTM' else hidden

    def _each(self, hx, fn):
        if hx is None:
            return None
        return (fn(hx[0]), fn(hx[1])) if self.mode == 'LSTM' else fn(hx)

    def _run(self, *args):
        result = self._operation()(*args)
        return (result[0], result[1:]) if self.mode == 'LSTM' else result

    def forward(self, input, hx=None):
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        torch._C._usually_batched(input, 3, self.input_size)
        if input.dim() not in (2, 3):
            raise ValueError(f'{self.mode}: the input has 2 or 3 dims, not {input.dim()}')
        batched = input.dim() == 3
        dim = 0 if self.batch_first else 1
        if not batched:
            input = input.unsqueeze(dim)
            hx = self._each(hx, lambda state: state.unsqueeze(1))
        batch = input.size(dim)
        self._check(input, hx, batch)
        if hx is None:
            hx = self._zeros(batch, input.dtype)
        output, hidden = self._directed(input, hx, True) if self.bidirectional else self._directed(input, hx, False)
        if batched:
            return output, hidden
        return output.squeeze(dim), self._each(hidden, lambda state: state.squeeze(1))

    def _directed(self, input, hx, bidirectional):
        return self._run(input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout, self.training, bidirectional, self.batch_first)

    def _forward_packed(self, packed, hx):
        if hx is None:
            hx = self._zeros(packed._batch, packed.data.dtype)
        elif packed.sorted_indices is not None:
            hx = self._each(hx, lambda state: state.index_select(1, packed.sorted_indices))
        self._check(packed.data, hx, packed._batch)
        output, hidden = self._run(packed.data, packed.batch_sizes, hx, self._flat_weights, self.bias, self.num_layers, self.dropout, self.training, self.bidirectional)
        if packed.unsorted_indices is not None:
            hidden = self._each(hidden, lambda state: state.index_select(1, packed.unsorted_indices))
        return packed._like(output), hidden

class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f'the nonlinearity is tanh or relu, not {nonlinearity}')
        super().__init__('RNN_TANH' if nonlinearity == 'tanh' else 'RNN_RELU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0, device, dtype)
        self.nonlinearity = nonlinearity

    def _operation(self):
        return torch.rnn_tanh if self.mode == 'RNN_TANH' else torch.rnn_relu

class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__('LSTM', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, device, dtype)

    def _operation(self):
        return torch.lstm

class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__('GRU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0, device, dtype)

    def _operation(self):
        return torch.gru
`;
