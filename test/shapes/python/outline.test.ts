/** A tree whose functions' bodies are read when they are asked for is the tree that is read at once. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionBodies } from '../../../src/shapes/python/outline';
import { loadParser } from './load';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

function pythonFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.py')).map((entry) => path.join(entry.parentPath, entry.name));
}

const SNIPPETS: Readonly<Record<string, string>> = {
  'strings that look like code': 'def f(a):\n    s = """\ndef g(): (\n"""\n    return s + \'#\' + "\\"" \n\ndef h(): pass\n',
  'nested functions, generators': 'class A:\n    def f(self):\n        def g():\n            yield 1\n        return g\n\n    def h(self):\n        yield 2\n    x = 1\n',
  'comments at other columns': 'def f():\n  # first\n# second\n    return 1 # third\n# fourth\n\nx = 1\n',
  'headers over several lines': 'def f(a=[1,\n  2], *, b: "x" = {1: 2}) -> dict[str,\n    int]:\n    return a\n',
  'suites in the header\'s line': 'def f(): return 1\ndef g():\n    pass; pass;\nclass A: x = 1\n',
  'continued lines': 'def f(a, \\\n  b):\n    return a + \\\n  b\n',
  'tabs': 'def f():\n\tif 1:\n\t\treturn 2\n\treturn 3\nx = 2\n',
  'lines that end in two characters': 'def f():\r\n    x = 1\r\n\r\n    return x\r\n\r\ny = 2\r\n',
  'decorators, async, conditions': 'if 1:\n    @a.b(c)\n    async def f():\n        await g()\nelse:\n    def f():\n        return 2\n',
  'no body': 'def f():\nx = 1\n',
  'open bracket in a body': 'def f():\n    return (1\n\ndef g():\n    return 2\n',
  'open string in a body': 'def f():\n    return "a\n\ndef g():\n    return 2\n',
  'what is no statement in a body': 'def f():\n    return 1 +* 2\n\ndef g():\n    yield 2\n',
  'quotes within the fields of an f-string': 'def f(d):\n    return f"{d["a"]}" + f\'{d[\'b\']}\'\n\ndef g():\n    return 2\n',
};

describe('functions whose bodies are read when they are asked for', () => {
  for (const [name, source] of Object.entries(SNIPPETS)) {
    it(name, async () => {
      const parser = await loadParser();
      assert.deepEqual(plain(parser.parseLazily(source).body), plain(parser.parse(source).body));
    });
  }

  it('are what they are in every file of the tests', async () => {
    const parser = await loadParser();
    for (const file of pythonFiles(path.join(ROOT, 'test'))) {
      const source = fs.readFileSync(file, 'utf8');
      assert.deepEqual(plain(parser.parseLazily(source).body), plain(parser.parse(source).body), file);
    }
  });

  it('reach from the first token to the last', () => {
    const source = 'class A:\n    def f(self):  # why\n        # first\n        x = (1,\n  2)\n        return x  # done\n\n    # not in it\n    y = 1\n';
    assert.deepEqual(functionBodies(source)?.map(({ start, end }) => source.slice(start, end)), ['x = (1,\n  2)\n        return x']);
  });
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
