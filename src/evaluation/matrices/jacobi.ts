/** Eigenvalues and singular values by Jacobi's rotations: slow for large matrices, accurate for all. */
import { factorQR } from './householder';
import { at, copy, identity, matrix, resized, set, transpose, type Matrix } from './matrix';

const MAX_SWEEPS = 60;

/** Of a symmetric matrix, from the least on; the vectors are columns. */
export function symmetricEigen(given: Matrix): { readonly values: number[]; readonly vectors: Matrix } {
  const a = copy(given);
  const n = a.rows;
  const v = identity(n);
  const scale = Math.sqrt(a.data.reduce((total, x) => total + x * x, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off = Math.max(off, Math.abs(at(a, p, q)));
    if (off <= 1e-16 * scale) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) annihilate(a, v, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(a, i, i) - at(a, j, j));
  return { values: order.map((i) => at(a, i, i)), vectors: matrix(n, n, (row, column) => at(v, row, order[column] as number)) };
}

function annihilate(a: Matrix, v: Matrix, p: number, q: number): void {
  const apq = at(a, p, q);
  if (apq === 0) return;
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.rows; k++) rotate(a, k, p, k, q, c, s);
  for (let k = 0; k < a.rows; k++) rotate(a, p, k, q, k, c, s);
  for (let k = 0; k < a.rows; k++) rotate(v, k, p, k, q, c, s);
}

function rotate(a: Matrix, row1: number, column1: number, row2: number, column2: number, c: number, s: number): void {
  const [x, y] = [at(a, row1, column1), at(a, row2, column2)];
  set(a, row1, column1, c * x - s * y);
  set(a, row2, column2, s * x + c * y);
}

export interface SVD { readonly U: Matrix; readonly S: readonly number[]; readonly V: Matrix }

/** A = U S Vᵀ, the greatest first; U and V have as many columns as there are singular values. */
export function factorSVD(given: Matrix): SVD {
  if (given.rows < given.columns) {
    const { U, S, V } = factorSVD(transpose(given));
    return { U: V, S, V: U };
  }
  const a = copy(given);
  const n = a.columns;
  const v = identity(n);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated = orthogonalize(a, v, p, q) || rotated;
    if (!rotated) break;
  }
  const norms = Array.from({ length: n }, (_, column) => Math.hypot(...Array.from({ length: a.rows }, (_each, row) => at(a, row, column))));
  const order = norms.map((_, i) => i).sort((i, j) => (norms[j] as number) - (norms[i] as number));
  const S = order.map((i) => norms[i] as number);
  const U = matrix(a.rows, n, (row, column) => { const norm = S[column] as number; return norm > 0 ? at(a, row, order[column] as number) / norm : 0; });
  return { U: completed(U, S), S, V: matrix(n, n, (row, column) => at(v, row, order[column] as number)) };
}

/** Rotates two columns until they are at right angles; whether they were not. */
function orthogonalize(a: Matrix, v: Matrix, p: number, q: number): boolean {
  let [alpha, beta, gamma] = [0, 0, 0];
  for (let row = 0; row < a.rows; row++) {
    alpha += at(a, row, p) ** 2;
    beta += at(a, row, q) ** 2;
    gamma += at(a, row, p) * at(a, row, q);
  }
  if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  for (let row = 0; row < a.rows; row++) rotate(a, row, p, row, q, c, c * t);
  for (let row = 0; row < v.rows; row++) rotate(v, row, p, row, q, c, c * t);
  return true;
}

/** Columns of singular value 0 replaced by some that are at right angles to all others. */
function completed(U: Matrix, S: readonly number[]): Matrix {
  const kept = S.filter((value) => value > 0).length;
  if (kept === U.columns) return U;
  const { Q } = factorQR(resized(U, U.rows, kept), true);
  return matrix(U.rows, U.columns, (row, column) => (column < kept ? at(U, row, column) : at(Q, row, column)));
}

/** More columns at right angles, until the matrix is square. */
export function squared(U: Matrix): Matrix {
  const { Q } = factorQR(U, true);
  return matrix(U.rows, U.rows, (row, column) => (column < U.columns ? at(U, row, column) : at(Q, row, column)));
}
