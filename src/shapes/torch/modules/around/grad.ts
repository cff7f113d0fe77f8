/** Modes and functions around models: gradients, checkpoints, scripting, compiling. None of them changes a shape. */

/** https://docs.pytorch.org/docs/stable/torch.html#locally-disabling-gradient-computation and torch.finfo */
export const torch = String.raw`
from torch import Tensor
import torch

_grad = [True]

class _Mode:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

    def __call__(self, function):
        return function

class _GradMode(_Mode):
    def __enter__(self):
        self._before = _grad[0]
        _grad[0] = self._enabled
        return self

    def __exit__(self, *args):
        _grad[0] = self._before
        return False

class no_grad(_GradMode):
    _enabled = False

class enable_grad(_GradMode):
    _enabled = True

class inference_mode(_GradMode):
    def __init__(self, mode=True):
        self._enabled = not mode

class set_grad_enabled(_GradMode):
    def __init__(self, mode):
        self._before = _grad[0]
        self._enabled = _grad[0] = mode

    def __enter__(self):
        _grad[0] = self._enabled
        return self

class autocast(_Mode):
    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        self.device = device_type
        self.fast_dtype = dtype
        self._enabled = enabled

    def __enter__(self):
        self._before = torch._C._autocast(self.device, self.fast_dtype, self._enabled)
        return self

    def __exit__(self, *args):
        torch._C._restore_autocast(self._before)
        return False

def is_grad_enabled():
    return _grad[0]

def is_inference_mode_enabled():
    return False

def is_autocast_enabled(device_type='cuda'):
    return device_type == 'cpu' and torch._C._autocast_dtype() is not None

def is_autocast_cpu_enabled():
    return torch._C._autocast_dtype() is not None

def is_autocast_cache_enabled():
    return True

def get_autocast_gpu_dtype():
    return torch.float16

def get_autocast_dtype(device_type):
    return (torch._C._autocast_dtype() or torch.bfloat16) if device_type == 'cpu' else torch.float16

def get_autocast_cpu_dtype():
    return torch._C._autocast_dtype() or torch.bfloat16

def is_tensor(obj):
    return isinstance(obj, Tensor)

def manual_seed(seed):
    pass

def get_rng_state():
    return torch.empty(5056, dtype=torch.uint8)

def set_rng_state(new_state):
    pass

def set_printoptions(*args, **kwargs):
    pass

def set_num_threads(count):
    pass

def use_deterministic_algorithms(mode, *, warn_only=False):
    pass

def set_float32_matmul_precision(precision):
    pass

def set_default_device(device):
    pass

def get_default_dtype():
    return torch.float32

def get_default_device():
    return torch.device('cpu')

def compile(model=None, **kwargs):
    return (lambda function: function) if model is None else model

def _assert(condition, message):
    assert condition, message

def _check(condition, message=None):
    assert condition
`;

/** https://docs.pytorch.org/docs/stable/type_info.html */
export const typeInfo = String.raw`
import torch

# bits, eps, max, smallest normal, resolution
_FLOATS = {
    torch.float32: (32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38, 1e-06),
    torch.float64: (64, 2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308, 1e-15),
    torch.float16: (16, 0.0009765625, 65504.0, 6.103515625e-05, 0.001),
    torch.bfloat16: (16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 0.01),
}
_INTS = {torch.uint8: (8, 0), torch.int8: (8, 1), torch.int16: (16, 1), torch.int32: (32, 1), torch.int64: (64, 1)}
_COMPLEX = {torch.complex64: torch.float32, torch.complex128: torch.float64}

class finfo:
    def __init__(self, type=torch.float32):
        type = _COMPLEX.get(type, type)
        if type in _INTS:
            raise TypeError('torch.finfo is for floating-point dtypes; torch.iinfo is for integers')
        self.bits, self.eps, self.max, self.tiny, self.resolution = _FLOATS[type]
        self.min = -self.max
        self.smallest_normal = self.tiny
        self.dtype = str(type).replace('torch.', '')

class iinfo:
    def __init__(self, type):
        if type in _FLOATS:
            raise TypeError('torch.iinfo is for integer dtypes; torch.finfo is for floating-point ones')
        self.bits, signed = _INTS[type]
        self.max = 2 ** (self.bits - signed) - 1
        self.min = -2 ** (self.bits - 1) if signed else 0
        self.dtype = str(type).replace('torch.', '')
`;

/** https://docs.pytorch.org/docs/stable/autograd.html */
export const autograd = String.raw`
import torch
from torch.autograd.function import FunctionCtx

class Function:
    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @classmethod
    def apply(cls, *args, **kwargs):
        ctx = FunctionCtx()
        if cls.setup_context is Function.setup_context:
            return cls.forward(ctx, *args, **kwargs)
        output = cls.forward(*args, **kwargs)
        cls.setup_context(ctx, args, output)
        return output

def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=None, is_grads_batched=False, materialize_grads=False):
    return tuple([each.grad for each in ([inputs] if isinstance(inputs, torch.Tensor) else inputs)])

def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, inputs=None):
    pass

def Variable(data, requires_grad=False, volatile=False):
    return data

def set_detect_anomaly(mode, check_nan=True):
    pass
`;

export const autogradFunction = String.raw`
class FunctionCtx:
    saved_tensors = ()
    materialize_grads = True

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def save_for_forward(self, *tensors):
        self.saved_tensors = tensors

    def mark_dirty(self, *args):
        pass

    def mark_non_differentiable(self, *args):
        pass

    def set_materialize_grads(self, value):
        pass

def once_differentiable(fn):
    return fn
`;

/** https://docs.pytorch.org/docs/stable/checkpoint.html */
export const checkpoint = String.raw`
def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check='default', debug=False, early_stop=True, **kwargs):
    preserve = kwargs.pop('preserve_rng_state', True)
    return function(*args, **kwargs)

def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    for function in functions:
        input = function(input)
    return input

def set_checkpoint_early_stop(enable):
    pass
`;
