/** Which dims of a tensor are rows, columns and facets; all others have a slider. */
export interface Mapping {
  readonly rowDim: number | null;
  readonly colDim: number | null;
  /** Its slices stand side by side: heads. */
  readonly facetDim: number | null;
  /** One index a dim; those of shown dims are 0. */
  readonly index: readonly number[];
}

/** More slices than this are not shown side by side. */
export const MAX_FACETS = 32;

/** Rows and columns are the two longest of the last three dims, in order; the third is the facet. */
export function defaultMapping(shape: readonly number[]): Mapping {
  const rank = shape.length;
  const index = shape.map(() => 0);
  if (rank === 0) return { rowDim: null, colDim: null, facetDim: null, index };
  if (rank === 1) return { rowDim: null, colDim: 0, facetDim: null, index };
  if (rank === 2) return { rowDim: 0, colDim: 1, facetDim: null, index };
  const last = [rank - 3, rank - 2, rank - 1];
  const facetDim = last.reduce((a, b) => (shape[b]! < shape[a]! ? b : a));
  const [rowDim, colDim] = last.filter((dim) => dim !== facetDim) as [number, number];
  return { rowDim, colDim, facetDim: shape[facetDim]! <= MAX_FACETS ? facetDim : null, index };
}

/** A dim takes a role; the dim that had it takes the one that this dim had. */
export function withRole(mapping: Mapping, role: 'rowDim' | 'colDim' | 'facetDim', dim: number | null): Mapping {
  const previous = mapping[role];
  const other = (['rowDim', 'colDim', 'facetDim'] as const).find((each) => each !== role && mapping[each] === dim && dim !== null);
  return { ...mapping, ...(other ? { [other]: previous } : {}), [role]: dim };
}

/** The dims that are neither shown nor side by side. */
export function sliderDims(mapping: Mapping, rank: number): number[] {
  return Array.from({ length: rank }, (_, dim) => dim).filter((dim) => dim !== mapping.rowDim && dim !== mapping.colDim && dim !== mapping.facetDim);
}
