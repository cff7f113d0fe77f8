/** How large the pictures of a tensor are, so that they fit side by side and no cell is too thin to be seen. */
export interface PictureSize { readonly width: number; readonly height: number }

/** A single picture, in CSS pixels. */
const MAX_SIDE = 400;
/** Of several pictures, which stand in rows of so many if there is room for them. */
const MAX_SIDE_OF_SEVERAL = 240;
const MIN_SIDE_OF_SEVERAL = 120;
const IN_A_ROW = 4;
/** Between two pictures, as in viewer.css. */
export const GAP = 16;
const MIN_SIDE = 40;
/** A narrow table is stretched to this: zooming and values need room. One line does not. */
const MIN_SIDE_OF_LINES = 96;
/** A few cells need not fill the panel. */
const MAX_CELL = 40;

/** @param available width of the panel, in CSS pixels */
export function pictureSize(rows: number, cols: number, count: number, available: number): PictureSize {
  const side = Math.max(MIN_SIDE, Math.min(count === 1 ? MAX_SIDE : sideOfSeveral(count, available), available));
  const cell = Math.min(MAX_CELL, side / Math.max(1, rows), side / Math.max(1, cols));
  return { width: extent(cols, cell, side), height: extent(rows, cell, side) };
}

function sideOfSeveral(count: number, available: number): number {
  const inRow = Math.min(count, IN_A_ROW);
  const fitting = Math.floor((available - GAP * (inRow - 1)) / inRow);
  return Math.max(MIN_SIDE_OF_SEVERAL, Math.min(MAX_SIDE_OF_SEVERAL, fitting));
}

/** Whole pixels a cell where there is room for it, so that all cells look equally large. */
function extent(count: number, cell: number, side: number): number {
  const length = Math.min(side, Math.max(count > 1 ? MIN_SIDE_OF_LINES : MIN_SIDE, count * cell));
  const whole = Math.floor(length / Math.max(1, count));
  return whole >= 2 ? whole * count : Math.round(length);
}
