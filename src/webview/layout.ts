/** How large the pictures of a tensor are, so that they fit side by side and no cell is too thin to be seen. */
export interface PictureSize { readonly width: number; readonly height: number }

/** However low the panel is, in CSS pixels: it scrolls. */
const MIN_ROOM = 400;
/** Of several pictures, which stand in rows. */
const MAX_SIDE_OF_SEVERAL = 360;
const MIN_SIDE_OF_SEVERAL = 120;
/** Between two pictures, as in viewer.css. */
export const GAP = 16;
const CAPTION = 40;
const MIN_SIDE = 40;
/** A narrow table is stretched to this: zooming and values need room. One line does not. */
const MIN_SIDE_OF_LINES = 96;
/** A few cells need not fill the panel. */
const MAX_CELL = 40;

/** @param available width of the panel, in CSS pixels @param height that pictures may take of it */
export function pictureSize(rows: number, cols: number, count: number, available: number, height = MIN_ROOM): PictureSize {
  const room = Math.max(MIN_ROOM, height);
  const side = Math.max(MIN_SIDE, count === 1 ? Math.min(room, available) : Math.min(sideOfSeveral(count, available, room, cols / Math.max(1, rows)), available));
  const cell = Math.min(MAX_CELL, side / Math.max(1, rows), side / Math.max(1, cols));
  return { width: extent(cols, cell, side), height: extent(rows, cell, side) };
}

/** As large as they can be so that all of them are seen at once; where they are many, no smaller than can be read. */
function sideOfSeveral(count: number, available: number, room: number, aspect: number): number {
  for (let inRow = 1; inRow <= count; inRow++) {
    const side = Math.min(MAX_SIDE_OF_SEVERAL, Math.floor((available - GAP * (inRow - 1)) / inRow));
    if (side < MIN_SIDE_OF_SEVERAL) break;
    // Wide pictures are not as high.
    if (Math.ceil(count / inRow) * (side / Math.max(1, aspect) + CAPTION) <= room + CAPTION) return side;
  }
  return MIN_SIDE_OF_SEVERAL;
}

/** Whole pixels a cell where there is room for it, so that all cells look equally large. */
function extent(count: number, cell: number, side: number): number {
  const length = Math.min(side, Math.max(count > 1 ? MIN_SIDE_OF_LINES : MIN_SIDE, count * cell));
  const whole = Math.floor(length / Math.max(1, count));
  return whole >= 2 ? whole * count : Math.round(length);
}
