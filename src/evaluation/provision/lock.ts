/**
 * One provisioning at a time per cache: a lock file that names its owner's process. A lock whose owner is gone (killed,
 * machine restarted) is taken over.
 */
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { ProvisionError } from './errors';

interface Owner { readonly pid: number; readonly host: string; readonly since: string }

/** A lock of another host (a cache on a network disk) cannot be checked for life; after this it is taken as left behind. */
const FOREIGN_LOCK_HOURS = 2;
const POLL_MILLISECONDS = 250;

export interface LockOptions {
  /** Give up after this long. */
  readonly waitMilliseconds: number;
  readonly signal?: AbortSignal;
  /** Told once when another process holds the lock. */
  readonly onWait?: (pid: number) => void;
}

/** Runs `body` while holding the lock. @throws ProvisionError `locked` when the wait is over, `cancelled` on abort. */
export async function withLock<T>(file: string, options: LockOptions, body: () => Promise<T>): Promise<T> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const until = Date.now() + options.waitMilliseconds;
  let told = false;
  while (!(await tryCreate(file))) {
    const owner = await readOwner(file);
    if (owner === 'gone') continue;
    if (owner === 'unreadable' || !isAlive(owner)) {
      await removeStale(file);
      continue;
    }
    if (!told) options.onWait?.(owner.pid);
    told = true;
    if (options.signal?.aborted) throw new ProvisionError('cancelled', 'cancelled');
    if (Date.now() > until) throw new ProvisionError('locked', `process ${owner.pid} is provisioning since ${owner.since}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  try {
    return await body();
  } finally {
    await fs.rm(file, { force: true });
  }
}

async function tryCreate(file: string): Promise<boolean> {
  const owner: Owner = { pid: process.pid, host: os.hostname(), since: new Date().toISOString() };
  // Written beside it first and linked into place: a lock file is never seen empty.
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await fs.writeFile(draft, JSON.stringify(owner));
  try {
    await fs.link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await fs.rm(draft, { force: true });
  }
}

async function readOwner(file: string): Promise<Owner | 'gone' | 'unreadable'> {
  try {
    const owner = JSON.parse(await fs.readFile(file, 'utf8')) as Partial<Owner> | null;
    if (typeof owner?.pid !== 'number' || typeof owner.host !== 'string' || typeof owner.since !== 'string') return 'unreadable';
    return owner as Owner;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== os.hostname()) return Date.now() - Date.parse(owner.since) < FOREIGN_LOCK_HOURS * 3_600_000;
  // Our own id in a lock that we do not hold: a new process was given the number of a dead one. Two provisionings in one
  // process never wait for each other here: `provision` shares the running one.
  if (owner.pid === process.pid) return false;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Renamed before it is deleted, so that of two waiting processes only one removes it. */
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await fs.rename(file, aside);
    await fs.rm(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
