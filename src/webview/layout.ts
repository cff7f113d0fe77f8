/** How large the pictures of a tensor are, so that they fit side by side and no cell is too thin to be seen. */
export interface PictureSize { readonly width: number; readonly height: number }

/** A single picture, in CSS pixels. */
const MAX_SIDE = 400;
/** Of several pictures; more of them are smaller. */
const SIDES_OF_SEVERAL = [{ upTo: 4, side: 220 }, { upTo: 12, side: 168 }, { upTo: Infinity, side: 128 }] as const;
const MIN_SIDE = 40;
/** A few cells need not fill the panel. */
const MAX_CELL = 40;

/** @param available width of the panel, in CSS pixels */
export function pictureSize(rows: number, cols: number, count: number, available: number): PictureSize {
  const wanted = count === 1 ? MAX_SIDE : SIDES_OF_SEVERAL.find(({ upTo }) => count <= upTo)!.side;
  const side = Math.max(MIN_SIDE, Math.min(wanted, available));
  const cell = Math.min(MAX_CELL, side / Math.max(1, rows), side / Math.max(1, cols));
  return { width: extent(cols, cell, side), height: extent(rows, cell, side) };
}

/** Whole pixels a cell where there is room for it, so that all cells look equally large. */
function extent(count: number, cell: number, side: number): number {
  const length = Math.min(side, Math.max(MIN_SIDE, count * cell));
  const whole = Math.floor(length / Math.max(1, count));
  return whole >= 2 ? whole * count : Math.round(length);
}
