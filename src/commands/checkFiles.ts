/** Checks many files, on several threads where there are enough of them; the results come in the order of the files. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../node/files';
import { checkFile } from './checkFile';
import type { CheckedFile } from './checkFile';
import type { TraceOptions } from './options';

export interface Request { readonly index: number; readonly path: string }
export type Answer = { readonly index: number; readonly checked: CheckedFile } | { readonly index: number; readonly problem: string; readonly isUsage: boolean };

/** A thread reads the packages that its files import for itself, which takes as long as a few files do. */
const FILES_A_THREAD = 16;
/** Each may need half a gigabyte. */
const MAX_THREADS = 8;

export async function* checkFiles(files: readonly string[], options: TraceOptions): AsyncGenerator<CheckedFile> {
  const script = path.join(__dirname, 'checkWorker.js');
  const threads = Math.min(os.availableParallelism(), MAX_THREADS, Math.floor(files.length / FILES_A_THREAD));
  // Run from its sources, the program has no bundle to start a thread with.
  if (threads > 1 && fs.existsSync(script)) yield* onThreads(files, options, script, threads);
  else for (const file of files) yield await checkFile(file, options);
}

async function* onThreads(files: readonly string[], options: TraceOptions, script: string, threads: number): AsyncGenerator<CheckedFile> {
  const waiting: { resolve: (checked: CheckedFile) => void; reject: (error: Error) => void }[] = [];
  const results = files.map(() => new Promise<CheckedFile>((resolve, reject) => waiting.push({ resolve, reject })));
  // The first that fails ends the loop below; nobody asks for the others then.
  for (const result of results) result.catch(() => undefined);
  let next = 0;
  const give = (worker: Worker): void => {
    if (next < files.length) worker.postMessage({ index: next, path: files[next++]! } satisfies Request);
  };
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData: { ...options, threads } satisfies TraceOptions }));
  for (const worker of workers) {
    worker.on('message', (answer: Answer) => {
      const { resolve, reject } = waiting[answer.index]!;
      if ('checked' in answer) resolve(answer.checked);
      else reject(answer.isUsage ? new UsageError(answer.problem) : new Error(answer.problem));
      give(worker);
    });
    worker.on('error', (error: Error) => { for (const { reject } of waiting) reject(error); });
    give(worker);
  }
  try {
    for (const result of results) yield await result;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
