// @ts-check
// Where things lie: the project's root, its output folders, and the cache that all checkouts share.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = path.join(root, 'dist');
export const artifacts = path.join(root, 'artifacts');

/** The cache outside the checkout: `SHAPELENS_CACHE`, else the platform's own place for caches. */
export function cacheRoot() {
  if (process.env.SHAPELENS_CACHE) return path.resolve(process.env.SHAPELENS_CACHE);
  if (process.env.XDG_CACHE_HOME) return path.join(process.env.XDG_CACHE_HOME, 'shapelens');
  if (process.platform === 'win32') return path.join(process.env.LOCALAPPDATA ?? os.homedir(), 'shapelens');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'shapelens');
  return path.join(os.homedir(), '.cache', 'shapelens');
}
