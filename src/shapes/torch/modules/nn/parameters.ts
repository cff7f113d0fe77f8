/** Containers of parameters: https://docs.pytorch.org/docs/stable/nn.html#containers */
export const source = String.raw`
from torch import Tensor
from torch.nn import Module, Parameter

class UninitializedParameter:
    pass

class UninitializedBuffer:
    pass

def _parameter(value):
    return Parameter(value) if isinstance(value, Tensor) and not isinstance(value, Parameter) else value

class ParameterList(Module):
    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def _items(self):
        return [getattr(self, str(i)) for i in range(self._size)]

    def __iter__(self):
        return iter(self._items())

    def __len__(self):
        return self._size

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.__class__(self._items()[index])
        return self._items()[index]

    def __setitem__(self, index, value):
        setattr(self, str(index if index >= 0 else index + self._size), _parameter(value))

    def append(self, value):
        setattr(self, str(self._size), _parameter(value))
        self._size += 1
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self

    def __iadd__(self, values):
        return self.extend(values)

class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)

    def _dict(self):
        return {key: getattr(self, key) for key in self._keys}

    def __getitem__(self, key):
        return self._dict()[key]

    def __setitem__(self, key, value):
        self._keys[key] = None
        setattr(self, key, _parameter(value))

    def __delitem__(self, key):
        del self._keys[key]
        delattr(self, key)

    def __contains__(self, key):
        return key in self._keys

    def __len__(self):
        return len(self._keys)

    def __iter__(self):
        return iter(self._keys)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key):
        value = self[key]
        del self[key]
        return value

    def update(self, parameters):
        for key, value in parameters.items() if hasattr(parameters, 'items') else parameters:
            self[key] = value

    def keys(self):
        return self._keys.keys()

    def values(self):
        return self._dict().values()

    def items(self):
        return self._dict().items()
`;
