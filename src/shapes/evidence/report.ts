/** The finding on a comment that is wrong: what it says, what is so, and the comment as it should be. */
import { shapeText } from '../describe';
import type { Finding, Fix } from '../interpreter/machine';
import type { RecordedNode } from '../interpreter/recorder';
import type { Shape } from '../interpreter/values';
import type { Module } from '../python/ast';
import type { ClaimReading, ShapeClaim } from './comments';
import { correctionOf } from './correction';
import type { Fit } from './fit';
import { shapesAt } from './seen';
import type { Recordings } from './seen';

export interface Contradiction {
  readonly reading: ClaimReading;
  readonly shapes: readonly (Shape | null)[];
  readonly fit: Fit;
  /** Whether this is all that was seen there. */
  readonly only: boolean;
}

export function report(claim: ShapeClaim, { reading, shapes, fit, only }: Contradiction, tree: Module, recordings: Recordings): Finding {
  const { phrase, comment, offset } = claim;
  const text = comment.text;
  const said = text.slice(phrase.start, phrase.end);
  const corrections = fit.misfits.flatMap((misfit, i) => {
    const correction = misfit && shapes[i] ? correctionOf(text, phrase.shapes[i]!, shapes[i]!, misfit, fit) : null;
    return correction ? [correction] : [];
  });
  let right = '';
  let at = phrase.start;
  for (const { start, end, text: corrected } of corrections) {
    right += text.slice(at, start) + corrected;
    at = end;
  }
  right += text.slice(at, phrase.end);
  const truth = only ? describe(claim, reading, shapes, tree.source) : seenThere(reading, fit, recordings);
  const fixes: Fix[] = only ? [{
    title: `Correct the comment to ${right}`,
    edits: corrections.map(({ start, end, text: corrected }) => ({ span: { start: offset + start, end: offset + end }, text: corrected })),
  }] : [];
  return {
    code: 'shape-comment-mismatch',
    severity: 'warning',
    message: `the comment says ${said}, but ${truth}${only && !truth.includes(right) ? `: ${right} would be right` : ''}`,
    span: { start: offset + phrase.start, end: offset + phrase.end },
    related: [],
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

/** `the operands are (2, 4, 1) and (2, 1, 4)` */
function describe({ phrase }: ShapeClaim, reading: ClaimReading, shapes: readonly (Shape | null)[], source: string): string {
  if (reading.length === 1) return `${called(reading[0]!, source)} is ${shapeText(shapes[0]!)}`;
  const isResult = (i: number): boolean => (i > 0 && /^(?:->|=)$/.test(phrase.connectors[i - 1]!) && i === reading.length - 1) || (i === 0 && phrase.connectors[0] === '=' && reading.length > 2);
  const operands = shapes.filter((shape, i) => shape !== null && !isResult(i)).map((shape) => shapeText(shape!));
  const results = shapes.filter((shape, i) => shape !== null && isResult(i)).map((shape) => shapeText(shape!));
  const parts = [];
  if (operands.length > 0) parts.push(operands.length === 1 ? `the input is ${operands[0]}` : `the operands are ${operands.slice(0, -1).join(', ')} and ${operands[operands.length - 1]}`);
  if (results.length > 0) parts.push(`the result is ${results[0]}`);
  return parts.join(' and ');
}

const MAX_CALLED = 30;

function called(node: RecordedNode, source: string): string {
  if (node.kind === 'arg') return node.arg;
  const text = source.slice(node.start, node.end);
  return (node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript') && text.length <= MAX_CALLED && !/\s\s|\n/.test(text) ? text : 'this';
}

const MAX_SHOWN = 4;

function seenThere(reading: ClaimReading, { misfits }: Fit, recordings: Recordings): string {
  const at = Math.max(0, misfits.findIndex((misfit) => misfit !== null));
  const shapes = [...new Set((shapesAt(recordings, reading[at]!) ?? []).map(shapeText))];
  const shown = shapes.slice(0, MAX_SHOWN).join(', ');
  return shapes.length === 1 ? `this is ${shown}` : `the shapes here are ${shown}${shapes.length > MAX_SHOWN ? ', …' : ''}`;
}
