/** A thread of `check`: it is given one file after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { UsageError } from '../node/files';
import { checkFile } from './checkFile';
import type { Answer } from './checkFiles';
import type { TraceOptions } from './options';

const port = parentPort!;

port.on('message', (path: string) => {
  void checkFile(path, workerData as TraceOptions).then(
    (checked): Answer => ({ checked }),
    (error: unknown): Answer => {
      if (error instanceof UsageError) return { misuse: error.message };
      throw error;
    },
  ).then((answer) => port.postMessage(answer));
});
