"""Records what einops computes, in the form of record.py: run it with a Python that has torch and einops.

    python test/evaluation/record_einops.py > test/evaluation/fixtures/einops.json
"""
import contextlib
import io
import json

import einops

with contextlib.redirect_stdout(io.StringIO()):
    from record import CASES, Graph, floats, ints

CASES.clear()


def case(function, pattern, tensor, *reduction, **lengths):
    graph = Graph(f"einops.{function} {pattern} {' '.join(reduction)}".strip())
    args = {"tensor": tensor, "pattern": pattern, **({"reduction": reduction[0]} if reduction else {}), "axes_lengths": [[name, length] for name, length in lengths.items()]}
    graph.add(f"einops.{function}", args, getattr(einops, function)(tensor, pattern, *reduction, **lengths))
    graph.finish()


x = floats(2, 3, 4, 6)
case("rearrange", "b c h w -> b h w c", x)
case("rearrange", "b c (h p1) (w p2) -> b (h w) (p1 p2 c)", x, p1=2, p2=3)
case("rearrange", "... h w -> w (... h)", x)
case("rearrange", "b ... -> ... b 1", ints(2, 3, 4))
case("rearrange", "n h w -> h (n w)", [floats(2, 3), floats(2, 3) * 2])
case("rearrange", "1 () h -> h", floats(1, 1, 5))
case("repeat", "h w -> h (w r)", floats(2, 3), r=2)
case("repeat", "h w -> (r h) 2 w", ints(2, 3), r=2)
case("repeat", "... -> n ...", floats(2, 3), n=3)
case("repeat", "1 1 d -> b 1 d", floats(1, 1, 3), b=2)
for reduction in ("min", "max", "sum", "mean", "prod"):
    case("reduce", "b c (h p) w -> b w c h", x, reduction, p=2)
case("reduce", "b (h 2) -> b h", ints(3, 4), "sum")
case("reduce", "b ... -> b 1", x, "max")
case("reduce", "... ->", ints(3, 4), "max")
case("reduce", "b t -> t", ints(3, 4) > 1, "any")
case("reduce", "b t -> b", ints(3, 4) > -4, "all")

graph = Graph("einops.einsum")
a, b = floats(2, 3, 4), floats(2, 5, 4)
graph.add("einops.einsum", {"operands": [a, b], "pattern": "b i d, b j d -> b i j", "equation": "abc,adc->abd"}, einops.einsum(a, b, "b i d, b j d -> b i j"))
graph.finish()
graph = Graph("einops.pack")
parts = [floats(2, 3), floats(2, 2, 2, 3)]
graph.add("einops.pack", {"tensors": parts, "pattern": "b * d"}, einops.pack(parts, "b * d")[0])
graph.finish()
graph = Graph("einops.unpack")
packed = floats(2, 5, 3)
graph.add("einops.unpack", {"tensor": packed, "packed_shapes": [[], [2, 2]], "pattern": "b * d"}, einops.unpack(packed, [[], [2, 2]], "b * d"))
graph.finish()

print("[\n" + ",\n".join(json.dumps(each) for each in CASES) + "\n]")
