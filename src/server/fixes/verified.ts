/** Fixes that a trace of the changed text has confirmed: the fault is gone, nothing new is wrong, and what was known stays known. */
import type { Finding } from '../../shapes/diagnostics/finding';
import { unknownReason } from '../../shapes/describe';
import { expressionsWithin } from '../../shapes/evidence/nodes';
import type { Span } from '../../shapes/python/ast';
import type { TracedFile } from '../../project/tracedFile';
import type { OpenFile } from '../openFile';
import { chosenFindings } from '../traceWith';
import { placedEdits } from './edited';
import type { PlacedEdit } from './edited';
import { makeBroadcast, pairBroadcast } from './broadcast';
import type { Candidate, Family } from './candidate';
import { changeFeatures } from './features';
import { transposeOperand } from './matmul';
import { correctViewSize } from './view';

/** Traces the document with edits made, with the same choice; null where that fails. */
export type Retrace = (edits: Candidate['edits']) => OpenFile | null;

const FAMILIES: Readonly<Record<string, Family>> = {
  'matmul-size-mismatch': transposeOperand,
  'view-size-mismatch': correctViewSize,
  'linear-size-mismatch': changeFeatures,
  'channels-mismatch': changeFeatures,
  'normalized-shape-mismatch': changeFeatures,
  'input-size-mismatch': changeFeatures,
  'broadcast-mismatch': makeBroadcast,
  'silent-broadcast': pairBroadcast,
};
/** Fixes that are offered for one finding. */
const MAX_FIXES = 3;
/** Traces of changed texts take no longer than this altogether; what was not tried is not offered. */
const MAX_MILLISECONDS = 1_500;

const known = new WeakMap<OpenFile, Map<Finding, readonly Candidate[]>>();

/** The candidates for a finding that hold, the likeliest first. */
export function verifiedFixes(file: OpenFile, finding: Finding, retrace: Retrace): readonly Candidate[] {
  let ofFile = known.get(file);
  if (!ofFile) known.set(file, (ofFile = new Map()));
  let fixes = ofFile.get(finding);
  if (!fixes) ofFile.set(finding, (fixes = verify(file, finding, retrace)));
  return fixes;
}

function verify(file: OpenFile, finding: Finding, retrace: Retrace): Candidate[] {
  const end = performance.now() + MAX_MILLISECONDS;
  const traced = file.analysis.findings.includes(finding) || !file.chosen ? file : file.chosen;
  const candidates = [...(finding.fixes ?? []), ...(FAMILIES[finding.code]?.(traced, finding) ?? [])];
  const fixes: Candidate[] = [];
  for (const candidate of candidates) {
    if (fixes.length >= MAX_FIXES || performance.now() > end) break;
    if (mends(file, finding, candidate, retrace)) fixes.push(candidate);
  }
  return fixes;
}

export function mends(file: OpenFile, finding: Finding | null, { edits }: Pick<Candidate, 'edits'>, retrace: Retrace): boolean {
  const after = retrace(edits);
  if (!after || after.analysis.tree.errors.length > file.analysis.tree.errors.length || (after.analysis.notice !== null && file.analysis.notice === null)) return false;
  // Where both can be compared: in the document, before the edits and behind them.
  const placed = placedEdits(file, edits);
  const moved = (span: Span): Span => shifted(file.document.map.spanToDocument(span), placed);
  const before = new Set([...file.analysis.findings, ...chosenFindings(file)].filter((each) => each !== finding).map((each) => keyOf(each.code, moved(each.span))));
  if ([...after.analysis.findings, ...chosenFindings(after)].some((each) => !before.has(keyOf(each.code, after.document.map.spanToDocument(each.span))))) return false;
  return finding === null || isKnownAt(after, after.document.map.spanToSource(moved(finding.span)));
}

/** What stands at the fault now must have a value: a fault that is gone because nothing is known any more is not mended. */
function isKnownAt(file: TracedFile, span: Span | null): boolean {
  if (!span) return true;
  const nodes = expressionsWithin(file.analysis.recordings, { start: span.start, end: span.end });
  const [outermost] = nodes;
  if (!outermost) return true;
  return file.analysis.recordings.get(outermost)!.seen.every((seen) => unknownReason(seen) === null);
}

const keyOf = (code: string, { start }: Span): string => `${code} ${start}`;

/** Where a span of the text is after the edits. */
function shifted(span: Span, edits: readonly PlacedEdit[]): Span {
  const move = (offset: number, isEnd: boolean): number => edits.reduce((moved, edit) => {
    const growth = edit.text.length - (edit.end - edit.start);
    return edit.end < offset || (isEnd && edit.end <= offset) ? moved + growth : moved;
  }, offset);
  return { start: move(span.start, false), end: move(span.end, true) };
}
