/**
 * What is computed on symbols must hold for every number that they may stand for: each recorded expression is evaluated
 * again with its ints, floats and strings made symbols or unknowns, and the result must hold the recorded one.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PythonRaise } from '../../../../src/shapes/interpreter/interpreter';
import type { Interpreter } from '../../../../src/shapes/interpreter/interpreter';
import { float, int, str } from '../../../../src/shapes/values/values';
import type { Value } from '../../../../src/shapes/values/values';
import { symbol } from '../../../../src/shapes/symint/symint';
import { covers } from './covers';
import { evaluateTree, fakeInterpreter } from './fake';
import type { Tree } from './fake';

const rows = JSON.parse(readFileSync(new URL('expressions.json', import.meta.url), 'utf8')) as { expression: string; tree: Tree; raises?: string }[];

/** The constants of a tree, in place. */
function constantsOf(node: unknown): Tree[] {
  if (Array.isArray(node)) return node.flatMap(constantsOf);
  if (typeof node !== 'object' || node === null) return [];
  return (node as Tree).kind === 'Constant' ? [node as Tree] : Object.values(node).flatMap(constantsOf);
}

/** The tree with some constants replaced by names, and what those stand for. */
function abstracted(tree: Tree, chosen: ReadonlySet<Tree>, interp: Interpreter): { tree: Tree; names: Map<string, Value> } {
  const names = new Map<string, Value>();
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== 'object' || node === null) return node;
    if (!chosen.has(node as Tree)) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, copy(value)]));
    const name = `n${names.size}`;
    names.set(name, abstractConstant(node as Tree, name, interp));
    return { kind: 'Name', id: name };
  };
  return { tree: copy(tree) as Tree, names };
}

function abstractConstant(node: Tree, name: string, interp: Interpreter): Value {
  const { type, value } = node;
  if (type === 'float') return float(null);
  if (type === 'str') return str(null);
  const hint = value as number;
  return int(symbol(interp.symbols.fresh(name, { origin: 'the test', hint, min: hint >= 1 ? 1 : hint === 0 ? 0 : null })));
}

function outcome(tree: Tree, interp: Interpreter, names?: Map<string, Value>): Value | string {
  try {
    return evaluateTree(tree, interp, names);
  } catch (error) {
    if (error instanceof PythonRaise) return error.type;
    throw error;
  }
}

describe('builtins on symbols hold what they give for numbers', () => {
  for (const row of rows) {
    it(row.expression, () => {
      const concrete = outcome(row.tree, fakeInterpreter());
      const constants = constantsOf(row.tree).filter((node) => ['int', 'float', 'str'].includes(node['type'] as string));
      const choices = [...constants.map((node) => new Set([node])), new Set(constants), new Set(constants.filter((node) => node['type'] === 'int'))];
      for (const chosen of choices) {
        const interp = fakeInterpreter();
        const { tree, names } = abstracted(row.tree, chosen, interp);
        const abstract = outcome(tree, interp, names);
        const label = `with ${[...chosen].map((node) => JSON.stringify(node['value'])).join(', ')} unknown`;
        // An exception that a number would raise may be missed; one may not be made up.
        if (typeof abstract === 'string') assert.equal(abstract, concrete, label);
        else if (typeof concrete !== 'string') assert.ok(covers(abstract, concrete), `${label}: ${JSON.stringify(abstract, replacer)}`);
      }
    });
  }
});

function replacer(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
