/** Factors, eigenvalues and singular values of complex matrices. Phases of vectors are anyone's choice: here they need not be LAPACK's. */
import { conjugate, type Pair } from '../../functions/complex';
import { applyComplexReflections, complexReflections, factorComplexLU, factorComplexQR } from '../../matrices/complexFactors';
import { complexSquared, factorComplexSVD, hermitianEigen } from '../../matrices/complexJacobi';
import { adjoint, complexIdentity, complexMatrix, complexResized, complexTriangle, get, type ComplexMatrix } from '../../matrices/complexMatrix';
import { factorLDL, solveLDL } from '../../matrices/ldl';
import { permutationOf } from '../../matrices/lu';
import type { Matrix } from '../../matrices/matrix';
import { isComplex } from '../../elements';
import type { Value } from '../../value';
import type { Kernel, KernelCall, KernelTable } from '../kernel';
import { stackedAs } from '../linearAlgebra';
import { complexMatricesOf, complexSystemOf, elementsOf, given } from './linearAlgebra';
import { partsOf } from './parts';

type Part = ComplexMatrix | Matrix | readonly number[];

/** Several results of each matrix, output by output; an empty one stays so. */
function outputsOf(call: KernelCall, parts: readonly (readonly Part[])[]): Value[] {
  const elements = (part: Part, output: number): Matrix | readonly number[] => {
    if (!('re' in part)) return part;
    return isComplex(call.outputs[output]!.dtype) ? elementsOf(part) : [...part.re];
  };
  return call.outputs.map(({ shape }, output) => stackedAs(call, output, shape.includes(0) ? [] : parts.map((part) => elements(part[output]!, output))));
}

const qr: Kernel = (call) => {
  const mode = call.args.has('mode') ? call.args.text('mode', 'reduced') : call.args.bool('some', true) ? 'reduced' : 'complete';
  return outputsOf(call, given(call).map((a) => { const { Q, R } = factorComplexQR(a, mode === 'complete'); return [Q, R]; }));
};

function splitLU(lu: ComplexMatrix): readonly [L: ComplexMatrix, U: ComplexMatrix] {
  const k = Math.min(lu.rows, lu.columns);
  return [complexTriangle(complexResized(lu, lu.rows, k), false, true), complexTriangle(complexResized(lu, k, lu.columns), true)];
}

function permutation(pivots: readonly number[], rows: number): ComplexMatrix {
  const { data } = permutationOf(pivots, rows);
  return { rows, columns: rows, re: data, im: new Float64Array(data.length) };
}

const lu: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const factored = factorComplexLU(a, call.args.bool('pivot', true));
  return [permutation(factored.pivots, a.rows), ...splitLU(factored.lu)];
}));

const luFactor: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const factored = factorComplexLU(a, call.args.bool('pivot', true));
  const zero = factored.pivots.findIndex((_, k) => get(factored.lu, k, k).every((part) => part === 0));
  return [factored.lu, factored.pivots.map((row) => row + 1), [zero + 1]];
}));

const luUnpack: Kernel = (call) => {
  const pivots = call.args.tensor('LU_pivots');
  const length = pivots.shape.at(-1)!;
  return outputsOf(call, complexMatricesOf(call.args.tensor('LU_data')).map((data, i) => [permutation([...pivots.host().subarray(i * length, (i + 1) * length)].map((row) => row - 1), data.rows), ...splitLU(data)]));
};

function notePhases(call: KernelCall, what: string): void {
  call.note(`${call.op}: ${what} are determined up to a factor of absolute value 1 each, which need not be torch's`);
}

/** Only the one triangle is looked at, and only the diagonal's real parts. */
const hermitian = (a: ComplexMatrix, upper: boolean): ComplexMatrix =>
  complexMatrix(a.rows, a.rows, (row, column) => (row === column ? [get(a, row, row)[0], 0] : column > row === upper ? get(a, row, column) : conjugate(get(a, column, row))));

const eigh = (vectors: boolean): Kernel => (call) => {
  if (vectors) notePhases(call, 'eigenvectors');
  return outputsOf(call, given(call).map((a) => { const found = hermitianEigen(hermitian(a, call.args.text('UPLO', 'L') === 'U')); return [found.values, found.vectors]; }));
};

