/**
 * What the evaluation client and its worker process say to each other, over Node's structured clone (`serialization:
 * 'advanced'`), so typed arrays and Maps arrive as such. A worker of another version is refused at `ready`.
 */
import type { Cone, NodeId } from '../shapes/graph/graph';
import type { Dtype } from '../shapes/values/dtype';
import type { EvaluationCode } from './errors';

export const PROTOCOL_VERSION = 1;

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
export type BackendPreference = 'auto' | BackendName;

/**
 * Elements as they travel: floats (any float dtype) as Float32Array, every integer dtype as Float64Array of exact
 * integers (checked to stay within 2^53), bool as Uint8Array of 0 and 1.
 */
export type Elements = Float32Array | Float64Array | Uint8Array;

/** A value from outside that takes the place of a node's computation. */
export interface Binding {
  /** Row-major. */
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** Where it comes from, for people: `printed in the post, line 40`. */
  readonly provenance: string;
}

/** A value that the worker reads from a file of tensors itself. */
export interface StoredBinding {
  readonly file: { readonly path: string; readonly tensor: string };
  /** The node's; the file's tensor has as many elements. */
  readonly shape: readonly number[];
  /** `model.safetensors: layers.0.weight`. */
  readonly provenance: string;
}

export interface EvaluationRequest {
  readonly cone: Cone;
  readonly bindings: ReadonlyMap<NodeId, Binding | StoredBinding>;
  /** Seeds every random node, together with the node's id. */
  readonly seed: number;
  readonly training: boolean;
}

export interface OutputDescription {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** What the value rests on besides the code: random seeds, bound values, reduced precision. */
  readonly provenance: readonly string[];
}

/** The part of a value that is wanted. */
export type Region =
  | { readonly type: 'flat'; readonly offset: number; readonly length: number }
  /** A box: one start and size a dim. */
  | { readonly type: 'slice'; readonly start: readonly number[]; readonly size: readonly number[] }
  /** A matrix cut over any two dims; `index` fixes all others (its entries at `rows.dim` and `cols.dim` are ignored). */
  | { readonly type: 'tile'; readonly index: readonly number[]; readonly rows: Extent | null; readonly cols: Extent | null }
  /** The same in blocks of 2^lod rows and 2^colLod columns (where that is missing, as many), which starts and sizes count: planes of mean, min, max and count of NaN. `sampled`: one element a block, in one plane, at once. */
  | { readonly type: 'level'; readonly lod: number; readonly colLod?: number; readonly sampled: boolean; readonly index: readonly number[]; readonly rows: Extent | null; readonly cols: Extent | null };
export interface Extent { readonly dim: number; readonly start: number; readonly size: number }

export interface Tile {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** Row-major. */
  readonly values: Elements;
}

/** Over the finite elements, but for `count`, `nan` and the infinities. */
export interface Statistics {
  readonly count: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** null where no element is finite. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** With Bessel's correction, as `torch.std`; null below two elements. */
  readonly std: number | null;
  /** Equal bins from `min` to `max`; empty where no element is finite. */
  readonly histogram: readonly number[];
  /** The percentiles 0, 1, … 100, from as many elements taken evenly as are sorted quickly; empty where none is finite. */
  readonly percentiles: readonly number[];
  /** All but `count` rests on so many elements only. */
  readonly sampled?: number;
  /** The run was stopped when so much of it was done: it is of the first `count` elements of `total`, without histogram and percentiles. */
  readonly stopped?: { readonly fraction: number; readonly total: number };
}

export type WorkerRequest =
  | { readonly type: 'start'; readonly version: number; readonly candidates: readonly BackendCandidate[]; readonly fewestOnBackend?: number }
  | { readonly type: 'evaluate'; readonly id: number; readonly request: EvaluationRequest; readonly memoryLimit: number }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'read'; readonly id: number; readonly handle: number; readonly region: Region }
  | { readonly type: 'statistics'; readonly id: number; readonly handle: number; readonly slice: readonly (number | null)[] | null; readonly bins: number; /** A part of the elements will do. */ readonly sampled: boolean }
  | { readonly type: 'release'; readonly handle: number };

/** Backends in the order in which they are tried. */
export type BackendCandidate =
  | { readonly name: 'tensorflow'; readonly directory: string }
  | { readonly name: 'wasm' }
  | { readonly name: 'cpu' };

export interface WorkerOutput extends OutputDescription { readonly handle: number }
export interface WorkerResult { readonly outputs: readonly WorkerOutput[]; readonly milliseconds: number }

export type WorkerReply =
  /** `notes`: why an earlier candidate is not in use. */
  | { readonly type: 'ready'; readonly version: number; readonly backend: BackendName; readonly notes: readonly string[]; readonly milliseconds: number }
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number; readonly op: string }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  /** `id` null: the worker could not start. */
  | { readonly type: 'error'; readonly id: number | null; readonly code: EvaluationCode; readonly message: string; readonly node: NodeId | null };
