// Syntax newer than the Python that recorded the fixtures, and what is wrong in Python 3 though the grammar takes it.
import assert from 'node:assert/strict';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { faults, loadParser, nodes, outline } from './load';

describe('syntax', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  it('drops type parameters; a type alias assigns', () => {
    const module = parser.parse('def f[T: int, *Ts, **P](a: T) -> T: pass\nclass A[T](B[T]): pass\ntype X[T] = list[T]\ntype Y = int | None\n');
    assert.deepEqual(module.errors, []);
    assert.deepEqual(outline(module), [
      'FunctionDef def f[T: int, *Ts, **P](a: T) -> T: pass', '  Pass pass', 'ClassDef class A[T](B[T]): pass', '  Pass pass',
      'Assign type X[T] = list[T]', 'Assign type Y = int | None',
    ]);
    assert.deepEqual(nodes(module, 'Subscript', 'BinOp', 'arg'), ['arg a: T', 'Subscript B[T]', 'Subscript list[T]', 'BinOp int | None']);
  });

  it('reads annotations that the grammar does not know', () => {
    const module = parser.parse('x: A[:, 1] = 3\ny: Dict[str, int][3] = 4\nz: int = 5\nreturn *[None] * 3, *g\nw = *[a], b\n');
    assert.deepEqual(module.errors, []);
    assert.deepEqual(outline(module), ['AnnAssign x: A[:, 1] = 3', 'AnnAssign y: Dict[str, int][3] = 4', 'AnnAssign z: int = 5', 'Return return *[None] * 3, *g', 'Assign w = *[a], b']);
    assert.deepEqual(nodes(module, 'Tuple', 'Starred'), ['Tuple :, 1', 'Tuple str, int', 'Tuple *[None] * 3, *g', 'Starred *[None] * 3', 'Starred *g', 'Tuple *[a], b', 'Starred *[a]']);
  });

  it('takes the spaces of web pages for spaces', () => {
    const module = parser.parse('if\u00a0x:\n\u00a0\u00a0\u00a0\u00a0y = "\u00a0"\n');
    assert.deepEqual(module.errors, []);
    assert.deepEqual(nodes(module, 'Assign', 'Constant'), ['Assign y = "\u00a0"', 'Constant "\u00a0"']);
  });

  const wrong: readonly [source: string, ...faults: string[]][] = [
    ['print x', 'this is the print statement of Python 2; in Python 3 print is a function: print(…) @ print x'],
    ['print >>f, x', 'this is the print statement of Python 2; in Python 3 print is a function: print(…) @ print >>f, x'],
    ['exec "x"', 'this is the exec statement of Python 2; in Python 3 exec is a function: exec(…) @ exec "x"'],
    ['a <> b', "'<>' is Python 2; Python 3 writes '!=' @ <>"],
    ['x = `y`', "text between ` is Python 2's repr; Python 3 writes repr(…) @ `y`"],
    ['raise E, "x"', 'raising with a comma is Python 2; Python 3 calls the exception: raise Error(…) @ E, "x"'],
    ['try: a\nexcept A, b: c', 'several exceptions need parentheses: except (A, B) @ A, b'],
    ['def f((a, b)): pass', 'a parameter is a name; unpacking in the list of parameters is Python 2 @ (a, b)'],
    ['x = 0777', '0777 has leading zeros, which Python does not allow in a number; octal is written 0o777 @ 0777'],
    ['x = 10L', "10L is Python 2's long integer; without the suffix it is the same number @ 10L"],
    ['x = 1_', "1_ is no number: a single '_' may stand between digits only @ 1_"],
    ['f(a=1, b)', "a positional argument cannot follow the keyword argument 'a' @ b"],
    ['f(**a, b)', "a positional argument cannot follow one unpacked with '**' @ b"],
    ['def f(a=1, b): pass', "'b' has no default, but follows a parameter that has one @ b"],
    ['def f(**a, b): pass', "no parameter can follow '**a' @ b"],
    ['def f(*): pass', "'*' stands once, before the parameters that are given by keyword @ *"],
    ['x := 5', "':=' needs parentheses here; a statement assigns with '=' @ x := 5"],
    ['a = b += c', 'an assignment is no value; only plain ones can be chained: a = b = value @ b += c'],
    ['a, b += c', 'an augmented assignment has one target: a name, an attribute or a subscript @ a, b'],
    ['a, b: int', 'only a single target can be annotated @ a, b'],
    ['*a = b', "a starred target stands in a list or tuple: '*a, = …' @ *a"],
    ['[x for x in 1, 2]', "what follows 'in' in a comprehension is one expression; a tuple needs parentheses @ ,"],
    ['if x:\ny = 1', "'if' has no statement in its suite: an indented one should follow the ':' @ if x:"],
    ['try: x\ny', "'try' has neither an 'except' nor a 'finally' after its suite @ try"],
    ['x = 1\n    y = 2', 'this is indented further than the statement before it, which has no suite @ y'],
    ['if a:\n    x\n  y', 'this is indented further than the statement before it, which has no suite @ y'],
    ['from a import b,', 'a comma may end a list of imports in parentheses only @ ,'],
  ];
  for (const [source, ...expected] of wrong) it(`finds fault with ${JSON.stringify(source)}`, () => assert.deepEqual(faults(parser.parse(source)), expected));
});
