// Going over the tree, and the parser's other ways in.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { textOf } from '../../../src/shapes/python/text';
import { children, walk } from '../../../src/shapes/python/walk';
import { loadParser, wasmFiles } from './load';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

describe('walk', () => {
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  it('visits in source order, each node once, a node before what is in it', () => {
    for (const name of ['statements.py', 'expressions.py', 'matching.py']) {
      const module = parser.parse(fs.readFileSync(path.join(root, 'test', 'fixtures', 'python', name), 'utf8'));
      const seen = new Set<object>();
      walk(module, (node) => {
        assert.ok(!seen.has(node));
        seen.add(node);
        let last = -1;
        for (const child of children(node)) {
          // The element of a comprehension and the decorators of a definition come first, as they are written.
          assert.ok(child.start >= last, `${child.kind} in ${node.kind}: ${textOf(module.source, node)}`);
          last = child.start;
        }
      });
      assert.ok(seen.size > 100);
    }
  });

  it('leaves out what is below a node on request', () => {
    const kinds: string[] = [];
    walk(parser.parse('f(x)\nif a: b'), (node) => {
      kinds.push(node.kind);
      return node.kind !== 'Call';
    });
    assert.deepEqual(kinds, ['Expr', 'Call', 'If', 'Name', 'Expr', 'Name']);
  });
});

describe('parseExpression', () => {
  const cases: readonly [text: string, kind: string | null, inside?: string][] = [
    ['x', 'Name', 'x'], [' x.y(1) ', 'Call', 'x.y(1)'], ['(x)', 'Name', 'x'], ['a, b', 'Tuple', 'a, b'], ['(a, b)', 'Tuple', '(a, b)'], ['a +\n  b', 'BinOp', 'a +\n  b'], ['a # why', 'Name', 'a'], ['x[0:2]', 'Subscript', 'x[0:2]'],
    ['', null], ['x = 1', null], ['x; y', null], ['x\ny', null], ['a) + (b', null], ['f(', null], ['print x', null], ['*a', null], ['yield x', null], ['if x: y', null], ['x for x in y', null], ['a b', null], ['# a', null],
  ];
  for (const [text, kind, inside] of cases) {
    it(JSON.stringify(text), async () => {
      const read = (await loadParser()).parseExpression(text);
      assert.equal(read?.kind ?? null, kind);
      if (read) assert.equal(textOf(text, read), inside);
    });
  }
});

describe('the parser in a bundle', () => {
  for (const format of ['cjs', 'esm'] as const) {
    it(`runs as ${format}, on its two files of WebAssembly alone`, async () => {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'parser-'));
      try {
        const outfile = path.join(directory, format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs');
        const script = `import { createParser } from './src/shapes/python/parser';
          import { readFileSync } from 'node:fs';
          createParser({ runtime: readFileSync(process.argv[2]!), grammar: readFileSync(process.argv[3]!) }).then((parser) => console.log(parser.parse('x = (1, 2)').body[0]!.kind));`;
        // A CommonJS bundle takes the package's CommonJS file: its ES module asks for import.meta.url.
        const alias: Record<string, string> = format === 'cjs' ? { 'web-tree-sitter': createRequire(import.meta.url).resolve('web-tree-sitter') } : {};
        await esbuild.build({ stdin: { contents: script, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format, outfile, alias, logLevel: 'error' });
        assert.equal(execFileSync(process.execPath, [outfile, wasmFiles.runtime, wasmFiles.grammar], { encoding: 'utf8', cwd: directory }), 'Assign\n');
      } finally {
        fs.rmSync(directory, { recursive: true });
      }
    });
  }
});
