// @ts-check
// VS Code's server and workbench from npm (the package code-server), for machines that cannot download VS Code.
// Built in a temporary folder and renamed when complete: an interrupted run leaves nothing that looks finished.
import fs from 'node:fs/promises';
import path from 'node:path';
import { withLock } from '../lib/lock.mjs';
import { npm } from '../lib/npm.mjs';
import { cacheRoot } from '../lib/paths.mjs';
import { run } from '../lib/processes.mjs';
import { step, UserError } from '../lib/progress.mjs';

/** code-server 4.139.1 is VS Code 1.139.1; its server needs Node 24, whatever Node the project runs on. */
export const codeServerVersion = '4.139.1';
export const nodeVersion = '24.21.0';
const marker = 'complete.json';

/** @typedef {{ node: string, vscode: string }} ServerInstall node's executable and the folder `lib/vscode` */

/** @param {string} folder @returns {ServerInstall} */
const layout = (folder) => ({
  node: path.join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
  vscode: path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode'),
});

/** The npm package that carries Node for this machine. */
function nodePackage() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new UserError(`the served VS Code runs on Linux x64 and arm64, not on ${process.platform} ${process.arch}; `
      + 'there, VS Code itself is downloaded or found as `code`');
  }
  return `node-linux-${process.arch}`;
}

/** Where the served VS Code of these versions is kept. */
export const serverFolder = () => path.join(cacheRoot(), `vscode-server-${codeServerVersion}-node-${nodeVersion}`);

/** @returns {Promise<ServerInstall>} */
export async function provisionServer() {
  const target = serverFolder();
  const found = layout(target);
  if (await exists(path.join(target, marker))) return found;
  return step(`installing the served VS Code into ${target}`, (note) => withLock(`${target}.lock`, async () => {
    if (await exists(path.join(target, marker))) return found;
    const partial = `${target}.partial`;
    // What an interrupted run left may hold half-extracted packages, which npm would take for whole ones. Nothing is
    // downloaded twice for that: npm keeps what it has fetched in its own cache.
    await fs.rm(partial, { recursive: true, force: true });
    await fs.mkdir(partial, { recursive: true });
    await build(partial, note);
    await fs.rm(target, { recursive: true, force: true });
    await fs.rename(partial, target);
    return found;
  }, note));
}

/** @param {string} folder @param {(line: string) => void} note */
async function build(folder, note) {
  const { node, vscode } = layout(folder);
  await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
  note(`fetching code-server ${codeServerVersion} and Node ${nodeVersion}`);
  await npm(['install', '--ignore-scripts', '--no-save', `code-server@${codeServerVersion}`, `${nodePackage()}@${nodeVersion}`], { cwd: folder });
  note('fetching the packages of VS Code');
  await npm(['install', '--omit=dev', '--ignore-scripts'], { cwd: vscode });
  note('compiling two native modules');
  // The headers that come with this Node: right for it, and no download of them by node-gyp.
  const env = { ...process.env, npm_config_nodedir: path.dirname(path.dirname(node)) };
  // They write log files and watch the parent process; the server runs without them, so a machine without a compiler will do.
  await npm(['rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env })
    .catch((error) => note(`going on without them: ${error.message}`));
  const version = (await run(node, [path.join(vscode, 'out', 'server-main.js'), '--version'])).split('\n')[0];
  await fs.writeFile(path.join(folder, marker), JSON.stringify({ codeServer: codeServerVersion, node: nodeVersion, vscode: version }));
}

/** @param {string} file */
const exists = (file) => fs.access(file).then(() => true, () => false);
