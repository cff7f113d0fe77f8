/** Batches of matrices one by one, in double precision; solvers, inverses, determinants, norms. https://docs.pytorch.org/docs/stable/linalg.html */
import { allocate } from '../elements';
import { EvaluationError } from '../errors';
import { applyReflections, reflections } from '../matrices/householder';
import { factorSVD } from '../matrices/jacobi';
import { cholesky, determinant, exponential, inverse, power, signedLogDeterminant, solve, solveFactored, solveTriangular } from '../matrices/lu';
import { at, identity, matrix, multiply, resized, transpose, triangle, type Matrix } from '../matrices/matrix';
import { numelOf, Value } from '../value';
import { dimOf } from './arguments';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { expandTo, permute } from './strided';

/** The matrices of the last two dims. */
export function matricesOf(value: Value): Matrix[] {
  const [rows, columns] = value.shape.slice(-2) as [number, number];
  const area = rows * columns;
  const source = value.host();
  return Array.from({ length: numelOf(value.shape.slice(0, -2)) }, (_, i) => ({ rows, columns, data: Float64Array.from(source.subarray(i * area, (i + 1) * area)) }));
}

/** Matrices, or numbers, one after the other as a value. */
export function stackedAs(call: KernelCall, output: number, parts: readonly (Matrix | readonly number[])[]): Value {
  const declared = call.outputs[output] as KernelCall['outputs'][number];
  const elements = allocate(declared.dtype, numelOf(declared.shape));
  let to = 0;
  for (const part of parts) for (const x of 'data' in part ? part.data : part) elements[to++] = x;
  return Value.computed(elements, declared.shape, declared.dtype);
}

export const singular = (call: KernelCall): EvaluationError => new EvaluationError('invalid-argument', `${call.op}: a matrix is singular, so there is no solution`);

/** A matrix of each. */
const each = (name: string, operation: (a: Matrix, call: KernelCall) => Matrix): Kernel => (call) =>
  stackedAs(call, 0, matricesOf(call.args.tensor(name).to(call.dtype)).map((a) => operation(a, call)));
/** A number of each. */
const number = (operation: (a: Matrix, call: KernelCall) => number): Kernel => (call) => stackedAs(call, 0, matricesOf(call.args.tensor('A', 'input').to('float32')).map((a) => [operation(a, call)]));

const inv = (a: Matrix, call: KernelCall): Matrix => inverse(a) ?? (() => { throw singular(call); })();

/** The result, and zeros that say that all went well. */
const withInfo = (kernel: Kernel): Kernel => (call) => [kernel(call) as Value, Value.filled(0, call.outputs[1]?.shape ?? [], 'int32')];

/** Left and right sides under one batch; a vector is a column. */
export function systemOf(call: KernelCall, aName: string, bName: string): { readonly as: Matrix[]; readonly bs: Matrix[]; readonly vector: boolean } {
  const [a, b] = [call.args.tensor(aName).to(call.dtype), call.args.tensor(bName).to(call.dtype)];
  const own = a.shape.slice(0, -1);
  const vector = b.shape.length === 1 || (b.shape.length === own.length && b.shape.every((size, i) => size === own[i]));
  const column = vector ? b.reshaped([...b.shape, 1]) : b;
  const width = vector ? 1 : call.shape.at(-1) as number;
  const batch = vector ? call.shape.slice(0, -1) : call.shape.slice(0, -2);
  return {
    as: matricesOf(expandTo(a, [...batch, ...a.shape.slice(-2)])),
    bs: matricesOf(expandTo(column, [...batch, column.shape.at(-2) as number, vector ? 1 : width === column.shape.at(-1) ? width : column.shape.at(-1) as number])), vector,
  };
}

/** A X = B, or X A = B. https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve.html */
const solveKernel: Kernel = (call) => {
  const { as, bs, vector } = systemOf(call, 'A', 'B');
  const left = vector || call.args.bool('left', true);
  return stackedAs(call, 0, as.map((a, i) => {
    const b = bs[i] as Matrix;
    const x = left ? solve(a, b) : solve(transpose(a), transpose(b));
    if (!x) throw singular(call);
    return left ? x : transpose(x);
  }));
};

function triangular(a: Matrix, b: Matrix, upper: boolean, left: boolean, unit: boolean): Matrix {
  return left ? solveTriangular(a, b, upper, unit) : transpose(solveTriangular(transpose(a), transpose(b), !upper, unit));
}

