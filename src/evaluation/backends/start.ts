/** Starts the first backend that works, and says why those before it do not. */
import type { BackendCandidate, BackendName } from '../messages';
import { startCpu } from './cpu';
import { startTensorflow } from './tensorflow';
import { startWasm } from './wasm';

export interface StartedBackend { readonly name: BackendName; readonly notes: readonly string[] }

/** @throws Error with every candidate's reason where none works */
export async function startBackend(candidates: readonly BackendCandidate[], workerDirectory: string): Promise<StartedBackend> {
  const notes: string[] = [];
  for (const candidate of candidates) {
    try {
      if (candidate.name === 'tensorflow') await startTensorflow(candidate.directory);
      else if (candidate.name === 'wasm') await startWasm(workerDirectory);
      else await startCpu();
      return { name: candidate.name, notes };
    } catch (error) {
      notes.push(`${candidate.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`no backend could be started (${notes.join('; ')})`);
}
