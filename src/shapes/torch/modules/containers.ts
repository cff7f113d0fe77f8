/** Containers of modules: https://docs.pytorch.org/docs/stable/nn.html#containers */
export const source = String.raw`
from torch.nn import Module, Parameter

class Identity(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input

class Sequential(Module):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], dict):
            for key, module in args[0].items():
                setattr(self, key, module)
        else:
            for i, module in enumerate(args):
                setattr(self, str(i), module)

    def __iter__(self):
        return iter(self.children())

    def __len__(self):
        return len(self.children())

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Sequential(*self.children()[index])
        return self.children()[index]

    def append(self, module):
        setattr(self, str(len(self)), module)
        return self

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def forward(self, input):
        for module in self.children():
            input = module(input)
        return input

class ModuleList(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __iter__(self):
        return iter(self.children())

    def __len__(self):
        return len(self.children())

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ModuleList(self.children()[index])
        return self.children()[index]

    def __setitem__(self, index, module):
        setattr(self, str(index if index >= 0 else index + len(self)), module)

    def __add__(self, other):
        return ModuleList(self.children() + list(other))

    def append(self, module):
        setattr(self, str(len(self.children())), module)
        return self

    def insert(self, index, module):
        modules = self.children()
        modules.insert(index, module)
        for i, each in enumerate(modules):
            setattr(self, str(i), each)

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key):
        return getattr(self, key)

    def __setitem__(self, key, module):
        setattr(self, key, module)

    def __contains__(self, key):
        return key in dict(self.named_children())

    def __len__(self):
        return len(self.children())

    def __iter__(self):
        return iter(self.keys())

    def update(self, modules):
        for key, module in dict(modules).items():
            setattr(self, key, module)

    def keys(self):
        return [name for name, module in self.named_children()]

    def values(self):
        return self.children()

    def items(self):
        return self.named_children()

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
        return self._items()[index]

    def append(self, value):
        setattr(self, str(self._size), value)
        self._size += 1
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self

class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        if parameters is not None:
            for key, value in dict(parameters).items():
                setattr(self, key, value)

    def __getitem__(self, key):
        return getattr(self, key)

    def __setitem__(self, key, value):
        setattr(self, key, value)

    def __contains__(self, key):
        return key in self.__dict__
`;
