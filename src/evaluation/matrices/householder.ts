/** QR by Householder's reflections, with the signs that LAPACK gives. */
import { at, copy, identity, resized, set, triangle, type Matrix } from './matrix';

/** R on and above the diagonal, below it the reflectors (their first element, 1, left out) with their factors. */
export interface Reflections { readonly a: Matrix; readonly tau: readonly number[] }

export function reflections(given: Matrix): Reflections {
  const a = copy(given);
  const tau: number[] = [];
  for (let k = 0; k < Math.min(a.rows, a.columns); k++) {
    let below = 0;
    for (let row = k + 1; row < a.rows; row++) below += at(a, row, k) ** 2;
    const first = at(a, k, k);
    if (below === 0) {
      tau.push(0);
      continue;
    }
    const beta = -(first < 0 || Object.is(first, -0) ? -1 : 1) * Math.hypot(first, Math.sqrt(below));
    tau.push((beta - first) / beta);
    for (let row = k + 1; row < a.rows; row++) set(a, row, k, at(a, row, k) / (first - beta));
    set(a, k, k, beta);
    reflect(a, k, tau[k] as number, a, k + 1);
  }
  return { a, tau };
}

/** Applies reflector `k` of `v` to the columns of `target` from `start` on. */
function reflect(v: Matrix, k: number, tau: number, target: Matrix, start: number): void {
  for (let column = start; column < target.columns; column++) {
    let dot = at(target, k, column);
    for (let row = k + 1; row < v.rows; row++) dot += at(v, row, k) * at(target, row, column);
    set(target, k, column, at(target, k, column) - tau * dot);
    for (let row = k + 1; row < v.rows; row++) set(target, row, column, at(target, row, column) - tau * dot * at(v, row, k));
  }
}

/** Q (or its transpose) times `b`. */
export function applyReflections({ a, tau }: Reflections, b: Matrix, transposed: boolean): Matrix {
  const result = copy(b);
  const order = tau.map((_, k) => k);
  for (const k of transposed ? order : order.reverse()) reflect(a, k, tau[k] as number, result, 0);
  return result;
}

/** A = Q R; `complete`: Q is square. */
export function factorQR(given: Matrix, complete: boolean): { readonly Q: Matrix; readonly R: Matrix } {
  const parts = reflections(given);
  const k = complete ? given.rows : Math.min(given.rows, given.columns);
  return { Q: applyReflections(parts, resized(identity(given.rows), given.rows, k), false), R: resized(triangle(parts.a, true), k, given.columns) };
}
