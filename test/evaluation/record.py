"""Records what real torch computes, as the cases that the kernels are tested against.

    python test/evaluation/record.py > test/evaluation/fixtures/cases.json

Each case is a graph as the tracer would hand it over (canonical op names, arguments under torch's parameter names) and
the shapes, dtypes and values that torch gave. Needed only to record anew; the tests read the JSON.
"""
import json
import math

import torch
import torch.nn.functional as F

CASES = []
inf, nan = math.inf, math.nan


class Graph:
    """Builds one case: `add` runs torch and notes the node."""

    def __init__(self, name):
        self.name, self.nodes, self.results = name, [], []

    def constant(self, tensor):
        data = [{"float": number(x)} if isinstance(number(x), str) else number(x) for x in tensor.flatten().tolist()]
        return self._note("constant", {"data": data, "dtype": {"dtype": dtype(tensor)}}, [tensor])

    def add(self, op, kwargs, result=None):
        encoded = {name: self.encode(value) for name, value in kwargs.items()}
        if result is None:
            result = call(op, {name: unwrap(value) for name, value in kwargs.items()})
        return self._note(op, encoded, outputs_of(result))

    def _note(self, op, args, results):
        node = len(self.nodes)
        self.nodes.append({"id": node, "op": op, "args": args, "source": None,
                           "outputs": [{"shape": list(r.shape), "dtype": dtype(r)} for r in results]})
        self.results.append(results)
        return Node(self, node, results)

    def encode(self, value):
        if isinstance(value, Node):
            return {"node": value.id, "output": 0}
        if isinstance(value, torch.Tensor):
            return {"node": self.constant(value).id, "output": 0}
        if isinstance(value, torch.dtype):
            return {"dtype": str(value)[6:]}
        if isinstance(value, slice):
            return {"slice": [self.encode(x) for x in (value.start, value.stop, value.step)]}
        if value is Ellipsis:
            return {"ellipsis": True}
        if isinstance(value, float):
            return {"float": number(value)}
        if isinstance(value, (list, tuple)):
            return [self.encode(x) for x in value]
        return value

    def finish(self):
        last = len(self.nodes) - 1
        expected = [{"shape": list(r.shape), "dtype": dtype(r), "values": [number(x) for x in r.flatten().tolist()]} for r in self.results[last]]
        CASES.append({"name": self.name, "expected": expected, "cone": {
            "version": 1, "nodes": self.nodes, "outputs": [{"node": last, "output": i} for i in range(len(expected))]}})


class Node:
    def __init__(self, graph, id, results):
        self.graph, self.id, self.results = graph, id, results


def unwrap(value):
    if isinstance(value, Node):
        return value.results[0]
    if isinstance(value, (list, tuple)):
        return type(value)(unwrap(x) for x in value)
    return value


def dtype(tensor):
    return str(tensor.dtype)[6:]


def number(x):
    if isinstance(x, bool):
        return x
    if isinstance(x, float) and math.isnan(x):
        return "nan"
    if isinstance(x, float) and math.isinf(x):
        return "inf" if x > 0 else "-inf"
    # Nine digits tell all float32 numbers apart.
    return float(f"{x:.9g}") if isinstance(x, float) else x


def outputs_of(result):
    return list(result) if isinstance(result, (tuple, list)) else [result]


