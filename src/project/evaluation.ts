/**
 * From an expression to what the evaluation worker takes: the cone of its graph with numbers for all sizes, and the
 * values that take a node's place because the post printed them.
 */
import { cutCone } from '../shapes/graph/cone';
import type { Cone, NodeId, NodeRef } from '../shapes/graph/graph';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import { isArray } from '../shapes/values/values';
import type { TensorValue } from '../shapes/values/values';
import type { SymbolInfo } from '../shapes/symint/symint';
import type { StoredBinding } from './checkpoint';
import type { TracedFile } from './tracedFile';

/** Values for a node from outside of the code. */
export interface BoundValues {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: TensorValue['dtype'] & string;
  /** By how much each value may be off: half a unit of the last digit that was printed. */
  readonly halves?: readonly number[];
  readonly provenance: string;
}

export type Bindings = ReadonlyMap<NodeId, BoundValues>;
/** A node's value: from the post, or from a file. */
export type AnyBinding = BoundValues | StoredBinding;

export type Plan<Bound extends AnyBinding = BoundValues> =
  | { readonly ok: true; readonly cone: Cone; readonly bindings: ReadonlyMap<NodeId, Bound> }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly needs: readonly string[] };

/** Plans several tensors at once: one cone, one output each. */
export function planTensors<Bound extends AnyBinding>(file: TracedFile, tensors: readonly TensorValue[], bindings: ReadonlyMap<NodeId, Bound>, sizes: ReadonlyMap<string, number> = new Map()): Plan<Bound> {
  const outputs: NodeRef[] = [];
  for (const tensor of tensors) {
    if (tensor.node === null) return { ok: false, code: 'value-not-known', message: 'its value is not known: only its shape is', needs: [] };
    outputs.push(tensor.node);
  }
  return planOutputs(file, outputs, bindings, sizes);
}

export function planOutputs<Bound extends AnyBinding>(file: TracedFile, outputs: readonly NodeRef[], bindings: ReadonlyMap<NodeId, Bound>, sizes: ReadonlyMap<string, number>): Plan<Bound> {
  const result = cutCone(file.analysis.graph, outputs, sizesOf(sizes), new Set(bindings.keys()));
  if (!result.ok) return { ok: false, code: result.fault.code, message: result.fault.message, needs: result.fault.needs };
  const used = new Set(result.cone.nodes.map((node) => node.id));
  return { ok: true, cone: result.cone, bindings: new Map([...bindings].filter(([id]) => used.has(id))) };
}

/** Several tensors of which a condition decides: none of them is evaluated in place of the others. */
export function refuseOneOfSeveral(recording: Recording): Extract<Plan, { ok: false }> | null {
  const last = recording.seen.at(-1);
  if (last?.type !== 'union' || last.options.filter((option) => tensorOf(option) !== null).length < 2) return null;
  return { ok: false, code: 'value-not-known', message: 'it is one of several, by a condition that is not known', needs: [] };
}

export type SizeOf = (symbol: SymbolInfo) => number | null;

/** The number of a symbol: given by its name, else its hint. */
export function sizesOf(sizes: ReadonlyMap<string, number>): SizeOf {
  return (symbol) => sizes.get(symbol.name) ?? sizes.get(symbol.label) ?? symbol.hint;
}

/** The tensor that an expression last was; null where it was none. */
export function lastTensor(recording: Recording): TensorValue | null {
  for (const seen of [...recording.seen].reverse()) {
    const tensor = tensorOf(seen);
    if (tensor) return tensor;
  }
  return null;
}

/** A tensor, that of a NumPy array too; of several, the first. */
function tensorOf(seen: Seen): TensorValue | null {
  const own = ownTensor(seen);
  if (own) return own;
  if (seen.type === 'union') return seen.options.map(tensorOf).find((tensor) => tensor !== null) ?? null;
  if (seen.type === 'sequence') return seen.items?.length === 1 ? tensorOf(seen.items[0]!) : null;
  return null;
}

/** The tensor that the value is, or that it holds as a NumPy array. */
export function ownTensor(seen: Seen): TensorValue | null {
  if (seen.type === 'Tensor') return seen.tensor;
  return seen.type === 'value' && isArray(seen.value) ? seen.value.content : null;
}

/** The last tensor expression of the document: what is evaluated where none is named. */
export function lastExpression(file: TracedFile): Recording | null {
  let best: Recording | null = null;
  for (const recording of file.analysis.recordings.values()) {
    if (recording.node.kind === 'arg' || recording.target || !lastTensor(recording)) continue;
    if (!best || recording.node.end > best.node.end || (recording.node.end === best.node.end && recording.node.start < best.node.start)) best = recording;
  }
  return best;
}
