/**
 * What the viewer's page and its host say to each other. The page says `ready` first; the host then opens tensors by
 * what they are, never by their values; the page asks for tiles as it needs them. A reply may carry an error.
 */
export const PROTOCOL_VERSION = 6;
/** Rows and columns of a tile at most. */
export const TILE_SIZE = 256;
/** A request that was not answered by then has failed. */
export const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** A place in a document, positions counted from 0 as the editor's. */
export interface SourceLocation {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface TensorMetadata {
  readonly id: string;
  /** What the tab says: a variable's name, or the expression on one line. */
  readonly name: string;
  /** The expression that makes it, where `name` is not it already. */
  readonly expression?: string;
  readonly shape: readonly number[];
  /** One text a dim: its number, or the symbol that it is. */
  readonly dims: readonly string[];
  readonly dtype: string;
  /** It is complex, of this dtype: `shape`, `dims` and `dtype` are those of its view as real numbers, which has a last dim of two. */
  readonly complex?: string;
  /** What computed it: `tensorflow`, `wasm`, `cpu`. */
  readonly backend: string;
  /** Where its values come from, besides the code. */
  readonly provenance: readonly string[];
  /** Kept by the user over other evaluations. */
  readonly pinned?: boolean;
  /** It is two others compared. */
  readonly comparison?: { readonly a: string; readonly b: string; readonly kind: ComparisonKind; /** Its dims were aligned by their names. */ readonly byName: boolean };
  /** The host can answer at once with samples: of tiles, and for statistics. */
  readonly samples?: boolean;
  /** What made it; with it the viewer can offer to evaluate again after the window was reloaded. */
  readonly source?: SourceLocation;
}

/** Three tensors of which one is gathered from another. The positions have the result's shape and are tensors to read like it. */
export interface TensorLink {
  readonly table: string;
  readonly index: string;
  readonly result: string;
  /** Of each element of the result: where in the table it is from, row-major. */
  readonly tablePositions: string;
  /** And which element of the index named it. */
  readonly indexPositions: string;
}

/** a − b, |a − b|, |a − b| / |b|, and whether torch.isclose. */
export type ComparisonKind = 'difference' | 'absolute' | 'relative' | 'close';

/** How far two tensors agree. */
export interface Agreement {
  readonly count: number;
  /** Elements that are not close. */
  readonly different: number;
  readonly maxAbsolute: number | 'nan' | 'inf';
  /** Where, one number a dim; null where nothing differs. */
  readonly absoluteAt: readonly number[] | null;
  readonly maxRelative: number | 'nan' | 'inf';
  readonly relativeAt: readonly number[] | null;
  /** Of the angle between both, as vectors. */
  readonly cosine: number | 'nan' | 'inf' | null;
  readonly shape: readonly number[];
}

/** A run of indices along one dim. */
export interface Extent { readonly dim: number; readonly start: number; readonly size: number }

/** A matrix cut out of a tensor: runs along two dims, all others fixed by `index`. null: a tensor without that dim. */
export interface MatrixRequest {
  readonly tensor: string;
  /** One index a dim; those at `rows.dim` and `cols.dim` are ignored. */
  readonly index: readonly number[];
  readonly rows: Extent | null;
  readonly cols: Extent | null;
}

/**
 * A matrix at a level of detail. At level 0 an entry is an element. At level k it stands for a block of 2^k rows and as
 * many columns, and starts and sizes count blocks (the last ones may be cut by the edge).
 */
export interface TileRequest extends MatrixRequest {
  readonly lod: number;
  /** The level along the columns, where that is another: a long matrix of few columns shows each of them. */
  readonly colLod?: number;
  /** Above level 0. Where it is missing: the mean. */
  readonly reduce?: Reduction;
  /** One element a block is enough, for now: for tensors that say `samples`. */
  readonly sampled?: boolean;
}

/** What of a block is shown. A NaN in it always is, and an infinity where the mean is asked for, which is that of the finite elements. */
export type Reduction = 'mean' | 'min' | 'max';
export const REDUCTIONS: readonly Reduction[] = ['mean', 'min', 'max'];

/** How a tile's elements lie in its buffer: floats as float32 or float64, integers as float64 (where one is beyond 2^53, as 64-bit integers), booleans as uint8. */
export type ElementType = 'float32' | 'float64' | 'uint8' | 'int64' | 'uint64';

/** What the added dim of a complex tensor is called: each index along it has a name. */
export const COMPLEX_PARTS = 'real | imag';

/** Over the finite elements, but for `count`, `nan` and the infinities. */
export interface TensorStatistics {
  readonly count: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** null where no element is finite. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** With Bessel's correction; null below two elements. */
  readonly std: number | null;
  /** Finite elements in equal bins from `min` to `max`. */
  readonly histogram?: readonly number[];
  /** The finite elements' percentiles 0, 1, … 100. */
  readonly percentiles?: readonly number[];
  /** All of it rests on so many elements, taken evenly, only. */
  readonly sampled?: number;
  /** The run was stopped when so much of it was done: it is of the first `count` elements of `total`, without histogram and percentiles. Who asks again goes on from there. */
  readonly stopped?: { readonly fraction: number; readonly total: number };
}

/** An element that is looked for in a tensor or a slice of it: by its value, or any NaN or infinity. */
export interface FindRequest {
  readonly tensor: string;
  /** A number fixes a dim, null keeps it. */
  readonly slice: readonly (number | null)[];
  readonly sought: number | 'nan' | 'inf';
  /** The one that was found last, one number a dim; null: none was. */
  readonly after: readonly number[] | null;
}

export type ToHost =
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'tile'; readonly request: number; readonly tile: TileRequest }
  /** Of the whole tensor where `slice` is null; else a number fixes a dim and null keeps it whole. */
  | { readonly type: 'statistics'; readonly request: number; readonly tensor: string; readonly slice: readonly (number | null)[] | null; /** A quick answer from a part of the elements will do. */ readonly sampled?: boolean }
  | { readonly type: 'find'; readonly request: number; readonly find: FindRequest }
  /** Statistics that are under way: what is known by now is the answer. */
  | { readonly type: 'stop'; readonly request: number }
  /** The answer to this request is not wanted any more. */
  | { readonly type: 'cancel'; readonly request: number }
  | { readonly type: 'reveal'; readonly tensor: string }
  /** Writes a tensor to a file that the user chooses; a number in `slice` fixes a dim, null keeps it. */
  | { readonly type: 'export'; readonly request: number; readonly tensor: string; readonly slice: readonly (number | null)[]; readonly format: 'npy' | 'csv' }
  /** Writes a picture to a file that the user chooses: a PNG as a data URL. */
  | { readonly type: 'picture'; readonly request: number; readonly tensor: string; readonly url: string }
  /** Opens two tensors compared, in place of an earlier comparison if there is one. */
  | { readonly type: 'compare'; readonly a: string; readonly b: string; readonly kind: ComparisonKind; readonly replaces?: string }
  /** Of a comparison. */
  | { readonly type: 'agreement'; readonly request: number; readonly tensor: string; readonly rtol: number; readonly atol: number }
  /** Keeps a tensor over other evaluations, or no longer; a comparison is closed. */
  | { readonly type: 'pin'; readonly tensor: string; readonly on: boolean }
  /** Puts text on the clipboard. */
  | { readonly type: 'copy'; readonly text: string }
  /** Evaluate again what was shown before the window was reloaded. */
  | { readonly type: 'reopen'; readonly source: SourceLocation }
  /** Something went wrong on the page itself. */
  | { readonly type: 'problem'; readonly message: string };

