/** NumPy's functions that reshape, join, repeat and pick. */

/** https://numpy.org/doc/stable/reference/routines.array-manipulation.html */
export const arranging = String.raw`
import torch
from numpy import ndarray, _alike

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

def reshape(a, shape, order='C', **options):
    return _wrap(_of(a).reshape(shape))

def ravel(a, order='C'):
    return _wrap(_of(a).flatten())

def transpose(a, axes=None):
    return _wrap(_of(a)).transpose(axes)

permute_dims = transpose

def swapaxes(a, axis1, axis2):
    return _wrap(_of(a).transpose(axis1, axis2))

def moveaxis(a, source, destination):
    return _wrap(torch.movedim(_of(a), source, destination))

def squeeze(a, axis=None):
    return _wrap(_of(a)).squeeze(axis)

def expand_dims(a, axis):
    t = _of(a)
    for each in (axis if isinstance(axis, tuple) else (axis,)):
        t = t.unsqueeze(each)
    return _wrap(t)

def atleast_1d(*arrays):
    made = [_wrap(torch.atleast_1d(_of(each))) for each in arrays]
    return made[0] if len(made) == 1 else made

def atleast_2d(*arrays):
    made = [_wrap(torch.atleast_2d(_of(each))) for each in arrays]
    return made[0] if len(made) == 1 else made

def broadcast_to(array, shape, subok=False):
    return _wrap(torch.broadcast_to(_of(array), shape))

def concatenate(arrays, axis=0, out=None, dtype=None, **options):
    parts = _alike(arrays)
    return _wrap(torch.cat([each.flatten() for each in parts] if axis is None else parts, 0 if axis is None else axis))

concat = concatenate

def stack(arrays, axis=0, out=None, **options):
    return _wrap(torch.stack(_alike(arrays), axis))

def hstack(tup, **options):
    return _wrap(torch.hstack(_alike(tup)))

def vstack(tup, **options):
    return _wrap(torch.vstack(_alike(tup)))

row_stack = vstack

def dstack(tup):
    return _wrap(torch.dstack(_alike(tup)))

def column_stack(tup):
    return _wrap(torch.column_stack(_alike(tup)))

def append(arr, values, axis=None):
    return concatenate((arr, values), axis)

def split(ary, indices_or_sections, axis=0):
    return [_wrap(each) for each in torch.tensor_split(_of(ary), indices_or_sections, axis)]

array_split = split

def tile(A, reps):
    return _wrap(torch.tile(_of(A), (reps,) if isinstance(reps, int) else tuple(reps)))

def repeat(a, repeats, axis=None):
    return _wrap(_of(a)).repeat(repeats, axis)

def flip(m, axis=None):
    t = _of(m)
    return _wrap(torch.flip(t, tuple(range(t.dim())) if axis is None else (axis,) if isinstance(axis, int) else axis))

def fliplr(m):
    return _wrap(torch.fliplr(_of(m)))

def flipud(m):
    return _wrap(torch.flipud(_of(m)))

def roll(a, shift, axis=None):
    return _wrap(torch.roll(_of(a), shift, axis))

def rot90(m, k=1, axes=(0, 1)):
    return _wrap(torch.rot90(_of(m), k, list(axes)))

def triu(m, k=0):
    return _wrap(torch.triu(_of(m), k))

def tril(m, k=0):
    return _wrap(torch.tril(_of(m), k))

def tri(N, M=None, k=0, dtype=float):
    from numpy import _torch_dtype
    return _wrap(torch.tril(torch.ones((N, N if M is None else M), dtype=_torch_dtype(dtype)), k))

def diag(v, k=0):
    return _wrap(torch.diag(_of(v), k))

def diagonal(a, offset=0, axis1=0, axis2=1):
    return _wrap(torch.diagonal(_of(a), offset, axis1, axis2))

def triu_indices(n, k=0, m=None):
    rows, columns = torch.triu_indices(n, n if m is None else m, k)
    return _wrap(rows), _wrap(columns)

def tril_indices(n, k=0, m=None):
    rows, columns = torch.tril_indices(n, n if m is None else m, k)
    return _wrap(rows), _wrap(columns)

def pad(array, pad_width, mode='constant', constant_values=0, **options):
    t = _of(array)
    if isinstance(pad_width, int):
        pad_width = [pad_width]
    # One pair, or one number, is that of all axes.
    width = [(each[0], each[-1]) for each in (pad_width if isinstance(pad_width[0], (tuple, list)) else [pad_width])]
    if len(width) == 1:
        width = width * t.dim()
    for axis, (before, after) in enumerate(width):
        first = [1] * t.dim()
        sizes = list(t.shape)
        parts = []
        for amount in (before, after):
            sizes[axis] = amount
            parts.append(torch.zeros(sizes, dtype=t.dtype))
        t = torch.cat([parts[0], t, parts[1]], axis)
    return _wrap(t)

def take(a, indices, axis=None, **options):
    t = _of(a)
    where = _of(indices)
    if axis is None:
        return _wrap(t.flatten()[where])
    return _wrap(t[(slice(None),) * (axis % t.dim()) + (where,)])

def take_along_axis(arr, indices, axis=-1):
    return _wrap(torch.take_along_dim(_of(arr), _of(indices), axis))

def ndim(a):
    return _of(a).dim()

def shape(a):
    return tuple(_of(a).shape)

def size(a, axis=None):
    return _of(a).numel() if axis is None else _of(a).size(axis)
`;
