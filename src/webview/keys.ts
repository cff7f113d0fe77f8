/** Which cell a key leads to. */
import type { Cell } from './mapping';

export interface Key { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean }

/**
 * Arrows go one cell, with Home and End to the row's ends, Page Up and Down by a screen; Ctrl goes all the way.
 * null: the key is not for moving. @param page rows that are in view
 */
export function cellAfter({ key, ctrlKey, metaKey }: Key, from: Cell | null, rows: number, cols: number, page: number): Cell | null {
  const far = ctrlKey || metaKey ? Infinity : 1;
  const steps: Readonly<Record<string, readonly [rows: number, cols: number]>> = {
    ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far],
    PageUp: [-page, 0], PageDown: [page, 0],
    Home: [far === Infinity ? -Infinity : 0, -Infinity], End: [far === Infinity ? Infinity : 0, Infinity],
  };
  const step = steps[key];
  if (!step || rows === 0 || cols === 0) return null;
  // The first key shows where one is, unless it leads all the way.
  if (!from && far === 1) return { row: 0, col: 0 };
  const clamp = (at: number, size: number): number => Math.min(size - 1, Math.max(0, at));
  return { row: clamp((from?.row ?? 0) + step[0], rows), col: clamp((from?.col ?? 0) + step[1], cols) };
}
