/** Which dims of a tensor are rows, columns and facets; all others have a slider. */
export interface Mapping {
  readonly rowDim: number | null;
  readonly colDim: number | null;
  /** Its slices stand side by side: heads. */
  readonly facetDim: number | null;
  /** One index a dim; those of shown dims are 0. */
  readonly index: readonly number[];
}

export type Role = 'rowDim' | 'colDim' | 'facetDim';
export const ROLES: readonly Role[] = ['rowDim', 'colDim', 'facetDim'];

/** More slices than this are not shown side by side. */
export const MAX_FACETS = 64;

/**
 * Of the last three dims, two of one size are rows and columns: a matrix of attention, say. Else the two longest are.
 * The third is the facet.
 *
 * @param hasParts the last dim is that of real and imaginary part: these stand side by side, those of a vector as two rows
 */
export function defaultMapping(shape: readonly number[], hasParts = false): Mapping {
  const rank = shape.length;
  const index = shape.map(() => 0);
  if (rank === 0) return { rowDim: null, colDim: null, facetDim: null, index };
  if (rank === 1) return { rowDim: null, colDim: 0, facetDim: null, index };
  if (rank === 2 && hasParts) return { rowDim: 1, colDim: 0, facetDim: null, index };
  if (rank === 2) return { rowDim: 0, colDim: 1, facetDim: null, index };
  if (hasParts) return { rowDim: rank - 3, colDim: rank - 2, facetDim: rank - 1, index };
  const last = [rank - 3, rank - 2, rank - 1];
  const odd = last.filter((dim) => last.every((other) => other === dim || shape[other] !== shape[dim]));
  const facetDim = odd.length === 1 ? odd[0]! : last.reduce((a, b) => (shape[b]! < shape[a]! ? b : a));
  const [rowDim, colDim] = last.filter((dim) => dim !== facetDim) as [number, number];
  return { rowDim, colDim, facetDim: shape[facetDim]! <= MAX_FACETS ? facetDim : null, index };
}

/**
 * A dim takes a role; the dim that had it takes the one that this dim had. A dim that is too long to stand side by side
 * gets a slider instead.
 */
export function withRole(mapping: Mapping, role: Role, dim: number | null, shape: readonly number[]): Mapping {
  const previous = mapping[role];
  const other = ROLES.find((each) => each !== role && dim !== null && mapping[each] === dim);
  const next: Mapping = { ...mapping, ...(other ? { [other]: previous } : {}), [role]: dim };
  const { facetDim } = next;
  const facet = facetDim !== null && shape[facetDim]! > MAX_FACETS ? null : facetDim;
  const shown = [next.rowDim, next.colDim, facet];
  return { ...next, facetDim: facet, index: next.index.map((at, d) => (shown.includes(d) ? 0 : at)) };
}

export function withIndex(mapping: Mapping, dim: number, at: number): Mapping {
  return { ...mapping, index: mapping.index.map((old, d) => (d === dim ? at : old)) };
}

/** The dims that are neither shown nor side by side. */
export function sliderDims(mapping: Mapping, rank: number): number[] {
  return Array.from({ length: rank }, (_, dim) => dim).filter((dim) => dim !== mapping.rowDim && dim !== mapping.colDim && dim !== mapping.facetDim);
}

/** A mapping from an earlier session, if it fits the tensor of this one. */
export function restoredMapping(saved: unknown, shape: readonly number[]): Mapping | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { rowDim, colDim, facetDim, index } = saved as Partial<Record<keyof Mapping, unknown>>;
  const usual = defaultMapping(shape);
  const isDim = (dim: unknown): dim is number => typeof dim === 'number' && dim in shape;
  // Rows and columns are there exactly where the rank has them.
  if ((rowDim === null) !== (usual.rowDim === null) || (colDim === null) !== (usual.colDim === null)) return null;
  const dims = [rowDim, colDim, facetDim].filter((dim) => dim !== null);
  if (!dims.every(isDim) || new Set(dims).size < dims.length) return null;
  if (isDim(facetDim) && shape[facetDim]! > MAX_FACETS) return null;
  if (!Array.isArray(index) || index.length !== shape.length) return null;
  if (!index.every((at, dim) => Number.isInteger(at) && at >= 0 && (at === 0 || at < shape[dim]!))) return null;
  return { rowDim, colDim, facetDim, index } as Mapping;
}

export interface Cell { readonly row: number; readonly col: number }

/** The full index of a cell in a facet, or (null) of the whole slice, as Python writes it. */
export function indexText(mapping: Mapping, facet: number, cell: Cell | null): string {
  return mapping.index.map((at, dim) => {
    if (dim === mapping.facetDim) return String(facet);
    if (dim === mapping.rowDim) return cell ? String(cell.row) : ':';
    if (dim === mapping.colDim) return cell ? String(cell.col) : ':';
    return String(at);
  }).join(', ');
}

/** The full index of a cell in a facet, one number a dim. */
export function fullIndex(mapping: Mapping, facet: number, cell: Cell): number[] {
  return mapping.index.map((at, dim) => (dim === mapping.facetDim ? facet : dim === mapping.rowDim ? cell.row : dim === mapping.colDim ? cell.col : at));
}

/** Where an element is shown; null: it is of another slice. */
export function cellOf(mapping: Mapping, index: readonly number[]): { readonly facet: number; readonly cell: Cell } | null {
  const { rowDim, colDim, facetDim } = mapping;
  const isElsewhere = index.some((at, dim) => dim !== rowDim && dim !== colDim && dim !== facetDim && at !== mapping.index[dim]);
  const along = (dim: number | null): number => (dim === null ? 0 : index[dim]!);
  return isElsewhere ? null : { facet: along(facetDim), cell: { row: along(rowDim), col: along(colDim) } };
}

/** The slice of a facet: a number fixes a dim, null keeps it whole. */
export function sliceOf(mapping: Mapping, facet: number): (number | null)[] {
  return mapping.index.map((at, dim) => (dim === mapping.facetDim ? facet : dim === mapping.rowDim || dim === mapping.colDim ? null : at));
}
