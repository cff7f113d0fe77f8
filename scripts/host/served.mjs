// @ts-check
// The served VS Code for a person: a short address that leads to it, until Ctrl-C.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { onEnd } from '../lib/processes.mjs';
import { say, step, UserError } from '../lib/progress.mjs';
import { startServer } from './server.mjs';

/** Tried first, so that the address stays the same from run to run; any free port will do. */
const preferredPort = 7437;

/** @param {http.Server} server @param {number} port @returns {Promise<number>} */
const listen = (server, port) => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject);
    resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
  });
});

/** Shows `file` in the served VS Code; resolves only by failing: the person ends it. @param {string} file absolute */
export async function openServed(file) {
  const editor = await step('starting the served VS Code', () => startServer({ gallery: true }));
  const target = editor.address({ folder: path.dirname(file), file, extension: root });
  // Hard to guess: whoever is led on is let in.
  const secret = `/${randomBytes(6).toString('base64url')}`;
  const redirect = http.createServer(({ url }, response) => {
    if (url === secret) response.writeHead(302, { Location: target }).end();
    else response.writeHead(404).end('The address of the editor is printed by npm start.');
  });
  const port = await listen(redirect, preferredPort).catch((error) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return listen(redirect, 0);
    throw error;
  });
  onEnd(() => redirect.close());
  say(`\nThe editor is at  http://127.0.0.1:${port}${secret}\nCtrl-C ends it.`);
  await editor.crashed.catch((error) => {
    throw new UserError(error.message);
  });
}