def call(op, kwargs):
    if op == "torch.Tensor.__getitem__":
        return kwargs["input"][tuple(kwargs["index"]) if isinstance(kwargs["index"], list) else kwargs["index"]]
    if op == "torch.index_put":
        result = kwargs["input"].clone()
        result[tuple(kwargs["indices"])] = kwargs["values"]
        return result
    if op == "torch.meshgrid":
        return torch.meshgrid(*kwargs["tensors"], **{k: v for k, v in kwargs.items() if k != "tensors"})
    if op == "torch.einsum":
        return torch.einsum(kwargs["equation"], *kwargs["operands"])
    target = torch
    for part in op.split(".")[1:]:
        target = getattr(target, part)
    if op.startswith("torch.Tensor."):
        first, *rest = kwargs
        positional = {"expand": ["size"], "repeat": ["repeats"], "view": ["size"], "to": ["dtype"]}.get(op.split(".")[-1])
        if positional:
            return target(kwargs[first], *[kwargs[name] for name in rest])
        return target(kwargs[first], **{name: kwargs[name] for name in rest})
    if op == "torch.pow" and isinstance(kwargs["input"], (int, float)):
        return torch.pow(kwargs["input"], kwargs["other"] if "other" in kwargs else kwargs["exponent"])
    if op in POSITIONAL:
        first, *rest = kwargs
        return target(kwargs[first], *[kwargs[name] for name in rest if name not in KEYWORDS], **{name: kwargs[name] for name in rest if name in KEYWORDS})
    return target(**kwargs)


# Builtins that take a number on the left, or whose parameters cannot all be given by name.
POSITIONAL = {"torch.sub", "torch.add", "torch.mul", "torch.div", "torch.floor_divide", "torch.remainder", "torch.arange", "torch.roll",
              "torch.transpose", "torch.atleast_2d", "torch.rsub", "torch.maximum", "torch.where", "torch.linspace", "torch.full", "torch.gather"}
KEYWORDS = {"alpha", "rounding_mode", "dtype"}


def case(op, label="", **kwargs):
    graph = Graph(f"{op} {label}".strip())
    graph.add(op, kwargs)
    graph.finish()


def floats(*shape, dtype=torch.float32):
    count = math.prod(shape)
    return (torch.sin(torch.arange(count, dtype=torch.float64) * 1.7) * 3).to(dtype).reshape(shape)


def ints(*shape, dtype=torch.int64):
    return ((torch.arange(math.prod(shape)) * 7) % 11 - 4).to(dtype).reshape(shape)


def bools(*shape):
    return (torch.arange(math.prod(shape)) % 3 == 0).reshape(shape)


special = torch.tensor([nan, inf, -inf, -0.0, 0.0, 1.5, -2.5, 1e30, 1e-30])

# ---- creation
for args in ({"start": 0, "end": 5, "step": 1}, {"start": 3, "end": -4, "step": -2}, {"start": 0.5, "end": 2.0, "step": 0.25}, {"start": 0, "end": 0, "step": 1}):
    case("torch.arange", str(args), **args)
case("torch.arange", "dtype", start=0, end=4, step=1, dtype=torch.float32)
case("torch.linspace", start=-1.0, end=1.0, steps=7)
case("torch.linspace", "one", start=-1.0, end=1.0, steps=1)
case("torch.eye", n=3, m=4)
case("torch.full", size=[2, 2], fill_value=1.5)
case("torch.full", "int", size=[2], fill_value=7)
case("torch.zeros", size=[2, 3])
case("torch.ones", size=[0, 3])
case("torch.zeros_like", input=ints(2, 2))
case("torch.tril_indices", row=3, col=4, offset=-1)
case("torch.triu_indices", row=3, col=4, offset=1)

