/**
 * The wheel, by pip, which knows the user's index, mirror, proxy and certificates. A wheel that is already in the cache
 * with the right checksum is not downloaded again; one with a wrong checksum is deleted and refused.
 */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { sha256OfFile } from './checksum';
import { ProvisionError, toProvisionError } from './errors';
import { findPip, type Pip } from './pip';
import { runProcess } from './process';
import type { Wheel } from './wheels';

export interface DownloadOptions {
  /** Where complete wheels are kept. */
  readonly directory: string;
  readonly signal?: AbortSignal;
  /** Bytes so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly pip?: Pip;
}

const LIMIT_MILLISECONDS = 30 * 60_000;
const POLL_MILLISECONDS = 300;

/** The path of the verified wheel. @throws ProvisionError */
export async function downloadWheel(wheel: Wheel, options: DownloadOptions): Promise<string> {
  const file = path.join(options.directory, wheel.file);
  if (await isComplete(file, wheel)) return file;
  await fs.rm(file, { force: true });
  const pip = options.pip ?? await findPip();
  const partial = path.join(options.directory, `partial-${process.pid}`);
  await fs.mkdir(partial, { recursive: true });
  try {
    await runPip(pip, wheel, partial, options);
    const fetched = path.join(partial, wheel.file);
    await verify(fetched, wheel);
    await fs.rename(fetched, file);
    return file;
  } catch (error) {
    throw toProvisionError(error, options.directory, wheel.diskBytes);
  } finally {
    await fs.rm(partial, { recursive: true, force: true });
  }
}

async function isComplete(file: string, wheel: Wheel): Promise<boolean> {
  try {
    if ((await fs.stat(file)).size !== wheel.size) return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  return (await sha256OfFile(file)) === wheel.sha256;
}

async function verify(file: string, wheel: Wheel): Promise<void> {
  const { size } = await fs.stat(file).catch(() => {
    throw new ProvisionError('download-failed', `pip ended without an error, but ${wheel.file} is not there`);
  });
  const sha256 = await sha256OfFile(file);
  if (size !== wheel.size || sha256 !== wheel.sha256) {
    throw new ProvisionError('checksum-mismatch',
      `${wheel.file} is not the expected file (sha256 ${sha256}, ${size} bytes; expected ${wheel.sha256}, ${wheel.size} bytes); it was deleted unopened`,
      'check which package index pip is set to');
  }
}

async function runPip(pip: Pip, wheel: Wheel, partial: string, options: DownloadOptions): Promise<void> {
  const args = [
    ...pip.args, 'download', '--no-deps', '--only-binary=:all:', '--implementation', 'cp', '--python-version', '3.11', '--abi', 'cp311',
    '--platform', wheel.platformTag, '--retries', '1', '--timeout', '15', '--no-cache-dir', '--disable-pip-version-check', '--no-input',
    '--dest', partial, `${wheel.distribution}==${wheel.version}`,
  ];
  // pip writes what it downloads into its temporary folder first: with that inside `partial` the bytes can be counted.
  const env = { ...process.env, TMPDIR: partial, TEMP: partial, TMP: partial, PIP_REQUIRE_VIRTUALENV: '0', PIP_NO_COLOR: '1' };
  const timer = setInterval(() => {
    bytesIn(partial).then((bytes) => options.onBytes?.(bytes), () => undefined /* the folder is gone: the download is over */);
  }, POLL_MILLISECONDS);
  const result = await runProcess(pip.command, args, { env, milliseconds: LIMIT_MILLISECONDS, signal: options.signal }).finally(() => clearInterval(timer));
  if (options.signal?.aborted) throw new ProvisionError('cancelled', 'cancelled');
  if (result.code === 0) return;
  const said = `${result.stderr}\n${result.stdout}`;
  if (/No space left on device|Errno 28/i.test(said)) throw toProvisionError(new Error('No space left on device'), options.directory, wheel.diskBytes);
  throw new ProvisionError('download-failed', `pip could not download ${wheel.distribution} ${wheel.version}: ${whyPipFailed(said, result.timedOut)}`,
    'check the network and the index that pip uses (pip config list), then run "shapelens provision" again');
}

/** pip says "no matching distribution" even when it could not connect: the connection's own error says more. */
export function whyPipFailed(output: string, timedOut: boolean): string {
  if (timedOut) return `no result after ${LIMIT_MILLISECONDS / 60_000} minutes`;
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  const connection = /(connection refused|timed out|timeout|name or service not known|name resolution|network is unreachable|proxy|certificate|no route to host)/i;
  const broken = lines.find((line) => connection.test(line));
  if (broken) {
    const cause = /: ([^:]*(?:\[Errno [^\]]*\][^'")]*|timed? ?out[^'")]*|certificate[^'")]*))/i.exec(broken)?.[1];
    return `the package index cannot be reached (${(cause ?? broken).trim()})`;
  }
  return lines.filter((line) => line.startsWith('ERROR')).at(-1)?.replace(/^ERROR:\s*/, '') ?? lines.filter(Boolean).at(-1) ?? 'no message';
}

async function bytesIn(directory: string): Promise<number> {
  let total = 0;
  for (const entry of await fs.readdir(directory, { withFileTypes: true })) {
    const inner = path.join(directory, entry.name);
    if (entry.isDirectory()) total += await bytesIn(inner);
    else total += (await fs.stat(inner)).size;
  }
  return total;
}
