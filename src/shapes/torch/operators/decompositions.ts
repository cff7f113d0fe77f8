/** Factors, eigenvalues and singular values of matrices: https://docs.pytorch.org/docs/stable/linalg.html */
import type { SymInt } from '../../symint/symint';
import { constant, min } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, TensorResult } from '../rule';
import { complexDtype, floats, matrices, squares } from '../common/matrix';
import type { Matrices } from '../common/matrix';
import { fresh, named, tupleOf } from '../common/results';
import { ZERO, atLeast, dimsOf } from '../common/shape';
import { show, showSize } from '../common/text';

const TYPES = 'torch.return_types.';
type Dtype = TensorResult['dtype'];

const smaller = ({ m, n }: Matrices): SymInt => min([m, n]);

/** Same shape, of square matrices. */
const square = (op: string): Rule => (args, context) => {
  const input = args.tensor('A');
  squares(op, input, context);
  return fresh(input.shape, floats(op, input, context));
};

/** With an int32 a matrix that says whether it went well. */
const checked = (op: string, field: string): Rule => (args, context) => {
  const input = args.tensor('A');
  const { batch } = squares(op, input, context);
  return named(`${TYPES}${op.replace(/^linalg\./, 'linalg_')}`, { [field]: fresh(input.shape, floats(op, input, context)), info: fresh(batch, 'int32') });
};

const eigen = (op: string, symmetric: boolean): Rule => (args, context) => {
  const input = args.tensor('A');
  const { batch, n } = squares(op, input, context);
  const dtype = floats(op, input, context);
  const values = fresh([...batch, n], symmetric ? dtype && realOf(dtype) : complexDtype(dtype, context));
  if (op.includes('vals')) return values;
  return named(`${TYPES}linalg_${op.slice(7)}`, { eigenvalues: values, eigenvectors: fresh(input.shape, symmetric ? dtype : complexDtype(dtype, context)) });
};

function svdParts(found: Matrices, dtype: Dtype, full: boolean): [TensorResult, TensorResult, TensorResult] {
  const { batch, m, n } = found;
  const k = smaller(found);
  // LAPACK works by columns: how the factors lie in memory is not said.
  return [fresh([...batch, m, full ? m : k], dtype, null), fresh([...batch, k], dtype && realOf(dtype)), fresh([...batch, full ? n : k, n], dtype, null)];
}

const svd: Rule = (args, context) => {
  const input = args.tensor('A');
  const [U, S, Vh] = svdParts(matrices('linalg.svd', input, context), floats('linalg.svd', input, context), args.bool('full_matrices'));
  return named(`${TYPES}linalg_svd`, { U, S, Vh });
};

/** The older form, whose third factor is not transposed. https://docs.pytorch.org/docs/stable/generated/torch.svd.html */
const oldSvd: Rule = (args, context) => {
  const input = args.tensor('A');
  const found = matrices('svd', input, context);
  const dtype = floats('svd', input, context);
  const [all, some] = [!args.bool('compute_uv') || !args.bool('some'), smaller(found)];
  return named(`${TYPES}svd`, { U: fresh([...found.batch, found.m, all ? found.m : some], dtype), S: fresh([...found.batch, some], dtype && realOf(dtype)), V: fresh([...found.batch, found.n, all ? found.n : some], dtype) });
};

const svdvals: Rule = (args, context) => {
  const input = args.tensor('A');
  const found = matrices('linalg.svdvals', input, context);
  const dtype = floats('linalg.svdvals', input, context);
  return fresh([...found.batch, smaller(found)], dtype && realOf(dtype));
};

const lowRank = (op: string): Rule => (args, context) => {
  const input = args.tensor('A');
  const { batch, m, n } = matrices(op, input, context);
  // Without q at most 6 values are computed.
  const q = args.optionalInt('q') ?? min([constant(6), m, n]);
  const mean = args.optionalTensor('M');
  if (mean && dimsOf(mean, context).length > input.shape.dims.length) context.fail('rank-mismatch', `${op}: M ${show(mean)} has more dims than ${show(input)}`);
  return tupleOf([fresh([...batch, m, q], input.dtype), fresh([...batch, q], input.dtype && realOf(input.dtype)), fresh([...batch, n, q], input.dtype)]);
};

