/** Every expression of expressions.txt gives what CPython gave: the same repr and type, or the same exception. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { reprOf } from '../../../../src/shapes/interpreter/builtins/format';
import { displayType } from '../../../../src/shapes/interpreter/builtins/types';
import { PythonRaise } from '../../../../src/shapes/interpreter/interpreter';
import { evaluateTree, fakeInterpreter } from './fake';
import type { Tree } from './fake';

interface Row { readonly expression: string; /** Only the type is known; an exception may be missed. */ readonly open: boolean; readonly tree: Tree; readonly type?: string; readonly repr?: string | null; readonly raises?: string }

const rows = JSON.parse(readFileSync(new URL('expressions.json', import.meta.url), 'utf8')) as Row[];

describe('Python expressions as CPython evaluates them', () => {
  for (const row of rows) {
    it(row.expression, () => {
      const actual = evaluated(row);
      if (row.raises === undefined) assert.deepEqual(actual, { type: row.type, repr: row.repr });
      else if (row.open) assert.equal(actual.repr, null);
      else assert.deepEqual(actual, { raises: row.raises });
    });
  }
});

function evaluated(row: Row): { type?: string; repr?: string | null; raises?: string } {
  try {
    const value = evaluateTree(row.tree, fakeInterpreter());
    return { type: displayType(value), repr: value.kind === 'unknown' ? `unknown: ${value.reason}` : reprOf(value) };
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return { raises: error.type };
  }
}
