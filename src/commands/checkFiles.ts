/** Checks many files, on several threads where there are enough of them; the results come in the order of the files. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../node/files';
import { checkFile, notChecked } from './checkFile';
import type { CheckedFile } from './checkFile';
import type { TraceOptions } from './options';
import { onThreads } from './threads';

export type Answer = { readonly checked: CheckedFile } | { readonly misuse: string };

/** A thread reads the packages that its files import for itself, which takes as long as a few files do. */
const FILES_A_THREAD = 16;
const MAX_THREADS = 8;
/** Megabytes of memory that a thread may keep: a file takes a few hundred, the packages that were read some hundred more. */
const MAX_MEMORY = 1024;

export async function* checkFiles(files: readonly string[], options: TraceOptions): AsyncGenerator<CheckedFile> {
  const script = path.join(__dirname, 'checkWorker.js');
  const threads = Math.min(os.availableParallelism(), MAX_THREADS, Math.floor(files.length / FILES_A_THREAD));
  // Run from its sources, the program has no bundle to start a thread with. One thread still is better than none: it may die.
  if (files.length < 2 * FILES_A_THREAD || !fs.existsSync(script)) for (const file of files) yield await checkFile(file, options);
  else {
    yield* onThreads<CheckedFile, Answer>({
      items: files.length, threads,
      start: () => new Worker(script, { workerData: { ...options, threads } satisfies TraceOptions, resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY } }),
      request: (item) => files[item]!,
      read: (answer) => {
        if ('misuse' in answer) throw new UsageError(answer.misuse);
        return answer.checked;
      },
      lost: (item, error) => notChecked(files[item]!, (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? `it takes more than ${MAX_MEMORY} MB of memory` : error.message),
    });
  }
}
