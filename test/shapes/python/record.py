"""Records what CPython's `ast` makes of the fixtures: for each node its kind, where it stands, and what else identifies it.

    python3.11 test/shapes/python/record.py test/fixtures/python/*.py

writes FILE.json beside each FILE.py. Offsets are UTF-16 units. What is inside an f-string has no true positions in Python 3.11
and is recorded as part of its JoinedStr.
"""
import ast
import json
import re
import sys

RENAMED = {"AsyncFunctionDef": "FunctionDef", "AsyncFor": "For", "AsyncWith": "With", "TryStar": "Try"}
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@", "LShift": "<<", "RShift": ">>",
    "BitOr": "|", "BitXor": "^", "BitAnd": "&", "UAdd": "+", "USub": "-", "Invert": "~", "Not": "not", "And": "and", "Or": "or", "Eq": "==", "NotEq": "!=",
    "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}


def operator(node):
    return OPERATORS[type(node).__name__]


def constant(value):
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", float(value)]
    if isinstance(value, float):
        return ["float", value if abs(value) != float("inf") else "inf"]
    if isinstance(value, complex):
        return ["complex", value.imag]
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, bytes):
        return ["bytes"]
    return ["None"] if value is None else ["Ellipsis"]


def parameters(args):
    names = lambda each: [arg.arg for arg in each]
    star = lambda arg: arg.arg if arg else None
    return [names(args.posonlyargs), names(args.args), star(args.vararg), names(args.kwonlyargs), [default is not None for default in args.kw_defaults],
            star(args.kwarg), len(args.defaults)]


def generators(node):
    return [[len(each.ifs), bool(each.is_async)] for each in node.generators]


def is_generator(node):
    waiting = list(node.body)
    while waiting:
        each = waiting.pop()
        if isinstance(each, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        waiting.extend(ast.iter_child_nodes(each))
    return False


def pieces(node):
    """A JoinedStr as text: what is between the fields as it is, of a field the kind of its value."""
    text = ""
    for value in node.values:
        if isinstance(value, ast.Constant):
            text += value.value.replace("{", "{{")
        else:
            conversion = "!" + chr(value.conversion) if value.conversion != -1 else ""
            spec = ":" + pieces(value.format_spec) if value.format_spec else ""
            text += "{" + type(value.value).__name__ + conversion + spec + "}"
    return text


def detail(node):
    """What identifies a node besides its place: names, operators, how many children of each sort."""
    match node:
        case ast.Name(): return node.id
        case ast.Constant(): return constant(node.value)
        case ast.JoinedStr(): return pieces(node)
        case ast.Attribute(): return node.attr
        case ast.keyword() | ast.arg(): return node.arg
        case ast.BinOp() | ast.UnaryOp() | ast.AugAssign(): return operator(node.op)
        case ast.BoolOp(): return [operator(node.op), len(node.values)]
        case ast.Compare(): return [operator(op) for op in node.ops]
        case ast.Call(): return [len(node.args), len(node.keywords)]
        case ast.Lambda(): return parameters(node.args)
        case ast.Tuple() | ast.List() | ast.Set(): return len(node.elts)
        case ast.Dict(): return [key is not None for key in node.keys]
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp(): return generators(node)
        case ast.Slice(): return [part is not None for part in (node.lower, node.upper, node.step)]
        case ast.Yield() | ast.Return(): return node.value is not None
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [node.name, parameters(node.args), len(node.body), len(node.decorator_list), node.returns is not None,
                    isinstance(node, ast.AsyncFunctionDef), is_generator(node)]
        case ast.ClassDef(): return [node.name, len(node.bases), len(node.keywords), len(node.body), len(node.decorator_list)]
        case ast.Delete() | ast.Assign(): return len(node.targets)
        case ast.AnnAssign(): return node.value is not None
        case ast.For() | ast.AsyncFor(): return [len(node.body), len(node.orelse), isinstance(node, ast.AsyncFor)]
        case ast.While() | ast.If(): return [len(node.body), len(node.orelse)]
        case ast.With() | ast.AsyncWith():
            return [len(node.items), sum(item.optional_vars is not None for item in node.items), len(node.body), isinstance(node, ast.AsyncWith)]
        case ast.Match(): return [[case.guard is not None, len(case.body)] for case in node.cases]
        case ast.Raise(): return [node.exc is not None, node.cause is not None]
        case ast.ExceptHandler(): return [node.type is not None, node.name, len(node.body)]
        case ast.Try() | ast.TryStar(): return [len(node.body), len(node.handlers), len(node.orelse), len(node.finalbody)]
        case ast.Assert(): return node.msg is not None
        case ast.alias(): return [node.name, node.asname]
        case ast.ImportFrom(): return [node.module, node.level, len(node.names)]
        case ast.Global() | ast.Nonlocal(): return node.names
        case ast.MatchSingleton(): return node.value
        case ast.MatchMapping(): return [len(node.keys), node.rest]
        case ast.MatchClass(): return [len(node.patterns), node.kwd_attrs]
        case ast.MatchStar(): return node.name
        case ast.MatchAs(): return [node.name, node.pattern is not None]
        case _: return None


def record(source):
    body = source.removeprefix("\ufeff")
    bom = len(source) - len(body)
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", body)
    units = lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2
    starts = [bom]
    for line in lines:
        starts.append(starts[-1] + units(line))
    encoded = [line.encode() for line in lines]

    def offset(line, column):
        return starts[line - 1] + units(encoded[line - 1][:column].decode())

    found = []
    waiting = [ast.parse(body)]
    while waiting:
        node = waiting.pop()
        if hasattr(node, "lineno"):
            kind = type(node).__name__
            found.append([RENAMED.get(kind, kind), offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset), detail(node)])
        if not isinstance(node, ast.JoinedStr):
            waiting.extend(ast.iter_child_nodes(node))
    return sorted(found, key=lambda node: (node[1], -node[2], node[0]))


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as file:
            rows = record(file.read())
        with open(path.removesuffix(".py") + ".json", "w", encoding="utf-8") as file:
            file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
