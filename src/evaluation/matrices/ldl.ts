/**
 * Symmetric and Hermitian indefinite matrices as P L D Lᵀ Pᵀ, D with blocks of 1 and 2, by Bunch's and Kaufman's pivoting,
 * as LAPACK's `sytf2` and `hetf2` do on the lower triangle; real ones as complex ones without imaginary parts.
 */
import { conjugate, product, quotient, scale, size, subtract, type Pair } from '../functions/complex';
import { magnitude } from './complexFactors';
import { complexCopy, complexTriangle, get, put, swapComplexRows, type ComplexMatrix } from './complexMatrix';

export interface LDL {
  /** L below D. */
  readonly ld: ComplexMatrix;
  /** From 1, as LAPACK has them: the row exchanged with, negative for both rows of a block of 2. */
  readonly pivots: readonly number[];
  /** The first exact 0 in D, from 1; 0: there is none. */
  readonly info: number;
}

const ALPHA = (1 + Math.sqrt(17)) / 8;
const real = ([a]: Pair): Pair => [a, 0];

export function factorLDL(given: ComplexMatrix, hermitian: boolean): LDL {
  const a = complexTriangle(given, false);
  const n = a.rows;
  const pivots = new Array<number>(n).fill(0);
  let info = 0;
  for (let k = 0; k < n;) {
    const { pivot, step } = pivotOf(a, k, hermitian);
    if (pivot === null) {
      info ||= k + 1;
      pivots[k] = k + 1;
      k++;
      continue;
    }
    exchange(a, k, step, pivot, hermitian);
    if (step === 1) eliminateOne(a, k, hermitian);
    else eliminateTwo(a, k, hermitian);
    for (let i = 0; i < step; i++) pivots[k + i] = step === 1 ? pivot + 1 : -(pivot + 1);
    k += step;
  }
  return { ld: a, pivots, info };
}

/** The greatest element of a row and column that is stored below the diagonal, from `from` on. */
function greatest(a: ComplexMatrix, at: number, from: number): { readonly row: number; readonly value: number } {
  let found = { row: from, value: 0 };
  for (let i = from; i < a.rows; i++) {
    if (i === at) continue;
    const value = magnitude(i > at ? get(a, i, at) : get(a, at, i));
    if (value > found.value) found = { row: i, value };
  }
  return found;
}

/** Which row comes to `k` (or, of a block of 2, to `k + 1`); null: the column is 0. */
function pivotOf(a: ComplexMatrix, k: number, hermitian: boolean): { readonly pivot: number | null; readonly step: 1 | 2 } {
  const diagonal = (i: number): number => (hermitian ? Math.abs(get(a, i, i)[0]) : magnitude(get(a, i, i)));
  const own = diagonal(k);
  const { row, value: column } = greatest(a, k, k);
  if (!(Math.max(own, column) > 0)) return { pivot: null, step: 1 };
  if (own >= ALPHA * column) return { pivot: k, step: 1 };
  const { value: most } = greatest(a, row, k);
  if (own >= ALPHA * column * (column / most)) return { pivot: k, step: 1 };
  return { pivot: row, step: diagonal(row) >= ALPHA * most ? 1 : 2 };
}

function exchange(a: ComplexMatrix, k: number, step: 1 | 2, pivot: number, hermitian: boolean): void {
  const at = k + step - 1;
  const turned = hermitian ? conjugate : (x: Pair): Pair => x;
  const swap = (row: number, column: number, otherRow: number, otherColumn: number, change: (x: Pair) => Pair): void => {
    const held = get(a, row, column);
    put(a, row, column, change(get(a, otherRow, otherColumn)));
    put(a, otherRow, otherColumn, change(held));
  };
  if (pivot !== at) {
    for (let i = pivot + 1; i < a.rows; i++) swap(i, at, i, pivot, (x) => x);
    for (let i = at + 1; i < pivot; i++) swap(i, at, pivot, i, turned);
    put(a, pivot, at, turned(get(a, pivot, at)));
    swap(at, at, pivot, pivot, (x) => x);
    if (step === 2) swap(k + 1, k, pivot, k, (x) => x);
  }
  for (let i = k; hermitian && i <= Math.max(at, pivot); i++) put(a, i, i, real(get(a, i, i)));
}

