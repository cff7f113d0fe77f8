/** Systems, inverses, determinants and norms of complex matrices. https://docs.pytorch.org/docs/stable/linalg.html */
import { product, scale, size, type Pair } from '../../functions/complex';
import { complexCholesky, factorComplexLU, solveComplexFactored, solveComplexTriangular, type ComplexLU } from '../../matrices/complexFactors';
import { factorComplexSVD } from '../../matrices/complexJacobi';
import { adjoint, complexIdentity, complexMatrix, complexMultiply, complexResized, complexTriangle, get, swapComplexRows, transposed, type ComplexMatrix } from '../../matrices/complexMatrix';
import { exponential } from '../../matrices/lu';
import { at, matrix, type Matrix } from '../../matrices/matrix';
import { numelOf, Value } from '../../value';
import { dimOf, withTensors } from '../arguments';
import { EvaluationError } from '../../errors';
import { findKernel } from '../index';
import type { Kernel, KernelCall, KernelTable } from '../kernel';
import { matricesOf, matrixNorm, orderOf, singular, stackedAs, systemOf, tolerances } from '../linearAlgebra';
import { permute } from '../strided';
import { absolute, complexFrom, joined, partial, partsOf, type Parts } from './parts';

export function complexMatricesOf(value: Value): ComplexMatrix[] {
  const { re, im } = partsOf(value);
  const imaginary = matricesOf(im);
  return matricesOf(re).map(({ rows, columns, data }, i) => ({ rows, columns, re: data, im: imaginary[i]!.data }));
}

/** Real and imaginary parts by turns, as complex elements lie. */
export function elementsOf({ re, im }: ComplexMatrix): number[] {
  return Array.from({ length: 2 * re.length }, (_, i) => (i % 2 === 0 ? re : im)[Math.floor(i / 2)]!);
}

/** Left and right sides under one batch; a vector is a column. */
export function complexSystemOf(call: KernelCall, aName: string, bName: string): { readonly as: ComplexMatrix[]; readonly bs: ComplexMatrix[]; readonly vector: boolean } {
  const [re, im] = [false, true].map((imaginary) => systemOf({ ...call, dtype: 'float32', args: partial(call.args, imaginary) }, aName, bName)) as [ReturnType<typeof systemOf>, ReturnType<typeof systemOf>];
  const both = (real: readonly Matrix[], imaginary: readonly Matrix[]): ComplexMatrix[] => real.map(({ rows, columns, data }, i) => ({ rows, columns, re: data, im: imaginary[i]!.data }));
  return { as: both(re.as, im.as), bs: both(re.bs, im.bs), vector: re.vector };
}

export const given = (call: KernelCall): ComplexMatrix[] => complexMatricesOf(call.args.tensor('A', 'input'));

/** A matrix of each. */
export const each = (operation: (a: ComplexMatrix, call: KernelCall) => ComplexMatrix | null): Kernel => (call) => stackedAs(call, 0, given(call).map((a) => {
  const result = operation(a, call);
  if (!result) throw singular(call);
  return elementsOf(result);
}));
/** A real number of each. */
const number = (operation: (a: ComplexMatrix, call: KernelCall) => number): Kernel => (call) => stackedAs(call, 0, given(call).map((a) => [operation(a, call)]));
const withInfo = (kernel: Kernel): Kernel => (call) => [kernel(call) as Value, Value.filled(0, call.outputs[1]?.shape ?? [], 'int32')];

const isSingular = ({ lu }: ComplexLU): boolean => { for (let k = 0; k < lu.rows; k++) if (size(get(lu, k, k)) === 0) return true; return false; };
/** null: the matrix is singular. */
function solve(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix | null {
  const factored = factorComplexLU(a);
  return isSingular(factored) ? null : solveComplexFactored(factored, b);
}
const inverse = (a: ComplexMatrix): ComplexMatrix | null => solve(a, complexIdentity(a.rows));
const fromRight = (body: (b: ComplexMatrix) => ComplexMatrix | null, b: ComplexMatrix): ComplexMatrix | null => { const x = body(transposed(b)); return x && transposed(x); };

const solveKernel: Kernel = (call) => {
  const { as, bs, vector } = complexSystemOf(call, 'A', 'B');
  const left = vector || call.args.bool('left', true);
  return stackedAs(call, 0, as.map((a, i) => {
    const x = left ? solve(a, bs[i]!) : fromRight((b) => solve(transposed(a), b), bs[i]!);
    if (!x) throw singular(call);
    return elementsOf(x);
  }));
};

const solveTriangularKernel: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = complexSystemOf(call, 'A', 'B');
  const [upper, unit] = [args.bool('upper'), args.bool('unitriangular')];
  return stackedAs(call, 0, as.map((a, i) => elementsOf(args.bool('left', true) ? solveComplexTriangular(a, bs[i]!, upper, unit) : transposed(solveComplexTriangular(transposed(a), transposed(bs[i]!), !upper, unit)))));
};

