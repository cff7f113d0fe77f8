/** Sizes that may be given as one number for all dims: torch.nn.modules.utils. */
export const source = String.raw`
from collections.abc import Iterable

def _repeat(x, n):
    return tuple(x) if isinstance(x, Iterable) else (x,) * n

def _ntuple(n, name='parse'):
    return lambda x: _repeat(x, n)

def _single(x):
    return _repeat(x, 1)

def _pair(x):
    return _repeat(x, 2)

def _triple(x):
    return _repeat(x, 3)

def _quadruple(x):
    return _repeat(x, 4)

def _reverse_repeat_tuple(t, n):
    return tuple([x for x in reversed(t) for _ in range(n)])

def consume_prefix_in_state_dict_if_present(state_dict, prefix):
    for key in list(state_dict.keys()):
        if key.startswith(prefix):
            state_dict[key[len(prefix):]] = state_dict.pop(key)
`;
