/** A thread of `check`: it is given one file after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { UsageError } from '../node/files';
import { checkFile } from './checkFile';
import type { Answer, Request } from './checkFiles';
import type { TraceOptions } from './options';

const port = parentPort!;

port.on('message', ({ index, path }: Request) => {
  void checkFile(path, workerData as TraceOptions).then(
    (checked): Answer => ({ index, checked }),
    (error: unknown): Answer => ({ index, problem: error instanceof Error ? error.message : String(error), isUsage: error instanceof UsageError }),
  ).then((answer) => port.postMessage(answer));
});
