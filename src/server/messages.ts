/** Requests between the language server and its client for which LSP has no word. */
import type { Answer } from '../shapes/constants/constants';
import type { Cone, NodeId, NodeRef } from '../shapes/graph/graph';
import type { LinkPlan } from '../project/links';
import type { Checkpoint, StoredBinding } from '../project/checkpoint';
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
  /** Its dtype where it is complex: what is planned then is its view as real numbers. */
  readonly complex?: string;
}

export interface EvaluateParams {
  readonly uri: string;
  /** The selection, or an empty range at the cursor. */
  readonly range: DocumentRange;
  /** Also the tensors that the value is gathered from: table and index of a bias. */
  readonly related: boolean;
  /** Where parameters take their values from. */
  readonly checkpoint?: Checkpoint;
  /** What the server asked for before, in that order. */
  readonly answers?: readonly Answer[];
  /** Numbers for sizes that stood in the way, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Nobody waits for it: hovers and edits come first, and where there is an edit meanwhile it is given up. */
  readonly whenIdle?: boolean;
}

export type { Fill, PositionGraph } from '../project/links';

/** A gather among the tensors of an answer, by their numbers. */
export interface PlannedLink extends LinkPlan {
  readonly members: { readonly table: number; readonly index: number; readonly result: number };
}

export type EvaluateAnswer =
  | PlannedBindings & { readonly ok: true; readonly cone: Cone; /** One for each output of the cone. */ readonly tensors: readonly PlannedTensor[]; /** Which of them was asked for. */ readonly active: number; /** How three of them belong together. */ readonly link: PlannedLink | null }
  /** `question`: a tensor that decides of sizes or branches; once it is computed, the request is made again with the answer. */
  | { readonly ok: false; readonly message: string; readonly needs: readonly string[]; readonly question?: PlannedQuestion };

/** The values of nodes that are not computed. */
export interface PlannedBindings {
  readonly bindings: readonly JsonBinding[];
  /** Those that the checkpoint has. */
  readonly stored: readonly (StoredBinding & { readonly node: NodeId })[];
}

export interface PlannedQuestion extends PlannedBindings { readonly ref: NodeRef; readonly op: string; readonly cone: Cone }

export const EVALUATE = 'shapelens/evaluate';
/** How the parameters of a document fit a checkpoint; params CheckpointParams, null where it is not traced. */
export const CHECKPOINT = 'shapelens/checkpoint';

export interface CheckpointParams { readonly uri: string; readonly checkpoint: Checkpoint }
export type { Checkpoint };
export interface CheckpointAnswer {
  readonly matched: number;
  /** Parameters of the modules that the checkpoint has something of. */
  readonly total: number;
  /** The same in words, and each name that does not fit. */
  readonly lines: readonly string[];
}
/** Opts a plain-text document in or out; params `{ uri, on }`. */
export const TRACE_DOCUMENT = 'shapelens/traceDocument';
/** The last part of the kind of the code action that restores lost newlines and indentation. */
export const RESTORE_LINE_BREAKS = 'shapelens.restoreLineBreaks';

export interface TraceDocumentParams { readonly uri: string; readonly on: boolean; /** The language that the client has it open in. */ readonly language?: string }
export interface TraceDocumentAnswer { readonly codeCells: number; readonly expressions: number; readonly unknown: number }

/** What a document is traced with besides what it says itself: numbers for symbols, or a call that enters it. */
export interface TraceChoice {
  readonly sizes?: Readonly<Record<string, number>>;
  /** One expression, or simple statements separated by `;` that end in one. */
  readonly call?: string;
}

/** Sets or (null) clears a document's choice. Also the server's command `shapelens.server.traceWith`, arguments uri and choice. */
export const TRACE_WITH = 'shapelens/traceWith';
export const TRACE_WITH_COMMAND = 'shapelens.server.traceWith';

export interface TraceWithParams { readonly uri: string; readonly choice: TraceChoice | null }
export type TraceWithAnswer = { readonly ok: true; readonly status: DocumentStatus } | { readonly ok: false; readonly message: string };

/** The symbols that a document's sizes may be chosen for; params `{ uri }`. */
export const SYMBOLS = 'shapelens/symbols';

export interface SymbolChoice {
  readonly name: string;
  /** What functions call it besides. */
  readonly shownAs: readonly string[];
  readonly hint: number | null;
  /** Where the hint was read: "default", "docstring", "comment", "text". */
  readonly hintFrom: string | null;
  /** In words: "parameter dim", "a dim of parameter x". */
  readonly origin: string;
}

