// Broken source: what is outside the broken statement is there, and what is wrong is said.
import assert from 'node:assert/strict';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { faults, loadParser, nodes, outline } from './load';

describe('broken source', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  function check(source: string, expected: readonly string[], wrong: readonly string[]): void {
    const module = parser.parse(source);
    assert.deepEqual(outline(module), expected);
    assert.deepEqual(faults(module), wrong);
  }

  it('loses one line of a method', () => check([
    'class A(nn.Module):', '    def f(self, x):', '        y = self.a(x)  # here', '        y y', '        if y:', '            w = 3', '            v v = 4', '        else:', '            v = 5',
    '        return y', '    def g(self): return 2', 'z = 1',
  ].join('\n'), [
    'ClassDef class A(nn.Module):', '  FunctionDef def f(self, x):', '    Assign y = self.a(x)', '    ErrorStmt y y', '    If if y:', '      Assign w = 3', '      ErrorStmt v v = 4', '      Assign v = 5',
    '    Return return y', '  FunctionDef def g(self): return 2', '    Return return 2', 'Assign z = 1',
  ], ["'y y' is no Python statement @ y y", "'v v = 4' is no Python statement @ v v = 4"]));

  it('ends an open bracket before a line that it cannot contain', () => {
    check('x = f(a\ny = 2\nz = 3', ['Assign x = f(a', 'Assign y = 2', 'Assign z = 3'], ["'(' is never closed, in 'x = f(a' @ ("]);
    check('x = f(a,\ny = 2\nz = 3', ['Assign x = f(a,', 'Assign y = 2', 'Assign z = 3'], ["'(' is never closed, in 'x = f(a,' @ ("]);
    check('x = f(a,\nself.y = 2', ['Assign x = f(a,', 'Assign self.y = 2'], ["'(' is never closed, in 'x = f(a,' @ ("]);
    check('x = [1, 2\nfor i in y:\n    print(i)', ['Assign x = [1, 2', 'For for i in y:', '  Expr print(i)'], ["'[' is never closed, in 'x = [1, 2' @ ["]);
    check('x = {1: (2\nprint(x)', ['Assign x = {1: (2', 'Expr print(x)'], ["'{' is never closed, in 'x = {1: (2' @ {"]);
    check('f(a,\n@b\ndef g(): pass', ['ErrorStmt f(a,', 'FunctionDef def g(): pass', '  Pass pass'], ["'(' is never closed, in 'f(a,' @ ("]);
    check('def f(self, x:\n    return x\ny = 1', ['FunctionDef def f(self, x:', '  Return return x', 'Assign y = 1'], ["')' is missing at the end of 'def' @ x"]);
    check(
      'class A:\n    def f(self):\n        self.a = g(b,\n                   c\n        self.b = 1\n    def h(self):\n        return [self.a, 1\n',
      ['ClassDef class A:', '  FunctionDef def f(self):', '    Assign self.a = g(b,', '    Assign self.b = 1', '  FunctionDef def h(self):', '    Return return [self.a, 1'],
      ["'(' is never closed, in 'self.a = g(b, c' @ (", "'[' is never closed, in 'return [self.a, 1' @ ["],
    );
  });

  it('leaves a bracket alone that is closed, whatever is wrong elsewhere', () => {
    check('x x\nf(\na = 1,\nb = 2\n)\ny = g(\nh(1),\n  2)\n', ['ErrorStmt x x', 'Expr f(', 'Assign y = g('], ["'x x' is no Python statement @ x x"]);
    check('x x\ny = ("a"\n"b")\n', ['ErrorStmt x x', 'Assign y = ("a"'], ["'x x' is no Python statement @ x x"]);
  });

  it('says which bracket is too many', () => {
    check(')\nx = 1', ['ErrorStmt )', 'Assign x = 1'], ["')' closes nothing, in ')' @ )"]);
    check('x = f(a))\ny = 1', ['Assign x = f(a))', 'Assign y = 1'], ["')' closes nothing, in 'x = f(a))' @ )"]);
    check('x = (a]\ny = 1', ['Assign x = (a]', 'Assign y = 1'], ["']' does not close '(', in 'x = (a]' @ ]"]);
    check('x = ([a)\ny = 1', ['Assign x = ([a)', 'Assign y = 1'], ["'[' is not closed before ')', in 'x = ([a)' @ ["]);
  });

  it('ends an open string with its line, an open text before the next definition', () => {
    check('x = "abc\ny = 2', ['Assign x = "abc', 'Assign y = 2'], ["this string is not closed, in 'x = \"abc' @ \""]);
    check('print("abc)\ny = 2', ['ErrorStmt print("abc)', 'Assign y = 2'], ["this string is not closed, in 'print(\"abc)' @ \""]);
    check('print(f"a{x")\ny = 2', ['ErrorStmt print(f"a{x")', 'Assign y = 2'], ["this string is not closed, in 'print(f\"a{x\")' @ \""]);
    check(
      'def f():\n    """doc\n    return x\n\ndef g():\n    """doc"""\n    return 1\n', ['FunctionDef def f():', '  ErrorStmt """doc', 'FunctionDef def g():', '  Expr """doc"""', '  Return return 1'],
      ['this string is not closed, in \'"""doc return x\' @ "'],
    );
  });

  it('keeps the target of what cannot be read, so that no old value is taken for its own', () => {
    const module = parser.parse('a, b = f(\nx.y += 1 1\nz: int = 2 2\nreturn 3 3\n');
    assert.deepEqual(outline(module), ['Assign a, b = f(', 'AugAssign x.y += 1 1', 'AnnAssign z: int = 2 2', 'Return return 3 3']);
    assert.deepEqual(nodes(module, 'ErrorExpr'), ['ErrorExpr f(', 'ErrorExpr 1 1', 'ErrorExpr 2 2', 'ErrorExpr 3 3']);
    assert.deepEqual(faults(parser.parse('w = 3 +')), ["something is missing after '+' @ +"]);
    check('x = 1; y = = 2; z = 3', ['Assign x = 1', 'Assign y = = 2', 'Assign z = 3'], ["'=' does not fit here, after 'y =' @ ="]);
  });

  it('keeps the suites of headers that cannot be read', () => {
    check('if a b:\n    x\nelif c d:\n    y\nelse:\n    z', ['If if a b:', '  Expr x', '  If elif c d:', '    Expr y', '    Expr z'], ["'b' does not fit here, after 'if a' @ b", "'elif c d' is no Python statement @ elif c d"]);
    check('if x\n    y\nelse if z:\n    w', ['If if x', '  Expr y', '  Expr w'], ["':' is missing at the end of 'if' @ x", "'else if' is written 'elif' @ else"]);
    check('for a, b of c:\n    x\nfor a, b in (c d):\n    x', ['For for a, b of c:', '  Expr x', 'For for a, b in (c d):', '  Expr x'], ["'for a, b of c' is no Python statement @ for a, b of c", "'d' does not fit here, after 'for a, b in (c' @ d"]);
    check('while a b: c\nwith d e: f', ['While while a b: c', '  Expr c', 'With with d e: f', '  Expr f'], ["'b' does not fit here, after 'while a' @ b", "'e' does not fit here, after 'with d' @ e"]);
    check('try:\n    a a\nexcept B C:\n    d\nfinally:\n    e e', ['Try try:', '  ErrorStmt a a', '  ExceptHandler except B C:', '    Expr d', '  ErrorStmt e e'], ["'a a' is no Python statement @ a a", "'except B C' is no Python statement @ except B C", "'e e' is no Python statement @ e e"]);
    check('class A(B C):\n    x = 1', ['ClassDef class A(B C):', '  Assign x = 1'], ["'C' does not fit here, after 'class A(B' @ C"]);
    check('match x:\n    case [1, 2:\n        y\n    case A(b=3):\n        z', ['Match match x:', '  Expr y', '  Expr z'], ["'[' is never closed, in 'case [1, 2:' @ ["]);
    check('@f(\ndef g(): pass', ['FunctionDef def g(): pass', '  Pass pass'], ['what follows the @ is no expression @ f(']);
  });

  it('goes on with a value whose opening bracket was lost', () => {
    check('x = a + b\n).view(2, 3)\ny = 1', ['Assign x = a + b', 'Assign y = 1'], ["this ')' closes nothing: a '(' is taken to be missing before 'a + b' @ )"]);
    check('def f():\n    return a\n    ][0]\ny = 1', ['FunctionDef def f():', '  Return return a', 'Assign y = 1'], ["this ']' closes nothing: a '[' is taken to be missing before 'a' @ ]"]);
    check('x = 1\n) = 2\ny = 1', ['Assign x = 1', 'ErrorStmt ) = 2', 'Assign y = 1'], ["')' closes nothing, in ') = 2' @ )"]);
    const [statement] = parser.parse('x = a + b\n).view(2, 3)').body;
    assert.ok(statement?.kind === 'Assign' && statement.value.kind === 'Call' && statement.value.func.kind === 'Attribute' && statement.value.func.value.kind === 'BinOp');
  });

  it('keeps the names of parameters that cannot be read', () => {
    const module = parser.parse('def f(self, x y, *z, k=, **w):\n    yield x\n    a a\n');
    const [definition] = module.body;
    assert.ok(definition?.kind === 'FunctionDef');
    assert.deepEqual(definition.args.args.map(({ arg }) => arg), ['self', 'x', 'k']);
    assert.deepEqual([definition.args.vararg?.arg, definition.args.kwarg?.arg, definition.args.defaults.length, definition.isGenerator], ['z', 'w', 1, true]);
  });

  it('reads what is cut from the middle of a class', () => {
    check('    if a:\n        self.q = 1\n    else:\n        self.q = None\n    return self.q\nx = 3', ['If if a:', '  Assign self.q = 1', '  Assign self.q = None', 'Return return self.q', 'Assign x = 3'], []);
    check('        else:\n            x = 1\n        return x', ['If else:', '  Assign x = 1', 'Return return x'], ["'else' goes on with no statement: its 'if', 'for', 'while' or 'try' is missing before it @ else"]);
    check('    def f(self):\n        x x\n        return 1\n', ['FunctionDef def f(self):', '  ErrorStmt x x', '  Return return 1'], ["'x x' is no Python statement @ x x"]);
  });

  it('reads on where the indentation is wrong', () => {
    check(
      'if a:\n    x = 1\n      y = 2\n    z = 3\nw w', ['If if a:', '  Assign x = 1', '  Assign y = 2', '  Assign z = 3', 'ErrorStmt w w'],
      ['this is indented further than the statement before it, which has no suite @ y', 'this is indented like no statement before it @ z', "'w w' is no Python statement @ w w"],
    );
    check('def f():\nx x', ['FunctionDef def f():', 'ErrorStmt x x'], ["'def' has no statement in its suite: an indented one should follow the ':' @ def f():", "'x x' is no Python statement @ x x"]);
  });

  it('takes prose for none', () => {
    check('The quick brown fox\nx = 1\nThis is prose: it goes.\nfor example:\ny = 2', ['ErrorStmt The quick brown fox', 'Assign x = 1', 'ErrorStmt This is prose: it goes.', 'ErrorStmt for example:', 'Assign y = 2'], [
      "'The quick brown fox' is no Python statement @ The quick brown fox", "'This is prose: it goes.' is no Python statement @ This is prose: it goes.", "'for example' is no Python statement @ for example",
    ]);
  });

  it('keeps the comments, and positions after a byte order mark', () => {
    const module = parser.parse('\ufeff# one\nx = (  # two\n  1 1)  # three\n\n# four é\n"# no"\n');
    assert.deepEqual(module.comments.map(({ text, start, end }) => [text, module.source.slice(start, end)]), [['one', '# one'], ['two', '# two'], ['three', '# three'], ['four é', '# four é']]);
    assert.deepEqual(outline(module), ['Assign x = (  # two', 'Expr "# no"']);
  });
});
