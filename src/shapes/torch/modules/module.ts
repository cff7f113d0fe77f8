/** torch.nn.Module: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html */
export const source = String.raw`
import torch
from torch.nn import Parameter

class Module:
    training = True

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)

    def register_buffer(self, name, tensor, persistent=True):
        setattr(self, name, tensor)

    def register_parameter(self, name, param):
        setattr(self, name, param)

    def add_module(self, name, module):
        setattr(self, name, module)

    def register_module(self, name, module):
        setattr(self, name, module)

    def get_submodule(self, target):
        found = self
        for part in target.split('.'):
            if part:
                found = getattr(found, part)
        return found

    def named_children(self):
        return [(name, value) for name, value in self.__dict__.items() if isinstance(value, Module)]

    def children(self):
        return [value for name, value in self.named_children()]

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        found = [(prefix, self)]
        for name, child in self.named_children():
            found.extend(child.named_modules(None, prefix + ('.' if prefix else '') + name))
        return found

    def modules(self):
        return [module for name, module in self.named_modules()]

    def named_parameters(self, prefix='', recurse=True, remove_duplicate=True):
        found = []
        for path, module in (self.named_modules(None, prefix) if recurse else [(prefix, self)]):
            for name, value in module.__dict__.items():
                if isinstance(value, Parameter):
                    found.append((path + ('.' if path else '') + name, value))
        return found

    def parameters(self, recurse=True):
        return iter([value for name, value in self.named_parameters('', recurse)])

    def apply(self, fn):
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        self.training = mode
        for child in self.children():
            child.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        return self

    def to(self, *args, **kwargs):
        return self

    def cuda(self, device=None):
        return self

    def cpu(self):
        return self

    def zero_grad(self, set_to_none=True):
        pass

    def register_forward_hook(self, hook, *args, **kwargs):
        pass

    def register_forward_pre_hook(self, hook, *args, **kwargs):
        pass

    def register_full_backward_hook(self, hook, *args, **kwargs):
        pass

    def extra_repr(self):
        return ''

    def share_memory(self):
        return self

    def compile(self, *args, **kwargs):
        pass
`;
