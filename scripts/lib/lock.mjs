// @ts-check
// One process at a time does a thing in the shared cache. A lock whose holder died is taken over.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeat = 5_000;
/** A holder that is alive touches its lock every 5 s; six missed beats (a suspended laptop, another container) mean it is gone. */
const stale = 30_000;

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const [{ mtimeMs }, text] = await Promise.all([fs.stat(file), fs.readFile(file, 'utf8')]);
    if (Date.now() - mtimeMs > stale) return true;
    const [host, pid] = text.split(' ');
    if (host !== os.hostname() || !pid) return false;
    try {
      process.kill(Number(pid), 0);
      return false;
    } catch (error) {
      return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
    }
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * @template T
 * @param {string} file the lock, created and removed here
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [note] told once if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, note = () => {}) {
  await fs.mkdir(path.dirname(file), { recursive: true });
  for (let told = false; ; ) {
    try {
      await fs.writeFile(file, `${os.hostname()} ${process.pid}`, { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(file)) {
      await fs.rm(file, { force: true });
      continue;
    }
    if (!told) note(`another process is at it; waiting (${file})`);
    told = true;
    await sleep(500);
  }
  const timer = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch((/** @type {Error} */ error) => note(`the lock could not be renewed: ${error.message}`));
  }, heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await fs.rm(file, { force: true });
  }
}