const solveTriangularKernel: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = systemOf(call, 'A', 'B');
  return stackedAs(call, 0, as.map((a, i) => triangular(a, bs[i] as Matrix, args.bool('upper'), args.bool('left', true), args.bool('unitriangular'))));
};

const oldTriangularSolve: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = systemOf(call, 'A', 'b');
  const [upper, turned] = [args.bool('upper', true), args.bool('transpose')];
  return [stackedAs(call, 0, as.map((a, i) => triangular(turned ? transpose(a) : a, bs[i] as Matrix, upper !== turned, true, args.bool('unitriangular')))), stackedAs(call, 1, as)];
};

/** From the factor's triangle. */
const lowerOf = (factor: Matrix, upper: boolean): Matrix => (upper ? transpose(triangle(factor, true)) : triangle(factor, false));

const choleskySolve: Kernel = (call) => {
  const { as, bs } = systemOf(call, 'L', 'B');
  return stackedAs(call, 0, as.map((factor, i) => {
    const lower = lowerOf(factor, call.args.bool('upper'));
    return solveTriangular(transpose(lower), solveTriangular(lower, bs[i] as Matrix, false), true);
  }));
};

const choleskyInverse = each('A', (factor, call) => {
  const lower = lowerOf(factor, call.args.bool('upper'));
  return solveTriangular(transpose(lower), solveTriangular(lower, identity(lower.rows), false), true);
});

const choleskyOf = each('A', (a, call) => {
  const lower = cholesky(call.args.bool('upper') ? transpose(a) : a);
  if (!lower) throw new EvaluationError('invalid-argument', `${call.op}: a matrix is not positive definite`);
  return call.args.bool('upper') ? transpose(lower) : lower;
});

/** Where a matrix is not positive definite: which leading part is not, and no numbers. */
const choleskyEx: Kernel = (call) => {
  const upper = call.args.bool('upper');
  const results = matricesOf(call.args.tensor('A').to(call.dtype)).map((given) => {
    const a = upper ? transpose(given) : given;
    const lower = cholesky(a);
    if (lower) return { factor: upper ? transpose(lower) : lower, info: 0 };
    call.note(`${call.op}: where info is not 0 the factor is NaN`);
    let info = 1;
    while (cholesky(resized(a, info, info))) info++;
    return { factor: matrix(a.rows, a.rows, () => NaN), info };
  });
  return [stackedAs(call, 0, results.map(({ factor }) => factor)), stackedAs(call, 1, results.map(({ info }) => [info]))];
};

const luSolve: Kernel = (call) => {
  const { args } = call;
  const { as, bs } = systemOf(call, 'LU', 'B');
  const pivots = args.tensor('pivots').host();
  const adjoint = args.bool('adjoint');
  return stackedAs(call, 0, as.map((lu, i) => {
    const exchanges = Array.from({ length: lu.rows }, (_, k) => (pivots[(i * lu.rows + k) % pivots.length] as number) - 1);
    const solved = (b: Matrix, turned: boolean): Matrix => {
      if (!turned) return solveFactored({ lu, pivots: exchanges }, b);
      const inner = solveTriangular(transpose(lu), solveTriangular(transpose(lu), b, false), true, true);
      return solveFactored({ lu: identity(lu.rows), pivots: [] }, undoExchanges(inner, exchanges));
    };
    const left = args.bool('left', true);
    return left ? solved(bs[i] as Matrix, adjoint) : transpose(solved(transpose(bs[i] as Matrix), !adjoint));
  }));
};

function undoExchanges(x: Matrix, exchanges: readonly number[]): Matrix {
  const order = Array.from({ length: x.rows }, (_, i) => i);
  exchanges.forEach((other, k) => { [order[k], order[other]] = [order[other] as number, order[k] as number]; });
  const result = matrix(x.rows, x.columns);
  order.forEach((to, from) => { for (let column = 0; column < x.columns; column++) result.data[to * x.columns + column] = at(x, from, column); });
  return result;
}

/** The inverse of what has one: singular values that are too small count as 0. */
export function pseudoInverse(a: Matrix, absolute: number, relative: number): Matrix {
  const { U, S, V } = factorSVD(a);
  const least = Math.max(absolute, relative * (S[0] ?? 0));
  return multiply(matrix(V.rows, V.columns, (row, column) => ((S[column] as number) > least ? at(V, row, column) / (S[column] as number) : 0)), transpose(U));
}

