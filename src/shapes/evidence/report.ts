/** The finding on a comment that is wrong: what it says, what is so, and the comment as it should be. */
import { shapeText } from '../values/text';
import type { Finding, Fix } from '../diagnostics/finding';
import type { RecordedNode } from '../interpreter/state/recorder';
import type { Shape } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Traced } from './check';
import type { ClaimReading, ShapeClaim } from './comments';
import { correctionOf } from './correction';
import type { Fit } from './fit';
import { shapesAt } from './seen';
import type { Recordings } from './seen';

/** Shapes that were seen at the same time, and what of the claim does not fit them. */
export interface Misfitting { readonly shapes: readonly (Shape | null)[]; readonly fit: Fit }

export interface Contradiction {
  readonly reading: ClaimReading;
  readonly likeliest: Misfitting;
  /** What a corrected comment would have to fit. */
  readonly corrected: readonly Misfitting[];
  /** Whether nothing else was seen there. */
  readonly only: boolean;
}

export function report(claim: ShapeClaim, contradiction: Contradiction, { tree, recordings, namesIn }: Pick<Traced, 'tree' | 'recordings' | 'namesIn'>): Finding {
  const { phrase, comment, offset } = claim;
  const { reading, likeliest, only } = contradiction;
  const said = comment.text.slice(phrase.start, phrase.end);
  const nameOf = namesIn(recordings.get(reading.find((node) => node !== null)!)!.context);
  const truth = only ? describe(claim, reading, likeliest.shapes.map((shape) => shape && shapeText(shape, nameOf)), tree.source) : seenThere(reading, likeliest.fit, recordings, nameOf);
  const fix = fixOf(claim, contradiction, nameOf);
  return {
    code: 'shape-comment-mismatch',
    severity: 'warning',
    message: `the comment says ${said}, but ${truth}${fix && !truth.endsWith(fix.right) ? `: ${fix.right} would be right` : ''}`,
    span: { start: offset + phrase.start, end: offset + phrase.end },
    related: [],
    ...(fix ? { fixes: [{ title: `Correct the comment to ${fix.right}`, edits: fix.edits }] } : {}),
  };
}

/** The one correction that is right for all that was seen. */
function fixOf({ phrase, comment: { text }, offset }: ShapeClaim, { corrected }: Contradiction, nameOf: NameOf): { right: string; edits: Fix['edits'] } | null {
  const found = corrected.map(({ shapes, fit }) => {
    const corrections = fit.misfits.flatMap((misfit, i) => (misfit && shapes[i] ? [correctionOf(text, phrase.shapes[i]!, shapes[i]!, misfit, fit, nameOf)] : []));
    let right = '';
    let at = phrase.start;
    for (const correction of corrections) {
      right += text.slice(at, correction.start) + correction.text;
      at = correction.end;
    }
    return { right: right + text.slice(at, phrase.end), edits: corrections.map(({ start, end, text }) => ({ span: { start: offset + start, end: offset + end }, text })) };
  });
  return new Set(found.map(({ right }) => right)).size === 1 ? found[0]! : null;
}

/** `the operands are (2, 4, 1) and (2, 1, 4)` */
function describe({ phrase: { connectors } }: ShapeClaim, reading: ClaimReading, shapes: readonly (string | null)[], source: string): string {
  if (reading.length === 1) return `${called(reading[0]!, source)} is ${shapes[0]}`;
  const last = reading.length - 1;
  const resultFirst = connectors[0] === '=' && reading.length > 2;
  const isResult = (i: number): boolean => (resultFirst ? i === 0 : i === last && /^(?:->|=)$/.test(connectors[i - 1]!));
  const operands = shapes.filter((shape, i) => shape !== null && !isResult(i));
  const results = shapes.filter((shape, i) => shape !== null && isResult(i));
  return [
    ...(operands.length === 1 ? [`the input is ${operands[0]}`] : operands.length > 1 ? [`the operands are ${operands.slice(0, -1).join(', ')} and ${operands[operands.length - 1]}`] : []),
    ...(results.length > 0 ? [`the result is ${results[0]}`] : []),
  ].join(' and ');
}

const MAX_CALLED = 30;

function called(node: RecordedNode, source: string): string {
  if (node.kind === 'arg') return node.arg;
  const text = source.slice(node.start, node.end);
  return (node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript') && text.length <= MAX_CALLED && !/\s\s|\n/.test(text) ? text : 'this';
}

const MAX_SHOWN = 4;

function seenThere(reading: ClaimReading, { misfits }: Fit, recordings: Recordings, nameOf: NameOf): string {
  const at = Math.max(0, misfits.findIndex((misfit) => misfit !== null));
  const shapes = [...new Set((shapesAt(recordings, reading[at]!) ?? []).map((shape) => shapeText(shape, nameOf)))];
  const shown = shapes.slice(0, MAX_SHOWN).join(', ');
  return shapes.length === 1 ? `this is ${shown}` : `the shapes here are ${shown}${shapes.length > MAX_SHOWN ? ', …' : ''}`;
}
