/** Functions around models that change no shape: checkpointing, gradient modes, scripting. */
export const source = {
  checkpoint: String.raw`
def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check='default', debug=False, **kwargs):
    return function(*args, **kwargs)

def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    for function in functions:
        input = function(input)
    return input
`,
  torch: String.raw`
from torch import Tensor, float32

class _Mode:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

    def __call__(self, function):
        return function

class no_grad(_Mode):
    pass

class enable_grad(_Mode):
    pass

class inference_mode(_Mode):
    pass

class set_grad_enabled(_Mode):
    pass

class autocast(_Mode):
    pass

def is_tensor(obj):
    return isinstance(obj, Tensor)

def manual_seed(seed):
    pass

def set_printoptions(*args, **kwargs):
    pass

def get_default_dtype():
    return float32

def compile(model=None, **kwargs):
    return model
`,
  jit: String.raw`
def script(obj, *args, **kwargs):
    return obj

def is_scripting():
    return False

def is_tracing():
    return False

def export(fn):
    return fn

def ignore(fn):
    return fn

def unused(fn):
    return fn
`,
  cuda: String.raw`
def synchronize(device=None):
    pass

def empty_cache():
    pass
`,
  compiler: String.raw`
def is_compiling():
    return False

def is_exporting():
    return False

def disable(fn=None, recursive=True):
    return fn
`,
};