/** What the host says without being asked. */
export type Announcement = Exclude<ToPage, { readonly request: number }>;

export type ToPage =
  /** `active`: whose tab is open. `resumed`: the same as before the page was hidden; the tab that was open then stays. */
  | { readonly type: 'open'; readonly tensors: readonly TensorMetadata[]; readonly active: string; readonly resumed: boolean; readonly links?: readonly TensorLink[] }
  /** null: it is done. */
  | { readonly type: 'progress'; readonly message: string | null }
  /** There is nothing to show: the values ended with the window that computed them. */
  | { readonly type: 'gone'; readonly message: string }
  /** The elements, row-major, alone in their buffer. */
  | { readonly type: 'tile'; readonly request: number; readonly elements: ElementType; readonly buffer: ArrayBuffer }
  | { readonly type: 'statistics'; readonly request: number; readonly statistics: TensorStatistics }
  | { readonly type: 'agreement'; readonly request: number; readonly agreement: Agreement }
  /** One number a dim; null: there is none. */
  | { readonly type: 'found'; readonly request: number; readonly index: readonly number[] | null }
  /** A file was written; null: the user chose none. */
  | { readonly type: 'saved'; readonly request: number; readonly path: string | null }
  /** The answer takes a while; so much of it is done, from 0 to 1. */
  | { readonly type: 'advance'; readonly request: number; readonly fraction: number }
  | { readonly type: 'failed'; readonly request: number; readonly message: string };
