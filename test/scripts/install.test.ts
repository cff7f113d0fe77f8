// When `npm ci` is due: what lies in node_modules is compared with the lock file, package by package.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled } from '../../scripts/lib/install.mjs';

type Packages = Record<string, { version?: string; optional?: boolean }>;

describe('isInstalled', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'shapelens-install-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function check(wanted: Packages, present: Packages | string | undefined): boolean {
    writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    mkdirSync(path.join(folder, 'node_modules'));
    const text = typeof present === 'string' ? present : JSON.stringify({ packages: present });
    if (present !== undefined) writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), text);
    return isInstalled(folder);
  }

  const wanted: Packages = { '': {}, 'node_modules/a': { version: '1.0.0' } };
  it('is true for the locked versions', () => assert.equal(check(wanted, { 'node_modules/a': { version: '1.0.0' } }), true));
  it('is false for another version', () => assert.equal(check(wanted, { 'node_modules/a': { version: '1.0.1' } }), false));
  it('is false for a missing package', () => assert.equal(check(wanted, {}), false));
  it('is false after an interrupted install', () => assert.equal(check(wanted, undefined), false));
  it('is false for an unreadable record', () => assert.equal(check(wanted, '{"packages": {'), false));
  it('does without optional packages of other platforms', () => {
    assert.equal(check({ ...wanted, 'node_modules/mac': { version: '1.0.0', optional: true } }, { 'node_modules/a': { version: '1.0.0' } }), true);
  });
});
