// @ts-check
// Starts the served VS Code on a free port of this machine, with data folders of its own, and builds its addresses.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import fsSync from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup, isEnding, onEnd, start, tail } from '../lib/processes.mjs';
import { UserError } from '../lib/progress.mjs';
import { provisionServer } from './provision.mjs';

/** No greetings, no telemetry, no network: what is on the screen is the document and Shapelens. */
const quietSettings = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.startupEditor': 'none',
  // As on a desktop: in a browser VS Code saves after a second, and complains where listeners are slow to answer.
  'files.autoSave': 'off',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'editor.accessibilitySupport': 'off',
};

/** Trust as VS Code has it, without the question at the start. */
const trustSettings = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

/**
 * @typedef {object} ServedEditor
 * @property {number} port
 * @property {(target: Target) => string} address the page that shows a folder with the extension loaded
 * @property {() => string} log what the server printed so far
 * @property {string} logs the folder of the log files of server and extension host
 * @property {() => Promise<void>} close
 * @property {Promise<never>} crashed rejects if the server ends before it is closed
 *
 * @typedef {object} Target absolute paths
 * @property {string} [folder] or a `.code-workspace` file
 * @property {string} [file]
 * @property {string} extension the folder of the extension under development
 * @property {string} [tests] a module that exports `run(): Promise<void>`
 */

/** A port that is free now. @returns {Promise<number>} */
const freePort = () => new Promise((resolve, reject) => {
  const probe = net.createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {net.AddressInfo} */ (probe.address());
    probe.close(() => resolve(port));
  });
});

/**
 * @param {{ settings?: Record<string, unknown>, gallery?: boolean, trust?: boolean, others?: readonly string[] }} [options] `others`: folders of extensions that are installed besides; `gallery`: whether extensions can be looked up and installed;
 * `trust`: whether folders must be trusted first, as at a user's; nobody is asked, so they are not
 * @returns {Promise<ServedEditor>}
 */
export async function startServer({ settings = {}, gallery = false, trust = false, others = [] } = {}) {
  const { node, vscode } = await provisionServer();
  const data = await fs.mkdtemp(path.join(os.tmpdir(), 'shapelens-vscode-'));
  const removeData = onEnd(() => fsSync.rmSync(data, { recursive: true, force: true, maxRetries: 3 }));
  const temporary = path.join(data, 'tmp');
  await fs.mkdir(temporary);
  await fs.mkdir(path.join(data, 'data', 'User'), { recursive: true });
  await fs.writeFile(path.join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...(trust ? trustSettings : {}), ...settings }, undefined, 2));
  for (const folder of others) await fs.cp(folder, path.join(data, 'extensions', path.basename(folder)), { recursive: true });
  const port = await freePort();
  // Who can reach the port could open a terminal in this editor: other users of the machine must not.
  const token = randomBytes(16).toString('hex');
  const child = start(node, [
    path.join(vscode, 'out', 'server-main.js'), '--host', '127.0.0.1', '--port', String(port), '--connection-token', token,
    '--accept-server-license-terms', '--enable-smoke-test-driver', '--server-data-dir', data, '--telemetry-level', 'off',
    ...(trust ? [] : ['--disable-workspace-trust']),
  ], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Sockets of the server go with its folder; tests look nothing up on the network.
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary, ...(gallery ? {} : { EXTENSIONS_GALLERY: '{}' }) },
  });
  let log = '';
  let closing = false;
  child.stdout?.on('data', (chunk) => (log += chunk));
  child.stderr?.on('data', (chunk) => (log += chunk));
  /** @type {Promise<never>} */
  const crashed = new Promise((_, reject) => {
    child.once('error', (error) => reject(new UserError(`the VS Code server could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      if (!closing && !isEnding()) reject(new UserError(`the VS Code server ended with ${signal ?? `status ${code}`}:\n${tail(log)}`));
    });
  });
  crashed.catch(() => {}); // whoever awaits it hears of it; nobody awaiting it must not end the process
  await Promise.race([crashed, untilUp(port, () => log)]);
  return {
    port, crashed,
    log: () => log,
    logs: path.join(data, 'data', 'logs'),
    address: (target) => address(port, token, target),
    async close() {
      closing = true;
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        endGroup(child);
        await Promise.race([ended, sleep(3_000, undefined, { ref: false }).then(() => endGroup(child, 'SIGKILL'))]);
      }
      removeData();
    },
  };
}

/** @param {number} port @param {() => string} log */
async function untilUp(port, log) {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const up = await fetch(`http://127.0.0.1:${port}/version`).then((response) => response.ok, () => false);
    if (up) return;
  }
  throw new UserError(`the VS Code server did not answer within a minute:\n${tail(log())}`);
}

/** @param {number} port @param {string} token @param {Target} target */
function address(port, token, { folder, file, extension, tests }) {
  /** @param {string} where */
  const remote = (where) => `vscode-remote://127.0.0.1:${port}${encodeURI(where)}`;
  const payload = [['extensionDevelopmentPath', remote(extension)], ['skipWelcome', 'true'], ['skipReleaseNotes', 'true']];
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (file) payload.push(['openFile', remote(file)]);
  const query = new URLSearchParams({ tkn: token, payload: JSON.stringify(payload) });
  if (folder) query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  else query.set('ew', 'true');
  return `http://127.0.0.1:${port}/?${query}`;
}
