/** Loads the parser from the WebAssembly files that lie beside the bundle. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createParser } from '../shapes/python/parser';
import type { PythonParser } from '../shapes/python/parser';

let loading: Promise<PythonParser> | null = null;

/**
 * One parser a process.
 *
 * @param directory where `web-tree-sitter.wasm` and `tree-sitter-python.wasm` lie
 */
export function loadParser(directory: string): Promise<PythonParser> {
  loading ??= (async () => {
    const [runtime, grammar] = await Promise.all(['web-tree-sitter.wasm', 'tree-sitter-python.wasm'].map((name) => fs.promises.readFile(path.join(directory, name))));
    return createParser({ runtime: runtime!, grammar: grammar! });
  })();
  return loading;
}
