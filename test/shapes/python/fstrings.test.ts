// f-strings, whose inner positions Python 3.11 does not know.
import assert from 'node:assert/strict';
import type { JoinedStr } from '../../../src/shapes/python/ast';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { expressionOf, faults, loadParser, nodes, textOf } from './load';

describe('f-strings', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  function parts(source: string): unknown[] {
    const module = parser.parse(source);
    assert.deepEqual(module.errors, []);
    return (expressionOf(module) as JoinedStr).values.map((value) => (value.kind === 'Constant'
      ? [textOf(module, value), (value.value as { value: string }).value]
      : [textOf(module, value), textOf(module, value.value), value.conversion, value.formatSpec && textOf(module, value.formatSpec), value.debugText]));
  }

  it('has true positions inside', () => {
    assert.deepEqual(parts("f'a{x.y}é{ z !r:>{w}.2f}b'"), [
      ['a', 'a'], ['{x.y}', 'x.y', null, null, null], ['é', 'é'], ['{ z !r:>{w}.2f}', 'z', 'r', '>{w}.2f', null], ['b', 'b'],
    ]);
  });

  it('joins the text of literals side by side', () => {
    assert.deepEqual(parts("'a' f'b{x}c' \"d\" f'{{{y}'"), [["a' f'b", 'ab'], ['{x}', 'x', null, null, null], ["c' \"d\" f'{{", 'cd{'], ['{y}', 'y', null, null, null]]);
  });

  it('keeps what `=` prints', () => {
    assert.deepEqual(parts("f'{x=}{ x + 1 = !s}{x = :.2f}'"), [
      ['{x=}', 'x', 'r', null, 'x='], ['{ x + 1 = !s}', 'x + 1', 's', null, ' x + 1 = '], ['{x = :.2f}', 'x', null, '.2f', 'x = '],
    ]);
  });

  it('tells a fill of `=` from an assignment', () => {
    assert.deepEqual(parts("f'{x:=^40}{x:=5}{(x := 5)}{\"\":=>4}'"), [
      ['{x:=^40}', 'x', null, '=^40', null], ['{x:=5}', 'x', null, '=5', null], ['{(x := 5)}', 'x := 5', null, null, null], ['{"":=>4}', '""', null, '=>4', null],
    ]);
  });

  it('goes over lines between braces, in any quotes', () => {
    const source = 'print(f"a:{\nx.shape}={\ny[:,:,None].shape }", {\nz})';
    const module = parser.parse(source);
    assert.deepEqual(module.errors, []);
    assert.deepEqual(nodes(module, 'FormattedValue'), ['FormattedValue {\nx.shape}', 'FormattedValue {\ny[:,:,None].shape }']);
    assert.deepEqual(nodes(module, 'Set'), ['Set {\nz}']);
  });

  it('nests, with the same quotes too', () => {
    const module = parser.parse("f'{f'{x['k']}'}{f\"{y:{z}}\"}'");
    assert.deepEqual(module.errors, []);
    assert.deepEqual(nodes(module, 'Name', 'Subscript'), ["Subscript x['k']", 'Name x', 'Name y', 'Name z']);
  });

  it('decodes escapes; a character given by its name is there, if not known', () => {
    assert.deepEqual(parts("f'\\n{x}\\N{DIGIT ONE}\\x41'"), [['\\n', '\n'], ['{x}', 'x', null, null, null], ['\\N{DIGIT ONE}\\x41', '\uFFFDA']]);
    assert.deepEqual(parts("rf'\\n{x}'"), [['\\n', '\\n'], ['{x}', 'x', null, null, null]]);
  });

  it('refuses what is none', () => {
    assert.deepEqual(faults(parser.parse("f'{x!z}'")), ["'!z' is no conversion; those are !r, !s and !a @ !z"]);
    assert.deepEqual(faults(parser.parse("'\nabc'")), ["this string goes over the end of its line; one that does has three quotes @ '\nabc'"]);
    assert.deepEqual(faults(parser.parse("f'{x}\nabc'")).length, 1);
    assert.deepEqual(faults(parser.parse("'a' b'c'")), ["bytes and text stand side by side here; they cannot be joined @ 'a' b'c'"]);
    assert.deepEqual(faults(parser.parse("ub'a'")), ["'ub' is no prefix of a string @ ub'a'"]);
  });
});
