/** The one place that knows web-tree-sitter (https://tree-sitter.github.io): loads it and copies its tree into ours. */
import { Language, Parser } from 'web-tree-sitter';
import type { TreeCursor } from 'web-tree-sitter';
import type { Comment } from './ast';
import { NONE } from './syntaxTree';
import type { GrammarError, ParseText, SyntaxTree } from './syntaxTree';

/**
 * @param wasm the bytes of `web-tree-sitter.wasm` and of `tree-sitter-python.wasm`; nothing else is read
 */
export async function loadTreeSitter(wasm: { runtime: Uint8Array; grammar: Uint8Array }): Promise<ParseText> {
  await Parser.init({ wasmBinary: wasm.runtime });
  const language = await Language.load(wasm.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const names = language.types.map((name, id) => (language.nodeTypeIsNamed(id) ? name : `'${name}'`));
  const nameOf = (id: number): string => names[id] ?? 'ERROR';
  return (text) => {
    parser.reset();
    const tree = parser.parse(text);
    if (!tree) throw new Error('the parser has no grammar');
    const root = tree.rootNode;
    const cursor = tree.walk();
    try {
      return copy(text, cursor, root.descendantCount, root.hasError, nameOf, language.fields);
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
}

function copy(text: string, cursor: TreeCursor, size: number, hasError: boolean, nameOf: (id: number) => string, fieldNames: (string | null)[]): SyntaxTree {
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  const firstChild = new Int32Array(size).fill(NONE);
  const nextSibling = new Int32Array(size).fill(NONE);
  const kinds: string[] = [];
  const fields: (string | null)[] = [];
  const comments: Comment[] = [];
  let error: GrammarError | null = null;

  /** The innermost open nodes, and the last child that each has so far. */
  const parents: number[] = [];
  const lastChildren: number[] = [];
  for (;;) {
    const kind = nameOf(cursor.nodeTypeId);
    const extra = kind === 'comment' || kind === 'line_continuation';
    const node = kinds.length;
    if (extra) {
      if (kind === 'comment') {
        const [start, end] = [cursor.startIndex, cursor.endIndex];
        comments.push(Object.freeze({ start, end, text: text.slice(start + 1, end).trim() }));
      }
    } else {
      starts[node] = cursor.startIndex;
      ends[node] = cursor.endIndex;
      kinds.push(kind);
      const field = cursor.currentFieldId;
      fields.push(field ? fieldNames[field] ?? null : null);
      if (hasError && !error) error = errorAt(cursor, kind, starts[node], ends[node]);
      const depth = parents.length - 1;
      if (depth >= 0) {
        const previous = lastChildren[depth]!;
        if (previous === NONE) firstChild[parents[depth]!] = node;
        else nextSibling[previous] = node;
        lastChildren[depth] = node;
      }
      if (cursor.gotoFirstChild()) {
        parents.push(node);
        lastChildren.push(NONE);
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        if (hasError) error ??= { start: 0, end: text.length, missing: null };
        return { kinds, fields, starts, ends, firstChild, nextSibling, comments, error };
      }
      parents.pop();
      lastChildren.pop();
    }
  }
}

function errorAt(cursor: TreeCursor, kind: string, start: number, end: number): GrammarError | null {
  if (kind === 'ERROR') return { start, end, missing: null };
  return start === end && cursor.nodeIsMissing ? { start, end, missing: kind } : null;
}
