// Every class and function of the project's own Python files, with its line breaks taken out and put back. Where a suite ends is
// often not decided by the text, so a share may differ; nothing throws, and code that has its breaks is never touched.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findRuns } from '../../../../src/shapes/python/repair/detect';
import { pythonParser, seed } from '../../../documents/support';
import { definitionsOf, programOf, pythonFiles, restore, withoutLineBreaks } from './support';

/** Those of the grammar's conformance are no programs that anyone wrote. */
const files = ['samples', path.join('test', 'fixtures'), path.join('test', 'oracle', 'python'), path.join('test', 'evaluation', 'systems')]
  .filter((folder) => fs.existsSync(folder)).flatMap((folder) => pythonFiles(folder)).filter((file) => !file.includes(path.join('fixtures', 'python')));
/** A line of code in a page; a whole file in one line is rare. */
const LONGEST = 4000;

describe('line breaks taken out of any code', () => {
  it('come back in nine of ten classes and functions', async function () {
    this.timeout(120_000);
    const parser = await pythonParser();
    const differing: string[] = [];
    let all = 0;
    for (const file of files) {
      for (const { name, code } of definitionsOf(fs.readFileSync(file, 'utf8'), parser)) {
        if (code.length > LONGEST || code.split('\n').length < 3) continue;
        all++;
        const restored = restore(withoutLineBreaks(code), parser);
        if (!isDeepStrictEqual(programOf(restored, parser), programOf(code, parser))) differing.push(`${path.basename(file)} ${name}`);
      }
    }
    console.log(`        ${all - differing.length} of ${all} identical; not: ${differing.join(', ')}`);
    assert.ok(all > 100);
    assert.ok(differing.length <= all / 10, `${differing.length} of ${all} differ: ${differing.join(', ')}`);
  });

  it('are not looked for in code that has them', async () => {
    const parser = await pythonParser();
    for (const file of files) {
      const lines = fs.readFileSync(file, 'utf8').split('\n');
      assert.deepEqual(findRuns(lines, parser).map(({ line }) => `${file}:${line + 1}: ${lines[line]}`), []);
    }
    for (const folder of ['src', 'samples', '.']) {
      for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.md'))) {
        const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n');
        assert.deepEqual(findRuns(lines, parser).map(({ line }) => lines[line]), []);
      }
    }
    for (const name of ['000', '002', '003', '004']) assert.deepEqual(findRuns((seed(name) ?? '').split('\n'), parser), [], name);
  });
});
