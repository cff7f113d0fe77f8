/** torch.nn.Module: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html */
export const source = String.raw`
from collections import OrderedDict
from torch._C._nn import _parse_to, _register_module
from torch.nn import Parameter
from torch.nn.modules.registered import _Registered, _RemovableHandle, _load
import torch
from torch._C import _call_later, _opaque_like

def _gradients(values):
    return tuple([_opaque_like(each, 'it is a gradient') if isinstance(each, torch.Tensor) else None for each in (values if isinstance(values, tuple) else (values,))])

class Module:
    training = True
    call_super_init = False
    get_extra_state = None
    # What registration says of an attribute that its value does not: 'buffer', 'temporary' (a buffer that is not
    # saved), 'parameter' or 'module' (one that is None).
    _kinds = {}
    _hooks = ()

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        if not self._hooks:
            return self.forward(*args, **kwargs)
        return self._call_hooked(args, kwargs)

    def _call_hooked(self, args, kwargs):
        for key, kind, hook, with_kwargs in self._hooks:
            if kind == 'before':
                result = hook(self, args, kwargs) if with_kwargs else hook(self, args)
                if result is not None:
                    if with_kwargs:
                        args, kwargs = result
                    else:
                        args = result if isinstance(result, tuple) else (result,)
        output = self.forward(*args, **kwargs)
        for key, kind, hook, with_kwargs in self._hooks:
            if kind == 'after':
                result = hook(self, args, kwargs, output) if with_kwargs else hook(self, args, output)
                if result is not None:
                    output = result
        for key, kind, hook, with_kwargs in self._hooks:
            if kind == 'gradients':
                _call_later(hook, self, _gradients(args), _gradients(output))
            elif kind == 'gradients of outputs':
                _call_later(hook, self, _gradients(output))
        return output

    def _register_hook(self, kind, hook, with_kwargs, prepend):
        handle = _RemovableHandle(self)
        entry = (handle.id, kind, hook, with_kwargs)
        self._hooks = (entry,) + self._hooks if prepend else self._hooks + (entry,)
        return handle

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        return self._register_hook('after', hook, with_kwargs, prepend)

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        return self._register_hook('before', hook, with_kwargs, prepend)

    def register_full_backward_hook(self, hook, prepend=False):
        return self._register_hook('gradients', hook, False, prepend)

    def register_full_backward_pre_hook(self, hook, prepend=False):
        return self._register_hook('gradients of outputs', hook, False, prepend)

    def register_backward_hook(self, hook):
        return self._register_hook('gradients', hook, False, False)

    def register_state_dict_pre_hook(self, hook):
        return _RemovableHandle(self)

    def _register_state_dict_hook(self, hook):
        return _RemovableHandle(self)

    def register_load_state_dict_post_hook(self, hook):
        return _RemovableHandle(self)

    def register_load_state_dict_pre_hook(self, hook):
        return _RemovableHandle(self)

    def _register_load_state_dict_pre_hook(self, hook, with_module=False):
        return _RemovableHandle(self)

    def _note(self, name, kind):
        self._kinds = {**self._kinds, name: kind}

    def register_buffer(self, name, tensor, persistent=True):
        self._note(name, 'buffer' if persistent else 'temporary')
        setattr(self, name, tensor)

    def register_parameter(self, name, param):
        if param is None:
            self._note(name, 'parameter')
        setattr(self, name, param)

    def add_module(self, name, module):
        _register_module(self, name, module)

    def register_module(self, name, module):
        self.add_module(name, module)

    def _members(self, cls, kinds):
        return [(name, value) for name, value in self.__dict__.items() if self._kinds.get(name) in kinds or isinstance(value, cls)]

    def _buffer_members(self, kinds=('buffer', 'temporary')):
        return [(name, self.__dict__[name]) for name, kind in self._kinds.items() if kind in kinds and name in self.__dict__]

    @property
    def _modules(self):
        return _Registered(self, 'module', self._members(Module, ('module',)))

    @property
    def _parameters(self):
        return _Registered(self, 'parameter', self._members(Parameter, ('parameter',)))

    @property
    def _buffers(self):
        return _Registered(self, 'buffer', self._buffer_members())

    def _named_children(self):
        return [(name, value) for name, value in self.__dict__.items() if isinstance(value, Module)]

    def _named_modules(self, memo, prefix, remove_duplicate):
        if remove_duplicate:
            if self in memo:
                return []
            memo[self] = True
        found = [(prefix, self)]
        for name, child in self._named_children():
            found.extend(child._named_modules(memo, prefix + '.' + name if prefix else name, remove_duplicate))
        return found

    def named_children(self):
        return iter(self._named_children())

    def children(self):
        return iter([value for name, value in self._named_children()])

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        return iter(self._named_modules({}, prefix, remove_duplicate))

    def modules(self):
        return iter([module for name, module in self._named_modules({}, '', True)])

    def named_parameters(self, prefix='', recurse=True, remove_duplicate=True):
        found = []
        seen = {}
        for path, module in self._named_modules({}, prefix, remove_duplicate) if recurse else [(prefix, self)]:
            for name, value in module.__dict__.items():
                if isinstance(value, Parameter) and not (remove_duplicate and value in seen):
                    seen[value] = True
                    found.append((path + '.' + name if path else name, value))
        return iter(found)

    def parameters(self, recurse=True):
        return iter([value for name, value in self.named_parameters('', recurse)])

    def named_buffers(self, prefix='', recurse=True, remove_duplicate=True):
        found = []
        for path, module in self._named_modules({}, prefix, remove_duplicate) if recurse else [(prefix, self)]:
            for name, value in module._buffer_members():
                if value is not None:
                    found.append((path + '.' + name if path else name, value))
        return iter(found)

    def buffers(self, recurse=True):
        return iter([value for name, value in self.named_buffers('', recurse)])

    def get_submodule(self, target):
        found = self
        for part in target.split('.'):
            if part:
                found = getattr(found, part)
        return found

    def set_submodule(self, target, module, strict=False):
        path, _, name = target.rpartition('.')
        setattr(self.get_submodule(path), name, module)

    def get_parameter(self, target):
        return self.get_submodule(target)

    def get_buffer(self, target):
        return self.get_submodule(target)

    def apply(self, fn):
        for name, child in self._named_children():
            child.apply(fn)
        fn(self)
        return self

    def _apply(self, fn, recurse=True):
        done = {}
        for name, module in self._named_modules({}, '', True) if recurse else [('', self)]:
            for name, value in module.__dict__.items():
                if isinstance(value, Parameter):
                    if value not in done:
                        done[value] = Parameter(fn(value))
                    setattr(module, name, done[value])
            for name, value in module._buffer_members():
                if value is not None:
                    setattr(module, name, fn(value))
        return self

    def _to_dtype(self, dtype):
        return self._apply(lambda tensor: tensor.to(dtype) if tensor.is_floating_point() else tensor)

    def to(self, *args, **kwargs):
        device, dtype = _parse_to(*args, **kwargs)
        return self if dtype is None else self._to_dtype(dtype)

    def type(self, dst_type):
        return self._apply(lambda tensor: tensor.type(dst_type))

    def float(self):
        return self._to_dtype(torch.float32)

    def double(self):
        return self._to_dtype(torch.float64)

    def half(self):
        return self._to_dtype(torch.float16)

    def bfloat16(self):
        return self._to_dtype(torch.bfloat16)

    def cuda(self, device=None):
        return self

    def cpu(self):
        return self

    def xpu(self, device=None):
        return self

    def to_empty(self, *, device, recurse=True):
        return self

    def share_memory(self):
        return self

    def compile(self, *args, **kwargs):
        pass

    def train(self, mode=True):
        self.training = mode
        for name, child in self._named_children():
            child.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad = requires_grad
        return self

    def zero_grad(self, set_to_none=True):
        pass

    def state_dict(self, *args, destination=None, prefix='', keep_vars=False):
        found = OrderedDict() if destination is None else destination
        for name, value in [pair for pair in self.__dict__.items() if isinstance(pair[1], Parameter)] + self._buffer_members(('buffer',)):
            if value is not None:
                found[prefix + name] = value if keep_vars else value.detach()
        if self.get_extra_state is not None:
            found[prefix + '_extra_state'] = self.get_extra_state()
        for name, child in self._named_children():
            child.state_dict(destination=found, prefix=prefix + name + '.', keep_vars=keep_vars)
        return found

    def load_state_dict(self, state_dict, strict=True, assign=False):
        return _load(self, state_dict, strict)

    def _get_name(self):
        return self.__class__.__name__

    def extra_repr(self):
        return ''

    def __dir__(self):
        return sorted(self.__dict__)
`;
