/** Python's debugger and NumPy, for tests of a paused program. */
import { execFile, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { cacheDirectory } from '../../src/evaluation/provision/cacheDirectory';

/** Where pip puts what the test needs, outside of the checkout. */
export const PACKAGES = path.join(cacheDirectory(), 'debugpy-1.8');

/** null: they are there, put there now if need be. */
export async function whyNoDebugger(): Promise<string | null> {
  if (spawnSync('python3', ['--version']).error) return 'there is no python3';
  if (fs.existsSync(path.join(PACKAGES, 'debugpy')) && fs.existsSync(path.join(PACKAGES, 'numpy'))) return null;
  try {
    await promisify(execFile)('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', PACKAGES, 'debugpy~=1.8', 'numpy'], { timeout: 150_000 });
    return null;
  } catch (error) {
    return `python3 -m pip cannot install debugpy and numpy here: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`;
  }
}
