"""Nested containers of tensors, functions mapped over a batch, and what callers try before something else."""
from collections import namedtuple

import torch
from torch import nn
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten

Pair = namedtuple("Pair", ["left", "right"])


def both(branch, x):
    out = branch(x)
    (first, *rest), spec = tree_flatten(out)
    first = first.unsqueeze(0)
    return tree_unflatten((first, *rest), spec)


state = {"hidden": torch.zeros(2, 3), "cells": [torch.zeros(4), (torch.zeros(5, 6), None)]}
moved = tree_map(lambda leaf: leaf.unsqueeze(-1) if isinstance(leaf, torch.Tensor) else leaf, state)
deep = moved["cells"][1][0]
pair = tree_map(lambda leaf: leaf * 2, Pair(torch.zeros(7), torch.ones(8, 1)))
right = pair.right
summed = tree_map(lambda a, b: a + b, [torch.zeros(3, 1)], [torch.zeros(1, 4)])[0]
single = both(lambda x: x, torch.zeros(6))
several, extra = both(lambda x: (x, x.sum()), torch.zeros(6))

rows = torch.vmap(torch.dot)(torch.randn(5, 3), torch.randn(5, 3))
weights = torch.func.vmap(lambda x, w: w @ x, in_dims=(0, None))(torch.randn(4, 3), torch.randn(2, 3))
columns = torch.vmap(lambda x: (x.mean(), x * 2), in_dims=1, out_dims=(0, 1))(torch.randn(6, 9))
averages, doubled = columns


def activation_of(given):
    try:
        return given() if isinstance(given(), nn.Module) else None
    except TypeError:
        return {"relu": nn.ReLU()}[given]


rectified = activation_of("relu")(torch.randn(3, 2))
given = activation_of(nn.Tanh)(torch.randn(3, 2))
adjacency = torch.spmm(torch.eye(4), torch.randn(4, 5))
before = torch.get_rng_state()
