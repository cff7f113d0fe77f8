/**
 * Whether a fault in code that nothing calls is proven: it must happen whatever the parameters are. Sizes of a constructor
 * and those that a parameter's own shape is unpacked into stand for any number of at least 1; what another use demanded of
 * a parameter is a guess.
 */
import type { Machine } from '../interpreter/machine';
import type { Frame } from '../interpreter/state/scope';
import type { TensorValue, Value } from '../values/values';
import { equal } from '../symint/facts';
import type { SymInt } from '../symint/symint';
import { restsOnDefault } from './overrides';
import { Certainty } from './provenance';

/** What a rule says of a fault. */
export interface FaultClaim {
  readonly code: string;
  /** The two sizes that had to be equal. */
  readonly sizes?: readonly [SymInt, SymInt];
}

/** Faults that the number of dims decides, whatever the sizes. */
const RANK_CODES: ReadonlySet<string> = new Set(['rank-mismatch', 'dim-out-of-range', 'dim-repeated', 'permute-dims-mismatch', 'index-rank-mismatch', 'einsum-rank-mismatch', 'einops-rank-mismatch']);
/** Faults that the dtypes decide. */
const DTYPE_CODES: ReadonlySet<string> = new Set(['dtype-mismatch', 'index-dtype-mismatch', 'in-place-dtype-mismatch']);

export function isProven(m: Machine, fault: FaultClaim, operands: readonly Value[]): boolean {
  if (!m.guesses) return true;
  if (restsOnSupposedRank(m)) return false;
  // What is None by default, or of another kind than a guess took it for, may be anything in a call.
  if (restsOnDefault(m) || fault.code === 'argument-mismatch') return false;
  // What is indexed by a string is a mapping, whatever a guess took it for.
  if (fault.code === 'index-dtype-mismatch' && operands.some(({ kind }) => kind === 'str')) return false;
  const tensors = operands.flatMap(tensorsIn);
  // Nothing is as a rule made of a default that is an empty sequence, which a call fills.
  if (tensors.some(({ shape }) => shape.dims.some((dim) => dim.value === 0))) return false;
  const certainty = new Certainty(m);
  if (fault.sizes) {
    const [a, b] = fault.sizes;
    return isDecided(m) && equal(a, b) === false && isCertain(certainty, a, tensors) && isCertain(certainty, b, tensors);
  }
  // A dtype that only an annotation says is no fact.
  if (DTYPE_CODES.has(fault.code)) return isDecided(m) && tensors.every(({ assumes }) => assumes.length === 0);
  if (RANK_CODES.has(fault.code) && isDecided(m) && tensors.every((tensor) => tensor.node !== null && certainty.ofRank(tensor.node))) return true;
  return operands.every(isNumeric) && tensors.every((tensor) => tensor.node !== null && tensor.shape.dims.every((_, i) => certainty.ofDim(tensor.node!, i - tensor.shape.dims.length)));
}

/** Whether a function that is traced here has a parameter of which the number of dims is only taken for granted: it may have decided the way. */
export function restsOnSupposedRank({ frame, symbols: { supposedRanks } }: Machine): boolean {
  for (let at: Frame | null = frame; at; at = at.caller) {
    const { def, scope } = at;
    if (def && scope.module.recorded && [...supposedRanks].some((start) => start >= def.start && start < def.end)) return true;
  }
  return false;
}

/** The operands' dims of this size hold for every call; all of their dims where the size is computed from them. */
function isCertain(certainty: Certainty, size: SymInt, tensors: readonly TensorValue[]): boolean {
  const dims = tensors.flatMap(({ node, shape }) => shape.dims.map((dim, i) => ({ node, dim, at: shape.rest && i < shape.rest.at ? null : i - shape.dims.length, open: shape.rest !== null })));
  const same = dims.filter(({ dim }) => dim.key === size.key);
  if (same.length === 0 && dims.some(({ open }) => open)) return false;
  return (same.length > 0 ? same : dims).every(({ node, at }) => node !== null && at !== null && certainty.ofDim(node, at));
}

function tensorsIn(value: Value): TensorValue[] {
  if (value.kind === 'Tensor') return [value];
  return (value.kind === 'tuple' || value.kind === 'list') && value.items ? value.items.flatMap(tensorsIn) : [];
}

/** All sizes are numbers. */
function isNumeric(value: Value): boolean {
  switch (value.kind) {
    case 'Tensor': return value.shape.rest === null && value.shape.dims.every((dim) => dim.value !== null);
    case 'int': return value.value?.value != null;
    case 'tuple': case 'list': return value.items === null || value.items.every(isNumeric);
    default: return true;
  }
}

/** Whether no condition that is not known stands between the entry and here: such a path may never be taken. */
export function isDecided(m: Machine): boolean {
  const functions: Frame[] = [];
  for (let frame: Frame | null = m.frame; frame; frame = frame.caller) if (frame.def) functions.push(frame);
  return functions.length === 0 ? m.heap.marks === 0 : functions.every((frame) => frame.marks === m.heap.marks);
}

/**
 * Whether the document's call comes to this place of a library whatever is not known: what happens on one of several ways
 * through it is no fault of the call.
 */
export function isSureInLibrary(m: Machine): boolean {
  for (let frame: Frame | null = m.frame; frame && !frame.scope.module.recorded; frame = frame.caller) {
    if (m.choices > 0 || (frame.def && frame.marks !== m.heap.marks)) return false;
  }
  return true;
}
