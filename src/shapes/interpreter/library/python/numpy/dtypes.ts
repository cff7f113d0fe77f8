/** NumPy's dtypes, by their names and as the functions that they are too. */

/** https://numpy.org/doc/stable/reference/arrays.dtypes.html */
export const dtypes = String.raw`
import torch

_of = torch._C._tensor_of_array
_wrap = torch._C._array_of_tensor

class dtype:
    def __init__(self, given, torch_dtype=None, copy=False):
        name = given
        if torch_dtype is None:
            # What torch has no dtype for (texts, records) is known by what it was made of.
            torch_dtype = _NAMES.get(given, given) if isinstance(given, str) else _torch_dtype(given)
            name = ([each.name for each in _DTYPES if each._torch == torch_dtype] + [str(given)])[0]
        self.name = name
        self.__name__ = name
        self._torch = torch_dtype

    def __call__(self, x=0):
        return _wrap(_of(x).to(self._torch))

    def __eq__(self, other):
        return self._torch == _torch_dtype(other)

    def __str__(self):
        return self.name

float64 = dtype('float64', torch.float64)
double = float64
float_ = float64
float32 = dtype('float32', torch.float32)
single = float32
float16 = dtype('float16', torch.float16)
half = float16
int64 = dtype('int64', torch.int64)
int_ = int64
long = int64
intp = int64
longlong = int64
int32 = dtype('int32', torch.int32)
intc = int32
int16 = dtype('int16', torch.int16)
short = int16
int8 = dtype('int8', torch.int8)
uint8 = dtype('uint8', torch.uint8)
uint16 = dtype('uint16', torch.uint16)
uint32 = dtype('uint32', torch.uint32)
uint64 = dtype('uint64', torch.uint64)
bool_ = dtype('bool', torch.bool)
complex64 = dtype('complex64', torch.complex64)
complex128 = dtype('complex128', torch.complex128)

class finfo:
    def __init__(self, dtype):
        info = torch.finfo(_torch_dtype(dtype))
        self.eps = info.eps
        self.max = info.max
        self.min = info.min
        self.tiny = info.tiny

class iinfo:
    def __init__(self, dtype):
        info = torch.iinfo(_torch_dtype(dtype))
        self.max = info.max
        self.min = info.min

_DTYPES = [float64, float32, float16, int64, int32, int16, int8, uint8, uint16, uint32, uint64, bool_, complex64, complex128]
_NAMES = {each.name: each._torch for each in _DTYPES}
_NAMES.update({'float': torch.float64, 'int': torch.int64, 'f': torch.float32, 'd': torch.float64, 'f4': torch.float32, 'f8': torch.float64, 'i4': torch.int32, 'i8': torch.int64, 'u1': torch.uint8, 'complex': torch.complex128})

def _torch_dtype(given, otherwise=None):
    if given is None:
        return otherwise
    if isinstance(given, dtype):
        return given._torch
    if isinstance(given, str):
        return _NAMES[given]
    if given is float:
        return torch.float64
    if given is int:
        return torch.int64
    if given is bool:
        return torch.bool
    if given is complex:
        return torch.complex128
    return given
`;
