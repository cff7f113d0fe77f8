/**
 * Complex matrices as real ones of twice the size, [[Re, -Im], [Im, Re]]: sums, products, inverses and all that is built of
 * them are the same there, and every singular value comes twice. https://docs.pytorch.org/docs/stable/linalg.html
 */
import { factorSVD } from '../../matrices/jacobi';
import { exponential, inverse, power, solve } from '../../matrices/lu';
import { at, matrix, transpose, type Matrix } from '../../matrices/matrix';
import { Value } from '../../value';
import type { Kernel, KernelCall, KernelTable } from '../kernel';
import { matricesOf, pseudoInverse, singular, stackedAs, systemOf, tolerances } from '../linearAlgebra';
import { partial, partsOf } from './parts';

interface ComplexMatrix { readonly re: Matrix; readonly im: Matrix }

function complexMatricesOf(value: Value): ComplexMatrix[] {
  const { re, im } = partsOf(value);
  const imaginary = matricesOf(im);
  return matricesOf(re).map((each, i) => ({ re: each, im: imaginary[i]! }));
}

function embedded({ re, im }: ComplexMatrix): Matrix {
  return matrix(2 * re.rows, 2 * re.columns, (row, column) => {
    const [i, j] = [row % re.rows, column % re.columns];
    if (row < re.rows === column < re.columns) return at(re, i, j);
    return row < re.rows ? -at(im, i, j) : at(im, i, j);
  });
}

/** Real and imaginary parts by turns, as complex elements lie. */
function elementsOf(whole: Matrix): number[] {
  const [rows, columns] = [whole.rows / 2, whole.columns / 2];
  return Array.from({ length: 2 * rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / 2 / columns), Math.floor(i / 2) % columns];
    return at(whole, i % 2 === 0 ? row : row + rows, column);
  });
}

const each = (operation: (a: Matrix, call: KernelCall) => Matrix | null): Kernel => (call) =>
  stackedAs(call, 0, complexMatricesOf(call.args.tensor('A', 'input')).map((a) => {
    const result = operation(embedded(a), call);
    if (!result) throw singular(call);
    return elementsOf(result);
  }));

const withInfo = (kernel: Kernel): Kernel => (call) => [kernel(call) as Value, Value.filled(0, call.outputs[1]?.shape ?? [], 'int32')];

const solveKernel: Kernel = (call) => {
  const [re, im] = [false, true].map((imaginary) => systemOf({ ...call, dtype: 'float32', args: partial(call.args, imaginary) }, 'A', 'B')) as [ReturnType<typeof systemOf>, ReturnType<typeof systemOf>];
  const left = re.vector || call.args.bool('left', true);
  return stackedAs(call, 0, re.as.map((_, i) => {
    const [a, b] = [embedded({ re: re.as[i]!, im: im.as[i]! }), embedded({ re: re.bs[i]!, im: im.bs[i]! })];
    const x = left ? solve(a, b) : solve(transpose(a), transpose(b));
    if (!x) throw singular(call);
    return elementsOf(left ? x : transpose(x));
  }));
};

/** Of a square matrix by elimination: what it stands for as a unit number, and the logarithm of its absolute value. */
function signAndLog({ re, im }: ComplexMatrix): { readonly sign: readonly [number, number]; readonly log: number } {
  const n = re.rows;
  const [x, y] = [re.data.slice(), im.data.slice()];
  let [a, b, log] = [1, 0, 0];
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let row = k + 1; row < n; row++) if (Math.hypot(x[row * n + k]!, y[row * n + k]!) > Math.hypot(x[best * n + k]!, y[best * n + k]!)) best = row;
    for (let column = 0; best !== k && column < n; column++) {
      for (const part of [x, y]) [part[k * n + column], part[best * n + column]] = [part[best * n + column]!, part[k * n + column]!];
    }
    if (best !== k) [a, b] = [-a, -b];
    const [p, q] = [x[k * n + k]!, y[k * n + k]!];
    const size = Math.hypot(p, q);
    if (size === 0) return { sign: [0, 0], log: -Infinity };
    [a, b, log] = [(a * p - b * q) / size, (a * q + b * p) / size, log + Math.log(size)];
    for (let row = k + 1; row < n; row++) {
      const [u, v] = [x[row * n + k]!, y[row * n + k]!];
      const [f, g] = [(u * p + v * q) / size ** 2, (v * p - u * q) / size ** 2];
      for (let column = k; column < n; column++) {
        const [s, t] = [x[k * n + column]!, y[k * n + column]!];
        x[row * n + column]! -= f * s - g * t;
        y[row * n + column]! -= f * t + g * s;
      }
    }
  }
  return { sign: [a, b], log };
}

const determinants = (call: KernelCall): ReturnType<typeof signAndLog>[] => complexMatricesOf(call.args.tensor('A', 'input')).map(signAndLog);
const determinant: Kernel = (call) => stackedAs(call, 0, determinants(call).map(({ sign, log }) => sign.map((part) => (part === 0 ? 0 : part * Math.exp(log)))));
const signAndLogs: Kernel = (call) => {
  const all = determinants(call);
  return [stackedAs(call, 0, all.map(({ sign }) => sign)), stackedAs(call, 1, all.map(({ log }) => [log]))];
};
const logDeterminant: Kernel = (call) => stackedAs(call, 0, determinants(call).map(({ sign: [a, b], log }) => [log, Math.atan2(b, a)]));

const singularValues = (a: ComplexMatrix): number[] => factorSVD(embedded(a)).S.filter((_, i) => i % 2 === 0);
const svdvals: Kernel = (call) => stackedAs(call, 0, complexMatricesOf(call.args.tensor('A', 'input')).map(singularValues));
const rank: Kernel = (call) => stackedAs(call, 0, complexMatricesOf(call.args.tensor('A', 'input')).map((a) => {
  const [absolute, relative] = tolerances(call, a.re);
  const S = singularValues(a);
  return [S.filter((value) => value > Math.max(absolute, relative * S[0]!)).length];
}));

const inv = each((a) => inverse(a));
const matrixPower = each((a, call) => {
  const n = call.args.int('n');
  const base = n < 0 ? inverse(a) : a;
  return base && power(base, Math.abs(n));
});
const pinv = each((a, call) => pseudoInverse(a, ...tolerances(call, { ...a, rows: a.rows / 2, columns: a.columns / 2 })));

const L = 'torch.linalg.';
export const COMPLEX_LINEAR_ALGEBRA: KernelTable = {
  [`${L}inv`]: inv, [`${L}inv_ex`]: withInfo(inv), [`${L}solve`]: solveKernel, [`${L}solve_ex`]: withInfo(solveKernel), [`${L}pinv`]: pinv, 'torch.pinverse': pinv,
  [`${L}matrix_power`]: matrixPower, [`${L}matrix_exp`]: each(exponential), [`${L}det`]: determinant, [`${L}slogdet`]: signAndLogs, 'torch.logdet': logDeterminant,
  [`${L}svdvals`]: svdvals, [`${L}matrix_rank`]: rank,
};
