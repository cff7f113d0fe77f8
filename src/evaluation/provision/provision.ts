/**
 * Gets the native backend: wheel, checksum, unpacking, addon, a probe in a child process, one rename. Whatever interrupts
 * it leaves either the finished folder or none; a complete wheel stays for the next attempt.
 */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { placeAddon } from './addon';
import { cacheDirectory } from './cacheDirectory';
import { downloadWheel } from './download';
import { formatBytes, ProvisionError, toProvisionError } from './errors';
import { extractWheel } from './extract';
import { findInstallation, installationDirectory, noteFailure, writeMarker, type Installation } from './installation';
import { withLock } from './lock';
import type { Pip } from './pip';
import { runProcess } from './process';
import { LIBRARIES, wheelFor, type Wheel } from './wheels';

export type ProvisionStep = 'wait' | 'download' | 'verify' | 'extract' | 'build' | 'probe' | 'done';
export interface ProvisionProgress {
  readonly step: ProvisionStep;
  readonly message: string;
  /** Between 0 and 1 where known. */
  readonly fraction: number | null;
}

export interface ProvisionOptions {
  /** The package's folder: its addon, or the sources of one, are looked for from here upwards. */
  readonly packageRoot: string;
  /** Computes with the libraries in the folder in a process of its own; rejects if that fails. */
  readonly probe: (directory: string) => Promise<void>;
  readonly cache?: string;
  readonly wheel?: Wheel | { readonly reason: string };
  readonly pip?: Pip;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProvisionProgress) => void;
}

const LOCK_WAIT_MILLISECONDS = 30 * 60_000;
const running = new Map<string, Promise<Extract<Installation, { status: 'ready' }>>>();

/** The ready installation, made if need be. @throws ProvisionError with one sentence and, where there is one, a remedy */
export function provision(options: ProvisionOptions): Promise<Extract<Installation, { status: 'ready' }>> {
  const cache = options.cache ?? cacheDirectory();
  const shared = running.get(cache);
  if (shared) return shared;
  const started = provisionIn(cache, options).finally(() => running.delete(cache));
  running.set(cache, started);
  return started;
}

async function provisionIn(cache: string, options: ProvisionOptions): Promise<Extract<Installation, { status: 'ready' }>> {
  const wheel = options.wheel ?? wheelFor();
  if ('reason' in wheel) throw new ProvisionError('unsupported-platform', wheel.reason);
  const found = await findInstallation(cache, wheel);
  if (found.status === 'ready') return found;
  const report = (step: ProvisionStep, message: string, fraction: number | null = null): void => options.onProgress?.({ step, message, fraction });
  try {
    const made = await withLock(path.join(cache, 'provision.lock'), {
      waitMilliseconds: LOCK_WAIT_MILLISECONDS,
      signal: options.signal,
      onWait: (pid) => report('wait', `process ${pid} is provisioning already; waiting for it`),
    }, () => make(cache, wheel, options, report));
    await noteFailure(cache, null);
    return made;
  } catch (error) {
    const known = toProvisionError(error, cache, wheel.diskBytes);
    if (known.code !== 'cancelled') await noteFailure(cache, known.message);
    throw known;
  }
}

type Report = (step: ProvisionStep, message: string, fraction?: number | null) => void;

async function make(cache: string, wheel: Wheel, options: ProvisionOptions, report: Report): Promise<Extract<Installation, { status: 'ready' }>> {
  const again = await findInstallation(cache, wheel);
  if (again.status === 'ready') return again;
  await removeLeftovers(cache);
  await checkSpace(cache, wheel);
  const total = formatBytes(wheel.size);
  report('download', `fetching ${wheel.distribution} ${wheel.version} (${total}) with pip`, 0);
  const file = await downloadWheel(wheel, {
    directory: cache, signal: options.signal, pip: options.pip,
    onBytes: (bytes) => report('download', `${formatBytes(Math.min(bytes, wheel.size))} of ${total}`, Math.min(1, bytes / wheel.size)),
  });
  report('verify', 'sha256 of the wheel is the expected one', 1);
  const final = installationDirectory(cache, wheel);
  const partial = `${final}.partial-${process.pid}`;
  try {
    await fs.mkdir(partial, { recursive: true });
    await extractWheel(file, partial, (done, all) => report('extract', `${formatBytes(done)} of ${formatBytes(all)}`, done / all), options.signal);
    report('build', 'building the addon');
    await placeAddon(partial, options.packageRoot, options.signal);
    await fs.rm(path.join(partial, 'include'), { recursive: true, force: true });
    await stripLibraries(partial, options.signal);
    report('probe', 'computing with it in a process of its own');
    await options.probe(partial).catch((error: unknown) => {
      throw new ProvisionError('probe-failed', `the library was built but does not compute here: ${error instanceof Error ? error.message : String(error)}`);
    });
    const marker = await writeMarker(partial, wheel);
    await fs.rm(final, { recursive: true, force: true });
    await fs.rename(partial, final);
    await fs.rm(file, { force: true });
    report('done', `ready in ${final}`, 1);
    return { status: 'ready', directory: final, marker };
  } finally {
    await fs.rm(partial, { recursive: true, force: true });
  }
}

/** What a killed provisioning left: we hold the lock, so nobody is at work in these. */
async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await fs.readdir(cache)) {
    if (/^partial-\d+$|\.partial-\d+$/.test(name)) await fs.rm(path.join(cache, name), { recursive: true, force: true });
  }
}

async function checkSpace(cache: string, wheel: Wheel): Promise<void> {
  const { bavail, bsize } = await fs.statfs(cache);
  const free = bavail * bsize;
  if (free < wheel.diskBytes) {
    throw new ProvisionError('no-space', `${cache} has ${formatBytes(free)} free; ${formatBytes(wheel.diskBytes)} are needed while provisioning`,
      'free some space, or set SHAPELENS_CACHE to a folder on another disk');
  }
}

/** A quarter of the library is symbols that nothing reads. Where `strip` is not there or fails, the file stays as it was. */
async function stripLibraries(directory: string, signal?: AbortSignal): Promise<void> {
  for (const library of LIBRARIES) {
    const file = path.join(directory, library);
    const stripped = `${file}.stripped`;
    const result = await runProcess('strip', ['--strip-unneeded', '-o', stripped, file], { milliseconds: 120_000, signal });
    if (signal?.aborted) throw new ProvisionError('cancelled', 'cancelled');
    if (result.code === 0) await fs.rename(stripped, file);
    else await fs.rm(stripped, { force: true });
  }
}
