// @ts-check
// Which VS Code a command uses: the desktop's (found or downloaded), or the served one from npm.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { UserError } from '../lib/progress.mjs';

const updates = 'https://update.code.visualstudio.com/api/releases/stable';

/** @typedef {{ kind: 'desktop' | 'served', why: string }} Choice */

/** `SHAPELENS_VSCODE`, if it is set. @returns {Choice | undefined} */
export function choiceOfUser() {
  const wish = process.env.SHAPELENS_VSCODE;
  if (!wish) return undefined;
  if (wish === 'desktop' || wish === 'served') return { kind: wish, why: `SHAPELENS_VSCODE=${wish}` };
  throw new UserError(`SHAPELENS_VSCODE is "${wish}"; it can be "desktop" or "served"`);
}

/** For tests. Decides in at most four seconds. @returns {Promise<Choice>} */
export async function chooseTestHost() {
  const wish = choiceOfUser();
  if (wish) return wish;
  if (process.platform !== 'linux') return { kind: 'desktop', why: 'the served VS Code runs on Linux only' };
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { kind: 'served', why: 'there is no screen' };
  if (fs.existsSync(path.join(root, '.vscode-test'))) return { kind: 'desktop', why: 'it was downloaded before' };
  const problem = await fetch(updates, { method: 'HEAD', signal: AbortSignal.timeout(4_000) })
    .then((response) => (response.ok ? undefined : `status ${response.status}`), (/** @type {Error} */ error) => error.message);
  if (problem) return { kind: 'served', why: `VS Code cannot be downloaded here (${problem})` };
  return { kind: 'desktop', why: 'it can be downloaded' };
}

/** VS Code's command on this machine: `VSCODE_PATH`, else `code` on PATH; undefined if there is none. */
export function findDesktop() {
  const named = process.env.VSCODE_PATH;
  if (named) {
    if (fs.existsSync(named)) return named;
    throw new UserError(`VSCODE_PATH names ${named}, which does not exist`);
  }
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const places = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  if (process.platform === 'darwin') places.push('/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code');
  return places.find((place) => fs.existsSync(place));
}
