// No text throws, however deep or broken.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BinOp, Expr, If, Module } from '../../../src/shapes/python/ast';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { walk } from '../../../src/shapes/python/walk';
import { expressionOf, loadParser } from './load';

/** Every node lies in the source, and each fault and comment too. */
function wellFormed(module: Module): number {
  let count = 0;
  const inside = ({ start, end }: { start: number; end: number }): void => assert.ok(0 <= start && start <= end && end <= module.source.length, `${start}..${end} of ${module.source.length}`);
  walk(module, (node) => {
    count++;
    inside(node);
    assert.ok(Object.isFrozen(node), node.kind);
  });
  module.comments.forEach(inside);
  module.errors.forEach((fault) => {
    inside(fault);
    assert.notEqual(fault.message, '');
  });
  return count;
}

/** A linear congruential generator: the same mutations in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the parser never throws', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  it('with long chains', () => {
    const sum = expressionOf(parser.parse(`x = a${' + a'.repeat(5000)}`));
    let depth = 0;
    for (let node: Expr = sum; node.kind === 'BinOp'; node = (node as BinOp).left) depth++;
    assert.equal(depth, 5000);
    const chain = parser.parse(`x${'.f(1)[0]'.repeat(5000)}`);
    assert.equal(wellFormed(chain), 1 + 1 + 5 * 5000);
    const both = expressionOf(parser.parse(`a${' and a'.repeat(5000)}`));
    assert.ok(both.kind === 'BoolOp' && both.values.length === 5001);
    const mixed = parser.parse(`a${' & b ^ c'.repeat(3000)}`);
    assert.equal(wellFormed(mixed), 1 + 6001 + 6000);
    assert.deepEqual(wellFormed(parser.parse(`${'x = '.repeat(5000)}1`)), 1 + 5000 + 1);
  });

  it('with a long chain of elif', () => {
    const module = parser.parse(`if a:\n  b\n${'elif a:\n  b\n'.repeat(3000)}else:\n  c`);
    assert.deepEqual(module.errors, []);
    let count = 0;
    for (let node = module.body[0]; node?.kind === 'If'; node = (node as If).orelse[0]) count++;
    assert.equal(count, 3001);
    const broken = parser.parse(`if a:\n  b\n${'elif a a:\n  b\n'.repeat(1000)}else:\n  c`);
    assert.equal(broken.errors.length, 1000);
  });

  it('with deep nesting: parentheses are no depth, the rest has a limit', () => {
    assert.equal(expressionOf(parser.parse(`${'('.repeat(10_000)}x${')'.repeat(10_000)}`)).kind, 'Name');
    for (const [open, close] of [['[', ']'], ['f(', ')'], ['x[', ']'], ['-', ''], ['not ', ''], ['lambda: ', ''], ['{1: ', '}'], ['(1, ', ')'], ['a if b else ', ''], ['f"{', '}"'], ['await ', ''], ['2 ** ', '']]) {
      for (const depth of [200, 10_000]) {
        const module = parser.parse(`x = ${open!.repeat(depth)}y${close!.repeat(depth)}\nz = 1`);
        wellFormed(module);
        const last = module.body[module.body.length - 1]!;
        assert.equal(module.source.slice(last.start, last.end), 'z = 1', open);
        if (depth === 200) assert.deepEqual(module.errors, [], open);
        else assert.ok(module.errors.length > 0, open);
      }
    }
    for (const opening of ['(', '[', '{', 'f(', 'if x:\n', "f'{", 'match x:\n case [']) wellFormed(parser.parse(opening.repeat(10_000)));
    const indented = Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n');
    assert.ok(wellFormed(parser.parse(indented)) > 0);
    assert.ok(wellFormed(parser.parse(`${indented} y y`)) > 0);
  });

  it('with unusual characters', () => {
    for (const source of ['', '\n', ' ', '\t', '\ufeff', '\ufeff\ufeff', '\0', 'a\0b', '\ud800', 'x = "\ud83d"', '\\', 'x = \\', '#', "'", '"""', "f'{", '@', ':', ';', '\r', '\u2028', 'é = 1', 'ﬁ = 1', '\\\r\n', 'x = 1\u200b']) wellFormed(parser.parse(source));
  });

  it('with 2,000 mutations of Python', () => {
    const directory = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures', 'python');
    const lines = ['statements.py', 'matching.py', 'expressions.py', 'strings.py'].flatMap((name) => fs.readFileSync(path.join(directory, name), 'utf8').split('\n'));
    const below = random(20240607);
    const inserted = ['(', ')', '[', ']', '{', '}', '"', "'", '"""', ':', '=', ',', '\n', '    ', '\t', '\\', '#', 'f"', '{', 'def f(', 'class', 'if', 'else:', 'lambda', '*', 'return', 'é', '😀', '@', ';', '.', '!', 'print x'];
    let broken = 0;
    for (let i = 0; i < 2000; i++) {
      const from = below(lines.length - 12);
      let source = lines.slice(from, from + 4 + below(8)).join('\n');
      for (let edits = 1 + below(3); edits > 0; edits--) {
        const at = below(source.length + 1);
        source = source.slice(0, at) + (below(2) === 0 ? inserted[below(inserted.length)] : '') + source.slice(at + below(4));
      }
      const module = parser.parse(source);
      wellFormed(module);
      if (module.errors.length > 0) broken++;
    }
    assert.ok(broken > 500, `only ${broken} were broken`);
  });
});
