// @ts-check
// npm as a child process, the same way on every platform.
import { run } from './processes.mjs';

/**
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onLine?: (line: string) => void }} options
 */
export function npm(args, options) {
  const quiet = [...args, '--no-fund', '--no-audit', '--loglevel=error'];
  // Under `npm start` the path of npm's own script is known: no search of PATH and no shell.
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return run(process.execPath, [script, ...quiet], options);
  if (process.platform === 'win32') return run('npm.cmd', quiet, { ...options, shell: true });
  return run('npm', quiet, options);
}
