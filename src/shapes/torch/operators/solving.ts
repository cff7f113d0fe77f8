/** Systems of linear equations: https://docs.pytorch.org/docs/stable/linalg.html#solvers */
import type { SymInt } from '../../symint/symint';
import { min } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { broadcastDims } from '../common/broadcast';
import { matrices, squares } from '../common/matrix';
import { fresh, named } from '../common/results';
import { ONE, ZERO, atLeast, dimIndex, dimsOf, numelOf, shapeOf } from '../common/shape';
import { show, showSize } from '../common/text';
import { TYPES, linalg } from './linear-algebra';

/** A X = B, where B may be a vector or a batch of them. https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve.html */
const solve = (withInfo: boolean): Rule => (args, context) => {
  const op = 'linalg.solve';
  const [a, b] = [args.tensor('A'), args.tensor('B')];
  const found = squares(op, a, context);
  const right = atLeast(op, 'B', b, 1, context);
  const vector = right.length === 1 || (right.length === found.batch.length + 1 && right.every((size, i) => context.equal(size, [...found.batch, found.n][i]!) === true));
  const left = args.bool('left');
  const side = vector ? right.at(-1)! : right.at(left ? -2 : -1)!;
  context.requireEqual(side, found.n, 'solve-size-mismatch', () => `${op}: the matrices of A ${show(a)} are ${showSize(found.n)} by ${showSize(found.n)}, so B ${show(b)} must have ${showSize(found.n)} ${left ? 'rows' : 'columns'}, not ${showSize(side)}`);
  const batch = broadcastDims(found.batch, right.slice(0, vector ? -1 : -2), op, context);
  const result = fresh([...batch, ...right.slice(vector ? -1 : -2)], a.dtype, null);
  return withInfo ? named(`${TYPES}linalg_solve_ex`, { result, info: fresh(found.batch, 'int32') }) : result;
};

function solved(op: string, a: ReturnType<typeof squares>, b: ReturnType<typeof matrices>, left: boolean, context: RuleContext): SymInt[] {
  const side = left ? b.m : b.n;
  context.requireEqual(side, a.n, 'solve-size-mismatch', () => `${op}: a system of ${showSize(a.n)} by ${showSize(a.n)} matrices needs a right side with ${showSize(a.n)} ${left ? 'rows' : 'columns'}, not ${showSize(side)}`);
  return [...broadcastDims(a.batch, b.batch, op, context), b.m, b.n];
}

const solveTriangular: Rule = (args, context) => {
  const op = 'linalg.solve_triangular';
  const [a, b] = [args.tensor('A'), args.tensor('B')];
  return fresh(solved(op, squares(op, a, context), matrices(op, b, context), args.bool('left'), context), a.dtype, null);
};

const triangularSolve: Rule = (args, context) => {
  const op = 'triangular_solve';
  const [a, b] = [args.tensor('A'), args.tensor('b')];
  const right = matrices(op, b, context);
  const left = squares(op, a, context);
  const dims = solved(op, left, right, true, context);
  return named(`${TYPES}triangular_solve`, { solution: fresh(dims, b.dtype), cloned_coefficient: fresh([...dims.slice(0, -2), left.m, left.n], a.dtype) });
};

const choleskySolve: Rule = (args, context) => {
  const [b, l] = [args.tensor('B'), args.tensor('L')];
  return fresh(solved('cholesky_solve', squares('cholesky_solve', l, context), matrices('cholesky_solve', b, context), true, context), b.dtype);
};

const luSolve: Rule = (args, context) => {
  const op = 'linalg.lu_solve';
  const [lu, pivots, b] = [args.tensor('LU'), args.tensor('pivots'), args.tensor('B')];
  const found = squares(op, lu, context);
  const own = atLeast(op, 'pivots', pivots, 1, context);
  const wanted = [...found.batch, found.n];
  const message = (): string => `${op}: the pivots must have the shape ${show(wanted)} for LU ${show(lu)}, not ${show(pivots)}`;
  if (own.length !== wanted.length) context.fail('solve-size-mismatch', message());
  own.forEach((size, i) => context.requireEqual(size, wanted[i]!, 'solve-size-mismatch', message));
  return fresh(solved(op, found, matrices(op, b, context), args.bool('left'), context), lu.dtype);
};

