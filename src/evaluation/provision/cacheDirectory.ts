/**
 * Where downloaded and built files are kept: outside of any checkout, shared by all of them.
 * Only paths are computed here; nothing is created.
 */
import * as os from 'node:os';
import * as path from 'node:path';

/** What the choice depends on; a test gives its own. */
export interface CacheEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The running process's own. */
export function currentEnvironment(): CacheEnvironment {
  return { env: process.env, platform: process.platform, home: os.homedir() };
}

/**
 * `SHAPELENS_CACHE`; else `shapelens` in `XDG_CACHE_HOME` (ignored unless absolute, as its specification says); else the
 * platform's customary cache folder.
 */
export function cacheDirectory({ env, platform, home }: CacheEnvironment = currentEnvironment()): string {
  const join = platform === 'win32' ? path.win32.join : path.posix.join;
  if (env.SHAPELENS_CACHE) return path.resolve(env.SHAPELENS_CACHE);
  const isAbsolute = platform === 'win32' ? path.win32.isAbsolute : path.posix.isAbsolute;
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, 'shapelens');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'shapelens');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'shapelens', 'Cache');
  return join(home, '.cache', 'shapelens');
}
