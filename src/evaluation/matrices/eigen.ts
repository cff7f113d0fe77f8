/**
 * Eigenvalues and eigenvectors of general matrices: rotations to Hessenberg form, then QR steps with Wilkinson's shifts,
 * all in complex numbers (Golub and Van Loan, Matrix Computations, 7.4 to 7.6).
 */

import { add as plus, conjugate, product as times, quotient as over, size, subtract as minus, type Pair } from '../functions/complex';
import { complexCopy, complexIdentity as unit, get, put, type ComplexMatrix } from './complexMatrix';

export interface Eigen {
  readonly values: readonly (readonly [number, number])[];
  /** In columns of length 1, the greatest element of each real. */
  readonly vectors: ComplexMatrix;
}

const MAX_STEPS = 60;
function root([a, b]: Pair): Pair {
  const length = Math.hypot(a, b);
  const re = Math.sqrt((length + a) / 2);
  const im = Math.sqrt(Math.max(0, (length - a) / 2));
  return [re, b < 0 ? -im : im];
}

/** @throws RangeError where the steps do not come to an end */
export function eigen(given: ComplexMatrix): Eigen {
  const t = complexCopy(given);
  const q = unit(given.rows);
  hessenberg(t, q);
  triangularize(t, q);
  const values = Array.from({ length: t.rows }, (_, i) => get(t, i, i));
  return { values, vectors: vectorsOf(t, q) };
}

/** Rotates rows `i` and `i + 1` (or columns) by a unitary 2 × 2 matrix with `c` real. */
function rotateRows(a: ComplexMatrix, i: number, c: number, s: Pair, from: number): void {
  for (let column = from; column < a.rows; column++) {
    const [x, y] = [get(a, i, column), get(a, i + 1, column)];
    put(a, i, column, plus([c * x[0], c * x[1]], times(s, y)));
    put(a, i + 1, column, minus([c * y[0], c * y[1]], times(conjugate(s), x)));
  }
}

function rotateColumns(a: ComplexMatrix, i: number, c: number, s: Pair, to: number): void {
  for (let row = 0; row < to; row++) {
    const [x, y] = [get(a, row, i), get(a, row, i + 1)];
    put(a, row, i, plus([c * x[0], c * x[1]], times(conjugate(s), y)));
    put(a, row, i + 1, minus([c * y[0], c * y[1]], times(s, x)));
  }
}

/** The rotation that makes the second of two numbers 0. */
function rotation(x: Pair, y: Pair): { readonly c: number; readonly s: Pair } {
  if (size(y) === 0) return { c: 1, s: [0, 0] };
  if (size(x) === 0) return { c: 0, s: over(conjugate(y), [size(y), 0]) };
  const length = Math.hypot(size(x), size(y));
  const c = size(x) / length;
  return { c, s: over(times(over(x, [size(x), 0]), conjugate(y)), [length, 0]) };
}

/** Zeros below the first subdiagonal, column by column from the bottom up. */
function hessenberg(t: ComplexMatrix, q: ComplexMatrix): void {
  for (let column = 0; column < t.rows - 2; column++) {
    for (let row = t.rows - 2; row > column; row--) {
      const { c, s } = rotation(get(t, row, column), get(t, row + 1, column));
      rotateRows(t, row, c, s, column);
      rotateColumns(t, row, c, s, t.rows);
      rotateColumns(q, row, c, s, t.rows);
      put(t, row + 1, column, [0, 0]);
    }
  }
}

/** The eigenvalue of the last 2 × 2 block that is nearer to its last element. */
function shiftOf(t: ComplexMatrix, end: number): Pair {
  const [a, b, c, d] = [get(t, end - 1, end - 1), get(t, end - 1, end), get(t, end, end - 1), get(t, end, end)];
  const half = over(minus(a, d), [2, 0]);
  const discriminant = root(plus(times(half, half), times(b, c)));
  const sum = plus(half, discriminant);
  const difference = minus(half, discriminant);
  return plus(d, size(sum) < size(difference) ? sum : difference);
}

function triangularize(t: ComplexMatrix, q: ComplexMatrix): void {
  let steps = 0;
  for (let end = t.rows - 1; end > 0;) {
    let start = end;
    while (start > 0 && size(get(t, start, start - 1)) > 2 ** -52 * (size(get(t, start, start)) + size(get(t, start - 1, start - 1)))) start--;
    if (start > 0) put(t, start, start - 1, [0, 0]);
    if (start === end) {
      end--;
      steps = 0;
      continue;
    }
    if (++steps > MAX_STEPS) throw new RangeError('the eigenvalues do not converge');
    // Now and then another shift, where the usual one goes round in circles.
    const shift: Pair = steps % 11 === 10 ? [size(get(t, end, end - 1)), 0] : shiftOf(t, end);
    step(t, q, start, end, shift);
  }
}

/** One QR step on a block that has no 0 below its diagonal. */
function step(t: ComplexMatrix, q: ComplexMatrix, start: number, end: number, shift: Pair): void {
  for (let i = start; i <= end; i++) put(t, i, i, minus(get(t, i, i), shift));
  const turns = [];
  for (let i = start; i < end; i++) {
    const turn = rotation(get(t, i, i), get(t, i + 1, i));
    rotateRows(t, i, turn.c, turn.s, i);
    put(t, i + 1, i, [0, 0]);
    turns.push(turn);
  }
  turns.forEach(({ c, s }, k) => {
    rotateColumns(t, start + k, c, s, Math.min(start + k + 2, t.rows));
    rotateColumns(q, start + k, c, s, t.rows);
  });
  for (let i = start; i <= end; i++) put(t, i, i, plus(get(t, i, i), shift));
}

/** From the triangular form by substitution, turned back by Q. */
function vectorsOf(t: ComplexMatrix, q: ComplexMatrix): ComplexMatrix {
  const n = t.rows;
  const vectors = unit(n);
  for (let k = 0; k < n; k++) {
    const x: Pair[] = Array.from({ length: k + 1 }, (): Pair => [0, 0]);
    x[k] = [1, 0];
    for (let row = k - 1; row >= 0; row--) {
      let sum: Pair = [0, 0];
      for (let column = row + 1; column <= k; column++) sum = plus(sum, times(get(t, row, column), x[column] as Pair));
      const gap = minus(get(t, row, row), get(t, k, k));
      // Of equal eigenvalues the vectors are nearly the same.
      x[row] = over([-sum[0], -sum[1]], size(gap) === 0 ? [2 ** -52 * (size(get(t, k, k)) || 1), 0] : gap);
    }
    const turned = Array.from({ length: n }, (_, row) => x.reduce<Pair>((sum, each, column) => plus(sum, times(get(q, row, column), each)), [0, 0]));
    const length = Math.hypot(...turned.map(size));
    const greatest = turned.reduce((best, each) => (size(each) > size(best) * (1 + 1e-9) ? each : best));
    const factor = over(conjugate(greatest), [size(greatest) * length, 0]);
    turned.forEach((each, row) => put(vectors, row, k, times(each, factor)));
  }
  return vectors;
}
