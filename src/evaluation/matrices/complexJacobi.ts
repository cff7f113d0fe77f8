/** Eigenvalues of Hermitian matrices and singular values of complex ones, by Jacobi's rotations: each after a turn that makes its pair real. */
import { add, conjugate, product, scale, size, type Pair } from '../functions/complex';
import { factorComplexQR } from './complexFactors';
import { adjoint, complexCopy, complexIdentity, complexMatrix, complexResized, get, rotateColumns, type ComplexMatrix } from './complexMatrix';

const MAX_SWEEPS = 60;

/** The rotation that diagonalizes [[alpha, gamma], [conj gamma, beta]]. */
function rotation(alpha: number, beta: number, gamma: Pair): { readonly c: number; readonly s: number; readonly phase: Pair } {
  const length = size(gamma);
  const zeta = (beta - alpha) / (2 * length);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const c = 1 / Math.hypot(1, t);
  return { c, s: c * t, phase: scale(conjugate(gamma), 1 / length) };
}

const norm = (a: ComplexMatrix): number => Math.sqrt(a.re.reduce((sum, x) => sum + x * x, 0) + a.im.reduce((sum, x) => sum + x * x, 0));

/** Of a Hermitian matrix, from the least on; the vectors are columns. */
export function hermitianEigen(given: ComplexMatrix): { readonly values: number[]; readonly vectors: ComplexMatrix } {
  let a = complexCopy(given);
  const n = a.rows;
  const v = complexIdentity(n);
  const least = 1e-16 * norm(a);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = get(a, p, q);
        off = Math.max(off, size(apq));
        if (size(apq) <= least) continue;
        const turn = rotation(get(a, p, p)[0], get(a, q, q)[0], apq);
        rotateColumns(a, p, q, turn);
        a = adjoint(a);
        rotateColumns(a, p, q, turn);
        rotateColumns(v, p, q, turn);
      }
    }
    if (off <= least) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => get(a, i, i)[0] - get(a, j, j)[0]);
  return { values: order.map((i) => get(a, i, i)[0]), vectors: complexMatrix(n, n, (row, column) => get(v, row, order[column]!)) };
}

export interface ComplexSVD { readonly U: ComplexMatrix; readonly S: readonly number[]; readonly V: ComplexMatrix }

/** A = U S Vᴴ, the greatest first; U and V have as many columns as there are singular values. */
export function factorComplexSVD(given: ComplexMatrix): ComplexSVD {
  if (given.rows < given.columns) {
    const { U, S, V } = factorComplexSVD(adjoint(given));
    return { U: V, S, V: U };
  }
  const a = complexCopy(given);
  const n = a.columns;
  const v = complexIdentity(n);
  for (let sweep = 0, rotated = true; rotated && sweep < MAX_SWEEPS; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated = orthogonalize(a, v, p, q) || rotated;
  }
  const column = (j: number): Pair[] => Array.from({ length: a.rows }, (_, row) => get(a, row, j));
  const norms = Array.from({ length: n }, (_, j) => Math.hypot(...column(j).flat()));
  const order = norms.map((_, i) => i).sort((i, j) => norms[j]! - norms[i]!);
  const S = order.map((i) => norms[i]!);
  const U = complexMatrix(a.rows, n, (row, j) => (S[j]! > 0 ? scale(get(a, row, order[j]!), 1 / S[j]!) : [0, 0]));
  return { U: completed(U, S.filter((value) => value > 0).length, n), S, V: complexMatrix(n, n, (row, j) => get(v, row, order[j]!)) };
}

function orthogonalize(a: ComplexMatrix, v: ComplexMatrix, p: number, q: number): boolean {
  let [alpha, beta, gamma]: [number, number, Pair] = [0, 0, [0, 0]];
  for (let row = 0; row < a.rows; row++) {
    const [x, y] = [get(a, row, p), get(a, row, q)];
    alpha += size(x) ** 2;
    beta += size(y) ** 2;
    gamma = add(gamma, product(conjugate(x), y));
  }
  if (size(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) return false;
  const turn = rotation(alpha, beta, gamma);
  rotateColumns(a, p, q, turn);
  rotateColumns(v, p, q, turn);
  return true;
}

/** The first columns, and others at right angles to them. */
function completed(U: ComplexMatrix, kept: number, columns: number): ComplexMatrix {
  if (kept === columns) return U;
  const { Q } = factorComplexQR(complexResized(U, U.rows, kept), true);
  return complexMatrix(U.rows, columns, (row, column) => get(column < kept ? U : Q, row, column));
}

/** More columns at right angles, until the matrix is square. */
export const complexSquared = (U: ComplexMatrix): ComplexMatrix => completed(U, U.columns, U.rows);
