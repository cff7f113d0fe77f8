/** An open document as the features see it: its trace, and beside it the one with the sizes or the call that the reader chose. */
import { seenText } from '../shapes/describe';
import { shapeText } from '../shapes/values/text';
import { numbersOf } from '../shapes/hints/hints';
import { namesIn } from '../shapes/naming';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import type { Span } from '../shapes/python/ast';
import type { DocumentRange, TracedFile } from '../project/tracedFile';
import type { Alone } from './alone';
import type { TraceChoice } from './messages';
import { t } from './translation';
import { distinctValues } from './valueText';

export interface OpenFile extends TracedFile {
  /** As the client asks about it: of a notebook, the cell's. */
  readonly uri: string;
  /** The cells of a notebook by their index, and which of them `uri` is; null for a document of one piece. */
  readonly cells?: readonly string[] | null;
  readonly cell?: number | null;
  readonly choice: TraceChoice | null;
  /** What tracing it took, with the choice. */
  readonly milliseconds?: number;
  /** The same text traced with the choice; null without one. */
  readonly chosen: TracedFile | null;
  /** Each function as it is by itself. */
  readonly alone?: Alone;
  /** What is not run, as if it were. */
  readonly supposed?: Alone;
}

/** A range that the client means, with the cell that it is counted in. */
export function placed(file: OpenFile, range: DocumentRange): DocumentRange {
  const { cell } = file;
  return cell == null ? range : { start: { ...range.start, cell }, end: { ...range.end, cell } };
}

/** Whether a place is in the cell that the client asks about. */
export function isHere(file: OpenFile, { start }: Pick<DocumentRange, 'start'>): boolean {
  return file.cell == null || (start.cell === file.cell && start.output === undefined);
}

/** The document that a place is in: of a notebook, its cell. */
export function uriAt(file: OpenFile, { start }: Pick<DocumentRange, 'start'>): string {
  return file.cells?.[start.cell ?? -1] ?? file.uri;
}

/** What the expression was with the chosen sizes, as `(256, 3, 49, 49)`, else with those that the text gives; null where that says nothing new. */
export function numbersBeside(file: OpenFile, recording: Recording): string | null {
  const other = counterpart(file, recording);
  if (!other) return hinted(file, recording);
  const own = texts(file, recording);
  const chosen = texts(file.chosen!, other);
  // A part of the code that the call did not reach is as symbolic there as here.
  return chosen.length === 0 || chosen.join() === own.join() ? null : chosen.join(t(' then '));
}

function hinted({ analysis }: TracedFile, recording: Recording): string | null {
  const names = namesIn(analysis, recording.context);
  const found = [...new Set(distinctValues(recording).map((each) => (each.type === 'Tensor' ? numbersOf(each.tensor.shape, analysis.hints, names) : null)))];
  return found.includes(null) ? null : found.join(t(' then '));
}

/** The recording of the same expression in the trace with the choice. */
export function counterpart(file: OpenFile, recording: Recording): Recording | null {
  return file.chosen && bySpan(file.chosen, recording.node);
}

function texts(file: TracedFile, recording: Recording): string[] {
  const names = namesIn(file.analysis, recording.context);
  return [...new Set(recording.seen.map((seen) => numbers(seen, names)))];
}

function numbers(seen: Seen, names: ReturnType<typeof namesIn>): string {
  return seen.type === 'Tensor' ? shapeText(seen.tensor.shape, names) : seenText(seen, names);
}

const known = new WeakMap<TracedFile, Map<string, Recording>>();

/** The recording of the same piece of code in another trace of the text. */
export function bySpan(file: TracedFile, node: Recording['node']): Recording | null {
  let found = known.get(file);
  if (!found) {
    found = new Map([...file.analysis.recordings.values()].map((recording) => [keyOf(recording.node), recording]));
    known.set(file, found);
  }
  return found.get(keyOf(node)) ?? null;
}

const keyOf = (node: Span & { readonly kind: string }): string => `${node.start} ${node.end} ${node.kind}`;
