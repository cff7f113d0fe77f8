// @ts-check
// A Chromium to show the served VS Code in: the one that is there, else Debian's package where this may install it.
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../lib/processes.mjs';
import { step, UserError } from '../lib/progress.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const line = 'apt-get update && apt-get install -y --no-install-recommends chromium';

/** The executable of an installed Chromium or Chrome, `CHROME_PATH` first; undefined if there is none. */
export function findChromium() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (fs.existsSync(named)) return named;
    throw new UserError(`CHROME_PATH names ${named}, which does not exist`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const places = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...places, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** System packages are installed only where nobody's machine is changed: as root in a container. */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return false;
  if (process.env.CI || process.env.container || fs.existsSync('/.dockerenv') || fs.existsSync('/run/.containerenv')) return true;
  // Other sandboxes (gVisor, Firecracker, plain chroots) leave no such file, but start no service manager either.
  return !fs.existsSync('/run/systemd/system');
}

/** @returns {Promise<string>} the executable */
export async function provisionChromium() {
  const found = findChromium();
  if (found) return found;
  if (!mayInstall()) {
    throw new UserError(`the served VS Code needs Chromium or Chrome, and none was found. Install one and run this again:\n    sudo sh -c '${line}'\n`
      + 'or set CHROME_PATH to its executable.');
  }
  await step('installing Chromium with apt-get', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  });
  const installed = findChromium();
  if (!installed) throw new UserError('apt-get installed chromium, but no executable of that name is on PATH; set CHROME_PATH to it');
  return installed;
}
