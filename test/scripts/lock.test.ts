// One holder at a time; a lock whose holder died is taken over.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../scripts/lib/lock.mjs';

describe('withLock', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'shapelens-lock-'));
    file = path.join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets one in after the other, and tells who waits', async () => {
    const events: string[] = [];
    const work = (name: string) => withLock(file, async () => {
      events.push(`${name} in`);
      await sleep(100);
      events.push(`${name} out`);
    }, () => events.push(`${name} waits`));
    const first = work('a');
    await sleep(20);
    await Promise.all([first, work('b')]);
    assert.deepEqual(events, ['a in', 'b waits', 'a out', 'b in', 'b out']);
    assert.equal(existsSync(file), false);
  });

  it('is free again after an error', async () => {
    await assert.rejects(withLock(file, () => Promise.reject(new Error('no'))), /no/);
    assert.equal(await withLock(file, () => Promise.resolve(1)), 1);
  });

  it('is taken over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(file, `${hostname()} ${pid}`);
    assert.equal(await withLock(file, () => Promise.resolve(1)), 1);
  });

  it('is taken over from another machine that stopped renewing it', async () => {
    writeFileSync(file, 'elsewhere 1');
    const past = new Date(Date.now() - 60_000);
    utimesSync(file, past, past);
    assert.equal(await withLock(file, () => Promise.resolve(1)), 1);
  });
});