const oldTriangularSolve: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = complexSystemOf(call, 'A', 'b');
  const [upper, turned] = [args.bool('upper', true), args.bool('transpose')];
  return [stackedAs(call, 0, as.map((a, i) => elementsOf(solveComplexTriangular(turned ? transposed(a) : a, bs[i]!, upper !== turned, args.bool('unitriangular'))))), stackedAs(call, 1, as.map(elementsOf))];
};

/** From the factor's triangle. */
const lowerOf = (factor: ComplexMatrix, upper: boolean): ComplexMatrix => (upper ? adjoint(complexTriangle(factor, true)) : complexTriangle(factor, false));
const solvedByFactor = (lower: ComplexMatrix, b: ComplexMatrix): ComplexMatrix => solveComplexTriangular(adjoint(lower), solveComplexTriangular(lower, b, false), true);

const choleskySolve: Kernel = (call) => {
  const { as, bs } = complexSystemOf(call, 'L', 'B');
  return stackedAs(call, 0, as.map((factor, i) => elementsOf(solvedByFactor(lowerOf(factor, call.args.bool('upper')), bs[i]!))));
};

const factorOf = (a: ComplexMatrix, upper: boolean): ComplexMatrix | null => { const lower = complexCholesky(upper ? adjoint(a) : a); return lower && (upper ? adjoint(lower) : lower); };
const cholesky = each((a, call) => {
  const factor = factorOf(a, call.args.bool('upper'));
  if (!factor) throw new EvaluationError('invalid-argument', `${call.op}: a matrix is not positive definite`);
  return factor;
});

/** Where a matrix is not positive definite: which leading part is not, and no numbers. */
const choleskyEx: Kernel = (call) => {
  const upper = call.args.bool('upper');
  const results = given(call).map((a) => {
    const factor = factorOf(a, upper);
    if (factor) return { factor, info: 0 };
    call.note(`${call.op}: where info is not 0 the factor is NaN`);
    let info = 1;
    while (factorOf(complexResized(a, info, info), upper)) info++;
    return { factor: complexMatrix(a.rows, a.rows, () => [NaN, NaN]), info };
  });
  return [stackedAs(call, 0, results.map(({ factor }) => elementsOf(factor))), stackedAs(call, 1, results.map(({ info }) => [info]))];
};

const luSolve: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = complexSystemOf(call, 'LU', 'B');
  const all = args.tensor('pivots').host();
  return stackedAs(call, 0, as.map((lu, i) => {
    const pivots = Array.from({ length: lu.rows }, (_, k) => all[(i * lu.rows + k) % all.length]! - 1);
    const transposedSolution = (b: ComplexMatrix, turned: (a: ComplexMatrix) => ComplexMatrix): ComplexMatrix => {
      const x = solveComplexTriangular(turned(lu), solveComplexTriangular(turned(lu), b, false), true, true);
      for (let k = pivots.length - 1; k >= 0; k--) swapComplexRows(x, k, pivots[k]!);
      return x;
    };
    const [b, isAdjoint] = [bs[i]!, args.bool('adjoint')];
    if (args.bool('left', true)) return elementsOf(isAdjoint ? transposedSolution(b, adjoint) : solveComplexFactored({ lu, pivots }, b));
    // X A = B is Aᵀ Xᵀ = Bᵀ, and X Aᴴ = B is A Xᴴ = Bᴴ.
    return elementsOf(isAdjoint ? adjoint(solveComplexFactored({ lu, pivots }, adjoint(b))) : transposed(transposedSolution(transposed(b), transposed)));
  }));
};

/** The inverse of what has one: singular values that are too small count as 0. */
function pseudoInverse(a: ComplexMatrix, absolute: number, relative: number): ComplexMatrix {
  const { U, S, V } = factorComplexSVD(a);
  const least = Math.max(absolute, relative * (S[0] ?? 0));
  return complexMultiply(complexMatrix(V.rows, V.columns, (row, column) => (S[column]! > least ? scale(get(V, row, column), 1 / S[column]!) : [0, 0])), adjoint(U));
}
const tolerancesOf = (call: KernelCall, { rows, columns }: ComplexMatrix): [number, number] => tolerances(call, matrix(rows, columns));
/** Only the lower triangle is looked at. */
const hermitianOf = (a: ComplexMatrix): ComplexMatrix => complexMatrix(a.rows, a.rows, (row, column) => (row >= column ? get(a, row, column) : get(adjoint(a), row, column)));
const pinv = each((a, call) => pseudoInverse(call.args.bool('hermitian') ? hermitianOf(a) : a, ...tolerancesOf(call, a)));