const svd = (old: boolean): Kernel => (call) => {
  notePhases(call, 'singular vectors');
  const full = old ? !call.args.bool('some', true) : call.args.bool('full_matrices', true);
  return outputsOf(call, given(call).map((a) => {
    const { U, S, V } = factorComplexSVD(a);
    if (old && !call.args.bool('compute_uv', true)) return [complexMatrix(a.rows, a.rows), S, complexMatrix(a.columns, a.columns)];
    const [left, right] = full ? [complexSquared(U), complexSquared(V)] : [U, V];
    return [left, S, old ? right : adjoint(right)];
  }));
};

/** As if the random matrix that torch starts from had found all of them. */
const lowRank = (centered: boolean): Kernel => (call) => {
  const q = call.outputs[1]!.shape.at(-1)!;
  notePhases(call, 'singular vectors');
  call.note(`${call.op}: computed exactly, where torch approximates from a random start`);
  return outputsOf(call, given(call).map((a) => {
    const mean = (part: Float64Array, column: number): number => Array.from({ length: a.rows }, (_, row) => part[row * a.columns + column]!).reduce((sum, x) => sum + x, 0) / a.rows;
    const means = Array.from({ length: a.columns }, (_, column): Pair => (centered && call.args.bool('center', true) ? [mean(a.re, column), mean(a.im, column)] : [0, 0]));
    const { U, S, V } = factorComplexSVD(complexMatrix(a.rows, a.columns, (row, column) => { const [x, y] = get(a, row, column); return [x - means[column]![0], y - means[column]![1]]; }));
    return [complexResized(U, a.rows, q), S.slice(0, q), complexResized(V, a.columns, q)];
  }));
};

function tausOf(call: KernelCall): (i: number) => Pair[] {
  const tau = call.args.tensor('tau');
  const { re, im } = partsOf(tau);
  const length = tau.shape.at(-1)!;
  return (i) => Array.from({ length }, (_, k): Pair => [re.host()[i * length + k]!, im.host()[i * length + k]!]);
}

const geqrf: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const parts = complexReflections(a);
  return [parts.a, complexMatrix(1, parts.tau.length, (_, k) => parts.tau[k]!)];
}));

const householder: Kernel = (call) => {
  const tau = tausOf(call);
  return outputsOf(call, given(call).map((a, i) => [applyComplexReflections({ a, tau: tau(i) }, complexResized(complexIdentity(a.rows), a.rows, a.columns), false)]));
};

/** Q of reflectors times another matrix. https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html */
const ormqr: Kernel = (call) => {
  const { args } = call;
  const tau = tausOf(call);
  const reflectors = complexMatricesOf(args.tensor('input'));
  return outputsOf(call, complexMatricesOf(args.tensor('other')).map((other, i) => {
    const parts = { a: reflectors[i]!, tau: tau(i) };
    const turned = args.bool('transpose');
    return [args.bool('left', true) ? applyComplexReflections(parts, other, turned) : adjoint(applyComplexReflections(parts, adjoint(other), !turned))];
  }));
};

/** Of real matrices too. https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_factor.html */
const ldlFactor: Kernel = (call) => outputsOf(call, given(call).map((a) => {
  const { ld, pivots, info } = factorLDL(a, call.args.bool('hermitian'));
  return [ld, pivots, [info]];
}));

const ldlSolve: Kernel = (call) => {
  const { as, bs } = complexSystemOf(call, 'LD', 'B');
  const all = call.args.tensor('pivots').host();
  return outputsOf(call, as.map((ld, i) => [solveLDL({ ld, pivots: Array.from({ length: ld.rows }, (_, k) => all[(i * ld.rows + k) % all.length]!) }, bs[i]!, call.args.bool('hermitian'))]));
};

const L = 'torch.linalg.';
export const COMPLEX_FACTORIZATIONS: KernelTable = {
  [`${L}ldl_factor`]: ldlFactor, [`${L}ldl_factor_ex`]: ldlFactor, [`${L}ldl_solve`]: ldlSolve, [`${L}qr`]: qr, 'torch.qr': qr, [`${L}lu`]: lu, [`${L}lu_factor`]: luFactor, [`${L}lu_factor_ex`]: luFactor, 'torch.lu': luFactor, 'torch.lu_unpack': luUnpack,
  [`${L}eigh`]: eigh(true), [`${L}eigvalsh`]: eigh(false), [`${L}svd`]: svd(false), 'torch.svd': svd(true), 'torch.svd_lowrank': lowRank(false), 'torch.pca_lowrank': lowRank(true),
  'torch.geqrf': geqrf, [`${L}householder_product`]: householder, 'torch.ormqr': ormqr,
};
