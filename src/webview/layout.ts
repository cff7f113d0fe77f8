/** How large the pictures of a tensor are, so that they fit side by side and no cell is too thin to be seen. */
export interface PictureSize { readonly width: number; readonly height: number }

/** However low the panel is, in CSS pixels: it scrolls. */
const MIN_ROOM = 400;
/** With linked tensors below the pictures, which are seen together with them. */
export const MIN_ROOM_LINKED = 240;
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

/** What pictures may take of a panel's height. @param least however low the panel is */
export function roomIn(height: number, least = MIN_ROOM): number {
  return Math.max(least, height);
}

/** @param available width of the panel, in CSS pixels @param room of its height */
export function pictureSize(rows: number, cols: number, count: number, available: number, room = MIN_ROOM): PictureSize {
  const side = Math.max(MIN_SIDE, count === 1 ? Math.min(room, available) : Math.min(sideOfSeveral(count, available, room, cols / Math.max(1, rows)), available));
  const cell = Math.min(MAX_CELL, side / Math.max(1, rows), side / Math.max(1, cols));
  return { width: extent(cols, cell, side), height: extent(rows, cell, side) };
}

/** As large as they can be so that all of them are seen at once, however many stand in a row; where they are many, no smaller than can be read. */
function sideOfSeveral(count: number, available: number, room: number, aspect: number): number {
  let best = MIN_SIDE_OF_SEVERAL;
  for (let inRow = 1; inRow <= count; inRow++) {
    const wide = Math.floor((available - GAP * (inRow - 1)) / inRow);
    if (wide < MIN_SIDE_OF_SEVERAL) break;
    // Wide pictures are not as high.
    const high = Math.floor(((room + CAPTION) / Math.ceil(count / inRow) - CAPTION) * Math.max(1, aspect));
    best = Math.max(best, Math.min(MAX_SIDE_OF_SEVERAL, wide, high));
  }
  return best;
}

/** How many of several pictures stand in a row: in no more rows than are needed, and in rows of one length where that can be. */
export function inRowOf(count: number, available: number, width: number): number {
  const most = Math.max(1, Math.floor((available + GAP) / (width + GAP)));
  return Number.isFinite(most) ? Math.ceil(count / Math.ceil(count / most)) : count;
}

/** Whole pixels a cell where there is room for it, so that all cells look equally large. */
function extent(count: number, cell: number, side: number): number {
  const length = Math.min(side, Math.max(count > 1 ? MIN_SIDE_OF_LINES : MIN_SIDE, count * cell));
  const whole = Math.floor(length / Math.max(1, count));
  return whole >= 2 ? whole * count : Math.round(length);
}