/** Sent to the editor's own client after each trace. */
export const STATUS = 'shapelens/status';

export interface DocumentStatus {
  readonly uri: string;
  readonly choice: TraceChoice | null;
  /** Tensor expressions whose shape is known, and expressions of which nothing is. */
  readonly known: number;
  readonly unknown: number;
  readonly findings: number;
  /** Why the trace was cut short; null where it was not. */
  readonly notice: string | null;
}

/** What the client says of itself when it starts the server. */
export interface InitializationOptions extends Partial<ServerSettings> {
  /** It is Shapelens' own: it has the commands that lenses and hovers name, and takes STATUS. */
  readonly ownClient?: boolean;
  /** Texts of the server and the engine, and what they are in the reader's language; without them they are English. */
  readonly translations?: Readonly<Record<string, string>>;
}

/** Settings as the client sends them. */
export interface ServerSettings {
  readonly inlayHints: 'off' | 'assignments' | 'all';
  readonly codeLens: boolean;
  readonly environment: string | null;
  /** Where `environment` is null: what another extension has chosen, by folder. */
  readonly environments?: readonly FolderEnvironment[];
}

export interface FolderEnvironment { /** A uri. */ readonly folder: string; /** A path. */ readonly environment: string }

export const DEFAULT_SETTINGS: ServerSettings = { inlayHints: 'assignments', codeLens: true, environment: null };

/** What is known of the expression at a place, for "Copy Shape" and the problem report; params `{ uri, range }`, null where there is none. */
export const DESCRIBE = 'shapelens/describe';

export interface DescribeParams { readonly uri: string; readonly range: DocumentRange }
export interface Description {
  /** On one line. */
  readonly expression: string;
  readonly range: DocumentRange;
  /** As hovers say it, with dtype. */
  readonly value: string;
  /** Of a tensor: `(B_, heads, N, N)`; null for anything else. */
  readonly shape: string | null;
  /** Each of its sizes as text; empty where the rank is not known. */
  readonly dims: readonly string[];
  /** With the chosen sizes. */
  readonly numbers: string | null;
  /** Why it is not known. */
  readonly unknown: string | null;
  /** Its top-level statement and, by name, those that it rests on, in the document's order. */
  readonly snippet: string;
  /** Messages about this statement. */
  readonly findings: readonly string[];
}

/** How one size of a tensor came about; params WhyParams, null where there is no such size. Also a command for any client. */
export const WHY = 'shapelens/why';
export const WHY_COMMAND = 'shapelens.server.why';

export interface WhyParams extends DescribeParams { /** Of the shape, from 0. */ readonly dim: number }
export interface WhyStep {
  readonly text: string;
  /** null: within a library. */
  readonly range: DocumentRange | null;
  readonly size: string;
}
export interface WhyAnswer { readonly size: string; /** The size itself first, where it comes from last. */ readonly steps: readonly WhyStep[] }

/** The tensor expressions within one, innermost first; params DescribeParams. Also a command for any client. */
export const STEPS = 'shapelens/steps';
export const STEPS_COMMAND = 'shapelens.server.steps';

export interface ExpressionStep {
  readonly expression: string;
  readonly range: DocumentRange;
  readonly shape: string;
  readonly numbers: string | null;
  readonly dtype: string;
  /** Of all its elements; null where a size or the dtype is not known. */
  readonly bytes: number | null;
}

/** Kinds of code actions that write or correct shape comments: in the whole document, in the function at the cursor. */
export const COMMENT_KINDS = {
  insert: 'source.insertShapeComments',
  update: 'source.updateShapeComments',
  insertInFunction: 'refactor.rewrite.insertShapeComments',
  updateInFunction: 'refactor.rewrite.updateShapeComments',
} as const;

/** How much of a file is known, function by function; params `{ uri }`, of an open document or a file. null: it cannot be read. */
export const COVERAGE = 'shapelens/coverage';

export interface FileCoverage { readonly known: number; readonly unknown: number; readonly functions: readonly FunctionCoverage[] }
export interface FunctionCoverage {
  /** Dotted; `<module>` for the top level. */
  readonly name: string;
  readonly range: DocumentRange;
  readonly known: number;
  readonly unknown: number;
  /** What is unknown, by first cause, the most frequent first. */
  readonly causes: readonly { readonly reason: string; readonly places: readonly { readonly expression: string; readonly range: DocumentRange }[] }[];
}

/** The shapes of a document as lines of text, function by function; params ShapesParams, null where it is not traced. */
export const SHAPES = 'shapelens/shapes';

export interface ShapesParams { readonly uri: string; /** Instead of the document's own text. */ readonly text?: string }
