// Logical lines, found by brackets, strings and indentation alone.
import assert from 'node:assert/strict';
import { scanLines } from '../../../src/shapes/python/lines';

const texts = (source: string, accepts = false): string[] => scanLines(source, () => accepts).lines.map(({ start, end }) => source.slice(start, end));

describe('logical lines', () => {
  it('end with a line that has nothing open', () => {
    assert.deepEqual(texts('a = 1  # one\n\nb = (2,\n  3)\nc = \\\n  4\n'), ['a = 1', 'b = (2,\n  3)', 'c = \\\n  4']);
    assert.deepEqual(texts('x = """a\n(b"""\ny = \'(\' + r"\\"(" # (\nz'), ['x = """a\n(b"""', 'y = \'(\' + r"\\"("', 'z']);
    assert.deepEqual(texts('a\r\nb\rc'), ['a', 'b', 'c']);
  });

  it('know what f-strings have in their braces', () => {
    assert.deepEqual(texts('x = f"{a["k"]}{{("\ny = f\'{\nb}\'\nz = f"{c:>{d}(}"\nw'), ['x = f"{a["k"]}{{("', "y = f'{\nb}'", 'z = f"{c:>{d}(}"', 'w']);
    assert.deepEqual(texts('f"""\n{a}\n("""\nb'), ['f"""\n{a}\n("""', 'b']);
  });

  it('say where their parts stand', () => {
    const source = '  async def f(a: int = 1): b = {c: 1}; d += lambda: 0\n\tx = y == z = w\nif (lambda: a): b';
    const [first, second, third] = scanLines(source, () => false).lines;
    assert.deepEqual([first!.word, first!.column, source.slice(first!.colon, first!.colon + 3), first!.semicolons.length], ['def', 2, ': b', 1]);
    assert.deepEqual(first!.assignments.map(({ start, end }) => source.slice(start, end)), ['=', '+=']);
    assert.deepEqual([second!.word, second!.column, second!.colon, second!.assignments.length], ['x', 8, -1, 2]);
    assert.deepEqual([third!.word, source.slice(third!.colon)], ['if', ': b']);
  });

  it('end an open bracket before what it cannot contain', () => {
    for (const line of ['return x', 'def g(): pass', 'from a import b', '    return x', 'for i in x:', 'if x:', 'else:', 'x.y = 1', 'x[0] += 1', 'x += 1']) assert.deepEqual(texts(`f(a,\n${line}`).length, 2, line);
    for (const line of ['b', '2', '"b"', 'b = 1']) assert.deepEqual(texts(`f(a\n${line}`).length, 2, line);
    for (const line of ['b', 'if x else y', 'for i in x', 'b == 1', 'b=1,', '  b = 1', 'not b', '*b', '(b', 'lambda: b', 'b: 1']) assert.deepEqual(texts(`f(a,\n${line}`).length, 1, line);
  });

  it('ask before they end a bracket at what may be a keyword argument', () => {
    assert.deepEqual(texts('f(a,\nb = 1\n)', true), ['f(a,\nb = 1\n)']);
    assert.deepEqual(texts('f(a,\nb = 1\n)', false), ['f(a,', 'b = 1', ')']);
    assert.deepEqual(texts('f(a,\nb = 1\n', true), ['f(a,', 'b = 1']);
  });

  it('take an open text for closed before a definition', () => {
    assert.deepEqual(texts('"""a\nb\ndef f():\n  """c"""\n  d'), ['"""a\nb', 'def f():', '"""c"""', 'd']);
    assert.deepEqual(texts('"""a\ndef f(): pass\n"""\nb'), ['"""a\ndef f(): pass\n"""', 'b']);
  });
});
