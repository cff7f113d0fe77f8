/** Where packages are looked for: an environment by its folder, its interpreter, or the packages themselves. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { installedInPlace, sitePackages } from '../../src/node/environment';

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

describe('packages that are installed where they are developed', () => {
  let folder: string;
  before(() => { folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-editable-'))); });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('are found by the folders of .pth files and the tables of finders; code in them is not run', () => {
    const packages = path.join(folder, 'site-packages');
    const sources = ['one/src', 'two', 'three/lib'].map((name) => path.join(folder, name));
    for (const each of [packages, ...sources, path.join(folder, 'three/lib/zoo')]) fs.mkdirSync(each, { recursive: true });
    fs.writeFileSync(path.join(packages, '__editable__.one-1.0.pth'), `${sources[0]}\n`);
    fs.writeFileSync(path.join(packages, 'easy-install.pth'), `# a comment\nimport os; os.abort()\n../two\n${path.join(folder, 'missing')}\n`);
    fs.writeFileSync(path.join(packages, '__editable___three_1_0_finder.py'), `import sys\nMAPPING: dict[str, str] = {'zoo': '${path.join(folder, 'three/lib/zoo')}'}\nNAMESPACES = {}\n`);
    assert.deepEqual(new Set(installedInPlace(packages)), new Set(sources));
    assert.deepEqual(installedInPlace(path.join(folder, 'missing')), []);
  });
});
