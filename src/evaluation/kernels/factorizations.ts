/** Factors, eigenvalues and singular values. Signs of vectors are anyone's choice: here they need not be LAPACK's. https://docs.pytorch.org/docs/stable/linalg.html */
import { factorQR } from '../matrices/householder';
import { factorSVD, squared, symmetricEigen } from '../matrices/jacobi';
import { factorLU, permutationOf } from '../matrices/lu';
import { at, matrix, resized, transpose, triangle, type Matrix } from '../matrices/matrix';
import type { Value } from '../value';
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

const svdvals: Kernel = (call) => stackedAs(call, 0, given(call).map((a) => factorSVD(a).S));

const L = 'torch.linalg.';
export const FACTORIZATIONS: KernelTable = {
  [`${L}qr`]: qr, 'torch.qr': qr, [`${L}lu`]: lu, [`${L}lu_factor`]: luFactor, [`${L}lu_factor_ex`]: luFactor, 'torch.lu_unpack': luUnpack,
  [`${L}eigh`]: eigh(true), [`${L}eigvalsh`]: eigh(false), [`${L}svd`]: svd(false), 'torch.svd': svd(true), [`${L}svdvals`]: svdvals,
};
