/** Runs a program to its end, collecting what it prints; killed on abort or when its time is over. */
import { spawn } from 'node:child_process';

export interface ProcessResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Set when the program could not be started at all (`ENOENT`). */
  readonly failure: string | null;
  readonly timedOut: boolean;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Output beyond this is dropped from the front: only the last lines of a long log say what went wrong. */
const KEPT_CHARACTERS = 64 * 1024;

export function runProcess(command: string, args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const kept = { stdout: '', stderr: '' };
    let timedOut = false;
    let failure: string | null = null;
    const kill = (): void => { child.kill('SIGKILL'); };
    const timer = setTimeout(() => { timedOut = true; kill(); }, options.milliseconds);
    options.signal?.addEventListener('abort', kill, { once: true });
    if (options.signal?.aborted) kill();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8');
      child[name].on('data', (text: string) => {
        kept[name] = (kept[name] + text).slice(-KEPT_CHARACTERS);
        for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') options.onLine?.(line.trim());
      });
    }
    child.on('error', (error) => { failure = error.message; finish(null, null); });
    child.on('close', finish);
    let finished = false;
    function finish(code: number | null, signal: NodeJS.Signals | null): void {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      resolve({ code, signal, ...kept, failure, timedOut });
    }
  });
}
