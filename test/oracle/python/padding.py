"""Padding to multiples, packing sequences, unfold and fold."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence


def pad_to_multiple(x, multiple, dim=-1, value=0):
    length = x.shape[dim]
    missing = (multiple - length % multiple) % multiple
    if missing == 0:
        return x, 0
    pads = (0, 0) * (-1 - dim) + (0, missing)
    return F.pad(x, pads, value=value), missing


class Blocks(nn.Module):
    """Cuts images into overlapping blocks and puts them together again."""

    def __init__(self, kernel=4, stride=2):
        super().__init__()
        self.kernel, self.stride = kernel, stride
        self.mix = nn.Linear(3 * kernel * kernel, 3 * kernel * kernel)

    def forward(self, x):
        b, c, h, w = x.shape
        blocks = F.unfold(x, self.kernel, stride=self.stride, padding=1)
        mixed = self.mix(blocks.transpose(1, 2)).transpose(1, 2)
        ones = F.unfold(torch.ones_like(x), self.kernel, stride=self.stride, padding=1)
        count = F.fold(ones, (h, w), self.kernel, stride=self.stride, padding=1)
        return F.fold(mixed, (h, w), self.kernel, stride=self.stride, padding=1) / count


def collate(sequences):
    lengths = torch.tensor([len(each) for each in sequences])
    padded = pad_sequence(sequences, batch_first=True)
    return padded, lengths


if __name__ == "__main__":
    longer, added = pad_to_multiple(torch.randn(2, 13, 4), 8, dim=-2)
    same, none = pad_to_multiple(torch.randn(2, 16), 8)
    y = Blocks()(torch.randn(2, 3, 10, 12))
    padded, lengths = collate([torch.randn(5, 3), torch.randn(2, 3), torch.randn(4, 3)])
    gru = nn.GRU(3, 6, batch_first=True)
    packed = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    packed_out, hidden = gru(packed)
    out, sizes = pad_packed_sequence(packed_out, batch_first=True, total_length=5)
    reflected = nn.ReflectionPad2d((1, 2, 0, 1))(torch.randn(1, 3, 4, 5))
    circular = F.pad(torch.randn(1, 2, 7), (2, 2), mode="circular")
    cropped = F.pad(torch.randn(4, 6), (-1, -2))
    shuffled = F.pixel_shuffle(torch.randn(1, 12, 3, 3), 2)
    patches = torch.randn(1, 3, 8, 8).unfold(2, 4, 4).unfold(3, 4, 4).contiguous().view(1, 3, -1, 16)
