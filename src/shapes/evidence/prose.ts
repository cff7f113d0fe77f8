/**
 * Shapes in the text around the code: `attn: torch.Size([64, 3, 49, 49])`, or 【64, 49, 96】 of nothing that it names. They
 * tell of an example, and so give hints; a shape of a named variable is held against the code as a comment is.
 */
import type { RecordedNode } from '../interpreter/state/recorder';
import type { Span } from '../python/ast';
import { namedNodes, nodesNamed } from './nodes';
import { contains } from '../python/spans';
import { readPhrases } from './phrase';
import type { Recordings } from './seen';
import type { ShapePhrase } from './shapes';

/** A line of text that is no code. */
export interface ProseLine {
  readonly text: string;
  /** Its offset as that of the module's text goes on behind the code. */
  readonly start: number;
  /** The code before it, which it most likely speaks of. */
  readonly code: Span | null;
}

export interface ProseClaim {
  readonly shape: ShapePhrase;
  readonly text: string;
  readonly span: Span;
  /** The variable that it names; null where it names none. */
  readonly subject: string | null;
  /** What it may be the shape of, the likeliest first. */
  readonly nodes: readonly RecordedNode[];
}

/** Longer lines are read in part. */
const MAX_LINES = 5000;
const SENTENCE = /[^。;;!!??\n]+/g;

export function proseClaims(lines: readonly ProseLine[], recordings: Recordings, source: string): ProseClaim[] {
  if (lines.length === 0) return [];
  const names = namedNodes(recordings);
  return lines.slice(0, MAX_LINES).flatMap((line) => [...line.text.matchAll(SENTENCE)].flatMap((sentence) => {
    const base = line.start + sentence.index;
    return readPhrases(sentence[0]).flatMap(({ shapes, subjects }) => {
      const [shape] = shapes;
      if (shapes.length !== 1 || !shape!.sizes.every(({ kind }) => kind === 'size')) return [];
      const span = { start: base + shape!.start, end: base + shape!.end };
      const text = sentence[0].slice(shape!.start, shape!.end);
      const subject = subjects.length === 1 ? subjects[0]! : null;
      const all = subject === null ? [...recordings.keys()] : nodesNamed(names, subject, source);
      const near = line.code ? all.filter((node) => contains(line.code!, node)) : [];
      return [{ shape: shape!, text, span, subject, nodes: near.length > 0 || subject === null ? near : all }];
    });
  }));
}
