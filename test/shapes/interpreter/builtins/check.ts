/**
 * `check(python)`: runs a snippet through the whole interpreter. A line's trailing comment says what the expression
 * statement on it, or the value that it assigns, is known to be:
 *
 *     x = divmod(7, 2)     # (3, 1)
 *     math.ceil(H / 2)     # int -(-H//2)
 *     int('a')             # raises ValueError
 *
 * Values are written as by `repr`; one that is not known whole as its kind and what is known, `unknown: reason`.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { reprOf } from '../../../../src/shapes/interpreter/builtins/format';
import { evaluate } from '../../../../src/shapes/interpreter/expressions';
import { PythonRaise } from '../../../../src/shapes/interpreter/interpreter';
import { Machine } from '../../../../src/shapes/interpreter/machine';
import { Spending } from '../../../../src/shapes/interpreter/state/spending';
import { execute } from '../../../../src/shapes/interpreter/statements';
import { int } from '../../../../src/shapes/values/values';
import type { Value } from '../../../../src/shapes/values/values';
import type { Stmt } from '../../../../src/shapes/python/ast';
import { createParser } from '../../../../src/shapes/python/parser';
import type { PythonParser } from '../../../../src/shapes/python/parser';
import { render } from '../../../../src/shapes/symint/render';
import { symbol } from '../../../../src/shapes/symint/symint';

const wasm = (name: string): Uint8Array => fs.readFileSync(path.join(process.cwd(), 'node_modules', name, `${name}.wasm`));
let started: Promise<PythonParser> | null = null;

/**
 * @param symbols names that are bound to sizes of at least 1, as parameters of unknown size
 * @param unknowns names that are bound to a bool that is not known
 */
export async function check(python: string, { symbols = [], unknowns = [] }: { symbols?: readonly string[]; unknowns?: readonly string[] } = {}): Promise<void> {
  started ??= createParser({ runtime: wasm('web-tree-sitter'), grammar: wasm('tree-sitter-python') });
  const parser = await started;
  const indent = /^\n?( *)/.exec(python)![1]!;
  const source = python.replace(/^\n/, '').split('\n').map((line) => line.replace(indent, '')).join('\n');
  const tree = parser.parse(source);
  assert.deepEqual(tree.errors, []);
  const machine = new Machine({ name: '__main__', path: null, tree, recorded: true }, { resolve: () => null }, new Spending({ steps: 100_000, milliseconds: 10_000, now: () => 0 }), (text) => parser.parse(text), '__main__', new Map());
  const { bindings } = machine.frame.scope;
  for (const name of symbols) bindings.set(name, int(symbol(machine.symbols.fresh(name, { origin: 'the test', min: 1 }))));
  for (const name of unknowns) bindings.set(name, { kind: 'bool', value: null });

  const expected: string[] = [];
  const actual: string[] = [];
  for (const statement of tree.body) {
    const comment = tree.comments.find((each) => each.start >= statement.end && !source.slice(statement.end, each.start).includes('\n'));
    const outcome = run(machine, statement);
    if (!comment) {
      assert.ok(!outcome.startsWith('raises '), `${source.slice(statement.start, statement.end)} ${outcome}`);
      continue;
    }
    const code = source.slice(statement.start, statement.end);
    expected.push(`${code}  # ${comment.text}`);
    actual.push(`${code}  # ${outcome}`);
  }
  assert.ok(expected.length > 0, 'no line says what it expects');
  assert.deepEqual(actual, expected);
}

function run(machine: Machine, statement: Stmt): string {
  try {
    if (statement.kind === 'Expr') return show(evaluate(machine, statement.value));
    execute(machine, statement);
    return statement.kind === 'Assign' && statement.targets[0]!.kind === 'Name' ? show(machine.frame.scope.bindings.get(statement.targets[0]!.id)!) : '';
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return `raises ${error.type}`;
  }
}

/** A value as the comments of snippets have it. */
export function show(value: Value): string {
  const known = reprOf(value);
  if (known !== null) return known;
  switch (value.kind) {
    case 'int': return value.value ? `int ${render(value.value)}` : 'int';
    case 'float': return value.ratio ? `float ${render(value.ratio.numerator)} / ${render(value.ratio.denominator)}` : 'float';
    case 'tuple': case 'list': return `${value.typeName ?? value.kind} ${value.items ? `[${value.items.map(show).join(', ')}]` : `of ${value.element ? show(value.element) : 'nothing'}`}`;
    case 'iterator': return `${value.typeName} ${value.items ? `[${value.items.map(show).join(', ')}]` : `of ${value.element ? show(value.element) : 'nothing'}${value.length ? ` * ${render(value.length)}` : ''}`}`;
    case 'dict': return `${value.typeName ?? 'dict'} {${[...[...value.entries.values()].map((entry) => `${show(entry.key)}: ${show(entry.value)}`), ...(value.open ? [`...: ${value.element ? show(value.element) : '?'}`] : [])].join(', ')}}`;
    case 'set': return value.items ? `set of ${value.items.size}` : 'set';
    case 'union': return value.options.map(show).join(' | ');
    case 'unknown': return `unknown: ${value.reason}`;
    case 'instance': return `${value.cls.name} instance`;
    case 'class': return `class ${value.name}`;
    case 'Tensor': return `Tensor [${value.shape.dims.map((dim) => render(dim)).join(', ')}]`;
    case 'builtin': return `builtin ${value.name}`;
    default: return value.kind;
  }
}