# ---- movement
x3, x4, x6 = floats(2, 3, 4), floats(2, 3, 4, 5), floats(2, 1, 3, 2, 2, 3)
for value in (x3, ints(2, 3, 4), bools(2, 3, 4)):
    label = dtype(value)
    case("torch.reshape", label, input=value, shape=[4, -1])
    case("torch.permute", label, input=value, dims=[2, 0, 1])
    case("torch.transpose", label, input=value, dim0=-1, dim1=0)
    case("torch.flip", label, input=value, dims=[0, 2])
    case("torch.roll", label, input=value, shifts=[1, -2], dims=[0, 2])
    case("torch.roll", label + " flat", input=value, shifts=[5])
    case("torch.cat", label, tensors=[value, value], dim=1)
    case("torch.stack", label, tensors=[value, value], dim=-1)
    case("torch.Tensor.repeat", label, input=value, repeats=[2, 1, 2, 1])
    case("torch.tile", label, input=value, dims=[2])
    case("torch.split", label, tensor=value, split_size_or_sections=[1, 2], dim=1)
    case("torch.chunk", label, input=value, chunks=3, dim=2)
    case("torch.unbind", label, input=value, dim=1)
    case("torch.narrow", label, input=value, dim=2, start=1, length=2)
    case("torch.select", label, input=value, dim=1, index=-1)
    case("torch.diagonal", label, input=value, offset=1, dim1=1, dim2=2)
    case("torch.as_strided", label, input=value, size=[3, 2, 2], stride=[1, 4, 12], storage_offset=2)
    case("torch.repeat_interleave", label, input=value, repeats=2, dim=1)
    case("torch.movedim", label, input=value, source=[0, 1], destination=[2, 0])
    case("torch.Tensor.unfold", label, input=value, dimension=2, size=2, step=1)
    case("torch.nn.functional.pad", label, input=value, pad=[1, 2, 0, 1], mode="constant", value=0)
case("torch.permute", "rank 6", input=x6, dims=[0, 1, 3, 2, 4, 5])
case("torch.permute", "rank 6 all", input=x6, dims=[5, 3, 0, 4, 2, 1])
case("torch.permute", "windows", input=floats(1, 2, 3, 2, 3, 4), dims=[0, 1, 3, 2, 4, 5])
case("torch.permute", "empty", input=floats(2, 0, 3), dims=[2, 1, 0])
case("torch.permute", "0-d", input=torch.tensor(3.0), dims=[])
case("torch.permute", "ones", input=floats(1, 3, 1, 4), dims=[3, 0, 2, 1])
case("torch.Tensor.expand", input=floats(3, 1), size=[2, 3, 4])
case("torch.Tensor.expand", "rank 6", input=floats(2, 1, 3, 1, 1, 2), size=[2, 2, 3, 2, 2, 2])
case("torch.Tensor.expand", "-1", input=ints(1, 3), size=[4, -1])
case("torch.Tensor.expand", "empty", input=floats(1, 0), size=[4, 0])
case("torch.cat", "mixed dtypes", tensors=[ints(2, 2), floats(1, 2)], dim=0)
case("torch.cat", "large ints", tensors=[torch.tensor([2**53, -(2**53)]), torch.tensor([2**40 + 1])], dim=0)
case("torch.cat", "legacy empty", tensors=[torch.zeros(0), floats(2, 3)], dim=1)
case("torch.cat", "empty", tensors=[floats(0, 3), floats(0, 3)], dim=0)
case("torch.stack", "0-d", tensors=[torch.tensor(1), torch.tensor(2)], dim=0)
case("torch.hstack", tensors=[floats(2, 1), floats(2, 2)])
case("torch.vstack", tensors=[floats(3), floats(2, 3)])
for indexing in ("ij", "xy"):
    case("torch.meshgrid", indexing, tensors=[torch.arange(2), torch.arange(3)], indexing=indexing)
    case("torch.meshgrid", indexing + " floats", tensors=[floats(2), floats(3), floats(2)], indexing=indexing)
for name in ("flatten", "squeeze", "ravel"):
    case(f"torch.{name}", input=floats(2, 1, 3))
case("torch.unsqueeze", input=ints(2, 3), dim=-1)
case("torch.Tensor.view", input=ints(2, 6), size=[3, 4])
for source, target in ((floats(4), torch.int64), (ints(4), torch.float32), (ints(4), torch.bool), (floats(4), torch.float16), (floats(4), torch.bfloat16),
                       (torch.tensor([300, -200, 127, 128]), torch.int8), (torch.tensor([300, -1]), torch.uint8), (torch.tensor([2**31, -(2**31) - 1]), torch.int32),
                       (torch.tensor([16777217, 2**53]), torch.float32), (torch.tensor([nan, 0.0, inf]), torch.bool), (special[:6], torch.float64),
                       (torch.tensor([65519.0, 65520.0, 1e-8, 6e-8, 2049.0, 2051.0, -1e6]), torch.float16)):
    case("torch.Tensor.to", f"{dtype(source)} to {target}", input=source, dtype=target)

