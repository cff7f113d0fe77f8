/** A checkpoint as commands take it: what it holds, and how the parameters of a file fit it. */
import * as path from 'node:path';
import { UsageError } from '../node/files';
import { describeMatch, matchCheckpoint } from '../project/checkpoint';
import type { Checkpoint, CheckpointMatch } from '../project/checkpoint';
import type { TracedFile } from '../project/tracedFile';
import { listTensors } from '../tensorfiles/fileBytes';

/** @throws UsageError where it cannot be read */
export async function readCheckpoint(file: string): Promise<Checkpoint> {
  try {
    return { path: path.resolve(file), name: path.basename(file), tensors: await listTensors(file) };
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function checkpointReport(file: TracedFile, checkpoint: Checkpoint, sizes: ReadonlyMap<string, number>): { readonly json: { readonly path: string } & CheckpointMatch; readonly lines: readonly string[] } {
  const match = matchCheckpoint(file, checkpoint, sizes);
  return { json: { path: checkpoint.path, ...match }, lines: describeMatch(checkpoint, match) };
}
