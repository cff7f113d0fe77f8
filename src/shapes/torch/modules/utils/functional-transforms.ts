/** Functions of functions: gradients, Jacobians and Hessians, and modules called with other parameters. Values of derivatives are not traced. */

/** https://docs.pytorch.org/docs/stable/func.api.html */
export const func = String.raw`
import torch
from torch._C import _opaque_like
from torch.utils._pytree import tree_map

def _derivative(like):
    return _opaque_like(like, 'gradients are not traced')

def _picked(args, argnums):
    return args[argnums] if isinstance(argnums, int) else tuple([args[i] for i in argnums])

def _by(output, inputs):
    # For each output, the sizes of the output and behind them those of the input.
    return tree_map(lambda out: tree_map(lambda each: _derivative(torch.empty((*out.shape, *each.shape), dtype=out.dtype)), inputs), output)

def grad_and_value(func, argnums=0, has_aux=False):
    def derived(*args, **kwargs):
        result = func(*args, **kwargs)
        return tree_map(_derivative, _picked(args, argnums)), result
    return derived

def grad(func, argnums=0, has_aux=False):
    def derived(*args, **kwargs):
        result = func(*args, **kwargs)
        gradients = tree_map(_derivative, _picked(args, argnums))
        return (gradients, result[1]) if has_aux else gradients
    return derived

def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    def derived(*args, **kwargs):
        result = func(*args, **kwargs)
        jacobian = _by(result[0] if has_aux else result, _picked(args, argnums))
        return (jacobian, result[1]) if has_aux else jacobian
    return derived

def jacfwd(func, argnums=0, has_aux=False, *, randomness='error'):
    return jacrev(func, argnums, has_aux=has_aux)

def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)

def vjp(func, *primals, has_aux=False):
    result = func(*primals)
    def backward(cotangents, retain_graph=True, create_graph=None):
        return tree_map(_derivative, tuple(primals))
    return (result[0], backward, result[1]) if has_aux else (result, backward)

def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    result = func(*primals)
    return (result[0], tree_map(_derivative, result[0]), result[1]) if has_aux else (result, tree_map(_derivative, result))

def linearize(func, *primals):
    result = func(*primals)
    return result, lambda *tangents: tree_map(_derivative, result)

def functionalize(func, *, remove='mutations'):
    return func

def stack_module_state(models):
    def stacked(tensors):
        return {name: torch.stack([each[name].detach() for each in tensors]) for name in tensors[0]}
    return stacked([dict(model.named_parameters()) for model in models]), stacked([dict(model.named_buffers()) for model in models])
`;

/** https://docs.pytorch.org/docs/stable/generated/torch.func.functional_call.html */
export const functionalCall = String.raw`
def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    given = {}
    for each in [parameter_and_buffer_dicts] if isinstance(parameter_and_buffer_dicts, dict) else parameter_and_buffer_dicts:
        given.update(each)
    kept = []
    for path, tensor in given.items():
        owner, _, name = path.rpartition('.')
        holder = module.get_submodule(owner)
        kept.append((holder, name, getattr(holder, name)))
        setattr(holder, name, tensor)
    args = () if args is None else args
    result = module(*(args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    for holder, name, tensor in kept:
        setattr(holder, name, tensor)
    return result
`;

/** https://docs.pytorch.org/docs/stable/autograd.html#functional-higher-level-api */
export const autogradFunctional = String.raw`
from torch.func import _by, _derivative
from torch.utils._pytree import tree_map

def _all(inputs):
    return inputs if isinstance(inputs, tuple) else (inputs,)

def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy='reverse-mode'):
    return _by(func(*_all(inputs)), inputs)

def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy='reverse-mode'):
    func(*_all(inputs))
    return _by(inputs, inputs)

def vjp(func, inputs, v=None, create_graph=False, strict=False):
    return func(*_all(inputs)), tree_map(_derivative, inputs)

def jvp(func, inputs, v=None, create_graph=False, strict=False):
    result = func(*_all(inputs))
    return result, tree_map(_derivative, result)

def hvp(func, inputs, v=None, create_graph=False, strict=False):
    return vjp(func, inputs)

def vhp(func, inputs, v=None, create_graph=False, strict=False):
    return vjp(func, inputs)
`;
