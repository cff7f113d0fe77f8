/**
 * What the viewer's page and its host say to each other. The page says `ready` first; the host then opens tensors by
 * what they are, never by their values; the page asks for tiles as it needs them. A reply may carry an error.
 */
export const PROTOCOL_VERSION = 1;
/** Rows and columns of a tile at most. */
export const TILE_SIZE = 256;
/** A request that was not answered by then has failed. */
export const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

export interface TensorMetadata {
  readonly id: string;
  /** The expression's text, on one line. */
  readonly name: string;
  readonly shape: readonly number[];
  /** One text a dim: its number, or the symbol that it is. */
  readonly dims: readonly string[];
  readonly dtype: string;
  /** What computed it: `tensorflow`, `wasm`, `cpu`. */
  readonly backend: string;
  /** Where its values come from, besides the code. */
  readonly provenance: readonly string[];
}

/** A part of a tensor: a run along two dims, all others fixed by `index`. null: a tensor without that dim. */
export interface TileRequest {
  readonly tensor: string;
  readonly index: readonly number[];
  readonly rows: { readonly dim: number; readonly start: number; readonly size: number } | null;
  readonly cols: { readonly dim: number; readonly start: number; readonly size: number } | null;
}

/** How a tile's elements lie in its buffer. */
export type ElementType = 'float32' | 'float64' | 'uint8';

export interface TensorStatistics {
  readonly count: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** null where no element is finite. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly std: number | null;
}

export type ToHost =
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'tile'; readonly request: number; readonly tile: TileRequest }
  | { readonly type: 'statistics'; readonly request: number; readonly tensor: string }
  | { readonly type: 'reveal'; readonly tensor: string };

export type ToPage =
  | { readonly type: 'open'; readonly tensors: readonly TensorMetadata[]; readonly active: string }
  | { readonly type: 'progress'; readonly message: string | null }
  /** The elements, row-major, alone in their buffer. */
  | { readonly type: 'tile'; readonly request: number; readonly elements: ElementType; readonly buffer: ArrayBuffer }
  | { readonly type: 'statistics'; readonly request: number; readonly statistics: TensorStatistics }
  | { readonly type: 'failed'; readonly request: number; readonly message: string };
