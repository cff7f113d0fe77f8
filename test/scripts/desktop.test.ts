// The desktop's VS Code, played by a script that behaves like its command: it starts a process of its own, writes that
// process's id into the profile, and returns at once.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDesktop } from '../../scripts/host/desktop.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { skip } from '../skip';

describe('openDesktop', () => {
  let folder: string;
  let code: string;
  before(function () {
    if (process.platform === 'win32') skip(this, 'the script that plays VS Code needs a Unix shell');
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'shapelens-desktop-'));
    code = path.join(folder, 'code');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function play(script: string): void {
    writeFileSync(code, `#!${process.execPath}\n${script}`);
    chmodSync(code, 0o755);
  }

  it('opens the file with the extension, and waits until VS Code is closed', async () => {
    play(`
      const fs = require('fs'), path = require('path');
      fs.writeFileSync(${JSON.stringify(path.join(folder, 'args'))}, JSON.stringify(process.argv.slice(2)));
      const profile = process.argv.find((arg) => arg.startsWith('--user-data-dir=')).slice(16);
      const main = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)'], { detached: true, stdio: 'ignore' });
      fs.writeFileSync(path.join(profile, 'code.lock'), String(main.pid));
      main.unref();`);
    const start = Date.now();
    await openDesktop(code, path.join(folder, 'post.md'));
    assert.ok(Date.now() - start >= 1000, 'did not wait for VS Code');
    const args = JSON.parse(readFileSync(path.join(folder, 'args'), 'utf8')) as string[];
    assert.ok(args.includes(`--extensionDevelopmentPath=${root}`));
    assert.deepEqual(args.slice(-3), [folder, '--goto', path.join(folder, 'post.md')]);
  });

  it('says so when the command fails', async () => {
    play('process.exit(3)');
    await assert.rejects(openDesktop(code, path.join(folder, 'post.md')), /code ended with status 3/);
    assert.equal(existsSync(path.join(folder, 'args')), false);
  });
});
