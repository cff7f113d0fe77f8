/** QR, LU and LDL factors: https://docs.pytorch.org/docs/stable/linalg.html#matrix-decompositions */
import { min } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { floats, matrices, squares } from '../common/matrix';
import { fresh, named } from '../common/results';
import { ZERO, atLeast } from '../common/shape';
import { show, showSize } from '../common/text';
import { TYPES, linalg, old, smaller } from './decompositions';

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
export const rows: readonly OperationRow[] = [
  linalg('qr', ", mode='reduced'", qr('linalg_qr')), old('qr', ', some=True', qr('qr')), old('geqrf', '', geqrf),
  linalg('lu', ', *, pivot=True', lu), linalg('lu_factor', ', *, pivot=True', luFactor(false)), linalg('lu_factor_ex', ', *, pivot=True, check_errors=False', luFactor(true)),
  { name: 'torch.lu_unpack', signature: 'lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)', rule: luUnpack, explain },
  linalg('ldl_factor', ', *, hermitian=False', ldl(false)), linalg('ldl_factor_ex', ', *, hermitian=False, check_errors=False', ldl(true)),
  linalg('householder_product', ', tau', householder, { functions: ['torch.orgqr'], methods: ['orgqr'] }),
  { name: 'torch.ormqr', signature: 'ormqr(input, tau, other, left=True, transpose=False)', methods: ['ormqr'], rule: ormqr, explain },
];