const ldlSolve: Rule = (args, context) => {
  const op = 'linalg.ldl_solve';
  const [ld, b] = [args.tensor('LD'), args.tensor('B')];
  return fresh(solved(op, squares(op, ld, context), matrices(op, b, context), true, context), ld.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html */
const lstsq: Rule = (args, context) => {
  const op = 'linalg.lstsq';
  const [a, b] = [args.tensor('A'), args.tensor('B')];
  const { batch, m, n } = matrices(op, a, context);
  const right = atLeast(op, 'B', b, 1, context);
  const vector = right.length === batch.length + 1;
  const rows = right.at(vector ? -1 : -2)!;
  context.requireEqual(rows, m, 'solve-size-mismatch', () => `${op}: A ${show(a)} has ${showSize(m)} rows, so B ${show(b)} must have as many, not ${showSize(rows)}`);
  const both = broadcastDims(batch, right.slice(0, vector ? -1 : -2), op, context);
  const solution = [...both, n, ...(vector ? [] : [right.at(-1)!])];
  const driver = args.has('driver') ? args.string('driver') : 'gelsy';
  const full = driver !== 'gelsy';
  const over = context.lessEqual(m, n) === false;
  const ranked = driver !== 'gels';
  // Of matrices of full rank only, which is in their values.
  if (over && full && driver !== 'gels' && batch.length > 0) return context.unknown('whether there are residuals is in the values of the matrices');
  const residuals = over && driver === 'gels' ? [...both, ...(vector ? [ONE] : [right.at(-1)!])] : [ZERO];
  return named(`${TYPES}linalg_lstsq`, {
    solution: fresh(solution, a.dtype), residuals: over && full && driver !== 'gels' ? fresh([context.fresh('n', 'the residuals, of matrices of full rank only')], a.dtype && realOf(a.dtype)) : fresh(residuals, a.dtype && realOf(a.dtype)),
    rank: fresh(ranked ? batch : [ZERO], 'int64'), singular_values: fresh(ranked && full ? [...batch, min([m, n])] : [ZERO], a.dtype && realOf(a.dtype)),
  });
};

const tensorSolve: Rule = (args, context) => {
  const op = 'linalg.tensorsolve';
  const [a, b] = [args.tensor('A'), args.tensor('B')];
  let dims = dimsOf(a, context);
  const moved = (args.optionalDims('dims') ?? []).map((dim) => dimIndex(shapeOf(dims), dim, op, context));
  dims = [...dims.filter((_, i) => !moved.includes(i)), ...moved.map((i) => dims[i]!)];
  const rest = dims.slice(dimsOf(b, context).length);
  const first = dims.slice(0, dimsOf(b, context).length);
  context.requireEqual(numelOf(rest), numelOf(first), 'solve-size-mismatch', () => `${op}: A ${show(a)} must be square when split after the ${dimsOf(b, context).length} dims of B ${show(b)}: ${showSize(numelOf(first))} and ${showSize(numelOf(rest))} elements`);
  return fresh(rest, a.dtype);
};

const tensorInv: Rule = (args, context) => {
  const a = args.tensor('A');
  const dims = dimsOf(a, context);
  const ind = args.number('ind');
  return fresh([...dims.slice(ind), ...dims.slice(0, ind)], a.dtype);
};

const explain = 'works on matrices';
export const rows: readonly OperationRow[] = [
  linalg('solve', 'A, B, *, left=True', solve(false)), linalg('solve_ex', 'A, B, *, left=True, check_errors=False', solve(true)),
  linalg('solve_triangular', 'A, B, *, upper, left=True, unitriangular=False', solveTriangular),
  { name: 'torch.triangular_solve', signature: 'triangular_solve(b, A, upper=True, transpose=False, unitriangular=False)', methods: ['triangular_solve'], rule: triangularSolve, explain },
  { name: 'torch.cholesky_solve', signature: 'cholesky_solve(B, L, upper=False)', methods: ['cholesky_solve'], rule: choleskySolve, explain },
  linalg('lu_solve', 'LU, pivots, B, *, left=True, adjoint=False', luSolve), { name: 'torch.lu_solve', signature: 'lu_solve(B, LU, pivots, *, left=True)', methods: ['lu_solve'], rule: luSolve, explain },
  linalg('ldl_solve', 'LD, pivots, B, *, hermitian=False', ldlSolve),
  linalg('lstsq', 'A, B, rcond=None, *, driver=None', lstsq), linalg('tensorsolve', 'A, B, dims=None', tensorSolve), linalg('tensorinv', 'A, ind=2', tensorInv),
];
