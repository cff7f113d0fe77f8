"""Records what real torch computes for each expression of operators/*.py and systems/*.py, which operators.test.ts evaluates.

    python test/evaluation/record_operators.py

Each file is run under the prelude; each of its expressions, several of which may stand on a line, is a case.
Written to fixtures/operators.json and systems.json, one case a line: the code and, for each tensor, [dtype, shape, values]. Needed only
to record anew; the tests read the JSON.
"""
import ast
import json
import math
import pathlib

import torch

HERE = pathlib.Path(__file__).parent
PRELUDE = (HERE / "operators" / "prelude.txt").read_text()


def number(x):
    if isinstance(x, float):
        if math.isnan(x):
            return "nan"
        if math.isinf(x):
            return "inf" if x > 0 else "-inf"
        # Nine digits tell all float32 numbers apart.
        return float(f"{x:.9g}")
    return x


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [value]
    return [tensor for item in value for tensor in tensors(item)]


def compact(tensor):
    if tensor.layout is not torch.strided:
        tensor = tensor.to_dense()
    return [str(tensor.dtype)[6:], list(tensor.shape), [number(x) for x in tensor.detach().flatten().tolist()]]


def cases(file):
    source = file.read_text()
    scope = {}
    exec(compile(PRELUDE, "prelude.txt", "exec"), scope)
    torch.manual_seed(0)
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Expr):
            exec(ast.get_source_segment(source, statement), scope)
            continue
        for expression in statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]:
            code = ast.get_source_segment(source, expression)
            try:
                yield {"code": code, "results": [compact(tensor) for tensor in tensors(eval(code, scope))]}
            except Exception as error:
                raise RuntimeError(f"{file.name}: {code}") from error


for folder in ("operators", "systems"):
    files = []
    for file in sorted((HERE / folder).glob("*.py")):
        recorded = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases(file))
        files.append(f'"{folder}/{file.name}": [\n{recorded}\n]')
    (HERE / "fixtures" / f"{folder}.json").write_text("{\n" + ",\n".join(files) + "\n}\n")