# ---- indexing
for value in (x4, ints(2, 3, 4, 5)):
    i = torch.tensor([1, 0, -1])
    for index in ([0], [-1, 2], [slice(None), 1], [Ellipsis, 0], [slice(None), None, 1], [slice(None), slice(0, 3, 2)], [slice(None), slice(-2, None)],
                  [slice(None), slice(5, 9)], [None, Ellipsis, None], [slice(None), slice(None), slice(3, 1)], [i % 2], [slice(None), i], [Ellipsis, i],
                  [slice(None), i, i], [i % 2, slice(None), i], [0, slice(None), i], [slice(None), i, 0], [slice(None), 0, slice(None), i], [i % 2, None, i],
                  [torch.tensor([[0, 1], [1, 0]])], [torch.tensor([[0], [1]]), torch.tensor([[0, 2]])], [torch.tensor(1)], [torch.tensor([], dtype=torch.int64)],
                  [slice(None), [0, 2]], [bools(2, 3)], [torch.tensor([True, False])], [slice(None), torch.tensor([True, False, True]), slice(None), torch.tensor([1, 2])],
                  [True], [False], [True, i % 2], [slice(None), slice(None), bools(4, 5)], []):
        case("torch.Tensor.__getitem__", f"{dtype(value)} {index}".replace("\n", " "), input=value, index=index)
    i2 = torch.tensor([1, 0])
    for index, values in (([0], 5), ([slice(None), 1], 2), ([i2, slice(None), i2], ints(2, 3, 5)), ([bools(2, 3)], 9), ([Ellipsis, slice(None, None, 2)], ints(3)), ([1, 2], ints(1, 1, 5))):
        case("torch.index_put", f"{dtype(value)} {index}".replace("\n", " "), input=value, indices=index, values=values.to(value.dtype) if isinstance(values, torch.Tensor) else values)
    case("torch.gather", dtype(value), input=value, dim=2, index=torch.arange(2 * 3 * 2 * 5).reshape(2, 3, 2, 5) % 4)
    case("torch.index_select", dtype(value), input=value, dim=1, index=torch.tensor([2, 0, 2]))
    case("torch.scatter", dtype(value), input=value, dim=3, index=torch.arange(2 * 3 * 4 * 2).reshape(2, 3, 4, 2) % 5, src=value * 2)
    case("torch.index_add", dtype(value), input=value, dim=1, index=torch.tensor([0, 0]), source=value[:, :2])
    case("torch.masked_fill", dtype(value), input=value, mask=bools(3, 1, 5), value=-7)
    case("torch.masked_select", dtype(value), input=value, mask=bools(2, 3, 4, 5))
    case("torch.where", dtype(value), condition=bools(3, 1, 5), input=value, other=value * 10)
    case("torch.tril", dtype(value), input=value, diagonal=-1)
    case("torch.triu", dtype(value), input=value, diagonal=1)
    case("torch.as_strided_scatter", dtype(value), input=value, src=value[:, 0, 0] * 3, size=[2, 5], stride=[60, 1], storage_offset=20)
    case("torch.slice_scatter", dtype(value), input=value, src=value[:, :, :2] * 3, dim=2, start=1, end=4, step=2)
    case("torch.select_scatter", dtype(value), input=value, src=value[:, 0] * 3, dim=1, index=2)
    case("torch.take", dtype(value), input=value, index=torch.tensor([[0, 5], [119, -1]]))
