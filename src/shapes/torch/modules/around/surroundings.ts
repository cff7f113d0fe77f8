/** What stands around models and changes no shape: random states, choice of kernels, tests, versions, export. */

/** https://docs.pytorch.org/docs/stable/random.html */
export const random = String.raw`
from torch import _Mode

def manual_seed(seed):
    pass

def seed():
    pass

def set_rng_state(new_state):
    pass

class fork_rng(_Mode):
    pass
`;

/** https://docs.pytorch.org/docs/stable/nn.attention.html */
export const attention = String.raw`
from enum import Enum
from torch import _Mode

class SDPBackend(Enum):
    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4

class sdpa_kernel(_Mode):
    pass
`;

/** https://docs.pytorch.org/docs/stable/testing.html */
export const testing = String.raw`
def assert_close(actual, expected, **options):
    pass

def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=''):
    pass
`;

/** Of torch for the processor alone. */
export const version = String.raw`
cuda = None
hip = None
rocm = None
xpu = None
debug = False
`;

/** https://docs.pytorch.org/docs/stable/onnx.html */
export const onnx = String.raw`
def is_in_onnx_export():
    return False
`;

/** https://docs.pytorch.org/docs/stable/profiler.html */
export const profiler = String.raw`
from torch import _Mode

class record_function(_Mode):
    pass
`;

/** Memory of a graphics card, of which there is none. https://docs.pytorch.org/docs/stable/cuda.html#memory-management */
export const cudaMemory = String.raw`
def memory_allocated(device=None):
    return 0

def max_memory_allocated(device=None):
    return 0

def memory_reserved(device=None):
    return 0

def max_memory_reserved(device=None):
    return 0

def ipc_collect():
    pass

def reset_max_memory_allocated(device=None):
    pass
`;
