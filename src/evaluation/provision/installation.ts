/**
 * A provisioned backend on disk: its folder, its marker, and whether both still agree. The marker is written last, after
 * a child process has computed with the library, and the folder appears under its final name in one rename.
 */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { cacheDirectory } from './cacheDirectory';
import { ADDON, LIBRARIES, wheelFor, type Wheel } from './wheels';

/** Raised when what is built or where it is put changes: older folders are then made anew. */
export const INSTALLATION_VERSION = 1;
const MARKER = 'provisioned.json';
/** Beside the installations: why the last attempt to make one failed. */
const FAILURE = 'last-failure.txt';

export interface Marker {
  readonly installation: number;
  readonly tensorflow: string;
  readonly wheelSha256: string;
  /** Bytes of each file. */
  readonly files: Readonly<Record<string, number>>;
  readonly at: string;
}

export type Installation =
  | { readonly status: 'ready'; readonly directory: string; readonly marker: Marker }
  | { readonly status: 'absent' | 'damaged' | 'unsupported'; readonly directory: string | null; readonly reason: string };

/** Where the backend of a wheel is kept. */
export function installationDirectory(cache: string, wheel: Wheel): string {
  return path.join(cache, `tensorflow-${wheel.version}-${process.platform}-${process.arch}`);
}

/** Looks, loads nothing. */
export async function findInstallation(cache: string = cacheDirectory(), wheel: Wheel | { readonly reason: string } = wheelFor()): Promise<Installation> {
  if ('reason' in wheel) return { status: 'unsupported', directory: null, reason: wheel.reason };
  const directory = installationDirectory(cache, wheel);
  let text: string;
  try {
    text = await fs.readFile(path.join(directory, MARKER), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { status: 'absent', directory, reason: await whyAbsent(cache) }
      : { status: 'damaged', directory, reason: `${directory} cannot be read: ${message}` };
  }
  const problem = await whatIsWrong(directory, text, wheel);
  if (typeof problem === 'string') return { status: 'damaged', directory, reason: `${directory} is not as it was provisioned: ${problem}` };
  return { status: 'ready', directory, marker: problem };
}

async function whyAbsent(cache: string): Promise<string> {
  const text = await fs.readFile(path.join(cache, FAILURE), 'utf8').catch(() => null);
  if (text === null) return 'the native backend is not provisioned ("shapelens provision" gets it)';
  return `the native backend is not provisioned; the last attempt failed: ${text.trim()}`;
}

/** Kept for whoever asks later why a slower backend is in use; null forgets it. */
export async function noteFailure(cache: string, message: string | null): Promise<void> {
  const file = path.join(cache, FAILURE);
  if (message === null) await fs.rm(file, { force: true });
  // A cache that cannot be written to is the failure itself, and was reported.
  else await fs.mkdir(cache, { recursive: true }).then(() => fs.writeFile(file, `${message}\n`)).catch(() => undefined);
}

async function whatIsWrong(directory: string, text: string, wheel: Wheel): Promise<string | Marker> {
  let marker: Marker;
  try {
    marker = JSON.parse(text) as Marker;
  } catch {
    return `${MARKER} is no JSON`;
  }
  if (marker?.installation !== INSTALLATION_VERSION) return 'it was made by another version';
  if (marker.wheelSha256 !== wheel.sha256) return 'it comes from another wheel';
  for (const name of [...LIBRARIES, ADDON]) {
    const expected = marker.files?.[name];
    const size = await fs.stat(path.join(directory, name)).then((stat) => stat.size, () => null);
    if (size === null) return `${name} is missing`;
    if (size !== expected) return `${name} has ${size} bytes instead of ${expected}`;
  }
  return marker;
}

export async function writeMarker(directory: string, wheel: Wheel): Promise<Marker> {
  const files: Record<string, number> = {};
  for (const name of [...LIBRARIES, ADDON]) files[name] = (await fs.stat(path.join(directory, name))).size;
  const marker: Marker = { installation: INSTALLATION_VERSION, tensorflow: wheel.version, wheelSha256: wheel.sha256, files, at: new Date().toISOString() };
  await fs.writeFile(path.join(directory, MARKER), `${JSON.stringify(marker, null, 2)}\n`);
  return marker;
}