case("torch.where", "promotes", condition=bools(3), input=ints(3), other=1.5)
case("torch.where", "positions", condition=bools(2, 3))
case("torch.nonzero", input=ints(3, 4) > 0)
case("torch.nn.functional.embedding", input=torch.tensor([[0, 2], [1, 1]]), weight=floats(3, 4))
case("torch.nn.functional.one_hot", input=torch.tensor([0, 2, 1]), num_classes=4)
case("torch.masked_fill", "-inf", input=floats(2, 2), mask=bools(2, 2), value=-inf)

# ---- arithmetic
pairs = [(floats(2, 3), floats(3)), (ints(2, 3), ints(2, 1) * 3 + 1), (ints(2, 3), floats(3)), (floats(2, 3), 2), (ints(2, 3), 2.5), (ints(2, 3), 3), (special, special.flip(0)),
         (floats(2, 1, 3, 1, 2, 1), floats(1, 2, 1, 3, 1, 2)), (floats(0, 3), floats(3)), (torch.tensor(2.0), torch.tensor(3)), (ints(3, dtype=torch.int32), ints(3)),
         (floats(3, dtype=torch.float16), floats(3)), (floats(5, dtype=torch.float16), floats(5, dtype=torch.float16) * 1.1), (floats(5, dtype=torch.bfloat16), 0.3),
         (floats(4, dtype=torch.float64), 0.1), (ints(4, dtype=torch.int8) * 30, ints(4, dtype=torch.int8) * 7 + 1), (ints(4, dtype=torch.uint8), ints(4, dtype=torch.uint8) + 1)]
for a, b in pairs:
    label = f"{dtype(a)} {tuple(a.shape)}, {dtype(b) if isinstance(b, torch.Tensor) else b}"
    b_nonzero = b if not isinstance(b, torch.Tensor) or b.dtype.is_floating_point else torch.where(b == 0, torch.ones_like(b), b)
    for name in ("add", "sub", "mul", "eq", "ne", "lt", "le", "gt", "ge"):
        case(f"torch.{name}", label, input=a, other=b)
    case("torch.div", label, input=a, other=b_nonzero)
    for name in ("floor_divide", "remainder", "fmod"):
        case(f"torch.{name}", label, input=a, other=b_nonzero)
    case("torch.div", label + " trunc", input=a, other=b_nonzero, rounding_mode="trunc")
    case("torch.div", label + " floor", input=a, other=b_nonzero, rounding_mode="floor")
    if isinstance(b, torch.Tensor):
        case("torch.maximum", label, input=a, other=b)
        case("torch.minimum", label, input=a, other=b)
case("torch.add", "alpha", input=floats(3), other=floats(3), alpha=2)
case("torch.sub", "int alpha", input=ints(3), other=ints(3), alpha=3)
case("torch.rsub", input=ints(3), other=10)
case("torch.add", "bools", input=bools(3), other=bools(3).flip(0))
case("torch.mul", "bools", input=bools(3), other=bools(3).flip(0))
case("torch.add", "bool and int", input=bools(3), other=ints(3))
case("torch.mul", "2**52", input=torch.tensor([2**26, -(2**26)]), other=torch.tensor([2**26, 2**27]))
case("torch.add", "2**53", input=torch.tensor([2**53 - 1, -(2**53) + 1]), other=torch.tensor([1, -1]))
case("torch.mul", "int32 wraps", input=torch.tensor([2**31 - 1, 123456789], dtype=torch.int32), other=torch.tensor([2**31 - 1, 987654321], dtype=torch.int32))
case("torch.eq", "int64 and float32", input=torch.tensor([16777217]), other=torch.tensor([16777216.0]))
for base, exponent in ((floats(4), 2), (ints(4), 2), (ints(4), ints(4).abs()), (floats(4).abs(), 0.5), (torch.tensor([1.0, -1.0, 0.0, -0.0, 2.0]), torch.tensor([nan, inf, -1.0, 0.0, -inf])), (torch.tensor([2, 3], dtype=torch.int32), 40), (special, 2)):
    case("torch.pow", f"{dtype(base)} {exponent}".replace("\n", " "), input=base, exponent=exponent)
