// The report that counts come from: run by a real mocha on a file with one test of each outcome.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestReport } from '../../scripts/lib/stages.mjs';
import { root } from '../../scripts/lib/paths.mjs';

const file = `
import { skip } from ${JSON.stringify(path.join(root, 'test', 'skip'))};
describe('suite', () => {
  it('passes', () => {});
  it('fails', () => { throw new Error('broken'); });
  it('is skipped', function () { skip(this, 'no such backend'); });
  it.skip('says nothing', () => {});
  describe('inner', () => {
    before(function () { skip(this, 'no network'); });
    it('is skipped by its hook', () => {});
  });
});`;

describe('the reporter', () => {
  it('keeps outcomes, errors and reasons of skips', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-reporter-'));
    try {
      const output = path.join(folder, 'report.json');
      writeFileSync(path.join(folder, 'a.test.ts'), file);
      const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
      const { status } = spawnSync(process.execPath, [
        mocha, '--reporter', path.join(root, 'scripts', 'lib', 'reporter.cjs'), '--reporter-option', `output=${output}`, path.join(folder, 'a.test.ts'),
      ], { cwd: root });
      assert.equal(status, 1);
      const { tests } = JSON.parse(readFileSync(output, 'utf8')) as { tests: TestReport[] };
      assert.deepEqual(tests.map(({ titles, state, reason }) => [titles.slice(1).join(' '), state, reason]), [
        ['passes', 'passed', undefined],
        ['fails', 'failed', undefined],
        ['is skipped', 'skipped', 'no such backend'],
        ['says nothing', 'skipped', 'no reason given'],
        ['inner is skipped by its hook', 'skipped', 'no network'],
      ]);
      assert.match(tests[1]?.error ?? '', /broken/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
