/**
 * The concrete tree as flat arrays: one entry a node, in the order of a depth-first walk, without comments and other extras.
 * Everything after the parse reads these; the parser library's own nodes cost a call into WebAssembly for each question.
 */
import type { Comment, Span } from './ast';

/** No node. */
export const NONE = -1;

export interface SyntaxTree {
  /** The grammar's name of a node; of a token that has no name of its own, its text in quotes: `'+'`. */
  readonly kinds: readonly string[];
  readonly fields: readonly (string | null)[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly comments: readonly Comment[];
  /** Where the grammar does not hold, the first place only; null if the text is of the grammar. */
  readonly error: GrammarError | null;
}

export interface GrammarError extends Span {
  /** The token that should stand here, where just one would do. */
  readonly missing: string | null;
}

/** Text in, tree out; never throws. */
export type ParseText = (text: string) => SyntaxTree;
