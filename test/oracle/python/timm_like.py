"""Helpers and layers in the manner of timm: pairs by arity, factories, patch embeddings, stochastic depth, convnext, mixer."""
import collections.abc
import math
from functools import partial
from itertools import repeat
from typing import Callable, List, Optional, Sequence, Tuple, Union

import torch
import torch.nn as nn
import torch.nn.functional as F


def _ntuple(n):
    def parse(x):
        if isinstance(x, collections.abc.Iterable) and not isinstance(x, str):
            return tuple(x)
        return tuple(repeat(x, n))
    return parse


to_2tuple = _ntuple(2)


def drop_path(x, drop_prob: float = 0.0, training: bool = False, scale_by_keep: bool = True):
    if drop_prob == 0.0 or not training:
        return x
    keep_prob = 1 - drop_prob
    shape = (x.shape[0],) + (1,) * (x.ndim - 1)
    random_tensor = x.new_empty(shape).bernoulli_(keep_prob)
    if keep_prob > 0.0 and scale_by_keep:
        random_tensor.div_(keep_prob)
    return x * random_tensor


class DropPath(nn.Module):
    def __init__(self, drop_prob: float = 0.0):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return drop_path(x, self.drop_prob, self.training)


class PatchEmbed(nn.Module):
    dynamic_img_pad: torch.jit.Final[bool]

    def __init__(self, img_size: Optional[int] = 224, patch_size: int = 16, in_chans: int = 3, embed_dim: int = 768, norm_layer: Optional[Callable] = None, flatten: bool = True, bias: bool = True):
        super().__init__()
        self.patch_size = to_2tuple(patch_size)
        self.img_size = to_2tuple(img_size)
        self.grid_size = tuple([s // p for s, p in zip(self.img_size, self.patch_size)])
        self.num_patches = self.grid_size[0] * self.grid_size[1]
        self.flatten = flatten
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer else nn.Identity()

    def forward(self, x):
        B, C, H, W = x.shape
        torch._assert(H == self.img_size[0], f"Input height ({H}) doesn't match model ({self.img_size[0]}).")
        x = self.proj(x)
        if self.flatten:
            x = x.flatten(2).transpose(1, 2)
        return self.norm(x)


class LayerScale(nn.Module):
    def __init__(self, dim: int, init_values: float = 1e-5, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace
        self.gamma = nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mul_(self.gamma) if self.inplace else x * self.gamma


class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, norm_layer=None, bias=True, drop=0.0, use_conv=False):
        super().__init__()
        out_features = out_features or in_features
        hidden_features = hidden_features or in_features
        bias, drop_probs = to_2tuple(bias), to_2tuple(drop)
        linear_layer = partial(nn.Conv2d, kernel_size=1) if use_conv else nn.Linear
        self.fc1 = linear_layer(in_features, hidden_features, bias=bias[0])
        self.act, self.drop1 = act_layer(), nn.Dropout(drop_probs[0])
        self.norm = norm_layer(hidden_features) if norm_layer is not None else nn.Identity()
        self.fc2 = linear_layer(hidden_features, out_features, bias=bias[1])

    def forward(self, x):
        return self.fc2(self.norm(self.drop1(self.act(self.fc1(x)))))


class MixerBlock(nn.Module):
    def __init__(self, dim, seq_len, mlp_ratio=(0.5, 4.0), mlp_layer=Mlp, norm_layer=partial(nn.LayerNorm, eps=1e-6), drop_path=0.0):
        super().__init__()
        tokens_dim, channels_dim = [int(x * dim) for x in to_2tuple(mlp_ratio)]
        self.norm1, self.norm2 = norm_layer(dim), norm_layer(dim)
        self.mlp_tokens = mlp_layer(seq_len, tokens_dim)
        self.mlp_channels = mlp_layer(dim, channels_dim)
        self.scale = LayerScale(dim)
        self.drop_path = DropPath(drop_path) if drop_path > 0.0 else nn.Identity()

    def forward(self, x):
        x = x + self.drop_path(self.mlp_tokens(self.norm1(x).transpose(1, 2)).transpose(1, 2))
        return x + self.scale(self.drop_path(self.mlp_channels(self.norm2(x))))


class LayerNorm2d(nn.LayerNorm):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias, self.eps).permute(0, 3, 1, 2)


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim, conv_mlp=False, kernel_size=7):
        super().__init__()
        self.use_conv_mlp = conv_mlp
        self.conv_dw = nn.Conv2d(dim, dim, kernel_size, padding=kernel_size // 2, groups=dim)
        self.norm = LayerNorm2d(dim) if conv_mlp else nn.LayerNorm(dim)
        self.mlp = partial(Mlp, use_conv=conv_mlp)(dim, int(4 * dim))
        self.gamma = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        shortcut = x
        x = self.conv_dw(x)
        if self.use_conv_mlp:
            x = self.mlp(self.norm(x))
        else:
            x = self.mlp(self.norm(x.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)
        return x.mul(self.gamma.reshape(1, -1, 1, 1)) + shortcut


def named_apply(fn: Callable, module: nn.Module, name="", depth_first: bool = True, include_root: bool = False) -> nn.Module:
    if not depth_first and include_root:
        fn(module=module, name=name)
    for child_name, child_module in module.named_children():
        child_name = ".".join((name, child_name)) if name else child_name
        named_apply(fn=fn, module=child_module, name=child_name, depth_first=depth_first, include_root=True)
    if depth_first and include_root:
        fn(module=module, name=name)
    return module


def init(module, name, scale=1.0):
    if isinstance(module, nn.Linear) and name.startswith("head"):
        nn.init.zeros_(module.weight)
    elif hasattr(module, "weight") and module.weight.ndim > 1:
        nn.init.xavier_uniform_(module.weight, gain=scale)


class Mixer(nn.Module):
    def __init__(self, img_size=32, patch_size=8, dim=16, depth=2, num_classes=5, drop_path_rate=0.1, global_pool="avg"):
        super().__init__()
        self.stem = PatchEmbed(img_size, patch_size, embed_dim=dim)
        rates = [x.item() for x in torch.linspace(0, drop_path_rate, depth)]
        self.blocks = nn.Sequential(*[MixerBlock(dim, self.stem.num_patches, drop_path=rates[i]) for i in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.global_pool = global_pool
        self.head = nn.Linear(dim, num_classes) if num_classes > 0 else nn.Identity()
        named_apply(partial(init, scale=0.5), self)

    def get_classifier(self):
        return self.head

    def forward_features(self, x):
        return self.norm(self.blocks(self.stem(x)))

    def forward_head(self, x, pre_logits: bool = False):
        if self.global_pool == "avg":
            x = x.mean(dim=1)
        return x if pre_logits else self.head(x)

    def forward(self, x):
        return self.forward_head(self.forward_features(x))


def _create(variant, pretrained=False, **kwargs):
    defaults = {"mixer_s": dict(dim=16, depth=1), "mixer_m": dict(dim=24, depth=2)}
    return Mixer(**{**defaults[variant], **kwargs})


def mixer_m(pretrained: bool = False, **kwargs):
    return _create("mixer_m", pretrained=pretrained, **dict(kwargs, patch_size=16))


if __name__ == "__main__":
    logits = Mixer()(torch.randn(2, 3, 32, 32))
    medium = mixer_m(num_classes=0)
    features = medium(torch.randn(2, 3, 32, 32))
    pre = medium.forward_head(medium.forward_features(torch.randn(1, 3, 32, 32)), pre_logits=True)
    image = torch.randn(2, 8, 10, 12)
    blocks = [ConvNeXtBlock(8, conv_mlp=flag)(image) for flag in (False, True)]
    one, two = blocks
    dropped = drop_path(one, 0.5, training=True)
    weight = medium.get_classifier()
