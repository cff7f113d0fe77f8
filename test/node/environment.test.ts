/** Where packages are looked for: an environment by its folder, its interpreter, or the packages themselves. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sitePackages } from '../../src/node/environment';

describe('the packages of an environment', () => {
  let folder: string;
  let packages: string;
  before(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-environment-')));
    packages = path.join(folder, 'lib', 'python3.11', 'site-packages');
    fs.mkdirSync(packages, { recursive: true });
    fs.mkdirSync(path.join(folder, 'bin'));
    fs.writeFileSync(path.join(folder, 'bin', 'python'), '');
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('are found by its folder, its interpreter, and by themselves', () => {
    assert.deepEqual(sitePackages(folder), [packages]);
    assert.deepEqual(sitePackages(path.join(folder, 'bin', 'python')), [packages]);
    assert.deepEqual(sitePackages(packages), [packages]);
  });

  it('are none where there is no such folder', () => {
    assert.deepEqual(sitePackages(path.join(folder, 'bin', 'python', 'missing')), []);
    assert.deepEqual(sitePackages(path.join(folder, 'missing')), []);
  });
});