function eliminateOne(a: ComplexMatrix, k: number, hermitian: boolean): void {
  const inverse = quotient([1, 0], get(a, k, k));
  const turned = hermitian ? conjugate : (x: Pair): Pair => x;
  for (let j = k + 1; j < a.rows; j++) {
    const by = product(inverse, turned(get(a, j, k)));
    for (let i = j; i < a.rows; i++) put(a, i, j, subtract(get(a, i, j), product(get(a, i, k), by)));
    if (hermitian) put(a, j, j, real(get(a, j, j)));
  }
  for (let i = k + 1; i < a.rows; i++) put(a, i, k, product(inverse, get(a, i, k)));
}

function eliminateTwo(a: ComplexMatrix, k: number, hermitian: boolean): void {
  const block = blockOf(a, k, hermitian);
  const turned = hermitian ? conjugate : (x: Pair): Pair => x;
  for (let j = k + 2; j < a.rows; j++) {
    // Two elements of row j of L: those of A times the block's inverse.
    const [x, y] = block.divide(get(a, j, k), get(a, j, k + 1));
    for (let i = j; i < a.rows; i++) put(a, i, j, subtract(subtract(get(a, i, j), product(get(a, i, k), turned(x))), product(get(a, i, k + 1), turned(y))));
    put(a, j, k, x);
    put(a, j, k + 1, y);
    if (hermitian) put(a, j, j, real(get(a, j, j)));
  }
}

/** The block of 2 that begins at `k`. */
function blockOf(ld: ComplexMatrix, k: number, hermitian: boolean): { /** [x y] D⁻¹ */ divide(x: Pair, y: Pair): [Pair, Pair]; /** D⁻¹ [x; y] */ solve(x: Pair, y: Pair): [Pair, Pair] } {
  const [p, below, r] = [get(ld, k, k), get(ld, k + 1, k), get(ld, k + 1, k + 1)];
  const beside = hermitian ? conjugate(below) : below;
  // Divided by the element beside the diagonal, which is the greatest: nothing overflows.
  const by = size(below);
  const [pp, rr, low, up] = [scale(p, 1 / by), scale(r, 1 / by), scale(below, 1 / by), scale(beside, 1 / by)];
  const determinant = subtract(product(pp, rr), product(low, up));
  const over = (x: Pair): Pair => scale(quotient(x, determinant), 1 / by);
  return {
    divide: (x, y) => [over(subtract(product(x, rr), product(y, low))), over(subtract(product(y, pp), product(x, up)))],
    solve: (x, y) => [over(subtract(product(rr, x), product(up, y))), over(subtract(product(pp, y), product(low, x)))],
  };
}

/** The solution of A X = B. */
export function solveLDL({ ld, pivots }: Pick<LDL, 'ld' | 'pivots'>, b: ComplexMatrix, hermitian: boolean): ComplexMatrix {
  const x = complexCopy(b);
  const n = ld.rows;
  const starts: number[] = [];
  for (let k = 0; k < n; k += pivots[k]! > 0 ? 1 : 2) starts.push(k);
  for (const k of starts) {
    const width = pivots[k]! > 0 ? 1 : 2;
    swapComplexRows(x, k + width - 1, Math.abs(pivots[k]!) - 1);
    for (let column = 0; column < x.columns; column++) {
      const own = Array.from({ length: width }, (_, i) => get(x, k + i, column));
      for (let row = k + width; row < n; row++) put(x, row, column, own.reduce((sum, each, i) => subtract(sum, product(get(ld, row, k + i), each)), get(x, row, column)));
      if (width === 1) put(x, k, column, quotient(own[0]!, get(ld, k, k)));
      else blockOf(ld, k, hermitian).solve(own[0]!, own[1]!).forEach((each, i) => put(x, k + i, column, each));
    }
  }
  const turned = hermitian ? conjugate : (z: Pair): Pair => z;
  for (const k of starts.reverse()) {
    const width = pivots[k]! > 0 ? 1 : 2;
    for (let column = 0; column < x.columns; column++) {
      for (let i = 0; i < width; i++) {
        let value = get(x, k + i, column);
        for (let row = k + width; row < n; row++) value = subtract(value, product(turned(get(ld, row, k + i)), get(x, row, column)));
        put(x, k + i, column, value);
      }
    }
    swapComplexRows(x, k + width - 1, Math.abs(pivots[k]!) - 1);
  }
  return x;
}
