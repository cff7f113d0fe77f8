/** `shapelens lsp --stdio`: the language server over standard input and output, in a process with options of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { NODE_OPTIONS } from '../server/nodeOptions';

/** @returns the exit status of the server */
export function runServer(): Promise<number> {
  // The channel closes when this process ends, however it ends: then the server ends too.
  const server = spawn(process.execPath, [...NODE_OPTIONS, path.join(__dirname, 'server.js'), '--stdio'], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (status) => resolve(status ?? 1));
  });
}
