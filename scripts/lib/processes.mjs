// @ts-check
// Child processes as groups: whatever a command starts ends with it, also on Ctrl-C and with grandchildren.
import { spawn, spawnSync } from 'node:child_process';
import { UserError } from './progress.mjs';

const windows = process.platform === 'win32';
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {Set<() => void>} */
const cleanups = new Set();
let watching = false;
/** Set on Ctrl-C: that children end then is no news, so nothing is reported while this process ends too. */
let ending = false;

/** Ends a child and all that it started. @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} [signal] */
export function endGroup(child, signal = 'SIGTERM') {
  if (child.pid === undefined || !running.has(child)) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** Registers what must be undone when this process ends, e.g. a temporary folder; returns the way to do it now. @param {() => void} undo */
export function onEnd(undo) {
  watch();
  cleanups.add(undo);
  return () => {
    if (cleanups.delete(undo)) undo();
  };
}

function watch() {
  if (watching) return;
  watching = true;
  /** @param {number} code */
  const end = (code) => {
    ending = true;
    for (const child of running) endGroup(child);
    // A moment for the children to end by themselves; 'exit' below ends those that did not.
    setTimeout(() => process.exit(code), 500);
  };
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  process.on('SIGHUP', () => end(129));
  // npm passes a signal on to its shell only, which ends without telling anyone: then this process has a new parent.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || end(129), 500).unref();
  process.on('exit', () => {
    for (const child of running) endGroup(child, 'SIGKILL');
    for (const undo of cleanups) undo();
  });
}

/**
 * Starts a command in a process group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  watch();
  const child = spawn(command, args, { windowsHide: true, ...options, detached: !windows });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Runs a command to its end and returns what it printed; a failure carries the tail of it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onLine?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, { onLine, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let partial = '';
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      output += chunk;
      if (!onLine) return;
      const lines = (partial + chunk).split(/\r?\n|\r/);
      partial = lines.pop() ?? '';
      for (const line of lines) if (line.trim()) onLine(line);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', (error) => reject(new UserError(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (ending) return;
      if (code === 0) resolve(output);
      else reject(new UserError(`${[command, ...args].join(' ')} ended with ${signal ?? `status ${code}`}:\n${tail(output)}`));
    });
  });
}

/** Runs a command whose output goes straight to the terminal; resolves with its exit status. @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} [options] @returns {Promise<number>} */
export function passthrough(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => ending || resolve(code ?? 1));
  });
}

/** Whether Ctrl-C was pressed. */
export const isEnding = () => ending;

/** The last lines of a log. @param {string} text @param {number} [lines] */
export const tail = (text, lines = 20) => text.trimEnd().split('\n').slice(-lines).join('\n');
