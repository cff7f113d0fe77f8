/** Functions on modules and their parameters: https://docs.pytorch.org/docs/stable/nn.html#utilities */
export const source = String.raw`
import torch
import torch.nn.functional as F
from torch import Tensor
from torch._C import _opaque_like
from torch.nn import Parameter

def _norm_except_dim(weight, dim):
    if dim == -1:
        return weight.norm()
    return weight.norm(2, [other for other in range(weight.dim()) if other != dim % weight.dim()], True)

def _weight_matrix(weight, dim):
    if dim != 0:
        weight = weight.permute(dim, *[other for other in range(weight.dim()) if other != dim])
    return weight.flatten(1)

def _power_iteration(matrix, u, v, count, eps):
    for i in range(count):
        u = F.normalize(torch.mv(matrix, v), dim=0, eps=eps)
        v = F.normalize(torch.mv(matrix.t(), u), dim=0, eps=eps)
    return u, v

def skip_init(module_cls, *args, **kwargs):
    return module_cls(*args, **kwargs)

def weight_norm(module, name='weight', dim=0):
    dim = -1 if dim is None else dim
    weight = getattr(module, name)
    delattr(module, name)
    setattr(module, name + '_g', Parameter(_norm_except_dim(weight, dim)))
    setattr(module, name + '_v', Parameter(weight))

    def recompute(module, args=None):
        v = getattr(module, name + '_v')
        setattr(module, name, v * (getattr(module, name + '_g') / _norm_except_dim(v, dim)))
    recompute(module)
    module.register_forward_pre_hook(recompute)
    return module

def remove_weight_norm(module, name='weight'):
    module._hooks = ()
    delattr(module, name + '_g')
    delattr(module, name + '_v')
    setattr(module, name, Parameter(getattr(module, name)))
    return module

def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if 'ConvTranspose' in module.__class__.__name__ else 0
    weight = getattr(module, name)
    matrix = _weight_matrix(weight, dim)
    delattr(module, name)
    setattr(module, name + '_orig', weight)
    module.register_buffer(name + '_u', F.normalize(torch.randn(matrix.size(0), dtype=weight.dtype), dim=0, eps=eps))
    module.register_buffer(name + '_v', F.normalize(torch.randn(matrix.size(1), dtype=weight.dtype), dim=0, eps=eps))
    setattr(module, name, weight.detach())

    def recompute(module, args):
        weight = getattr(module, name + '_orig')
        matrix = _weight_matrix(weight, dim)
        u, v = getattr(module, name + '_u'), getattr(module, name + '_v')
        if module.training:
            for i in range(n_power_iterations):
                v.copy_(F.normalize(torch.mv(matrix.t(), u), dim=0, eps=eps))
                u.copy_(F.normalize(torch.mv(matrix, v), dim=0, eps=eps))
        setattr(module, name, weight / torch.dot(u.clone(), torch.mv(matrix, v.clone())))
    module.register_forward_pre_hook(recompute)
    return module

def remove_spectral_norm(module, name='weight'):
    module._hooks = ()
    value = getattr(module, name)
    for suffix in ('_orig', '_u', '_v'):
        delattr(module, name + suffix)
    setattr(module, name, Parameter(value))
    return module

def parameters_to_vector(parameters):
    return torch.cat([param.reshape(-1) for param in parameters])

def vector_to_parameters(vec, parameters):
    start = 0
    for param in parameters:
        param.copy_(vec[start:start + param.numel()].view_as(param))
        start += param.numel()

def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return _opaque_like(torch.zeros(()), 'gradients are not traced')

def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return _opaque_like(torch.zeros(()), 'gradients are not traced')

def clip_grad_norm(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return clip_grad_norm_(parameters, max_norm)

def clip_grad_value_(parameters, clip_value, foreach=None):
    pass

def skip_init(module_cls, *args, **kwargs):
    return module_cls(*args, **kwargs)

def convert_conv2d_weight_memory_format(module, memory_format):
    return module

def convert_conv3d_weight_memory_format(module, memory_format):
    return module

def fuse_conv_bn_weights(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, transpose=False):
    scale = torch.rsqrt(bn_rv + bn_eps)
    if bn_w is not None:
        scale = scale * bn_w
    bias = -bn_rm * scale if conv_b is None else (conv_b - bn_rm) * scale
    if bn_b is not None:
        bias = bias + bn_b
    sizes = [1] * conv_w.dim()
    sizes[1 if transpose else 0] = -1
    return Parameter(conv_w * scale.reshape(sizes)), Parameter(bias)
`;
