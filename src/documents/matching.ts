// Which printed item is what a statement printed: an alignment of the parts that statements print with the items that are
// printed, both in the order of the document, by kind, shape and text. Values only break ties, so that a wrong digit is found
// at the statement that printed it instead of moving the match.
import type { OutputItem } from './outputs';
import { likeness } from './printed/likeness';
import type { PrintedValue } from './printed/likeness';

export type { PrintedValue } from './printed/likeness';

export interface MatchableStatement {
  /** The document's offset at which it ends: what stands before was not printed by it. */
  readonly end: number;
  /** Index of its cell, as in PrintedOutput.cell. */
  readonly cell: number | null;
  readonly parts: readonly PrintedValue[];
}

export interface MatchableItem {
  readonly item: OutputItem;
  /** Index of the last cell before it. */
  readonly cell: number | null;
  /** What stands before it on its line. */
  readonly before?: string;
  /** It stands in a session right below the statements that printed it. */
  readonly isOwn?: boolean;
}

export interface MatchedPair {
  /** Index of the statement. */
  readonly statement: number;
  /** Index of its part. */
  readonly part: number;
  /** For a part that prints several values, the index of this one in each of them; else empty. */
  readonly path: readonly number[];
  /** Index of the item. */
  readonly item: number;
}

export interface Matching {
  readonly pairs: readonly MatchedPair[];
  /** Indexes of the items that no statement prints. */
  readonly unmatchedItems: readonly number[];
}

/** Pairs that are looked at, at most: 4 million take 64 MB. Items behind that count as unmatched; it is data, not a post. */
const mostPairs = 4e6;

interface Part { readonly statement: number; readonly part: number; readonly path: readonly number[]; readonly value: PrintedValue; /** The text that is printed right before it. */ readonly label: string }

/** What speaks for a pair whose neighbours are a pair too, of the same statement or of another. */
const besideInStatement = 0.5;
const beside = 0.1;
/** What each cell between a statement and its output costs, and at most. */
const cellBetween = 0.05;
const farthest = 0.5;
/** Less than any other evidence. */
const tieBreak = 0.02;

/**
 * @param statements in the order of the document
 * @param items in the order of the document
 * @param agreement how well the values agree, from 0 to 1
 */
export function matchOutputs(statements: readonly MatchableStatement[], items: readonly MatchableItem[], agreement?: (pair: MatchedPair) => number): Matching {
  const parts = statements.flatMap((statement, index) => statement.parts.flatMap((value, part) => flatten(value, index, part, [], labelOf(statement.parts[part - 1]))));
  const itemCount = Math.min(items.length, Math.floor(mostPairs / (parts.length + 1)));
  const width = itemCount + 1;
  // best[i, j]: of the first i parts and the first j items; paired[i, j]: with the last of both a pair.
  const best = new Float64Array((parts.length + 1) * width);
  const paired = new Float64Array((parts.length + 1) * width).fill(-Infinity);
  for (let i = 1; i <= parts.length; i++) {
    const part = parts[i - 1]!;
    const before = parts[i - 2];
    for (let j = 1; j <= itemCount; j++) {
      const at = i * width + j;
      const diagonal = at - width - 1;
      const score = pairScore(part, j - 1, statements, items, agreement);
      if (score > 0) {
        const bonus = before?.statement === part.statement ? besideInStatement : beside;
        paired[at] = score + Math.max(best[diagonal]!, paired[diagonal]! + bonus);
      }
      best[at] = Math.max(best[at - 1]!, best[at - width]!, paired[at]!);
    }
  }
  const { pairs, unmatchedItems } = traced(parts, itemCount, best, paired);
  for (let item = itemCount; item < items.length; item++) unmatchedItems.push(item);
  return { pairs, unmatchedItems };
}

function flatten(value: PrintedValue, statement: number, part: number, path: readonly number[], label: string): Part[] {
  if (value.kind === 'several') return value.values.flatMap((each, index) => flatten(each, statement, part, [...path, index], index === 0 ? label : ''));
  if (value.kind !== 'text') return [{ statement, part, path, value, label }];
  // Text is printed on several lines, and an item never spans two.
  return value.text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line)).map((line) => ({ statement, part, path, value: { kind: 'text', text: line }, label: '' }));
}

function labelOf(before: PrintedValue | undefined): string {
  return before?.kind === 'text' ? withoutSpaces(before.text.slice(before.text.lastIndexOf('\n') + 1)) : '';
}

const withoutSpaces = (text: string): string => text.replace(/\s+/g, '');

function pairScore(part: Part, index: number, statements: readonly MatchableStatement[], items: readonly MatchableItem[], agreement?: (pair: MatchedPair) => number): number {
  const { item, cell, before, isOwn } = items[index]!;
  const statement = statements[part.statement]!;
  if (item.range.start < statement.end) return 0;
  const distance = Math.max(0, (cell ?? 0) - (statement.cell ?? 0));
  if (isOwn && distance > 0) return 0;
  const like = likeness(part.value, item, isOwn ? 'own' : distance === 0 ? 'near' : 'far');
  if (like <= 0) return 0;
  // Numbers are all alike: the text before them says which one it is.
  if (item.kind === 'scalar' && before !== undefined && !withoutSpaces(before).endsWith(part.label)) return 0;
  const far = Math.min(farthest, distance * cellBetween);
  const agrees = agreement ? tieBreak * agreement({ statement: part.statement, part: part.part, path: part.path, item: index }) : 0;
  return Math.max(tieBreak / 2, like - far) + agrees;
}

function traced(parts: readonly Part[], itemCount: number, best: Float64Array, paired: Float64Array): { pairs: MatchedPair[]; unmatchedItems: number[] } {
  const width = itemCount + 1;
  const pairs: MatchedPair[] = [];
  const unmatched: number[] = [];
  let i = parts.length;
  let j = itemCount;
  let mustPair = false;
  while (j > 0) {
    const at = i * width + j;
    // Of equal alignments the one that gives a statement its first fitting output.
    if (!mustPair && best[at - 1] === best[at]) {
      unmatched.unshift(j - 1);
      j--;
    } else if (mustPair || paired[at] === best[at]) {
      const part = parts[i - 1]!;
      pairs.unshift({ statement: part.statement, part: part.part, path: part.path, item: j - 1 });
      const diagonal = at - width - 1;
      const bonus = parts[i - 2]?.statement === part.statement ? besideInStatement : beside;
      mustPair = paired[diagonal]! + bonus > best[diagonal]!;
      i--;
      j--;
    } else {
      i--;
    }
  }
  return { pairs, unmatchedItems: unmatched };
}
