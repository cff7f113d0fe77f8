// @ts-check
// VS Code of the desktop with the extension under development, as an instance of its own: it ends with this command.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../lib/paths.mjs';
import { onEnd, start } from '../lib/processes.mjs';
import { say, UserError } from '../lib/progress.mjs';

/** VS Code's main process is no child of its command; it writes its process id here. @param {string} profile */
function mainProcess(profile) {
  try {
    const pid = Number(fs.readFileSync(path.join(profile, 'code.lock'), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined; // not started yet, or ended
  }
}

/**
 * Opens the file and resolves when the person closes VS Code.
 * @param {string} code VS Code's command @param {string} file absolute
 */
export async function openDesktop(code, file) {
  // Its own profile: with the person's, the window would belong to an instance that runs already and must not be ended.
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-profile-'));
  onEnd(() => {
    const pid = mainProcess(profile);
    if (pid !== undefined) process.kill(pid);
    // VS Code may still be writing; what it leaves lies in the system's temporary folder.
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  fs.mkdirSync(path.join(profile, 'User'), { recursive: true });
  fs.writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify({
    'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false, 'extensions.ignoreRecommendations': true,
  }));
  const args = [`--extensionDevelopmentPath=${root}`, `--user-data-dir=${profile}`, '--new-window', '--skip-welcome', '--disable-workspace-trust', path.dirname(file), '--goto', file];
  const shell = process.platform === 'win32'; // `code` is a batch file there
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const child = start(shell ? `"${code}"` : code, quoted, { stdio: ['ignore', 'ignore', 'inherit'], shell });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => (status ? reject(new UserError(`${code} ended with status ${status}`)) : resolve(undefined)));
  });
  for (const end = Date.now() + 60_000; mainProcess(profile) === undefined; await sleep(200)) {
    if (Date.now() > end) throw new UserError(`${code} was started, but no VS Code came up within a minute`);
  }
  say(`  VS Code is open on ${file}; closing it, or Ctrl-C here, ends this command.`);
  while (mainProcess(profile) !== undefined) await sleep(500);
}