/** The shortest of the best solutions. https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html */
const lstsq: Kernel = (call) => {
  const { as, bs } = complexSystemOf(call, 'A', 'B');
  const solutions = as.map((a, i) => complexMultiply(pseudoInverse(a, ...tolerancesOf(call, a)), bs[i]!));
  const residuals = as.map((a, i) => {
    const found = complexMultiply(a, solutions[i]!);
    return Array.from({ length: found.columns }, (_, column) => Array.from({ length: found.rows }, (_each, row) => Math.hypot(get(found, row, column)[0] - get(bs[i]!, row, column)[0], get(found, row, column)[1] - get(bs[i]!, row, column)[1]) ** 2).reduce((sum, x) => sum + x, 0));
  });
  const parts = [solutions.map(elementsOf), residuals, as.map((a) => [rankOf(a, tolerancesOf(call, a))]), as.map((a) => factorComplexSVD(a).S)];
  return parts.map((part, output) => stackedAs(call, output, call.outputs[output]?.shape.includes(0) ? [] : part));
};

/** Of a square matrix: what its determinant stands for as a unit number, and the logarithm of its absolute value. */
function signAndLog(a: ComplexMatrix): { readonly sign: Pair; readonly log: number } {
  const { lu, pivots } = factorComplexLU(a);
  let result = { sign: [pivots.filter((other, k) => other !== k).length % 2 === 0 ? 1 : -1, 0] as Pair, log: 0 };
  for (let k = 0; k < lu.rows; k++) {
    const x = get(lu, k, k);
    if (size(x) === 0) return { sign: [0, 0], log: -Infinity };
    result = { sign: product(result.sign, scale(x, 1 / size(x))), log: result.log + Math.log(size(x)) };
  }
  return result;
}
const determinant: Kernel = (call) => stackedAs(call, 0, given(call).map((a) => { const { sign, log } = signAndLog(a); return sign.map((part) => (part === 0 ? 0 : part * Math.exp(log))); }));
const signAndLogs: Kernel = (call) => {
  const all = given(call).map(signAndLog);
  return [stackedAs(call, 0, all.map(({ sign }) => sign)), stackedAs(call, 1, all.map(({ log }) => [log]))];
};
const logDeterminant: Kernel = (call) => stackedAs(call, 0, given(call).map((a) => { const { sign: [x, y], log } = signAndLog(a); return [log, Math.atan2(y, x)]; }));

const rankOf = (a: ComplexMatrix, [absolute, relative]: readonly [number, number]): number => { const { S } = factorComplexSVD(a); return S.filter((value) => value > Math.max(absolute, relative * S[0]!)).length; };

function power(a: ComplexMatrix, n: number): ComplexMatrix {
  let result = complexIdentity(a.rows);
  for (let base = a, rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = complexMultiply(result, base);
    base = complexMultiply(base, base);
  }
  return result;
}
const inv = each(inverse);
const matrixPower = each((a, call) => {
  const n = call.args.int('n');
  const base = n < 0 ? inverse(a) : a;
  return base && power(base, Math.abs(n));
});

/** By the real matrix of twice the size, [[Re, -Im], [Im, Re]]: sums and products are the same there. */
const matrixExp = each((a) => {
  const { rows: n } = a;
  const whole = exponential(matrix(2 * n, 2 * n, (row, column) => { const [x, y] = get(a, row % n, column % n); return row < n === column < n ? x : row < n ? -y : y; }));
  return complexMatrix(n, n, (row, column) => [at(whole, row, column), at(whole, row + n, column)]);
});

/** Singular values decide of some norms, the sizes of the elements of the others. */
function normOf(a: ComplexMatrix, order: number | string): number {
  if (order === 'nuc' || order === 2 || order === -2) { const { S } = factorComplexSVD(a); return matrixNorm(matrix(S.length, S.length, (row, column) => (row === column ? S[row]! : 0)), order); }
  return matrixNorm(matrix(a.rows, a.columns, (row, column) => size(get(a, row, column))), order);
}

const matrixNormKernel: Kernel = (call) => {
  const { re, im } = partsOf(call.args.tensor('A', 'input'));
  const rank = re.shape.length;
  const dims = (call.args.optionalInts('dim') ?? [-2, -1]).map((dim) => dimOf(dim, rank));
  const order = [...[...re.shape.keys()].filter((dim) => !dims.includes(dim)), ...dims];
  const moved = joined({ re: permute(re, order), im: permute(im, order) }, 'complex64');
  const norm = orderOf(call, call.args.has('p') ? 'p' : 'ord', 'fro');
  return stackedAs(call, 0, complexMatricesOf(moved).map((a) => [normOf(a, norm)]));
};

