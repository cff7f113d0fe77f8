/** Options that several commands share, and what they make of a file. */
import * as path from 'node:path';
import type { Language } from '../documents/language';
import { processorClock } from '../node/clock';
import { readInput, UnreadableFile, UsageError } from '../node/files';
import { loadParser } from '../node/parser';
import { sitePackages } from '../node/environment';
import { moduleOf, sourcesFor } from '../node/sources';
import { trace } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';

export interface TraceOptions {
  readonly call?: string;
  readonly set?: readonly string[];
  readonly environment?: string;
  readonly language?: string;
  /** How many threads of the process trace at a time; 1 unless given. */
  readonly threads?: number;
}

/** @throws UnreadableFile where the file cannot be read as what it is; UsageError where an option makes no sense */
export async function traceInput(file: string, options: TraceOptions): Promise<TracedFile> {
  const { environment } = options;
  if (environment !== undefined && sitePackages(environment).length === 0) throw new UsageError(`--environment ${environment}: is neither a virtual environment, nor an interpreter, nor a folder of packages`);
  const input = readInput(file, language(options.language));
  const isPython = input.language === 'python' && file !== '-';
  const stem = path.basename(file).replace(/\.\w+$/, '');
  const traced = trace({
    text: input.text,
    language: input.language,
    parser: await loadParser(__dirname),
    budget: { now: processorClock(options.threads) },
    resolver: sourcesFor(file === '-' ? null : file, options.environment ?? null),
    ...(isPython ? moduleOf(file) : { moduleName: stem }),
    mainName: options.call ? stem : undefined,
    call: options.call,
    ...givenValues(options.set ?? []),
  });
  if (traced.document.error !== null) throw new UnreadableFile(`${file}: ${traced.document.error}`);
  return traced;
}

/** The file, or why it could not be read, for who goes on with others. */
export async function traceReadable(file: string, options: TraceOptions): Promise<TracedFile | UnreadableFile> {
  try {
    return await traceInput(file, options);
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}

function language(given: string | undefined): Language | null {
  if (given === undefined) return null;
  if (given === 'python' || given === 'markdown' || given === 'text' || given === 'notebook') return given;
  throw new UsageError(`--language ${given}: is none of python, markdown, text, notebook`);
}

/** `NAME=VALUE` pairs: sizes that symbols are pinned to, and other values as Python writes them (`kernels=[3, 5]`). */
export function givenValues(pairs: readonly string[]): { sizes: Map<string, number>; values: Map<string, string> } {
  const sizes = new Map<string, number>();
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(.+)$/su.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`--set ${pair}: is not of the form NAME=VALUE`);
    if (/^-?\d+$/.test(value)) sizes.set(name, Number(value));
    else values.set(name, value);
  }
  return { sizes, values };
}
