/** The steps of one expression: every tensor on the way to its value, innermost first. */
import { expressionsWithin } from '../shapes/evidence/nodes';
import { placedStatements, valueOf } from '../shapes/evidence/places';
import type { RecordedNode, Recording } from '../shapes/interpreter/state/recorder';
import type { Span } from '../shapes/python/ast';
import { expressionIn } from '../project/find';
import { rangeOf } from '../project/tracedFile';
import { bytesAt } from './memory';
import type { DescribeParams, ExpressionStep } from './messages';
import { numbersBeside } from './openFile';
import type { OpenFile } from './openFile';
import { holdsTensor } from './tensors';
import { shapesText } from './valueText';

export function steps(file: OpenFile, { range }: DescribeParams): ExpressionStep[] {
  const chosen = expressionIn(file, range);
  if (!chosen) return [];
  return tensorsWithin(file, wholeOf(file, chosen)).map((recording) => stepOf(file, recording));
}

/** A variable alone has no steps: those of the statement that it stands in. */
function wholeOf(file: OpenFile, { node, target }: Recording): Span {
  if (!target && node.kind !== 'Name') return node;
  const statement = placedStatements(file.analysis.tree).map((each) => each.statement).filter((each) => each.start <= node.start && node.end <= each.end).at(-1);
  return (statement && valueOf(statement)) ?? node;
}

function tensorsWithin(file: OpenFile, whole: Span): Recording[] {
  const { recordings } = file.analysis;
  const found = expressionsWithin(recordings, whole).map((node) => recordings.get(node)!).filter((recording) => !recording.target && recording.seen.some(holdsTensor));
  // An operand ends before or where its operation ends, and begins later.
  found.sort((a, b) => a.node.end - b.node.end || b.node.start - a.node.start);
  const texts = new Set<string>();
  return found.filter(({ node }) => node.kind !== 'Starred' && isNew(texts, textOf(file, node)));
}

function isNew(seen: Set<string>, text: string): boolean {
  const before = seen.size;
  return seen.add(text).size > before;
}

function stepOf(file: OpenFile, recording: Recording): ExpressionStep {
  const last = recording.seen.at(-1)!;
  return {
    expression: textOf(file, recording.node),
    range: rangeOf(file, recording.node),
    shape: shapesText(file.analysis, recording),
    numbers: numbersBeside(file, recording),
    dtype: last.type === 'Tensor' ? last.tensor.dtype ?? '?' : '',
    bytes: bytesAt(file, recording),
  };
}

function textOf(file: OpenFile, node: RecordedNode): string {
  return file.document.source.slice(node.start, node.end).replace(/\s+/g, ' ');
}
