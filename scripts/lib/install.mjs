// @ts-check
// The project's npm packages: installed when what lies in node_modules is not what package-lock.json says.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { cacheRoot } from './paths.mjs';
import { step } from './progress.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/** @param {string} file @returns {Record<string, LockedPackage> | undefined} */
function lockedPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // missing or cut short: not installed
  }
}

/**
 * Whether `node_modules` holds the locked versions. npm writes `node_modules/.package-lock.json` last, so an
 * interrupted install has none. Optional packages of other platforms are absent from it by right.
 * @param {string} folder
 */
export function isInstalled(folder) {
  const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
  const present = lockedPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([where, { version, optional }]) =>
    where === '' || (present[where] ? present[where].version === version : optional === true));
}

/** @param {string} folder the project's root */
export async function installDependencies(folder) {
  if (isInstalled(folder)) return;
  const lock = path.join(cacheRoot(), 'locks', createHash('sha256').update(folder).digest('hex').slice(0, 16));
  await step('installing npm packages (npm ci)', (note) => withLock(lock, async () => {
    if (!isInstalled(folder)) await npm(['ci'], { cwd: folder });
  }, note));
}
