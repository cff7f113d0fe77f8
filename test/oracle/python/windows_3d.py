"""Videos and volumes: tubelets, shifted windows in three dims, factorized attention, temporal shifts, two pathways."""
from functools import lru_cache, reduce
from operator import mul

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from einops import rearrange


def window_partition(x, window):
    B, D, H, W, C = x.shape
    x = x.view(B, D // window[0], window[0], H // window[1], window[1], W // window[2], window[2], C)
    return x.permute(0, 1, 3, 5, 2, 4, 6, 7).contiguous().view(-1, reduce(mul, window), C)


def window_reverse(windows, window, B, D, H, W):
    x = windows.view(B, D // window[0], H // window[1], W // window[2], window[0], window[1], window[2], -1)
    return x.permute(0, 1, 4, 2, 5, 3, 6, 7).contiguous().view(B, D, H, W, -1)


def get_window_size(x_size, window_size, shift_size=None):
    use_window_size = list(window_size)
    if shift_size is not None:
        use_shift_size = list(shift_size)
    for i in range(len(x_size)):
        if x_size[i] <= window_size[i]:
            use_window_size[i] = x_size[i]
            if shift_size is not None:
                use_shift_size[i] = 0
    if shift_size is None:
        return tuple(use_window_size)
    return tuple(use_window_size), tuple(use_shift_size)


@lru_cache()
def compute_mask(D, H, W, window, shift):
    img_mask = torch.zeros((1, D, H, W, 1))
    cnt = 0
    for d in slice(-window[0]), slice(-window[0], -shift[0]), slice(-shift[0], None):
        for h in slice(-window[1]), slice(-window[1], -shift[1]), slice(-shift[1], None):
            for w in slice(-window[2]), slice(-window[2], -shift[2]), slice(-shift[2], None):
                img_mask[:, d, h, w, :] = cnt
                cnt += 1
    mask_windows = window_partition(img_mask, window).squeeze(-1)
    attn_mask = mask_windows.unsqueeze(1) - mask_windows.unsqueeze(2)
    return attn_mask.masked_fill(attn_mask != 0, float(-100.0)).masked_fill(attn_mask == 0, float(0.0))


class Block3d(nn.Module):
    def __init__(self, dim, heads, window=(2, 4, 4), shift=(1, 2, 2)):
        super().__init__()
        self.window, self.shift = window, shift
        self.norm = nn.LayerNorm(dim)
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)

    def forward(self, x):
        B, D, H, W, C = x.shape
        window, shift = get_window_size((D, H, W), self.window, self.shift)
        shortcut, x = x, self.norm(x)
        pads = [(window[i] - size % window[i]) % window[i] for i, size in enumerate((D, H, W))]
        x = F.pad(x, (0, 0, 0, pads[2], 0, pads[1], 0, pads[0]))
        _, Dp, Hp, Wp, _ = x.shape
        mask = None
        if any(i > 0 for i in shift):
            x = torch.roll(x, shifts=tuple(-s for s in shift), dims=(1, 2, 3))
            mask = compute_mask(Dp, Hp, Wp, window, shift)
        windows = window_partition(x, window)
        if mask is not None:
            mask = mask.repeat(B, 1, 1).repeat_interleave(self.attention.num_heads, dim=0)
        windows = self.attention(windows, windows, windows, attn_mask=mask, need_weights=False)[0]
        x = window_reverse(windows, window, B, Dp, Hp, Wp)
        if any(i > 0 for i in shift):
            x = torch.roll(x, shifts=shift, dims=(1, 2, 3))
        if any(pads):
            x = x[:, :D, :H, :W, :].contiguous()
        return shortcut + x


class Tubelets(nn.Module):
    def __init__(self, dim, size=(2, 8, 8)):
        super().__init__()
        self.proj = nn.Conv3d(3, dim, kernel_size=size, stride=size)

    def forward(self, x):
        _, _, D, H, W = x.size()
        if W % self.proj.stride[2] != 0:
            x = F.pad(x, (0, self.proj.stride[2] - W % self.proj.stride[2]))
        return rearrange(self.proj(x), "b c d h w -> b d h w c")


class Factorized(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.space, self.time = (nn.TransformerEncoderLayer(dim, heads, 2 * dim, batch_first=True) for _ in range(2))

    def forward(self, x):
        b, d, h, w, c = x.shape
        x = self.space(rearrange(x, "b d h w c -> (b d) (h w) c"))
        x = self.time(rearrange(x, "(b d) n c -> (b n) d c", b=b))
        return rearrange(x, "(b h w) d c -> b d h w c", b=b, h=h)


def temporal_shift(x, segments, fold_div=4):
    nt, c, h, w = x.size()
    x = x.view(nt // segments, segments, c, h, w)
    fold = c // fold_div
    out = torch.zeros_like(x)
    out[:, :-1, :fold] = x[:, 1:, :fold]
    out[:, 1:, fold : 2 * fold] = x[:, :-1, fold : 2 * fold]
    out[:, :, 2 * fold :] = x[:, :, 2 * fold :]
    return out.view(nt, c, h, w)


if __name__ == "__main__":
    tokens = Tubelets(8)(torch.randn(2, 3, 6, 40, 43))
    y = Block3d(8, 2)(tokens)
    z = Factorized(8, 2)(y)
    shifted = temporal_shift(torch.randn(8, 8, 5, 5), 4)
    slow, fast = tokens[:, ::2], tokens
    joined = torch.cat([slow.mean((1, 2, 3)), fast.mean((1, 2, 3))], -1)
    sampled = tokens.index_select(1, torch.linspace(0, tokens.shape[1] - 1, 2).long())
    resized = F.interpolate(tokens.permute(0, 4, 1, 2, 3), size=(6, 8, 8), mode="trilinear", align_corners=False)
    area = torch.zeros(int(np.prod(tokens.shape[1:4])))
    mask = compute_mask(4, 8, 8, (2, 4, 4), (1, 2, 2))