for name in ("logical_and", "logical_or", "logical_xor"):
    case(f"torch.{name}", input=ints(4), other=bools(4))
for name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
    case(f"torch.{name}", "bool", input=bools(4), other=bools(4).flip(0))
    case(f"torch.{name}", "int", input=ints(4), other=ints(4).flip(0))
    case(f"torch.{name}", "large", input=torch.tensor([2**40 + 5, -(2**40)]), other=torch.tensor([2**40 + 3, 7]))
case("torch.bitwise_not", input=ints(4))
case("torch.bitwise_not", "bool", input=bools(4))
case("torch.bitwise_left_shift", input=ints(4), other=3)
case("torch.bitwise_right_shift", input=ints(4), other=1)
for name in ("isnan", "isinf", "isfinite", "logical_not"):
    case(f"torch.{name}", input=special)

# ---- unary
for name in ("abs", "neg", "sign", "square", "floor", "ceil", "trunc", "round", "relu"):
    case(f"torch.{name}", "float", input=floats(2, 3))
    case(f"torch.{name}", "special", input=special)
    if name not in ("floor", "ceil", "trunc", "round"):
        case(f"torch.{name}", "int", input=ints(4))
case("torch.round", "halves", input=torch.tensor([0.5, 1.5, 2.5, -0.5, -1.5]))
for name in ("exp", "log", "sqrt", "rsqrt", "sin", "cos", "tan", "tanh", "sigmoid", "erf", "expm1", "log1p", "reciprocal", "atan", "sinh", "cosh", "asinh"):
    case(f"torch.{name}", "float", input=floats(2, 3).abs() + 0.1)
    case(f"torch.{name}", "special", input=special)
    case(f"torch.{name}", "empty", input=floats(0))
    case(f"torch.{name}", "int", input=ints(4).abs() + 1)
case("torch.tanh", "half", input=floats(6, dtype=torch.float16))
for name in ("gelu", "silu", "elu", "leaky_relu", "softplus", "hardswish", "mish", "logsigmoid", "selu", "relu6", "hardsigmoid"):
    case(f"torch.nn.functional.{name}", input=floats(2, 4))
    case(f"torch.nn.functional.{name}", "nan", input=torch.tensor([nan, 0.0, 40.0, -40.0]))
case("torch.nn.functional.gelu", "tanh", input=floats(5), approximate="tanh")
case("torch.clamp", input=floats(6), min=-1.0, max=1.5)
case("torch.clamp", "int", input=ints(6), min=0)
case("torch.clamp", "nan", input=special, min=-1.0, max=1.0)
case("torch.clamp", "max below min", input=floats(4), min=1.0, max=-1.0)
case("torch.nan_to_num", input=special)

# ---- reductions
for value in (x3, ints(2, 3, 4), bools(2, 3, 4), floats(2, 3, 4, dtype=torch.float16)):
    for dims in (None, 0, -1, [0, 2]):
        kwargs = {} if dims is None else {"dim": dims}
        label = f"{dtype(value)} {dims}"
        case("torch.sum", label, input=value, **kwargs)
        if value.dtype.is_floating_point:
            case("torch.mean", label, input=value, **kwargs)
            case("torch.std", label, input=value, **kwargs)
            case("torch.var", label, input=value, **kwargs, keepdim=True) if kwargs else None
            case("torch.amax", label, input=value, **({"dim": dims} if dims is not None else {}))
            case("torch.logsumexp", label, input=value, **kwargs) if kwargs else None
        if not isinstance(dims, list):
            case("torch.any", label, input=value, **kwargs)
            case("torch.all", label, input=value, **kwargs)
            case("torch.prod", label, input=value, **kwargs)
            if value.dtype is not torch.bool:
                case("torch.max", label, input=value, **kwargs)
                case("torch.argmax", label, input=value, **kwargs)
                case("torch.argmin", label, input=value, **kwargs)
            if dims is not None:
                case("torch.cumsum", label, input=value, dim=dims)
