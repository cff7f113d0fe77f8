/**
 * The traced graph: one node an operation, functionalized (no node writes to another's result; a write through a view
 * makes a new node of its storage's base). Sizes are symbolic here; `cone.ts` cuts out what one value needs and turns
 * it into plain JSON with numbers, which is all that the evaluation worker sees.
 */
import type { Span } from '../python/ast';
import type { SymInt } from '../symint/symint';
import type { Dtype } from '../values/dtype';

export type NodeId = number;

/** One result of a node; most nodes have only output 0. */
export interface NodeRef {
  readonly node: NodeId;
  readonly output: number;
}

/** An operand as the graph keeps it, under the parameter's name in torch's signature. */
export type GraphArgument =
  | { readonly type: 'tensor'; readonly ref: NodeRef }
  | { readonly type: 'int'; readonly value: SymInt }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'complex'; readonly value: readonly [real: number, imaginary: number] }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'none' }
  | { readonly type: 'ellipsis' }
  | { readonly type: 'dtype'; readonly value: Dtype }
  | { readonly type: 'slice'; readonly start: GraphArgument; readonly stop: GraphArgument; readonly step: GraphArgument }
  | { readonly type: 'list'; readonly items: readonly GraphArgument[] };

export interface NodeOutput {
  /** null: rank or a size not known. */
  readonly shape: readonly SymInt[] | null;
  readonly dtype: Dtype | null;
}

export interface GraphNode {
  readonly id: NodeId;
  /** The operation's canonical torch name (`torch.permute`, `torch.nn.functional.linear`), or one of LEAF_OPS. */
  readonly op: string;
  readonly args: Readonly<Record<string, GraphArgument>>;
  readonly outputs: readonly NodeOutput[];
  /** The expression that made it, in the file `path` (null: the traced module). */
  readonly source: Span | null;
  readonly path: string | null;
}

/**
 * Nodes that no torch function makes:
 * - `constant`: args `data` (flat list, row-major) and `dtype`; a tensor literal
 * - `input`: args `name`; a value from outside (a parameter of a function that nothing calls)
 * - `opaque`: a value that the tracer knows only the shape of; evaluation stops here, args `reason`
 */
export const LEAF_OPS = ['constant', 'input', 'opaque'] as const;

// ---- the JSON form ---------------------------------------------------------------------------------------------------

export type FloatText = number | 'nan' | 'inf' | '-inf';

export type JsonArgument =
  | null | boolean | number | string
  | { readonly node: NodeId; readonly output: number }
  /** A float whose text form has no point or that JSON lacks: `1.0`, `nan`, `inf`, `-inf`. Ints are plain numbers. */
  | { readonly float: FloatText }
  /** A complex number: its parts. */
  | { readonly complex: readonly [FloatText, FloatText] }
  | { readonly dtype: Dtype }
  | { readonly slice: readonly [JsonArgument, JsonArgument, JsonArgument] }
  | { readonly ellipsis: true }
  | readonly JsonArgument[];

export interface ConeNode {
  readonly id: NodeId;
  readonly op: string;
  readonly args: Readonly<Record<string, JsonArgument>>;
  readonly outputs: readonly { readonly shape: readonly number[]; readonly dtype: Dtype }[];
  readonly source: { readonly start: number; readonly end: number } | null;
}

/** A concrete cone, in an order in which every node comes after its operands. */
export interface Cone {
  readonly version: 1;
  readonly nodes: readonly ConeNode[];
  readonly outputs: readonly NodeRef[];
}
