/** Sequences of several lengths: https://docs.pytorch.org/docs/stable/nn.html#utility-functions (torch.nn.utils.rnn) */
export const source = String.raw`
import torch
import torch.nn.functional as F
from torch._C import _are_numbers

class PackedSequence:
    def __init__(self, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None, _batch=None):
        self.data = data
        self.batch_sizes = batch_sizes
        self.sorted_indices = sorted_indices
        self.unsorted_indices = unsorted_indices
        self._batch = batch_sizes[0].item() if _batch is None else _batch

    def _like(self, data):
        return PackedSequence(data, self.batch_sizes, self.sorted_indices, self.unsorted_indices, self._batch)

    def __iter__(self):
        return iter((self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices))

    def __getitem__(self, index):
        return (self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)[index]

    def to(self, *args, **kwargs):
        return self._like(self.data.to(*args, **kwargs))

    def cuda(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

def _rows_of_known(input, lengths):
    # The rows of each step, where the lengths are numbers.
    sizes = [sum([1 for length in lengths if length > step]) for step in range(max(lengths))]
    return torch.cat([input[step, :size] for step, size in enumerate(sizes)]), torch.tensor(sizes)

def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    if batch_first:
        input = input.transpose(0, 1)
    batch = input.size(1)
    if isinstance(lengths, torch.Tensor) and _are_numbers(lengths.tolist()):
        lengths = lengths.tolist()
    known = isinstance(lengths, (list, tuple)) and len(lengths) > 0
    if known and enforce_sorted:
        data, batch_sizes = _rows_of_known(input, lengths)
        return PackedSequence(data, batch_sizes, None, None, batch)
    tensor = torch.as_tensor(lengths, dtype=torch.int64)
    order = back = None
    if not enforce_sorted:
        tensor, order = torch.sort(tensor, descending=True)
        back = torch.argsort(order)
        input = input.index_select(1, order)
    if known:
        data, batch_sizes = _rows_of_known(input, sorted(lengths, reverse=True))
    else:
        present = torch.arange(input.size(0)).unsqueeze(1) < tensor
        data = input[present]
        counts = present.sum(1)
        batch_sizes = counts[counts > 0]
    return PackedSequence(data, batch_sizes, order, back, batch)

def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    present = torch.arange(sequence._batch) < sequence.batch_sizes.unsqueeze(1)
    padded = torch.full((sequence.batch_sizes.size(0), sequence._batch) + tuple(sequence.data.shape[1:]), padding_value, dtype=sequence.data.dtype)
    padded[present] = sequence.data
    lengths = present.sum(0)
    if total_length is not None:
        missing = total_length - padded.size(0)
        padded = F.pad(padded, (0, 0) * (padded.dim() - 1) + (0, missing), value=padding_value)
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(1, sequence.unsorted_indices)
        lengths = lengths[sequence.unsorted_indices]
    return padded.transpose(0, 1) if batch_first else padded, lengths

def pack_sequence(sequences, enforce_sorted=True):
    return pack_padded_sequence(torch.nn.utils.rnn.pad_sequence(sequences), [sequence.size(0) for sequence in sequences], enforce_sorted=enforce_sorted)

def unpad_sequence(padded_sequences, lengths, batch_first=False):
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[:length] for row, length in zip(rows, lengths)]

def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
`;
