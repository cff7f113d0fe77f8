/** Gauss's elimination with partial pivoting, and what is solved with it. */
import { at, copy, identity, matrix, multiply, scaled, set, sum, type Matrix } from './matrix';

export interface LU {
  /** L below the diagonal (its own diagonal is ones), U on and above it. */
  readonly lu: Matrix;
  /** The row that each row was exchanged with, from 0. */
  readonly pivots: readonly number[];
  /** 1 or -1: the determinant of the exchanges. */
  readonly sign: number;
}

export function factorLU(given: Matrix, pivoting = true): LU {
  const lu = copy(given);
  const pivots: number[] = [];
  let sign = 1;
  for (let k = 0; k < Math.min(lu.rows, lu.columns); k++) {
    let best = k;
    for (let row = k + 1; pivoting && row < lu.rows; row++) if (Math.abs(at(lu, row, k)) > Math.abs(at(lu, best, k))) best = row;
    pivots.push(best);
    if (best !== k) {
      swapRows(lu, best, k);
      sign = -sign;
    }
    const pivot = at(lu, k, k);
    if (pivot === 0) continue;
    for (let row = k + 1; row < lu.rows; row++) {
      const factor = at(lu, row, k) / pivot;
      set(lu, row, k, factor);
      if (factor !== 0) for (let column = k + 1; column < lu.columns; column++) set(lu, row, column, at(lu, row, column) - factor * at(lu, k, column));
    }
  }
  return { lu, pivots, sign };
}

function swapRows(a: Matrix, first: number, second: number): void {
  for (let column = 0; column < a.columns; column++) {
    const held = at(a, first, column);
    set(a, first, column, at(a, second, column));
    set(a, second, column, held);
  }
}

/** The exchanges as a matrix P, so that A = P L U. */
export function permutationOf(pivots: readonly number[], rows: number): Matrix {
  const order = Array.from({ length: rows }, (_, i) => i);
  pivots.forEach((other, k) => { [order[k], order[other]] = [order[other] as number, order[k] as number]; });
  return matrix(rows, rows, (row, column) => Number(order[column] === row));
}

/** Solves a triangular system for each column of `b`. */
export function solveTriangular(a: Matrix, b: Matrix, upper: boolean, unit = false): Matrix {
  const x = copy(b);
  for (let step = 0; step < a.rows; step++) {
    const row = upper ? a.rows - 1 - step : step;
    for (let column = 0; column < x.columns; column++) {
      let value = at(x, row, column);
      for (let k = upper ? row + 1 : 0; k < (upper ? a.rows : row); k++) value -= at(a, row, k) * at(x, k, column);
      set(x, row, column, unit ? value : value / at(a, row, row));
    }
  }
  return x;
}

export function solveFactored({ lu, pivots }: Pick<LU, 'lu' | 'pivots'>, b: Matrix): Matrix {
  const x = copy(b);
  pivots.forEach((other, k) => { if (other !== k) swapRows(x, other, k); });
  return solveTriangular(lu, solveTriangular(lu, x, false, true), true);
}

export function isSingular({ lu }: LU): boolean {
  for (let k = 0; k < lu.rows; k++) if (at(lu, k, k) === 0) return true;
  return false;
}

/** null: the matrix is singular. */
export function solve(a: Matrix, b: Matrix): Matrix | null {
  const factored = factorLU(a);
  return isSingular(factored) ? null : solveFactored(factored, b);
}

export const inverse = (a: Matrix): Matrix | null => solve(a, identity(a.rows));

/** Sign and logarithm of the absolute value of the determinant. */
export function signedLogDeterminant(a: Matrix): { readonly sign: number; readonly log: number } {
  const { lu, sign } = factorLU(a);
  let result = { sign, log: 0 };
  for (let k = 0; k < a.rows; k++) {
    const x = at(lu, k, k);
    result = { sign: result.sign * Math.sign(x), log: result.log + Math.log(Math.abs(x)) };
  }
  return result;
}

export function determinant(a: Matrix): number {
  const { lu, sign } = factorLU(a);
  let product = sign;
  for (let k = 0; k < a.rows; k++) product *= at(lu, k, k);
  return product;
}

/** null: not positive definite. Lower triangular. */
export function cholesky(a: Matrix): Matrix | null {
  const l = matrix(a.rows, a.rows);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column <= row; column++) {
      let value = at(a, row, column);
      for (let k = 0; k < column; k++) value -= at(l, row, k) * at(l, column, k);
      if (row === column && !(value > 0)) return null;
      set(l, row, column, row === column ? Math.sqrt(value) : value / at(l, column, column));
    }
  }
  return l;
}

export function power(a: Matrix, n: number): Matrix {
  let result = identity(a.rows);
  for (let base = a, rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, base);
    base = multiply(base, base);
  }
  return result;
}

/** Taylor's series of a matrix halved until it is small, squared as often. */
export function exponential(a: Matrix): Matrix {
  let norm = 0;
  for (let row = 0; row < a.rows; row++) norm = Math.max(norm, a.data.subarray(row * a.columns, (row + 1) * a.columns).reduce((total, x) => total + Math.abs(x), 0));
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.max(norm, 1e-300))) + 2);
  const small = scaled(a, 2 ** -halvings);
  let term = identity(a.rows);
  let result = term;
  for (let n = 1; n <= 18; n++) {
    term = scaled(multiply(term, small), 1 / n);
    result = sum(result, term);
  }
  for (let i = 0; i < halvings; i++) result = multiply(result, result);
  return result;
}
