/** The functions of a document as each is by itself, whatever calls it: names beside the numbers that a caller gives, and code that no call comes to. */
import { unknownReason } from '../shapes/describe';
import { shapeText } from '../shapes/values/text';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import type { TensorValue } from '../shapes/values/values';
import { namesIn } from '../shapes/naming';
import { symbolsOf } from '../shapes/symint/symint';
import type { SymInt } from '../shapes/symint/symint';
import { expressionAt } from '../project/find';
import type { Retracer } from '../project/retracer';
import type { DocumentRange, TracedFile } from '../project/tracedFile';
import { bySpan } from './openFile';
import type { OpenFile } from './openFile';

/** Visits of a trace that is made a second time, in a second or two. */
const MAX_VISITS = 200_000;
/** Of one that is made while the reader waits, in some tenths of a second. */
const MAX_WAITING_VISITS = 50_000;

/** A second trace of the same text, made behind the first: no request waits for it. */
export class Alone {
  private file: TracedFile | null = null;

  /** @param retracer of a document of one piece; what an edit does not reach is not traced again */
  constructor(private readonly text: string, private readonly retracer: Retracer | null, private readonly trace: () => TracedFile) {}

  get made(): TracedFile | null {
    return this.file;
  }

  /** Goes on until it is told to wait; whether all is done. */
  advance(waits: () => boolean = () => false): boolean {
    if (!this.file && this.retracer?.advance(this.text, waits) !== false) this.file = this.retracer?.trace(this.text) ?? this.trace();
    return this.file !== null;
  }
}

/** Whether callers in the document give functions of it more than these say themselves. */
export function hasCallers({ analysis }: OpenFile): boolean {
  return analysis.visits <= MAX_VISITS && [...analysis.recordings.values()].some(({ isInferred, context }) => !isInferred && context !== '<module>');
}

/** The shape as the function's own code calls it, beside the numbers that callers give: `(B_, num_heads, N, N)`, `(4, C, T)` where the batch has no name of the author's; null where nothing has one. */
export function ownNames(file: OpenFile, recording: Recording): string | null {
  const alone = file.alone?.made;
  const own = alone && bySpan(alone, recording.node);
  const tensors = recording.seen.map(tensorOf);
  const [named, ...others] = own ? own.seen.map(tensorOf) : [];
  if (!alone || !own || !named || others.length > 0 || tensors.some((tensor) => tensor === null || !isInstance(tensor, named))) return null;
  const names = namesIn(alone.analysis, own.context);
  const isNamed = named.shape.dims.map((dim) => [...symbolsOf(dim)].some((symbol) => !symbol.provisional || names(symbol) !== symbol.label));
  // Where callers give several numbers, its made-up name stands for all of them.
  const numberAt = (i: number): SymInt | null => (tensors.every((tensor) => tensor?.shape.dims[i]?.value === tensors[0]?.shape.dims[i]?.value) ? tensors[0]?.shape.dims[i] ?? null : null);
  const dims = named.shape.dims.map((dim, i) => (isNamed[i] ? dim : numberAt(i) ?? dim));
  return isNamed.includes(true) ? shapeText({ dims, rest: null }, names) : null;
}

const tensorOf = (seen: Seen): TensorValue | null => (seen.type === 'Tensor' ? seen.tensor : null);

/** Whether numbers stand where the other has names, each name for one number, and nothing contradicts. */
function isInstance({ shape }: TensorValue, { shape: named }: TensorValue): boolean {
  if (shape.rest || named.rest || shape.dims.length !== named.dims.length || named.dims.every(({ value }) => value !== null)) return false;
  const numbers = new Map<string, number>();
  return shape.dims.every(({ value }, i) => {
    const { key, value: fixed } = named.dims[i]!;
    if (value === null || (fixed ?? numbers.get(key) ?? value) !== value) return false;
    numbers.set(key, value);
    return true;
  });
}

/** What a place would be where no call of the document comes to it: as one would, else as its function is by itself. null where one does. */
export function uncalledAt(file: OpenFile, position: DocumentRange['start'], known: Recording | null): OpenFile | null {
  const { alone, supposed, analysis } = file;
  if (!alone || !supposed || (known && !isWide(known))) return null;
  const waits = analysis.visits <= MAX_WAITING_VISITS;
  const called = foundBy(supposed, waits, file, position);
  if (called && !isLost(called.recording)) return { ...file, ...called.traced, choice: null, chosen: null };
  const own = foundBy(alone, waits, file, position);
  const best = own && called && isLost(own.recording) ? called : own ?? called;
  return best && { ...file, ...best.traced, choice: null, chosen: null, alone: undefined };
}

function foundBy(other: Alone, waits: boolean, file: OpenFile, position: DocumentRange['start']): { readonly traced: TracedFile; readonly recording: Recording } | null {
  if (waits) other.advance();
  const recording = other.made && expressionAt(other.made, position);
  return recording && !bySpan(file, recording.node) ? { traced: other.made!, recording } : null;
}

const isLost = ({ seen }: Recording): boolean => seen.some((each) => unknownReason(each) !== null);

/** Parts of it may be left out: the other side of a condition, the body of a comprehension. */
const isWide = ({ node: { kind } }: Recording): boolean => kind === 'IfExp' || kind === 'BoolOp' || kind === 'ListComp';
