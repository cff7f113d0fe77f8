/** Reads the files that the command line is given; what cannot be read is one clear line for the user. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Language } from '../documents/language';

/** What a person did wrong or what is not there: one line on standard error, exit status 2. */
export class UsageError extends Error {}

/** A file that is not there, or not what it should be: others of the same run are read all the same. */
export class UnreadableFile extends UsageError {}

/** A post or model larger than this is taken for data. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface Input {
  /** As the user gave it; `-` is standard input. */
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

const LANGUAGES: Readonly<Record<string, Language>> = { '.py': 'python', '.pyi': 'python', '.ipynb': 'notebook', '.md': 'markdown', '.markdown': 'markdown' };

export function readInput(file: string, language: Language | null): Input {
  if (file === '-') return { path: '-', text: fs.readFileSync(0, 'utf8'), language: language ?? 'python' };
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UnreadableFile(`${file}: there is no such file`);
  if (!stat.isFile()) throw new UnreadableFile(`${file}: is not a file`);
  if (stat.size > MAX_BYTES) throw new UnreadableFile(`${file}: ${Math.round(stat.size / 1024 / 1024)} MB is more than the ${MAX_BYTES / 1024 / 1024} MB that are read`);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableFile(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'})`);
  }
  if (text.includes('\0')) throw new UnreadableFile(`${file}: is not a text file`);
  return { path: file, text, language: language ?? LANGUAGES[path.extname(file).toLowerCase()] ?? 'text' };
}

/** The files of a folder that `check` and `coverage` look at, in order; a file stands for itself. */
export function expandPaths(paths: readonly string[]): string[] {
  return paths.flatMap((given) => {
    const stat = fs.statSync(given, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`${given}: there is no such file or folder`);
    return stat.isDirectory() ? filesBelow(given) : [given];
  });
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === '__pycache__') return [];
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return path.extname(entry.name).toLowerCase() in LANGUAGES ? [file] : [];
  });
}
