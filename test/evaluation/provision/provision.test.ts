/** Provisioning with tiny fake files: what is kept, what is refused, and that nothing half-made is ever left or used. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ProvisionError, toProvisionError, type ProvisionCode } from '../../../src/evaluation/provision/errors';
import { findInstallation, installationDirectory } from '../../../src/evaluation/provision/installation';
import { provision } from '../../../src/evaluation/provision/provision';
import { CONTENTS, fakes, zipOf, type Fakes } from './fakes';

async function failsWith(promise: Promise<unknown>, code: ProvisionCode, message: RegExp): Promise<ProvisionError> {
  let found: ProvisionError | null = null;
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof ProvisionError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    found = error;
    return true;
  });
  return found as unknown as ProvisionError;
}

/** What is in a cache beside the note on why the last attempt failed. */
function left(cache: string): string[] {
  return fs.readdirSync(cache).filter((name) => name !== 'last-failure.txt');
}

describe('provisioning', function () {
  this.timeout(20_000);
  let given: Fakes;
  afterEach(() => given.remove());

  it('takes the libraries out of the wheel, adds the addon, probes, and is found afterwards', async () => {
    given = fakes();
    assert.equal((await findInstallation(given.cache, given.wheel)).status, 'absent');
    const { directory } = await provision(given.options());
    assert.deepEqual(fs.readdirSync(directory).sort(), ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'provisioned.json', 'tfjs_binding.node']);
    assert.equal(fs.readFileSync(path.join(directory, 'libtensorflow_cc.so.2'), 'utf8'), CONTENTS['tensorflow/libtensorflow_cc.so.2']);
    assert.deepEqual(left(given.cache), [path.basename(directory)]);
    assert.deepEqual(given.steps, ['download', 'verify', 'extract', 'build', 'probe', 'done']);
    assert.equal(given.probed.length, 1);
    assert.equal((await findInstallation(given.cache, given.wheel)).status, 'ready');
    await provision(given.options());
    assert.equal(given.downloads(), 1);
  });

  it('shares one provisioning among those who ask at once', async () => {
    given = fakes();
    const [first, second] = await Promise.all([provision(given.options()), provision(given.options())]);
    assert.equal(first.directory, second.directory);
    assert.equal(given.downloads(), 1);
  });

  it('refuses a file of another checksum before anything of it is read', async () => {
    given = fakes({ content: zipOf({ ...CONTENTS, 'tensorflow/libtensorflow_cc.so.2': 'something else' }) });
    await failsWith(provision(given.options()), 'checksum-mismatch', /sha256 [0-9a-f]{64}.*expected.*deleted unopened/);
    assert.deepEqual(given.probed, []);
    assert.deepEqual(left(given.cache), []);
  });

  it('fetches again what a former attempt left incomplete', async () => {
    given = fakes();
    fs.mkdirSync(given.cache);
    fs.writeFileSync(path.join(given.cache, given.wheel.file), 'only the first bytes');
    fs.mkdirSync(path.join(given.cache, 'partial-1'));
    fs.mkdirSync(`${installationDirectory(given.cache, given.wheel)}.partial-1`);
    await provision(given.options());
    assert.equal(left(given.cache).length, 1);
  });

  it('does not fetch a whole wheel again', async () => {
    given = fakes();
    await failsWith(provision(given.options({ probe: async () => { throw new Error('illegal instruction'); } })), 'probe-failed', /illegal instruction/);
    assert.deepEqual(left(given.cache), [given.wheel.file]);
    assert.equal((await findInstallation(given.cache, given.wheel)).status, 'absent');
    await provision(given.options());
    assert.equal(given.downloads(), 1);
    assert.deepEqual(fs.readdirSync(given.cache), [path.basename(installationDirectory(given.cache, given.wheel))]);
  });

  it('makes anew what was damaged since', async () => {
    given = fakes();
    const { directory } = await provision(given.options());
    fs.truncateSync(path.join(directory, 'libtensorflow_cc.so.2'), 100);
    const damaged = await findInstallation(given.cache, given.wheel);
    assert.equal(damaged.status, 'damaged');
    assert.match(damaged.status === 'damaged' ? damaged.reason : '', /libtensorflow_cc\.so\.2 has 100 bytes instead of 24000/);
    await provision(given.options());
    assert.equal((await findInstallation(given.cache, given.wheel)).status, 'ready');
    fs.writeFileSync(path.join(directory, 'provisioned.json'), 'half a mark');
    assert.equal((await findInstallation(given.cache, given.wheel)).status, 'damaged');
  });

  it('says that the index cannot be reached', async () => {
    given = fakes({ pipSays: "WARNING: Retrying after connection broken by 'NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused': /simple/\nERROR: No matching distribution found for tensorflow-cpu\n" });
    const error = await failsWith(provision(given.options()), 'download-failed', /cannot be reached \(.*Connection refused/);
    assert.match(error.remedy ?? '', /network/);
    const later = await findInstallation(given.cache, given.wheel);
    assert.match(later.status === 'absent' ? later.reason : '', /last attempt failed: .*Connection refused/);
    assert.deepEqual(left(given.cache), []);
  });

  it('says how much space is needed', async () => {
    given = fakes();
    await failsWith(provision(given.options({ wheel: { ...given.wheel, diskBytes: 1e18 } })), 'no-space', /1000000000\.0 GB are needed/);
    const full = toProvisionError(Object.assign(new Error('write'), { code: 'ENOSPC' }), '/c', 1.3e9);
    assert.equal(full.code, 'no-space');
    assert.match(full.message, /\/c; 1\.3 GB/);
  });

  it('tells a full disk from an index that cannot be reached', async () => {
    given = fakes({ pipSays: 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n' });
    await failsWith(provision(given.options()), 'no-space', /no space left in .*1 MB free are needed/);
    assert.deepEqual(left(given.cache), []);
  });

  it('refuses an archive without the libraries', async () => {
    given = fakes({ contents: { 'tensorflow/README': 'nothing' } });
    await failsWith(provision(given.options()), 'bad-archive', /no tensorflow\/libtensorflow_cc\.so\.2/);
  });

  it('has a reason where no wheel is known', async () => {
    given = fakes();
    await failsWith(provision(given.options({ wheel: { reason: 'no TensorFlow library is known to work here' } })), 'unsupported-platform', /no TensorFlow library/);
  });

  it('stops when asked to, leaving nothing', async () => {
    given = fakes({ slow: true });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    await failsWith(provision(given.options({ signal: abort.signal })), 'cancelled', /cancelled/);
    assert.deepEqual(left(given.cache), []);
  });

  it('goes on after the process that was at it was killed', async () => {
    given = fakes({ slow: true });
    const options = given.options();
    const script = `
      const { provision } = require(${JSON.stringify(path.join(__dirname, '../../../src/evaluation/provision/provision.ts'))});
      provision({ ...${JSON.stringify({ cache: options.cache, wheel: options.wheel, pip: options.pip, packageRoot: options.packageRoot })}, probe: async () => {} });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: 'ignore' });
    const lock = path.join(given.cache, 'provision.lock');
    while (given.downloads() === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(fs.existsSync(lock));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    assert.ok(fs.existsSync(lock), 'a killed process leaves its lock');
    const other = fakes();
    try {
      await provision({ ...options, pip: other.options().pip });
    } finally {
      other.remove();
    }
    assert.deepEqual(left(given.cache), [path.basename(installationDirectory(given.cache, given.wheel))]);
  });
});
