/** The verdicts on findings: each says whether it is true and why, and what is true of a package is shown by a call. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { CODES } from '../../src/shapes/diagnostics/codes';

interface Verdict {
  readonly package?: string; readonly file: string; readonly line: number; readonly severity: string; readonly code: string; readonly message: string;
  readonly true: boolean; readonly why: string; readonly call?: string; readonly statement?: number; readonly variable?: string; readonly shape?: readonly number[];
}

const read = (file: string): string => fs.readFileSync(new URL(file, import.meta.url), 'utf8');
const verdicts = JSON.parse(read('verdicts/verdicts.json')) as readonly Verdict[];
const pins = new Set(read('truth/models/requirements.txt').split('\n').map((line) => line.trim().toLowerCase().replaceAll('_', '-').replace('==', '@')));

describe('verdicts on findings', () => {
  it('are one for each place', () => {
    const places = verdicts.map(({ file, line, code }) => `${file}:${line} ${code}`);
    assert.deepEqual(places.filter((place, i) => places.indexOf(place) !== i), []);
  });

  for (const verdict of verdicts) {
    it(`${verdict.file}:${verdict.line}`, () => {
      assert.ok(CODES.has(verdict.code), verdict.code);
      assert.ok(verdict.severity === 'error' || verdict.severity === 'warning');
      assert.ok(verdict.why.length > 10 && verdict.message.length > 10 && typeof verdict.true === 'boolean');
      if (verdict.package === undefined) return;
      assert.ok(pins.has(verdict.package), `${verdict.package} is not the version that npm run truth installs`);
      assert.equal(verdict.call !== undefined, verdict.true, 'what is true is shown by a call');
      if (verdict.call !== undefined) assert.equal(verdict.shape !== undefined && verdict.variable !== undefined && verdict.statement !== undefined, verdict.severity === 'warning');
    });
  }
});
