/** What torch.nn.Module keeps its members in, the handles of its hooks, and the loading of saved values. */
export const source = String.raw`
from collections import namedtuple
from torch import Tensor
from torch._C import _opaque_like

_handles = [0]

class _RemovableHandle:
    def __init__(self, module):
        _handles[0] += 1
        self.id = _handles[0]
        self.module = module

    def remove(self):
        self.module._hooks = tuple([hook for hook in self.module._hooks if hook[0] != self.id])

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.remove()

class _Registered:
    # The _modules, _parameters or _buffers of a module: writes go to the module's attributes.
    def __init__(self, module, kind, members):
        self._module = module
        self._kind = kind
        self._members = dict(members)

    def __getitem__(self, name):
        return self._members[name]

    def __setitem__(self, name, value):
        self._members[name] = value
        if value is None or self._kind == 'buffer':
            self._module._note(name, self._kind)
        setattr(self._module, name, value)

    def __delitem__(self, name):
        del self._members[name]
        delattr(self._module, name)

    def __contains__(self, name):
        return name in self._members

    def __iter__(self):
        return iter(self._members)

    def __len__(self):
        return len(self._members)

    def keys(self):
        return self._members.keys()

    def values(self):
        return self._members.values()

    def items(self):
        return self._members.items()

    def get(self, name, default=None):
        return self._members.get(name, default)

    def pop(self, name):
        value = self._members[name]
        del self[name]
        return value

    def update(self, members):
        for name, value in dict(members).items():
            self[name] = value

_IncompatibleKeys = namedtuple('IncompatibleKeys', ['missing_keys', 'unexpected_keys'])

def _load(module, state_dict, strict):
    own = module.state_dict(keep_vars=True)
    if not isinstance(state_dict, dict):
        for name, value in own.items():
            if isinstance(value, Tensor):
                value.copy_(_opaque_like(value, 'it is loaded from a checkpoint that is not read'))
        return _IncompatibleKeys([], [])
    missing = [name for name in own if name not in state_dict]
    unexpected = [name for name in state_dict if name not in own]
    if strict and (len(missing) > 0 or len(unexpected) > 0):
        raise RuntimeError(f'load_state_dict: missing keys {missing}, unexpected keys {unexpected}')
    for name, value in own.items():
        if name in state_dict and isinstance(value, Tensor):
            saved = state_dict[name]
            if saved.shape != value.shape:
                raise RuntimeError(f'load_state_dict: {name} has the shape {tuple(saved.shape)} in the saved values, and {tuple(value.shape)} in the module')
            value.copy_(saved)
    return _IncompatibleKeys(missing, unexpected)
`;