/** Where neither tolerance is given, the relative one is float32's epsilon times the larger size. */
export function tolerances({ args }: KernelCall, a: Matrix): [number, number] {
  const absolute = args.optionalNumber('atol') ?? args.optionalNumber('tol');
  const relative = args.optionalNumber('rtol') ?? args.optionalNumber('rcond');
  return [absolute ?? 0, relative ?? (absolute !== null && absolute > 0 ? 0 : Math.max(a.rows, a.columns) * 2 ** -23)];
}

/** With `hermitian` only the lower triangle is looked at. */
const pinv = each('A', (a, call) => pseudoInverse(call.args.bool('hermitian') ? matrix(a.rows, a.rows, (row, column) => at(a, Math.max(row, column), Math.min(row, column))) : a, ...tolerances(call, a)));

/** The shortest of the best solutions; what the driver gives besides is told by the traced shapes. https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html */
const lstsq: Kernel = (call) => {
  const { as, bs } = systemOf(call, 'A', 'B');
  const solutions = as.map((a, i) => multiply(pseudoInverse(a, ...tolerances(call, a)), bs[i] as Matrix));
  const values = as.map((a) => factorSVD(a).S);
  const ranks = as.map((a, i) => {
    const [absolute, relative] = tolerances(call, a);
    const S = values[i] as readonly number[];
    return [S.filter((value) => value > Math.max(absolute, relative * (S[0] as number))).length];
  });
  const residuals = as.map((a, i) => {
    const [product, b] = [multiply(a, solutions[i] as Matrix), bs[i] as Matrix];
    return Array.from({ length: b.columns }, (_, column) => { let sum = 0; for (let row = 0; row < b.rows; row++) sum += (at(product, row, column) - at(b, row, column)) ** 2; return sum; });
  });
  return [solutions, residuals, ranks, values].map((parts, output) => stackedAs(call, output, call.outputs[output]?.shape.includes(0) ? [] : parts));
};

const slogdet: Kernel = (call) => {
  const parts = matricesOf(call.args.tensor('A').to('float32')).map(signedLogDeterminant);
  return [stackedAs(call, 0, parts.map(({ sign }) => [sign])), stackedAs(call, 1, parts.map(({ log }) => [log]))];
};

const matrixPower = each('A', (a, call) => { const n = call.args.int('n'); return n < 0 ? power(inv(a, call), -n) : power(a, n); });

/** Over two dims. https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html */
export function matrixNorm(a: Matrix, order: number | string): number {
  const sums = (b: Matrix): number[] => Array.from({ length: b.rows }, (_, row) => b.data.subarray(row * b.columns, (row + 1) * b.columns).reduce((total, x) => total + Math.abs(x), 0));
  switch (order) {
    case 'fro': return Math.sqrt(a.data.reduce((total, x) => total + x * x, 0));
    case 'nuc': return factorSVD(a).S.reduce((total, x) => total + x, 0);
    case 2: return factorSVD(a).S[0] ?? 0;
    case -2: return factorSVD(a).S.at(-1) ?? 0;
    case 1: return Math.max(...sums(transpose(a)));
    case -1: return Math.min(...sums(transpose(a)));
    case Infinity: return Math.max(...sums(a));
    case -Infinity: return Math.min(...sums(a));
    default: throw new EvaluationError('unsupported-argument', `a matrix norm of order ${order} is not defined`);
  }
}

export function orderOf({ args }: KernelCall, name: string, otherwise: number | string): number | string {
  const raw = args.raw(name);
  return raw === undefined ? otherwise : typeof raw === 'string' ? raw : args.number(name);
}

export const matrixNormKernel: Kernel = (call) => {
  const input = call.args.tensor('A', 'input').to(call.dtype);
  const rank = input.shape.length;
  const dims = (call.args.optionalInts('dim') ?? [-2, -1]).map((dim) => dimOf(dim, rank));
  const moved = permute(input, [...[...input.shape.keys()].filter((dim) => !dims.includes(dim)), ...dims]);
  const order = orderOf(call, 'ord', 'fro');
  return stackedAs(call, 0, matricesOf(moved).map((a) => [matrixNorm(a, order)]));
};

const condition = number((a, call) => {
  const order = orderOf(call, 'p', 2);
  if (order === 2 || order === -2) {
    const { S } = factorSVD(a);
    const ratio = (S[0] as number) / (S.at(-1) as number);
    return order === 2 ? ratio : 1 / ratio;
  }
  return matrixNorm(a, order) * matrixNorm(inv(a, call), order);
});

const rank: Kernel = (call) => {
  const given = matricesOf(call.args.tensor('A').to('float32'));
  return stackedAs(call, 0, given.map((a) => {
    const [absolute, relative] = tolerances(call, a);
    const { S } = factorSVD(a);
    return [S.filter((value) => value > Math.max(absolute, relative * (S[0] as number))).length];
  }));
};

