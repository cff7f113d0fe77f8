/** Weights with elements set to 0: https://docs.pytorch.org/docs/stable/nn.html#utilities */
export const source = String.raw`
import torch
from torch.nn import Parameter

def _count(amount, size):
    return round(amount * size) if isinstance(amount, float) else amount

def _kept(scores, amount):
    # Ones for all but the lowest scores.
    flat = scores.reshape(-1)
    mask = torch.ones_like(flat)
    lowest = torch.topk(flat, _count(amount, flat.numel()), largest=False).indices
    mask[lowest] = 0
    return mask.view_as(scores)

def _along(weight, scores, dim):
    shape = [1] * weight.dim()
    shape[dim] = weight.size(dim)
    return scores.view(shape).expand_as(weight)

def _put(module, name, mask):
    def recompute(module, args=None):
        setattr(module, name, getattr(module, name + '_mask') * getattr(module, name + '_orig'))

    weight = getattr(module, name)
    if hasattr(module, name + '_orig'):
        mask = mask * getattr(module, name + '_mask')
        setattr(module, name + '_mask', mask)
    else:
        delattr(module, name)
        module.register_parameter(name + '_orig', Parameter(weight.detach()))
        module.register_buffer(name + '_mask', mask.clone())
        module.register_forward_pre_hook(recompute)
    recompute(module)
    return module

def identity(module, name):
    return _put(module, name, torch.ones_like(getattr(module, name)))

def random_unstructured(module, name, amount):
    return _put(module, name, _kept(torch.rand_like(getattr(module, name)), amount))

def l1_unstructured(module, name, amount, importance_scores=None):
    return _put(module, name, _kept(getattr(module, name).abs() if importance_scores is None else importance_scores, amount))

def _structured(weight):
    if weight.dim() <= 1:
        raise ValueError(f'a structured pruning takes a tensor of 2 dims or more, not one of shape {tuple(weight.shape)}')
    return weight

def random_structured(module, name, amount, dim):
    weight = _structured(getattr(module, name))
    return _put(module, name, _along(weight, _kept(torch.rand(weight.size(dim)), amount), dim).clone())

def ln_structured(module, name, amount, n, dim, importance_scores=None):
    weight = _structured(getattr(module, name))
    scores = weight if importance_scores is None else importance_scores
    others = [other for other in range(weight.dim()) if other != dim % weight.dim()]
    return _put(module, name, _along(weight, _kept(torch.norm(scores, p=n, dim=others), amount), dim).clone())

def custom_from_mask(module, name, mask):
    return _put(module, name, mask.to(getattr(module, name).dtype))

def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    pairs = list(parameters)
    scores = torch.cat([getattr(module, name).abs().reshape(-1) for module, name in pairs])
    mask = _kept(scores, kwargs.get('amount', 0))
    start = 0
    for module, name in pairs:
        weight = getattr(module, name)
        _put(module, name, mask[start:start + weight.numel()].view_as(weight))
        start += weight.numel()

def remove(module, name):
    weight = getattr(module, name)
    for suffix in ('_orig', '_mask'):
        delattr(module, name + suffix)
    module._hooks = ()
    setattr(module, name, Parameter(weight))
    return module

def is_pruned(module):
    return any([buffer.endswith('_mask') for buffer, _ in module.named_buffers()])

class BasePruningMethod:
    pass

class L1Unstructured(BasePruningMethod):
    pass

class RandomUnstructured(BasePruningMethod):
    pass
`;
