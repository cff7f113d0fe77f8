/** Factors, eigenvalues and singular values. Signs of vectors are anyone's choice: here they need not be LAPACK's. https://docs.pytorch.org/docs/stable/linalg.html */
import { factorQR } from '../matrices/householder';
import { eigen } from '../matrices/eigen';
import { factorSVD, squared, symmetricEigen } from '../matrices/jacobi';
import { factorLU, permutationOf } from '../matrices/lu';
import { at, matrix, resized, transpose, triangle, type Matrix } from '../matrices/matrix';
import type { Value } from '../value';
import { complexFrom, partsOf } from './complex/parts';
import type { Kernel, KernelCall, KernelTable } from './kernel';
import { matricesOf, stackedAs } from './linearAlgebra';

/** Several results of each matrix, output by output; an empty one stays so. */
function outputsOf(call: KernelCall, parts: readonly (readonly (Matrix | readonly number[])[])[]): Value[] {
  return call.outputs.map(({ shape }, output) => stackedAs(call, output, shape.includes(0) ? [] : parts.map((part) => part[output] as Matrix)));
}

const given = (call: KernelCall, name = 'A'): Matrix[] => matricesOf(call.args.tensor(name).to(call.dtype));

const qr: Kernel = (call) => {
  const mode = call.args.has('mode') ? call.args.text('mode', 'reduced') : call.args.bool('some', true) ? 'reduced' : 'complete';
  return outputsOf(call, given(call).map((a) => { const { Q, R } = factorQR(a, mode === 'complete'); return [Q, R]; }));
};

function splitLU(lu: Matrix): { readonly L: Matrix; readonly U: Matrix } {
  const k = Math.min(lu.rows, lu.columns);
  return { L: triangle(resized(lu, lu.rows, k), false, true), U: triangle(resized(lu, k, lu.columns), true) };
}

const lu: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const factored = factorLU(a, call.args.bool('pivot', true));
  const { L, U } = splitLU(factored.lu);
  return [permutationOf(factored.pivots, a.rows), L, U];
}));

const luFactor: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const factored = factorLU(a, call.args.bool('pivot', true));
  const zero = factored.pivots.findIndex((_, k) => at(factored.lu, k, k) === 0);
  return [factored.lu, factored.pivots.map((row) => row + 1), [zero + 1]];
}));

const luUnpack: Kernel = (call) => {
  const pivots = call.args.tensor('LU_pivots');
  const length = pivots.shape.at(-1) as number;
  return outputsOf(call, given(call, 'LU_data').map((data, i) => {
    const { L, U } = splitLU(data);
    return [permutationOf([...pivots.host().subarray(i * length, (i + 1) * length)].map((row) => row - 1), data.rows), L, U];
  }));
};

function noteSigns(call: KernelCall, what: string): void {
  call.note(`${call.op}: ${what} are determined up to their signs, which need not be torch's`);
}

/** Only the one triangle is looked at. */
function symmetric(a: Matrix, upper: boolean): Matrix {
  return matrix(a.rows, a.rows, (row, column) => (column > row === upper ? at(a, row, column) : at(a, column, row)));
}

const eigh = (vectors: boolean): Kernel => (call) => {
  if (vectors) noteSigns(call, 'eigenvectors');
  return outputsOf(call, given(call).map((a) => { const found = symmetricEigen(symmetric(a, call.args.text('UPLO', 'L') === 'U')); return [found.values, found.vectors]; }));
};

const svd = (old: boolean): Kernel => (call) => {
  noteSigns(call, 'singular vectors');
  const full = old ? !call.args.bool('some', true) : call.args.bool('full_matrices', true);
  return outputsOf(call, given(call).map((a) => {
    const { U, S, V } = factorSVD(a);
    const [left, right] = full ? [squared(U), squared(V)] : [U, V];
    if (old && !call.args.bool('compute_uv', true)) return [matrix(a.rows, a.rows), S, matrix(a.columns, a.columns)];
    return [left, S, old ? right : transpose(right)];
  }));
};

/** As if the random matrix that torch starts from had found all of them. */
const lowRank = (centered: boolean): Kernel => (call) => {
  const { args } = call;
  const q = call.outputs[1]?.shape.at(-1) as number;
  noteSigns(call, 'singular vectors');
  call.note(`${call.op}: computed exactly, where torch approximates from a random start`);
  return outputsOf(call, given(call).map((a) => {
    const means = Array.from({ length: a.columns }, (_, column) => {
      let sum = 0;
      for (let row = 0; row < a.rows; row++) sum += at(a, row, column);
      return centered && args.bool('center', true) ? sum / a.rows : 0;
    });
    const { U, S, V } = factorSVD(matrix(a.rows, a.columns, (row, column) => at(a, row, column) - (means[column] as number)));
    return [resized(U, a.rows, q), S.slice(0, q), resized(V, a.columns, q)];
  }));
};

/** @throws EvaluationError where the steps do not come to an end */
const eig = (vectors: boolean): Kernel => (call) => {
  const { re, im } = partsOf(call.args.tensor('A', 'input'));
  const n = re.shape.at(-1) as number;
  const imaginary = matricesOf(im);
  const found = matricesOf(re).map((a, i) => eigen({ rows: n, columns: n, re: a.data, im: imaginary[i]!.data }));
  if (vectors) call.note(`${call.op}: the order of the eigenvalues, and a factor of each vector, need not be torch's`);
  else call.note(`${call.op}: the order of the eigenvalues need not be torch's`);
  const values = complexFrom(call.shape, call.dtype, (i) => found[Math.floor(i / n)]?.values[i % n] ?? [0, 0]);
  if (!vectors) return values;
  return [values, complexFrom(call.outputs[1]?.shape ?? [], call.dtype, (i) => {
    const of = (found[Math.floor(i / (n * n))] as (typeof found)[number]).vectors;
    return [of.re[i % (n * n)] as number, of.im[i % (n * n)] as number];
  })];
};

const svdvals: Kernel = (call) => stackedAs(call, 0, given(call).map((a) => factorSVD(a).S));

const L = 'torch.linalg.';
export const FACTORIZATIONS: KernelTable = {
  [`${L}qr`]: qr, 'torch.qr': qr, [`${L}lu`]: lu, [`${L}lu_factor`]: luFactor, [`${L}lu_factor_ex`]: luFactor, 'torch.lu_unpack': luUnpack,
  [`${L}eigh`]: eigh(true), [`${L}eigvalsh`]: eigh(false), [`${L}svd`]: svd(false), 'torch.svd': svd(true), [`${L}svdvals`]: svdvals,
  'torch.svd_lowrank': lowRank(false), 'torch.pca_lowrank': lowRank(true), 'torch.lu': luFactor,
};

/** Their results are complex. */
export const EIGENVALUES: KernelTable = { [`${L}eig`]: eig(true), [`${L}eigvals`]: eig(false) };