case("torch.sum", "dtype", input=bools(3), dtype=torch.float32)
case("torch.sum", "keepdim", input=x3, dim=[0, 1], keepdim=True)
case("torch.sum", "0-d", input=torch.tensor(3.5))
case("torch.sum", "empty", input=floats(0, 3), dim=0)
case("torch.prod", "empty", input=floats(0))
case("torch.mean", "empty", input=floats(0))
case("torch.all", "empty", input=torch.zeros(0, dtype=torch.bool))
case("torch.min", "nan", input=torch.tensor([[1.0, nan, -inf], [inf, 2.0, 3.0]]), dim=1)
case("torch.max", "nan whole", input=torch.tensor([1.0, nan, 2.0]))
case("torch.max", "other", input=floats(3), other=floats(3).flip(0))
case("torch.argmax", "nan", input=torch.tensor([1.0, nan, inf, nan]))
case("torch.sum", "nan", input=special)
case("torch.var", "unbiased", input=x3, dim=1, unbiased=False)
case("torch.var_mean", input=x3, dim=2)
case("torch.cummax", input=torch.tensor([1.0, 3.0, 3.0, nan, 5.0]), dim=0)
case("torch.norm", input=x3, p=2, dim=1)
case("torch.linalg.vector_norm", input=x3, ord=1, dim=[0, 2])
case("torch.sort", input=torch.tensor([[3.0, nan, 1.0], [2.0, -inf, 2.5]]), dim=1, descending=True)
case("torch.argsort", input=torch.tensor([4, 1, 3, 2]), dim=0)
case("torch.topk", input=torch.tensor([[4, 1, 3], [2, 8, 5]]), k=2, dim=1)

# ---- along a dim, products, layers
for dim in (0, 1, -1):
    case("torch.softmax", str(dim), input=x3, dim=dim)
    case("torch.nn.functional.log_softmax", str(dim), input=x3, dim=dim)
case("torch.softmax", "-inf", input=torch.tensor([[0.0, -inf, 1.0], [-inf, -inf, -inf]]), dim=1)
case("torch.softmax", "large", input=torch.tensor([1000.0, 1001.0]), dim=0)
case("torch.softmax", "empty", input=floats(0, 3), dim=1)
case("torch.softmax", "half", input=floats(2, 3, dtype=torch.float16), dim=1)
for a, b in (((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 1, 2, 3), (4, 3, 2)), ((5, 2, 3), (3, 2)), ((2, 0), (0, 3)), ((0, 3), (3, 2)), ((2, 2, 1, 2, 3, 4), (1, 1, 2, 1, 4, 2))):
    case("torch.matmul", f"{a} {b}", input=floats(*a), other=floats(*b))
    case("torch.matmul", f"int {a} {b}", input=ints(*a), other=ints(*b))
case("torch.bmm", input=floats(2, 3, 4), mat2=floats(2, 4, 2))
case("torch.mm", "half", input=floats(3, 4, dtype=torch.float16), mat2=floats(4, 2, dtype=torch.float16))
case("torch.outer", input=ints(3), vec2=ints(2))
case("torch.addmm", input=floats(2), mat1=floats(3, 4), mat2=floats(4, 2), beta=0.5, alpha=2)
case("torch.baddbmm", input=floats(2, 3, 2), batch1=floats(2, 3, 4), batch2=floats(2, 4, 2))
case("torch.nn.functional.linear", input=floats(2, 3, 4), weight=floats(5, 4), bias=floats(5))
case("torch.nn.functional.linear", "no bias", input=floats(4), weight=floats(5, 4))
for equation, shapes in (("ij,jk->ik", [(2, 3), (3, 4)]), ("bhid,bhjd->bhij", [(2, 2, 3, 4), (2, 2, 5, 4)]), ("ii->i", [(3, 3)]), ("ii", [(3, 3)]), ("ij->ji", [(2, 3)]), ("ij,jk", [(2, 3), (3, 4)]),
                         ("...ij,...jk->...ik", [(2, 1, 2, 3), (4, 3, 2)]), ("i,j,k->kji", [(2,), (3,), (4,)]), ("ijk->", [(2, 3, 4)]), ("bi,bi->b", [(2, 3), (2, 3)]), ("ij,kl->", [(2, 2), (3, 3)])):
    case("torch.einsum", equation, equation=equation, operands=[floats(*s) for s in shapes])
