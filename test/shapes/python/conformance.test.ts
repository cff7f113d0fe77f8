// The tree is CPython's, node by node: recorded by record.py from Python 3.11.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { flatten } from './flatten';
import type { Row } from './flatten';
import { loadParser } from './load';

const directory = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures', 'python');

describe('the tree is that of Python\'s ast', () => {
  for (const file of fs.readdirSync(directory).filter((name) => name.endsWith('.py'))) {
    it(file, async () => {
      const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(fs.readFileSync(path.join(directory, file)));
      const recorded = JSON.parse(fs.readFileSync(path.join(directory, file.replace(/\.py$/, '.json')), 'utf8')) as Row[];
      const module = (await loadParser()).parse(source);
      assert.deepEqual(module.errors, []);
      const show = (row: Row): string => `${JSON.stringify(row)} ${JSON.stringify(source.slice(row[1], row[2]))}`;
      assert.deepEqual(flatten(module).map(show), recorded.map(show));
    });
  }
});
