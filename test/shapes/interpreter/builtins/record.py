"""
Evaluates the expressions of expressions.txt with CPython and writes what they give to expressions.json, with each
expression's syntax tree, so that the tests need neither Python nor a parser.

    python3 test/shapes/interpreter/builtins/record.py
"""
import ast
import collections
import copy
import functools
import itertools
import json
import math
import operator
import os
import re
import pathlib

HERE = pathlib.Path(__file__).parent
NAMES = {module.__name__: module for module in (collections, copy, functools, itertools, math, operator, os, re)}


def tree(node):
    """A node as plain data; fields and kinds are those of Python's ast."""
    if isinstance(node, ast.Constant):
        value = node.value
        if value is Ellipsis or isinstance(value, (bytes, complex)):
            raise ValueError(f"not for a table: {value!r}")
        if isinstance(value, float) and not math.isfinite(value):
            value = repr(value)
        return {"kind": "Constant", "type": type(node.value).__name__, "value": value}
    if isinstance(node, ast.AST):
        fields = {name: tree(value) for name, value in ast.iter_fields(node) if name != "ctx"}
        return {"kind": type(node).__name__, **fields}
    return [tree(item) for item in node] if isinstance(node, list) else node


def record(line):
    is_open = line.startswith("? ")
    line = line.removeprefix("? ")
    entry = {"expression": line, "open": is_open, "tree": tree(ast.parse(line, mode="eval").body)}
    try:
        value = eval(line, dict(NAMES))
    except Exception as error:
        return {**entry, "raises": type(error).__name__}
    return {**entry, "type": type(value).__name__, "repr": None if is_open else repr(value)}


lines = [line for line in (HERE / "expressions.txt").read_text().splitlines() if line and not line.startswith("#")]
rows = ",\n".join(json.dumps(record(line)) for line in lines)
(HERE / "expressions.json").write_text(f"[\n{rows}\n]\n")
