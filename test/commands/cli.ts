// Runs the command line as a user does: the bundle through bin/, in a process of its own.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface Ran { readonly status: number | null; readonly stdout: string; readonly stderr: string }

/** `npm test` builds the bundle first. */
export function shapelens(args: readonly string[], options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join('bin', 'shapelens.mjs'), ...args], {
    cwd: process.cwd(), encoding: 'utf8', maxBuffer: 1 << 28, input: options.input ?? '', env: { ...process.env, ...options.env },
  });
  return { status, stdout, stderr };
}

/** The parts of the command line's JSON that tests read; each command gives some of them. */
export interface Output {
  readonly files: readonly {
    readonly expressions: readonly Entry[];
    readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
    readonly symbols: readonly { readonly name: string; readonly hint: number | null; readonly origin: string }[];
    readonly assumptions: readonly { readonly text: string }[];
    readonly outputs: readonly { readonly status: string; readonly detail: string; readonly statement: unknown; readonly output: { readonly range: Entry['range'] } }[];
  }[];
  readonly shape: number[];
  readonly values: number[];
  readonly backend: string;
}

export function json(args: readonly string[], options: Parameters<typeof shapelens>[1] = {}): { ran: Ran; value: Output } {
  const ran = shapelens([...args, '--json'], options);
  return { ran, value: JSON.parse(ran.stdout) as Output };
}

export interface Entry { readonly text: string; readonly kind: string; readonly shape: (number | string)[] | null; readonly shapes?: unknown[]; readonly dtype?: string; readonly value?: unknown; readonly type?: string; readonly context: string; readonly certainty?: string; readonly assumes?: number[]; readonly range: { start: { line: number; character: number }; end: { line: number; character: number } } }

/** The entries of a text, white space aside, in the order of the document. */
export function entries(trace: Output, text: string): Entry[] {
  return trace.files[0]!.expressions.filter((entry) => entry.text.replace(/\s+/g, '') === text.replace(/\s+/g, ''));
}

/** A post that this project does not own; null where it is not there. */
export function seed(number: string): string | null {
  const folder = path.join('..', 'shared', 'seeds');
  const name = fs.existsSync(folder) ? fs.readdirSync(folder).find((file) => file.startsWith(number)) : undefined;
  return name === undefined ? null : path.join(folder, name);
}
