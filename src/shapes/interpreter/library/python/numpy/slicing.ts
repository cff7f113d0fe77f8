/**
 * Slices with a negative step, which torch refuses: the dims that they run through from the end are turned round first.
 * https://numpy.org/doc/stable/user/basics.indexing.html
 */
export const slicing = String.raw`
import torch

def _runs_back(item):
    return isinstance(item, slice) and item.step is not None and item.step < 0

def _dims_taken(item):
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    return item.ndim if isinstance(item, torch.Tensor) and item.dtype == torch.bool else 1

def _bound(at, size):
    if at is None:
        return None
    return -at - 1 if at < 0 else max(size - 1 - at, 0)

def _forward(t, index):
    """The tensor and an index with positive steps that together select the same, and the dims that were turned round."""
    items = index if isinstance(index, tuple) else (index,)
    if not any([_runs_back(item) for item in items]):
        return t, index, []
    dots = [at for at, item in enumerate(items) if item is Ellipsis]
    turned = []
    forward = []
    for at, item in enumerate(items):
        if _runs_back(item):
            dim = sum([_dims_taken(each) for each in items[:at]])
            if dots and at > dots[0]:
                dim = -sum([_dims_taken(each) for each in items[at:]])
            size = t.shape[dim]
            turned.append(dim)
            item = slice(_bound(item.start, size), _bound(item.stop, size), -item.step)
        forward.append(item)
    return t.flip(turned), tuple(forward), turned
`;