const qr = (type: string): Rule => (args, context) => {
  const input = args.tensor('A');
  const found = matrices('qr', input, context);
  const dtype = floats('qr', input, context);
  const mode = args.has('mode') ? args.string('mode') : args.bool('some') ? 'reduced' : 'complete';
  const k = smaller(found);
  const whole = mode === 'complete';
  const Q = mode === 'r' ? fresh([ZERO], dtype) : fresh([...found.batch, found.m, whole ? found.m : k], dtype);
  return named(`${TYPES}${type}`, { Q, R: fresh([...found.batch, whole ? found.m : k, found.n], dtype) });
};

const lu: Rule = (args, context) => {
  const input = args.tensor('A');
  const found = matrices('linalg.lu', input, context);
  const { batch, m, n } = found;
  const k = smaller(found);
  return named(`${TYPES}linalg_lu`, { P: fresh(args.bool('pivot') ? [...batch, m, m] : [ZERO], input.dtype), L: fresh([...batch, m, k], input.dtype), U: fresh([...batch, k, n], input.dtype) });
};

const luFactor = (withInfo: boolean): Rule => (args, context) => {
  const input = args.tensor('A');
  const found = matrices('linalg.lu_factor', input, context);
  const parts = { LU: fresh(input.shape, floats('linalg.lu_factor', input, context)), pivots: fresh([...found.batch, smaller(found)], 'int32') };
  return named(`${TYPES}linalg_lu_factor${withInfo ? '_ex' : ''}`, withInfo ? { ...parts, info: fresh(found.batch, 'int32') } : parts);
};

const ldl = (withInfo: boolean): Rule => (args, context) => {
  const input = args.tensor('A');
  const { batch, n } = squares('linalg.ldl_factor', input, context);
  const parts = { LD: fresh(input.shape, input.dtype), pivots: fresh([...batch, n], 'int32') };
  return named(`${TYPES}linalg_ldl_factor${withInfo ? '_ex' : ''}`, withInfo ? { ...parts, info: fresh(batch, 'int32') } : parts);
};

const luUnpack: Rule = (args, context) => {
  const input = args.tensor('LU_data');
  const found = matrices('lu_unpack', input, context);
  const { batch, m, n } = found;
  const k = smaller(found);
  const [data, pivots] = [args.bool('unpack_data'), args.bool('unpack_pivots')];
  return named(`${TYPES}lu_unpack`, { P: fresh(pivots ? [...batch, m, m] : [ZERO], input.dtype), L: fresh(data ? [...batch, m, k] : [ZERO], input.dtype), U: fresh(data ? [...batch, k, n] : [ZERO], input.dtype) });
};

/** Reflectors that make the first columns of an orthogonal matrix. */
const householder: Rule = (args, context) => {
  const op = 'linalg.householder_product';
  const [input, tau] = [args.tensor('A'), args.tensor('tau')];
  const { batch, m, n } = matrices(op, input, context);
  const own = atLeast(op, 'tau', tau, 1, context);
  if (context.lessEqual(n, m) === false) context.fail('matrix-size-mismatch', `${op}: the matrices of ${show(input)} must have at least as many rows as columns, not ${showSize(m)} and ${showSize(n)}`);
  if (own.length !== batch.length + 1) context.fail('rank-mismatch', `${op}: tau ${show(tau)} must have one dim less than ${show(input)}`);
  own.slice(0, -1).forEach((size, i) => context.requireEqual(size, batch[i]!, 'matrix-size-mismatch', () => `${op}: the batch dims of ${show(input)} and tau ${show(tau)} differ`));
  if (context.lessEqual(own.at(-1)!, n) === false) context.fail('matrix-size-mismatch', `${op}: tau ${show(tau)} has more elements than the matrices of ${show(input)} have columns`);
  return fresh(input.shape, input.dtype);
};

