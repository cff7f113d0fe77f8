/** Scripting, compiling, devices and processes, as they are on one machine without a graphics card. */

/** https://docs.pytorch.org/docs/stable/jit.html */
export const jit = String.raw`
from typing import Final
from torch.nn import Module

class ScriptModule(Module):
    pass

class ScriptFunction:
    pass

def script(obj=None, *args, **kwargs):
    return obj

def script_if_tracing(fn):
    return fn

def _script_if_tracing(fn):
    return fn

def trace(func, *args, **kwargs):
    return func

def script_method(fn):
    return fn

def is_scripting():
    return False

def is_tracing():
    return False

def export(fn):
    return fn

def ignore(fn=None, **kwargs):
    return fn if callable(fn) else (lambda function: function)

def unused(fn):
    return fn

def interface(obj):
    return obj

def _unwrap_optional(x):
    return x

def annotate(the_type, the_value):
    return the_value

def freeze(mod, *args, **kwargs):
    return mod

def optimize_for_inference(mod, *args, **kwargs):
    return mod

def fork(func, *args, **kwargs):
    return func(*args, **kwargs)

def wait(future):
    return future
`;

/** https://docs.pytorch.org/docs/stable/torch.compiler_api.html */
export const compiler = String.raw`
def is_compiling():
    return False

def is_dynamo_compiling():
    return False

def is_exporting():
    return False

def disable(fn=None, recursive=True, **kwargs):
    return (lambda function: function) if fn is None else fn

def allow_in_graph(fn):
    return fn

def assume_constant_result(fn):
    return fn

def reset():
    pass
`;

export const fx = String.raw`
def wrap(fn):
    return fn
`;

export const overrides = String.raw`
from torch import Tensor

def has_torch_function(relevant_args):
    return False

def has_torch_function_unary(tensor):
    return False

def has_torch_function_variadic(*args):
    return False

def is_tensor_like(inp):
    return isinstance(inp, Tensor)
`;

/** https://docs.pytorch.org/docs/stable/cuda.html */
export const cuda = String.raw`
from torch import _Mode

def is_available():
    return False

def device_count():
    return 0

def is_initialized():
    return False

def is_bf16_supported(including_emulation=True):
    return False

def synchronize(device=None):
    pass

def empty_cache():
    pass

def manual_seed(seed):
    pass

def manual_seed_all(seed):
    pass

def set_device(device):
    pass

def reset_peak_memory_stats(device=None):
    pass

class device(_Mode):
    pass

class Stream(_Mode):
    pass

class stream(_Mode):
    pass
`;

export const backend = String.raw`
def is_available():
    return False

def is_built():
    return False
`;

/** https://docs.pytorch.org/docs/stable/amp.html */
export const amp = String.raw`
import torch

autocast = torch.autocast

def is_autocast_available(device_type):
    return device_type == 'cpu'

class GradScaler:
    def __init__(self, device='cuda', init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True):
        pass

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        pass

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

def custom_fwd(fwd=None, **kwargs):
    return (lambda function: function) if fwd is None else fwd

def custom_bwd(bwd=None, **kwargs):
    return (lambda function: function) if bwd is None else bwd
`;

/** As they were called before torch.amp: of one device each. */
export const amps = {
  cuda: String.raw`
from torch.amp import GradScaler, custom_bwd, custom_fwd
import torch

class autocast(torch.autocast):
    def __init__(self, enabled=True, dtype=torch.float16, cache_enabled=True):
        super().__init__('cuda', dtype, enabled)
`,
  cpu: String.raw`
from torch.amp import GradScaler
import torch

class autocast(torch.autocast):
    def __init__(self, enabled=True, dtype=torch.bfloat16, cache_enabled=True):
        super().__init__('cpu', dtype, enabled)
`,
};

/** One process: https://docs.pytorch.org/docs/stable/distributed.html */
export const distributed = String.raw`
class ReduceOp:
    SUM = 'sum'
    AVG = 'avg'
    PRODUCT = 'product'
    MIN = 'min'
    MAX = 'max'

def is_available():
    return True

def is_initialized():
    return False

def is_torchelastic_launched():
    return False

def get_world_size(group=None):
    return 1

def get_rank(group=None):
    return 0

def init_process_group(*args, **kwargs):
    pass

def destroy_process_group(group=None):
    pass

def barrier(*args, **kwargs):
    pass

def all_reduce(tensor, op=None, group=None, async_op=False):
    pass

def reduce(tensor, dst=None, op=None, group=None, async_op=False):
    pass

def broadcast(tensor, src=None, group=None, async_op=False):
    pass

def all_gather(tensor_list, tensor, group=None, async_op=False):
    for each in tensor_list:
        each.copy_(tensor)
`;

export const parallel = String.raw`
from torch.nn import Module

class DataParallel(Module):
    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)

class DistributedDataParallel(Module):
    def __init__(self, module, *args, **kwargs):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)
`;
