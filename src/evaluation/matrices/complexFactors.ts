/** LU, Cholesky and QR of complex matrices, with the pivots and phases that LAPACK chooses. */
import { add, conjugate, product, quotient, scale, size, subtract, type Pair } from '../functions/complex';
import { complexCopy, complexIdentity, complexMatrix, complexResized, complexTriangle, get, put, swapComplexRows, type ComplexMatrix } from './complexMatrix';

export interface ComplexLU {
  /** L below the diagonal (its own diagonal is ones), U on and above it. */
  readonly lu: ComplexMatrix;
  /** The row that each row was exchanged with, from 0. */
  readonly pivots: readonly number[];
}

/** What LAPACK compares complex numbers by when it looks for a pivot. */
export const magnitude = ([a, b]: Pair): number => Math.abs(a) + Math.abs(b);

export function factorComplexLU(given: ComplexMatrix, pivoting = true): ComplexLU {
  const lu = complexCopy(given);
  const pivots: number[] = [];
  for (let k = 0; k < Math.min(lu.rows, lu.columns); k++) {
    let best = k;
    for (let row = k + 1; pivoting && row < lu.rows; row++) if (magnitude(get(lu, row, k)) > magnitude(get(lu, best, k))) best = row;
    pivots.push(best);
    swapComplexRows(lu, k, best);
    const pivot = get(lu, k, k);
    if (size(pivot) === 0) continue;
    for (let row = k + 1; row < lu.rows; row++) {
      const factor = quotient(get(lu, row, k), pivot);
      put(lu, row, k, factor);
      for (let column = k + 1; column < lu.columns; column++) put(lu, row, column, subtract(get(lu, row, column), product(factor, get(lu, k, column))));
    }
  }
  return { lu, pivots };
}

/** Solves a triangular system for each column of `b`. */
export function solveComplexTriangular(a: ComplexMatrix, b: ComplexMatrix, upper: boolean, unit = false): ComplexMatrix {
  const x = complexCopy(b);
  for (let step = 0; step < a.rows; step++) {
    const row = upper ? a.rows - 1 - step : step;
    for (let column = 0; column < x.columns; column++) {
      let value = get(x, row, column);
      for (let k = upper ? row + 1 : 0; k < (upper ? a.rows : row); k++) value = subtract(value, product(get(a, row, k), get(x, k, column)));
      put(x, row, column, unit ? value : quotient(value, get(a, row, row)));
    }
  }
  return x;
}

export function solveComplexFactored({ lu, pivots }: ComplexLU, b: ComplexMatrix): ComplexMatrix {
  const x = complexCopy(b);
  pivots.forEach((other, k) => swapComplexRows(x, k, other));
  return solveComplexTriangular(lu, solveComplexTriangular(lu, x, false, true), true);
}

/** null: not positive definite. Lower triangular; the diagonal's imaginary parts are not looked at. */
export function complexCholesky(a: ComplexMatrix): ComplexMatrix | null {
  const l = complexMatrix(a.rows, a.rows);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column <= row; column++) {
      let value = get(a, row, column);
      for (let k = 0; k < column; k++) value = subtract(value, product(get(l, row, k), conjugate(get(l, column, k))));
      if (row === column && !(value[0] > 0)) return null;
      put(l, row, column, row === column ? [Math.sqrt(value[0]), 0] : scale(value, 1 / get(l, column, column)[0]));
    }
  }
  return l;
}

/** R on and above the diagonal, below it the reflectors (their first element, 1, left out) with their factors. */
export interface ComplexReflections { readonly a: ComplexMatrix; readonly tau: readonly Pair[] }

/** Each reflector makes the diagonal's element real. */
export function complexReflections(given: ComplexMatrix): ComplexReflections {
  const a = complexCopy(given);
  const tau: Pair[] = [];
  for (let k = 0; k < Math.min(a.rows, a.columns); k++) {
    let below = 0;
    for (let row = k + 1; row < a.rows; row++) below += size(get(a, row, k)) ** 2;
    const first = get(a, k, k);
    if (below === 0 && first[1] === 0) {
      tau.push([0, 0]);
      continue;
    }
    const beta = -(first[0] < 0 || Object.is(first[0], -0) ? -1 : 1) * Math.hypot(...first, Math.sqrt(below));
    const found: Pair = [(beta - first[0]) / beta, -first[1] / beta];
    tau.push(found);
    const divisor: Pair = [first[0] - beta, first[1]];
    for (let row = k + 1; row < a.rows; row++) put(a, row, k, quotient(get(a, row, k), divisor));
    put(a, k, k, [beta, 0]);
    // The factorization applies the conjugate transpose of each reflector.
    reflect(a, k, conjugate(found), a, k + 1);
  }
  return { a, tau };
}

/** Applies I - tau v vᴴ, with reflector `k` of `v`, to the columns of `target` from `start` on. */
function reflect(v: ComplexMatrix, k: number, tau: Pair, target: ComplexMatrix, start: number): void {
  for (let column = start; column < target.columns; column++) {
    let dot = get(target, k, column);
    for (let row = k + 1; row < v.rows; row++) dot = add(dot, product(conjugate(get(v, row, k)), get(target, row, column)));
    const by = product(tau, dot);
    put(target, k, column, subtract(get(target, k, column), by));
    for (let row = k + 1; row < v.rows; row++) put(target, row, column, subtract(get(target, row, column), product(by, get(v, row, k))));
  }
}

/** Q (or its conjugate transpose) times `b`. */
export function applyComplexReflections({ a, tau }: ComplexReflections, b: ComplexMatrix, adjoint: boolean): ComplexMatrix {
  const result = complexCopy(b);
  const order = tau.map((_, k) => k);
  for (const k of adjoint ? order : order.reverse()) reflect(a, k, adjoint ? conjugate(tau[k]!) : tau[k]!, result, 0);
  return result;
}

/** A = Q R; `complete`: Q is square. */
export function factorComplexQR(given: ComplexMatrix, complete: boolean): { readonly Q: ComplexMatrix; readonly R: ComplexMatrix } {
  const parts = complexReflections(given);
  const k = complete ? given.rows : Math.min(given.rows, given.columns);
  return { Q: applyComplexReflections(parts, complexResized(complexIdentity(given.rows), given.rows, k), false), R: complexResized(complexTriangle(parts.a, true), k, given.columns) };
}