/** Of vectors, and of all elements, the sizes of the elements decide. */
const ofElements: Kernel = (call) => findKernel(call.op)!({ ...call, args: withTensors(call.args, { [call.args.has('A') ? 'A' : 'input']: absolute(call.args.tensor('A', 'input')) }) });

/** Which an order decides that is one of matrices. */
const norm = (name: string): Kernel => (call) => {
  const order = call.args.raw(name);
  const dims = call.args.optionalInts('dim');
  const ofMatrix = order === 'nuc' || (name === 'ord' && order !== undefined && order !== null && (dims ? dims.length === 2 : call.args.tensor('A', 'input').shape.length === 2));
  return ofMatrix ? matrixNormKernel(call) : ofElements(call);
};

const condition = number((a, call) => {
  const order = orderOf(call, 'p', 2);
  const inverted = inverse(a);
  if (order === 2 || order === -2) { const { S } = factorComplexSVD(a); const ratio = S[0]! / S.at(-1)!; return order === 2 ? ratio : 1 / ratio; }
  if (!inverted) throw singular(call);
  return normOf(a, order) * normOf(inverted, order);
});

const tensorSolve: Kernel = (call) => {
  const { args, shape } = call;
  const whole = args.tensor('A');
  const last = (args.optionalInts('dims') ?? []).map((dim) => dimOf(dim, whole.shape.length));
  const order = [...[...whole.shape.keys()].filter((dim) => !last.includes(dim)), ...last];
  const n = numelOf(shape);
  const arranged = ({ re, im }: Parts, by: readonly number[], to: readonly number[]): ComplexMatrix => complexMatricesOf(joined({ re: permute(re, by).reshaped(to), im: permute(im, by).reshaped(to) }, 'complex64'))[0]!;
  const b = partsOf(args.tensor('B'));
  const x = solve(arranged(partsOf(whole), order, [n, n]), arranged(b, [...b.re.shape.keys()], [n, 1]));
  if (!x) throw singular(call);
  return stackedAs(call, 0, [elementsOf(x)]);
};

const tensorInverse: Kernel = (call) => {
  const { re, im } = partsOf(call.args.tensor('A'));
  const n = numelOf(re.shape.slice(0, call.args.int('ind', 2)));
  const found = inverse(complexMatricesOf(joined({ re: re.reshaped([n, n]), im: im.reshaped([n, n]) }, 'complex64'))[0]!);
  if (!found) throw singular(call);
  return stackedAs(call, 0, [elementsOf(found)]);
};

const vander: Kernel = ({ args, shape, dtype, op }) => {
  const { re, im } = partsOf(args.tensor('x'));
  const width = shape.at(-1)!;
  const increasing = args.has('increasing') ? args.bool('increasing') : op === 'torch.linalg.vander';
  return complexFrom(shape, dtype, (i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    let result: Pair = [1, 0];
    for (let k = 0; k < (increasing ? column : width - 1 - column); k++) result = product(result, [re.host()[row]!, im.host()[row]!]);
    return result;
  });
};

const L = 'torch.linalg.';
export const COMPLEX_LINEAR_ALGEBRA: KernelTable = {
  [`${L}inv`]: inv, [`${L}inv_ex`]: withInfo(inv), [`${L}solve`]: solveKernel, [`${L}solve_ex`]: withInfo(solveKernel), [`${L}pinv`]: pinv, 'torch.pinverse': pinv, [`${L}lstsq`]: lstsq,
  [`${L}solve_triangular`]: solveTriangularKernel, 'torch.triangular_solve': oldTriangularSolve, 'torch.cholesky_solve': choleskySolve, 'torch.cholesky_inverse': each((factor, call) => { const lower = lowerOf(factor, call.args.bool('upper')); return solvedByFactor(lower, complexIdentity(lower.rows)); }),
  [`${L}cholesky`]: cholesky, 'torch.cholesky': cholesky, [`${L}cholesky_ex`]: choleskyEx, [`${L}lu_solve`]: luSolve, 'torch.lu_solve': luSolve,
  [`${L}matrix_power`]: matrixPower, [`${L}matrix_exp`]: matrixExp, [`${L}det`]: determinant, [`${L}slogdet`]: signAndLogs, 'torch.logdet': logDeterminant,
  [`${L}svdvals`]: (call) => stackedAs(call, 0, given(call).map((a) => factorComplexSVD(a).S)), [`${L}matrix_rank`]: number((a, call) => rankOf(a, tolerancesOf(call, a))),
  [`${L}matrix_norm`]: matrixNormKernel, [`${L}norm`]: norm('ord'), 'torch.norm': norm('p'), [`${L}cond`]: condition,
  [`${L}tensorsolve`]: tensorSolve, [`${L}tensorinv`]: tensorInverse, [`${L}vander`]: vander,
};
