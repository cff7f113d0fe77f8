"""Records what torch makes of each statement in test/fixtures/torch/*.py: run it with a Python that has torch.

A statement's value is kept as shape, dtype, strides and storage offset, a tuple as a list of those, another value as
text; a statement that raises as its message. Output: test/fixtures/torch/records.json.
"""
import ast
import json
import pathlib
import warnings

import torch

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / 'fixtures' / 'torch'


def describe(value):
    if isinstance(value, torch.Tensor):
        return {
            'shape': list(value.shape),
            'dtype': str(value.dtype).removeprefix('torch.'),
            'strides': list(value.stride()),
            'offset': value.storage_offset(),
        }
    if isinstance(value, (tuple, list)) and any(isinstance(item, torch.Tensor) for item in value):
        return [describe(item) for item in value]
    return {'text': str(tuple(value)) if isinstance(value, torch.Size) else str(value)}


def record(path):
    namespace, results = {}, []
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            exec(compile(ast.Module([statement], []), path.name, 'exec'), namespace)
            continue
        result = {'line': statement.lineno}
        try:
            if isinstance(statement, ast.Expr):
                result['value'] = describe(eval(compile(ast.Expression(statement.value), path.name, 'eval'), namespace))
            else:
                exec(compile(ast.Module([statement], []), path.name, 'exec'), namespace)
        except Exception as error:
            result['error'] = str(error).split('\n')[0]
        results.append(result)
    return results


def main():
    warnings.simplefilter('ignore')
    torch.manual_seed(0)
    files = {path.name: record(path) for path in sorted(FIXTURES.glob('*.py'))}
    lines = [f'{json.dumps(name)}: [\n' + ',\n'.join(json.dumps(each) for each in results) + '\n]' for name, results in files.items()]
    (FIXTURES / 'records.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')


if __name__ == '__main__':
    main()
