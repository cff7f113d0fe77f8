/** Solving, inverting and measuring matrices: https://docs.pytorch.org/docs/stable/linalg.html */
import { constant } from '../../symint/symint';
import { realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { broadcastShapes } from '../common/broadcast';
import { floats, matrices, squares } from '../common/matrix';
import { resultType } from '../common/promotion';
import { fresh, named } from '../common/results';
import { dimIndex, dimsOf, removeDims, shapeOf } from '../common/shape';
import { show } from '../common/text';

export const TYPES = 'torch.return_types.';

const determinant = (op: string): Rule => (args, context) => {
  const input = args.tensor('A');
  return fresh(squares(op, input, context).batch, floats(op, input, context));
};

const slogdet: Rule = (args, context) => {
  const input = args.tensor('A');
  const { batch } = squares('slogdet', input, context);
  const dtype = floats('slogdet', input, context);
  return named(`${TYPES}slogdet`, { sign: fresh(batch, dtype), logabsdet: fresh(batch, dtype && realOf(dtype)) });
};

const sameSquare = (op: string, name = 'A'): Rule => (args, context) => {
  const input = args.tensor(name);
  squares(op, input, context);
  return fresh(input.shape, input.dtype);
};

const matrixPower: Rule = (args, context) => {
  const input = args.tensor('A');
  squares('matrix_power', input, context);
  return fresh(input.shape, input.dtype);
};

/** n by m of m by n. */
const pinv: Rule = (args, context) => {
  const input = args.tensor('A');
  const { batch, m, n } = matrices('pinv', input, context);
  const tolerances = ['atol', 'rtol', 'rcond'].flatMap((name) => (args.has(name) && args.value(name).kind === 'Tensor' ? [args.tensor(name).shape] : []));
  return fresh([...broadcastShapes([shapeOf(batch), ...tolerances], 'pinv', context).dims, n, m], floats('pinv', input, context));
};

const cross = (op: string): Rule => (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const [x, y] = [dimsOf(a, context), dimsOf(b, context)];
  if (x.length !== y.length) context.fail('rank-mismatch', `${op}: both tensors must have as many dims, not ${show(a)} and ${show(b)}`);
  const shape = broadcastShapes([a.shape, b.shape], op, context);
  const three = constant(3);
  const dim = args.has('dim') ? args.number('dim') : x.findIndex((size) => size.value === 3);
  if (!args.has('dim') && dim < 0) {
    if (x.every((size) => context.equal(size, three) === false)) context.fail('cross-size-mismatch', `${op}: no dim of ${show(a)} has size 3`);
    return context.unknown('which dim of cross has size 3 is not known');
  }
  if (x.length === 0) context.fail('dim-out-of-range', `${op}: tensors of 0 dims have no dim ${dim}`);
  for (const tensor of [a, b]) {
    const size = tensor.shape.dims[dimIndex(tensor.shape, dim, op, context)]!;
    context.requireEqual(size, three, 'cross-size-mismatch', () => `${op}: dim ${dim} of both tensors must have size 3: ${show(a)} and ${show(b)}`);
  }
  return fresh(shape, resultType([a, b], context.defaultDtype));
};

/** Along a dim, broadcast. https://docs.pytorch.org/docs/stable/generated/torch.linalg.vecdot.html */
const vecdot: Rule = (args, context) => {
  const [a, b] = [args.tensor('x'), args.tensor('y')];
  const shape = broadcastShapes([a.shape, b.shape], 'linalg.vecdot', context);
  return fresh(removeDims(shape, [dimIndex(shape, args.number('dim'), 'linalg.vecdot', context)]), resultType([a, b], context.defaultDtype));
};

const explain = 'works on matrices';
export const linalg = (name: string, parameters: string, rule: Rule, extra: Partial<OperationRow> = {}): OperationRow => ({ name: `torch.linalg.${name}`, signature: `${name}(${parameters})`, rule, explain, ...extra });
const alias = (...names: readonly string[]): Partial<OperationRow> => ({ functions: names.map((name) => `torch.${name}`), methods: names });
export const rows: readonly OperationRow[] = [
  linalg('det', 'A', determinant('det'), alias('det')), { name: 'torch.logdet', signature: 'logdet(A)', methods: ['logdet'], rule: determinant('logdet'), explain },
  linalg('slogdet', 'A', slogdet, alias('slogdet')),
  linalg('inv', 'A', sameSquare('linalg.inv'), alias('inverse')), linalg('matrix_power', 'A, n', matrixPower, alias('matrix_power')), linalg('matrix_exp', 'A', sameSquare('linalg.matrix_exp'), alias('matrix_exp')),
  linalg('pinv', 'A, *, atol=None, rtol=None, hermitian=False', pinv, { signature: ['pinv(A, *, atol=None, rtol=None, hermitian=False)', 'pinv(A, rcond, hermitian=False)'] }),
  { name: 'torch.pinverse', signature: 'pinverse(A, rcond=1e-15)', methods: ['pinverse'], rule: pinv, explain },
  linalg('cross', 'input, other, *, dim=-1', cross('linalg.cross')), { name: 'torch.cross', signature: 'cross(input, other, dim=None)', methods: ['cross'], rule: cross('cross'), explain },
  linalg('vecdot', 'x, y, *, dim=-1', vecdot),
];
