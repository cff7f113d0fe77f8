/**
 * Prices of what a reading of run-together statements assumes, in nats: the more a text must be unusual for the reading to be
 * right, the dearer. What counts is their order; the values were set on code whose line breaks were taken out.
 */
import type { Frame, Last } from './states';

/** How the lines were joined: with nothing between, or with white space. */
export type Joint = 'glued' | 'spaced';

/** A new line where the text goes on without white space, or with. */
export function breakPrice(joint: Joint, behindSpace: boolean): number {
  if (joint === 'glued') return behindSpace ? 12 : 1.5;
  return behindSpace ? 1.5 : 7;
}

/** What a statement begins with that is no name and no keyword. */
export const startPrices: Readonly<Record<string, number>> = { '(': 3.5, '[': 4, '{': 9, '*': 8, '-': 8, '+': 9, '~': 9, '...': 2 };
export const prices = {
  /** `a = b = c` */
  chain: 6,
  docstring: 0.5,
  string: 5,
  number: 9,
  /** `x @y`: the operator is written with space around, a decorator without. */
  tightMatmul: 8,
  /** `(x)if y` on one line is rarely written so. */
  tightTernary: 4,
  /** A line break within brackets that stood between two words. */
  brokenBracket: 3,
  /** Two names where neither is known. */
  blindCut: 4,
  /** A name ends, or the next begins, at an underscore. */
  tornName: 6,
  commentStart: 0.5,
  commentLetter: 1.2,
  /** What comments have less of than code. */
  commentSign: 2.5,
  commentEquals: 7,
  commentForeign: 0.1,
  /** A printed value, or a shape, in a comment. */
  commentTold: 3,
  /** Nobody ends a comment with an opening bracket, a comma or an operator. */
  commentDangles: 4,
  commentEmpty: 12,
  /** One of the two parts of a word is none that is known. */
  commentCutsWord: 3,
  /** It begins with a keyword to which the last word of the comment is glued. */
  commentKeyword: -2,
  keyword: 1,
  token: 0.3,
  /** The text ends in the middle. */
  cutOff: 15,
} as const;

/** A statement that ends as it stands. */
export function endPrice(frame: Frame, last: Last): number {
  switch (frame.kind) {
    case 'expr': return last === 'call' ? 1.5 : last === 'string' ? 0.5 : last === 'literal' ? 3 : 9;
    case 'expr!': return 9;
    case 'note': return 4;
    default: return 0;
  }
}
