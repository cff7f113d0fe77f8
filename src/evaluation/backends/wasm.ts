/** The WebAssembly backend: its binaries lie beside the bundled worker, or in node_modules. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';

const BINARY = 'tfjs-backend-wasm-simd.wasm';

/** @throws Error where the binaries are not found or do not start */
export async function startWasm(workerDirectory: string): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(findBinaries(workerDirectory) + path.sep);
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
  await tf.ready();
}

function findBinaries(from: string): string {
  for (let directory = from; ; directory = path.dirname(directory)) {
    for (const candidate of [directory, path.join(directory, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist')]) {
      if (fs.existsSync(path.join(candidate, BINARY))) return candidate;
    }
    if (directory === path.dirname(directory)) throw new Error(`${BINARY} was not found beside the worker`);
  }
}