const ormqr: Rule = (args, context) => {
  const [input, tau, other] = [args.tensor('input'), args.tensor('tau'), args.tensor('other')];
  const [a, b] = [matrices('ormqr', input, context), matrices('ormqr', other, context)];
  const own = atLeast('ormqr', 'tau', tau, 1, context);
  const side = args.bool('left') ? b.m : b.n;
  if (own.length !== a.batch.length + 1) context.fail('rank-mismatch', `ormqr: tau ${show(tau)} must have one dim less than ${show(input)}`);
  if (b.batch.length !== a.batch.length) context.fail('rank-mismatch', `ormqr: ${show(input)} and other ${show(other)} must have as many dims`);
  context.requireEqual(own.at(-1)!, min([side, a.n]), 'matrix-size-mismatch', () => `ormqr: tau ${show(tau)} must have ${showSize(min([side, a.n]))} elements, for ${show(input)} and other ${show(other)}`);
  context.requireEqual(side, a.m, 'matrix-size-mismatch', () => `ormqr: other ${show(other)} must have ${showSize(a.m)} ${args.bool('left') ? 'rows' : 'columns'}, as ${show(input)} has rows`);
  a.batch.forEach((size, i) => {
    context.requireEqual(size, own[i]!, 'matrix-size-mismatch', () => `ormqr: the batch dims of ${show(input)} and tau ${show(tau)} differ`);
    context.requireEqual(size, b.batch[i]!, 'matrix-size-mismatch', () => `ormqr: the batch dims of ${show(input)} and other ${show(other)} differ`);
  });
  return fresh(other.shape, other.dtype);
};

const geqrf: Rule = (args, context) => {
  const input = args.tensor('A');
  const found = matrices('geqrf', input, context);
  return named(`${TYPES}geqrf`, { a: fresh(input.shape, input.dtype), tau: fresh([...found.batch, smaller(found)], input.dtype) });
};

const explain = 'factors matrices';
const linalg = (name: string, parameters: string, rule: Rule, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.linalg.${name}`, signature: `${name}(A${parameters})`, rule, explain, ...extra });
const old = (name: string, parameters: string, rule: Rule): OperationRow => ({ name: `torch.${name}`, signature: `${name}(A${parameters})`, methods: [name], rule, explain });
export const rows: readonly OperationRow[] = [
  linalg('cholesky', ', *, upper=False', square('linalg.cholesky')), linalg('cholesky_ex', ', *, upper=False, check_errors=False', checked('linalg.cholesky_ex', 'L')),
  old('cholesky', ', upper=False', square('cholesky')), old('cholesky_inverse', ', upper=False', square('cholesky_inverse')),
  linalg('eig', '', eigen('linalg.eig', false)), linalg('eigvals', '', eigen('linalg.eigvals', false)),
  linalg('eigh', ", UPLO='L'", eigen('linalg.eigh', true)), linalg('eigvalsh', ", UPLO='L'", eigen('linalg.eigvalsh', true)),
  linalg('svd', ', full_matrices=True, *, driver=None', svd), linalg('svdvals', ', *, driver=None', svdvals),
  old('svd', ', some=True, compute_uv=True', oldSvd),
  { name: 'torch.svd_lowrank', signature: 'svd_lowrank(A, q=6, niter=2, M=None)', rule: lowRank('svd_lowrank'), explain }, { name: 'torch.pca_lowrank', signature: 'pca_lowrank(A, q=None, center=True, niter=2)', rule: lowRank('pca_lowrank'), explain },
  linalg('qr', ", mode='reduced'", qr('linalg_qr')), old('qr', ', some=True', qr('qr')), old('geqrf', '', geqrf),
  linalg('lu', ', *, pivot=True', lu), linalg('lu_factor', ', *, pivot=True', luFactor(false)), linalg('lu_factor_ex', ', *, pivot=True, check_errors=False', luFactor(true)),
  { name: 'torch.lu_unpack', signature: 'lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)', rule: luUnpack, explain },
  linalg('ldl_factor', ', *, hermitian=False', ldl(false)), linalg('ldl_factor_ex', ', *, hermitian=False, check_errors=False', ldl(true)),
  linalg('householder_product', ', tau', householder, { functions: ['torch.orgqr'], methods: ['orgqr'] }),
  { name: 'torch.ormqr', signature: 'ormqr(input, tau, other, left=True, transpose=False)', methods: ['ormqr'], rule: ormqr, explain },
  linalg('inv_ex', ', *, check_errors=False', checked('linalg.inv_ex', 'inverse')),
];
