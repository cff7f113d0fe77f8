/** What evaluation computes with on this machine, why nothing faster, and what that would need. */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { EvaluationClient } from './client';
import type { BackendName } from './messages';
import { workerLocation } from './locations';
import { hasAddonSources, prebuiltAddon } from './provision/addon';
import { cacheDirectory } from './provision/cacheDirectory';
import { formatBytes, ProvisionError } from './provision/errors';
import { findInstallation, type Installation } from './provision/installation';
import { findPip } from './provision/pip';
import { runProcess } from './provision/process';
import { wheelFor } from './provision/wheels';

export interface Requirement {
  readonly name: 'platform' | 'pip' | 'compiler' | 'space';
  readonly met: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

export interface Diagnosis {
  readonly backend: BackendName | null;
  /** Why no faster one is in use. */
  readonly notes: readonly string[];
  /** From nothing to the first result. */
  readonly startMilliseconds: number | null;
  readonly native: Installation;
  readonly cache: string;
  /** Of provisioning; empty where it is not needed any more. */
  readonly requirements: readonly Requirement[];
}

/** Starts a worker to see what really works. */
export async function diagnose(packageRoot: string): Promise<Diagnosis> {
  const cache = cacheDirectory();
  const native = await findInstallation(cache);
  const client = new EvaluationClient({ ...workerLocation(), backend: 'auto' });
  const began = performance.now();
  try {
    const started = await client.backend().then(
      ({ name, notes }) => ({ backend: name, notes, startMilliseconds: Math.round(performance.now() - began) }),
      (error: unknown) => ({ backend: null, notes: [error instanceof Error ? error.message : String(error)], startMilliseconds: null }),
    );
    const requirements = started.backend === 'tensorflow' ? [] : await checkRequirements(cache, packageRoot);
    return { ...started, native, cache, requirements };
  } finally {
    client.dispose();
  }
}

async function checkRequirements(cache: string, packageRoot: string): Promise<Requirement[]> {
  const wheel = wheelFor();
  if ('reason' in wheel) return [{ name: 'platform', met: false, detail: wheel.reason, remedy: null }];
  return [
    { name: 'platform', met: true, detail: `${process.platform} ${process.arch}: ${wheel.distribution} ${wheel.version}, ${formatBytes(wheel.size)} to fetch`, remedy: null },
    await checkPip(),
    await checkCompiler(packageRoot),
    await checkSpace(cache, wheel.diskBytes),
  ];
}

async function checkPip(): Promise<Requirement> {
  try {
    const pip = await findPip();
    return { name: 'pip', met: true, detail: [pip.command, ...pip.args].join(' '), remedy: null };
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    return { name: 'pip', met: false, detail: error.message, remedy: error.remedy };
  }
}

async function checkCompiler(packageRoot: string): Promise<Requirement> {
  const prebuilt = prebuiltAddon(packageRoot);
  if (await fs.access(prebuilt).then(() => true, () => false)) return { name: 'compiler', met: true, detail: 'not needed: the addon comes with the package', remedy: null };
  if (!(await hasAddonSources(packageRoot))) return { name: 'compiler', met: false, detail: 'this package has neither the addon for this machine nor its sources', remedy: null };
  const compiler = process.env.CXX ?? 'g++';
  const result = await runProcess(compiler, ['--version'], { milliseconds: 20_000 });
  if (result.code === 0) return { name: 'compiler', met: true, detail: result.stdout.split('\n')[0] ?? compiler, remedy: null };
  return { name: 'compiler', met: false, detail: `no C++ compiler was found (tried ${compiler})`, remedy: 'Debian and Ubuntu: sudo apt-get install g++' };
}

async function checkSpace(cache: string, needed: number): Promise<Requirement> {
  // The cache may not be there yet: its nearest folder that is lies on the same disk.
  let directory = cache;
  while (!(await fs.access(directory).then(() => true, () => false)) && directory !== path.dirname(directory)) directory = path.dirname(directory);
  const { bavail, bsize } = await fs.statfs(directory);
  const free = bavail * bsize;
  return { name: 'space', met: free >= needed, detail: `${formatBytes(free)} free in ${directory}, ${formatBytes(needed)} needed while provisioning`, remedy: free >= needed ? null : 'set SHAPELENS_CACHE to a folder on another disk' };
}