case("torch.einsum", "int", equation="ij,jk->ik", operands=[ints(2, 3), ints(3, 4)])
case("torch.nn.functional.layer_norm", input=x3, normalized_shape=[4], weight=floats(4), bias=floats(4), eps=1e-5)
case("torch.nn.functional.layer_norm", "two dims", input=x3, normalized_shape=[3, 4])
case("torch.nn.functional.rms_norm", input=x3, normalized_shape=[4], weight=floats(4))
case("torch.nn.functional.group_norm", input=x4.reshape(2, 6, 10), num_groups=3, weight=floats(6), bias=floats(6))
case("torch.nn.functional.batch_norm", input=x4, running_mean=floats(3), running_var=floats(3).abs() + 1, weight=floats(3), bias=floats(3))
case("torch.nn.functional.normalize", input=x3, p=2.0, dim=1)
case("torch.nn.functional.dropout", "eval", input=x3, p=0.5, training=False)
for mode in ("reflect", "replicate", "circular"):
    case("torch.nn.functional.pad", mode, input=floats(1, 2, 4), pad=[2, 1], mode=mode)


# ---- views and writes in place, functionalized as the tracer does: the write through a view makes a new base
def relative_position_index(h, w):
    graph = Graph(f"relative position index of a window {h}x{w}")
    rows, columns = (graph.add("torch.arange", {"start": 0, "end": size, "step": 1}) for size in (h, w))
    grid = graph.add("torch.meshgrid", {"tensors": [rows, columns], "indexing": "ij"})
    stacked = torch.stack(grid.results)
    node = graph._note("torch.stack", {"tensors": [{"node": grid.id, "output": 0}, {"node": grid.id, "output": 1}], "dim": 0}, [stacked])
    flat = graph.add("torch.flatten", {"input": node, "start_dim": 1})
    a = graph.add("torch.Tensor.__getitem__", {"input": flat, "index": [slice(None), slice(None), None]})
    b = graph.add("torch.Tensor.__getitem__", {"input": flat, "index": [slice(None), None, slice(None)]})
    difference = graph.add("torch.sub", {"input": a, "other": b})
    base = graph.add("torch.Tensor.contiguous", {"input": graph.add("torch.permute", {"input": difference, "dims": [1, 2, 0]})})
    n = h * w
    for channel, op, amount in ((0, "torch.add", h - 1), (1, "torch.add", w - 1), (0, "torch.mul", 2 * w - 1)):
        layout = {"size": [n, n], "stride": [2 * n, 2], "storage_offset": channel}
        view = graph.add("torch.as_strided", {"input": base, **layout})
        changed = graph.add(op, {"input": view, "other": amount})
        base = graph.add("torch.as_strided_scatter", {"input": base, "src": changed, **layout})
    index = graph.add("torch.sum", {"input": base, "dim": -1})
    table = graph.constant(floats((2 * h - 1) * (2 * w - 1), 3))
    bias = graph.add("torch.Tensor.__getitem__", {"input": table, "index": [graph.add("torch.Tensor.view", {"input": index, "size": [-1]})]})
    graph.add("torch.permute", {"input": graph.add("torch.Tensor.view", {"input": bias, "size": [n, n, -1]}), "dims": [2, 0, 1]})
    graph.finish()


relative_position_index(2, 2)
relative_position_index(7, 7)
relative_position_index(2, 3)

print("[\n" + ",\n".join(json.dumps(c) for c in CASES) + "\n]")
