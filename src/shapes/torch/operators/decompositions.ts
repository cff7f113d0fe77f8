/** Factors, eigenvalues and singular values of matrices: https://docs.pytorch.org/docs/stable/linalg.html */
import type { SymInt } from '../../symint/symint';
import { constant, min } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, TensorResult } from '../rule';
import type { Matrices } from '../common/matrix';
import { complexDtype, floats, matrices, squares } from '../common/matrix';
import { fresh, named, tupleOf } from '../common/results';
import { ONE, dimsOf } from '../common/shape';
import { show } from '../common/text';

export const TYPES = 'torch.return_types.';
type Dtype = TensorResult['dtype'];
export const smaller = ({ m, n }: Matrices): SymInt => min([m, n]);

/** Same shape, of square matrices. */
const square = (op: string): Rule => (args, context) => {
  const input = args.tensor('A');
  squares(op, input, context);
  return fresh(input.shape, floats(op, input, context));
};

/** The older form hands on what has no elements, as it is. https://docs.pytorch.org/docs/stable/generated/torch.cholesky.html */
const oldCholesky: Rule = (args, context) => {
  const input = args.tensor('A');
  return input.shape.dims.some((size) => size.value === 0) ? fresh(input.shape, input.dtype) : square('cholesky')(args, context);
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
  // At most as many values as there are; without q 6 of them.
  const q = min([args.optionalInt('q') ?? constant(6), m, n]);
  const mean = args.optionalTensor('M');
  if (mean && dimsOf(mean, context).length > input.shape.dims.length) context.fail('rank-mismatch', `${op}: M ${show(mean)} has more dims than ${show(input)}`);
  return tupleOf([fresh([...batch, m, q], input.dtype), fresh([...batch, q], input.dtype && realOf(input.dtype)), fresh([...batch, n, q], input.dtype)]);
};

/** The largest eigenvalues, as many as asked for, else as many as vectors are given to start from, else one. */
const lobpcg: Rule = (args, context) => {
  const input = args.tensor('A');
  const { batch, n } = squares('lobpcg', input, context);
  const start = args.optionalTensor('X');
  const k = args.optionalInt('k') ?? (start ? dimsOf(start, context).at(-1)! : ONE);
  return tupleOf([fresh([...batch, k], input.dtype, null), fresh([...batch, n, k], input.dtype, null)]);
};

const explain = 'factors matrices';
export const linalg = (name: string, parameters: string, rule: Rule, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.linalg.${name}`, signature: `${name}(A${parameters})`, rule, explain, ...extra });
export const old = (name: string, parameters: string, rule: Rule): OperationRow => ({ name: `torch.${name}`, signature: `${name}(A${parameters})`, methods: [name], rule, explain });
export const rows: readonly OperationRow[] = [
  linalg('cholesky', ', *, upper=False', square('linalg.cholesky')), linalg('cholesky_ex', ', *, upper=False, check_errors=False', checked('linalg.cholesky_ex', 'L')),
  old('cholesky', ', upper=False', oldCholesky), old('cholesky_inverse', ', upper=False', square('cholesky_inverse')),
  linalg('eig', '', eigen('linalg.eig', false)), linalg('eigvals', '', eigen('linalg.eigvals', false)),
  linalg('eigh', ", UPLO='L'", eigen('linalg.eigh', true)), linalg('eigvalsh', ", UPLO='L'", eigen('linalg.eigvalsh', true)),
  linalg('svd', ', full_matrices=True, *, driver=None', svd), linalg('svdvals', ', *, driver=None', svdvals),
  old('svd', ', some=True, compute_uv=True', oldSvd),
  { name: 'torch.svd_lowrank', signature: 'svd_lowrank(A, q=6, niter=2, M=None)', rule: lowRank('svd_lowrank'), explain }, { name: 'torch.pca_lowrank', signature: 'pca_lowrank(A, q=None, center=True, niter=2)', rule: lowRank('pca_lowrank'), explain },
  { name: 'torch.lobpcg', signature: 'lobpcg(A, k=None, B=None, X=None, n=None, iK=None, niter=None, tol=None, largest=None, method=None, tracker=None, ortho_iparams=None, ortho_fparams=None, ortho_bparams=None)', rule: lobpcg, explain },
  linalg('inv_ex', ', *, check_errors=False', checked('linalg.inv_ex', 'inverse')),
];
