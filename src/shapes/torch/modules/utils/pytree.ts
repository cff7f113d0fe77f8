/** Nested containers of tensors, and functions over the slices of a batch. */

/** torch.utils._pytree: lists, tuples, named tuples and dicts are nodes, all else are leaves. */
export const pytree = String.raw`
class TreeSpec:
    def __init__(self, rebuild, children, num_leaves):
        self._rebuild = rebuild
        self.children_specs = children
        self.num_leaves = num_leaves

    def unflatten(self, leaves):
        return tree_unflatten(leaves, self)

def _children(tree):
    if isinstance(tree, dict):
        keys = list(tree.keys())
        return list(tree.values()), lambda items: type(tree)(zip(keys, items))
    if isinstance(tree, tuple):
        return list(tree), (lambda items: tree._replace(**dict(zip(tree._fields, items)))) if hasattr(tree, '_fields') else tuple
    if isinstance(tree, list):
        return tree, list
    return None, None

def _is_leaf(tree, is_leaf):
    return (is_leaf is not None and is_leaf(tree)) or not isinstance(tree, (dict, tuple, list))

def tree_flatten(tree, is_leaf=None):
    if _is_leaf(tree, is_leaf):
        return [tree], TreeSpec(None, [], 1)
    items, rebuild = _children(tree)
    leaves = []
    specs = []
    for item in items:
        own, spec = tree_flatten(item, is_leaf)
        leaves.extend(own)
        specs.append(spec)
    return leaves, TreeSpec(rebuild, specs, len(leaves))

def tree_unflatten(leaves, treespec):
    leaves = list(leaves)
    if treespec._rebuild is None:
        return leaves[0]
    items = []
    start = 0
    for spec in treespec.children_specs:
        items.append(tree_unflatten(leaves[start:start + spec.num_leaves], spec))
        start += spec.num_leaves
    return treespec._rebuild(items)

def tree_map(func, tree, *rests, is_leaf=None):
    if _is_leaf(tree, is_leaf):
        return func(tree, *rests)
    items, rebuild = _children(tree)
    others = [_children(rest)[0] for rest in rests]
    return rebuild([tree_map(func, item, *[other[i] for other in others], is_leaf=is_leaf) for i, item in enumerate(items)])

def tree_map_only(type_or_types, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, type_or_types) else leaf, tree, is_leaf=is_leaf)

def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]

def tree_iter(tree, is_leaf=None):
    return iter(tree_leaves(tree, is_leaf))

def tree_structure(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[1]

def tree_all(pred, tree, is_leaf=None):
    return all([pred(leaf) for leaf in tree_leaves(tree, is_leaf)])

def tree_any(pred, tree, is_leaf=None):
    return any([pred(leaf) for leaf in tree_leaves(tree, is_leaf)])
`;

/**
 * The function sees one slice of each batch; results have the size of the batch again, and values that are not known.
 * https://docs.pytorch.org/docs/stable/generated/torch.vmap.html
 */
export const vmap = String.raw`
import torch
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten

def _spread(dims, tree):
    if dims is None or isinstance(dims, int):
        return [dims for _ in tree_flatten(tree)[0]]
    return [dim for each, part in zip(dims, tree) for dim in _spread(each, part)]

def vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None):
    def batched(*args, **kwargs):
        leaves, spec = tree_flatten(args)
        dims = _spread(in_dims, args)
        sizes = [leaf.size(dim) for leaf, dim in zip(leaves, dims) if dim is not None]
        slices = [leaf if dim is None else leaf.select(dim, 0) for leaf, dim in zip(leaves, dims)]
        result = func(*tree_unflatten(slices, spec), **kwargs)

        def whole(leaf, dim=out_dims if isinstance(out_dims, int) else 0):
            at = dim if dim >= 0 else dim + leaf.dim() + 1
            size = list(leaf.shape)
            size.insert(at, sizes[0])
            return torch._C._opaque_like(leaf.unsqueeze(at).expand(size), 'its values come from a function that is mapped over a batch')

        if isinstance(out_dims, tuple):
            return tuple([whole(leaf, dim) for leaf, dim in zip(result, out_dims)])
        return tree_map(whole, result)

    return batched
`;