const tensorSolve: Kernel = (call) => {
  const { args, dtype, shape } = call;
  const [whole, b] = [args.tensor('A').to(dtype), args.tensor('B').to(dtype)];
  const last = (args.optionalInts('dims') ?? []).map((dim) => dimOf(dim, whole.shape.length));
  const a = permute(whole, [...[...whole.shape.keys()].filter((dim) => !last.includes(dim)), ...last]);
  const n = numelOf(shape);
  const x = solve(matricesOf(a.reshaped([n, n]))[0] as Matrix, matricesOf(b.reshaped([n, 1]))[0] as Matrix);
  if (!x) throw singular(call);
  return stackedAs(call, 0, [x]);
};

const tensorInverse: Kernel = (call) => {
  const a = call.args.tensor('A').to(call.dtype);
  const n = numelOf(a.shape.slice(0, call.args.int('ind', 2)));
  return stackedAs(call, 0, [inv(matricesOf(a.reshaped([n, n]))[0] as Matrix, call)]);
};

const vander: Kernel = ({ args, shape, dtype, op }) => {
  const x = args.tensor('x').hostAs(dtype);
  const width = shape.at(-1) as number;
  const increasing = args.has('increasing') ? args.bool('increasing') : op === 'torch.linalg.vander';
  return fill(shape, dtype, (i) => (x[Math.floor(i / width)] as number) ** (increasing ? i % width : width - 1 - i % width));
};

/** Q of reflectors times another matrix. https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html */
const ormqr: Kernel = (call) => {
  const { args } = call;
  const [reflectors, others] = [matricesOf(args.tensor('input').to(call.dtype)), matricesOf(args.tensor('other').to(call.dtype))];
  const taus = args.tensor('tau');
  const length = taus.shape.at(-1) as number;
  return stackedAs(call, 0, others.map((other, i) => {
    const parts = { a: reflectors[i] as Matrix, tau: [...taus.host().subarray(i * length, (i + 1) * length)] };
    const turned = args.bool('transpose');
    return args.bool('left', true) ? applyReflections(parts, other, turned) : transpose(applyReflections(parts, transpose(other), !turned));
  }));
};

const householder: Kernel = (call) => {
  const taus = call.args.tensor('tau');
  const length = taus.shape.at(-1) as number;
  return stackedAs(call, 0, matricesOf(call.args.tensor('A').to(call.dtype)).map((a, i) =>
    applyReflections({ a, tau: [...taus.host().subarray(i * length, (i + 1) * length)] }, resized(identity(a.rows), a.rows, a.columns), false)));
};

const geqrf: Kernel = (call) => {
  const parts = matricesOf(call.args.tensor('A').to(call.dtype)).map(reflections);
  return [stackedAs(call, 0, parts.map(({ a }) => a)), stackedAs(call, 1, parts.map(({ tau }) => tau))];
};

const L = 'torch.linalg.';
export const LINEAR_ALGEBRA: KernelTable = {
  [`${L}solve`]: solveKernel, [`${L}solve_ex`]: withInfo(solveKernel), [`${L}solve_triangular`]: solveTriangularKernel, 'torch.triangular_solve': oldTriangularSolve,
  'torch.cholesky_solve': choleskySolve, 'torch.cholesky_inverse': choleskyInverse, [`${L}cholesky`]: choleskyOf, 'torch.cholesky': choleskyOf, [`${L}cholesky_ex`]: choleskyEx,
  [`${L}lu_solve`]: luSolve, 'torch.lu_solve': luSolve, [`${L}inv`]: each('A', inv), [`${L}inv_ex`]: withInfo(each('A', inv)), [`${L}pinv`]: pinv, 'torch.pinverse': pinv, [`${L}lstsq`]: lstsq,
  [`${L}det`]: number(determinant), 'torch.logdet': number((a) => { const { sign, log } = signedLogDeterminant(a); return sign < 0 ? NaN : log; }), [`${L}slogdet`]: slogdet,
  [`${L}matrix_power`]: matrixPower, [`${L}matrix_exp`]: each('A', exponential), [`${L}matrix_norm`]: matrixNormKernel, [`${L}cond`]: condition, [`${L}matrix_rank`]: rank,
  [`${L}tensorsolve`]: tensorSolve, [`${L}tensorinv`]: tensorInverse, [`${L}vander`]: vander, [`${L}householder_product`]: householder, 'torch.ormqr': ormqr, 'torch.geqrf': geqrf,
};

