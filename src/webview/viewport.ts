/** The part of a plane that its pictures show, in elements: fractions of one where it was zoomed or dragged. */
import type { PictureSize } from './layout';
import type { Cell } from './mapping';

export interface Viewport { readonly row: number; readonly col: number; readonly rows: number; readonly cols: number }
export interface Extents { readonly rows: number; readonly cols: number }

/** Nobody needs a cell to be larger, in CSS pixels. */
const MAX_CELL = 80;
/** A tenth of an element nearer to the whole is the whole. */
const NEARLY = 0.1;

export function wholeOf({ rows, cols }: Extents): Viewport {
  return { row: 0, col: 0, rows, cols };
}

export function isWhole(view: Viewport, plane: Extents): boolean {
  return view.rows > plane.rows - NEARLY && view.cols > plane.cols - NEARLY;
}

/**
 * Shows less (a factor below 1) or more around a point.
 * @param at the point that stays where it is, as fractions of the picture's width and height
 */
export function zoomed(view: Viewport, plane: Extents, size: PictureSize, factor: number, at: { readonly x: number; readonly y: number }): Viewport {
  const rows = limited(view.rows * factor, plane.rows, size.height);
  const cols = limited(view.cols * factor, plane.cols, size.width);
  return clamped({ row: view.row + (view.rows - rows) * at.y, col: view.col + (view.cols - cols) * at.x, rows, cols }, plane);
}

export function panned(view: Viewport, plane: Extents, rows: number, cols: number): Viewport {
  return clamped({ ...view, row: view.row + rows, col: view.col + cols }, plane);
}

/** Moves as little as it takes to have a cell wholly in view. */
export function revealing(view: Viewport, plane: Extents, { row, col }: Cell): Viewport {
  const start = (from: number, count: number, at: number): number => (at < from ? at : Math.max(from, at + 1 - count));
  return clamped({ ...view, row: start(view.row, view.rows, row), col: start(view.col, view.cols, col) }, plane);
}

function limited(count: number, all: number, pixels: number): number {
  const wanted = Math.max(Math.min(all, pixels / MAX_CELL), Math.min(all, count));
  return wanted > all - NEARLY ? all : wanted;
}

function clamped(view: Viewport, plane: Extents): Viewport {
  const within = (from: number, count: number, all: number): number => Math.max(0, Math.min(all - count, from));
  return { ...view, row: within(view.row, view.rows, plane.rows), col: within(view.col, view.cols, plane.cols) };
}
