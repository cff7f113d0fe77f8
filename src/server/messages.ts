/** Requests between the language server and its client for which LSP has no word. */
import type { Cone, NodeId } from '../shapes/graph/graph';
import type { DocumentRange } from '../project/tracedFile';

/** A value bound instead of computed, as plain JSON. */
export interface JsonBinding {
  readonly node: NodeId;
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly provenance: string;
}

/** What is to be evaluated and shown: one tensor of the document. */
export interface PlannedTensor {
  /** The expression's text, on one line. */
  readonly name: string;
  readonly range: DocumentRange;
  /** Each dim as text: a number, or the symbol that it is. */
  readonly dims: readonly string[];
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface EvaluateParams {
  readonly uri: string;
  /** The selection, or an empty range at the cursor. */
  readonly range: DocumentRange;
  /** Also the tensors that the value is gathered from: table and index of a bias. */
  readonly related: boolean;
}

export type EvaluateAnswer =
  | { readonly ok: true; readonly cone: Cone; readonly bindings: readonly JsonBinding[]; /** One for each output of the cone. */ readonly tensors: readonly PlannedTensor[] }
  | { readonly ok: false; readonly message: string; readonly needs: readonly string[] };

export const EVALUATE = 'shapelens/evaluate';
/** Opts a plain-text document in or out; params `{ uri, on }`. */
export const TRACE_DOCUMENT = 'shapelens/traceDocument';

export interface TraceDocumentParams { readonly uri: string; readonly on: boolean }
export interface TraceDocumentAnswer { readonly codeCells: number; readonly expressions: number; readonly unknown: number }

/** Settings as the client sends them. */
export interface ServerSettings {
  readonly inlayHints: 'off' | 'assignments' | 'all';
  readonly codeLens: boolean;
  readonly environment: string | null;
}

export const DEFAULT_SETTINGS: ServerSettings = { inlayHints: 'assignments', codeLens: true, environment: null };
