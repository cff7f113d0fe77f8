// @ts-check
// What `runTests` of @vscode/test-electron starts: VS Code, or the shim that stands for it.
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { root } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';
import { chooseTestHost } from './choose.mjs';

/** @returns {Promise<string>} */
export async function testExecutable() {
  const shim = path.join(root, 'scripts', 'host', 'shim.mjs');
  const choice = await chooseTestHost();
  say(`  VS Code: ${choice.kind} (${choice.why})`);
  if (choice.kind === 'served') return shim;
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', timeout: 30_000 });
  } catch (error) {
    if (process.platform !== 'linux' || process.env.SHAPELENS_VSCODE) throw error;
    say(`  VS Code could not be downloaded (${error instanceof Error ? error.message : error}); using the served one`);
    return shim;
  }
}
