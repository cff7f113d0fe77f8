/** Containers of modules: https://docs.pytorch.org/docs/stable/nn.html#containers */
export const source = String.raw`
from collections import OrderedDict
from torch.nn import Module

class Container(Module):
    def __init__(self, **kwargs):
        super().__init__()
        for key, module in kwargs.items():
            self.add_module(key, module)

class _Numbered(Module):
    # Modules under the names '0', '1', …, or names that Sequential was given.
    def _items(self):
        return self._members(Module, ('module',))

    def _list(self):
        return [value for name, value in self._items()]

    def _assign(self, modules):
        for name, value in self._items():
            delattr(self, name)
        for i, module in enumerate(modules):
            self.add_module(str(i), module)

    def __iter__(self):
        return iter(self._list())

    def __len__(self):
        return len(self._items())

    def __setitem__(self, index, module):
        self.add_module(self._items()[index][0], module)

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules):
        start = len(self)
        for i, module in enumerate(modules):
            self.add_module(str(start + i), module)
        return self

    def __iadd__(self, modules):
        return self.extend(modules)

    def pop(self, key):
        module = self[key]
        del self[key]
        return module

class Sequential(_Numbered):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], OrderedDict):
            for key, module in args[0].items():
                self.add_module(key, module)
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), module)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.__class__(OrderedDict(self._items()[index]))
        return self._list()[index]

    def __delitem__(self, index):
        items = self._items()
        for name, value in items[index] if isinstance(index, slice) else [items[index]]:
            delattr(self, name)
        self._assign(self._list())

    def __add__(self, other):
        return Sequential(*self._list(), *other)

    def __mul__(self, times):
        return Sequential(*(self._list() * times))

    def __rmul__(self, times):
        return self * times

    def insert(self, index, module):
        modules = self._list()
        modules.insert(index, module)
        self._assign(modules)
        return self

    def forward(self, input):
        for module in self:
            input = module(input)
        return input

class ModuleList(_Numbered):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.__class__(self._list()[index])
        return self._list()[index]

    def __delitem__(self, index):
        modules = self._list()
        del modules[index]
        self._assign(modules)

    def __add__(self, other):
        return ModuleList(self._list() + list(other))

    def insert(self, index, module):
        modules = self._list()
        modules.insert(index, module)
        self._assign(modules)

class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def _dict(self):
        return dict(self._members(Module, ('module',)))

    def __getitem__(self, key):
        return self._dict()[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        delattr(self, key)

    def __contains__(self, key):
        return key in self._dict()

    def __len__(self):
        return len(self._dict())

    def __iter__(self):
        return iter(self._dict())

    def update(self, modules):
        for key, module in dict(modules).items():
            self.add_module(key, module)

    def pop(self, key):
        module = self[key]
        delattr(self, key)
        return module

    def clear(self):
        for key in self._dict():
            delattr(self, key)

    def keys(self):
        return self._dict().keys()

    def values(self):
        return self._dict().values()

    def items(self):
        return self._dict().items()
`;
