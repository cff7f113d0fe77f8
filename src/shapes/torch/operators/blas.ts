/** Products of operands of fixed ranks: https://docs.pytorch.org/docs/stable/torch.html#blas-and-lapack-operations */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { requireBroadcastTo } from '../common/broadcast';
import { promoteTypes, resultType } from '../common/promotion';
import { fresh } from '../common/results';
import { dimsOf } from '../common/shape';
import { count, show, showSize } from '../common/text';
import { commonDtype, inner } from './matmul';

export function ranked(op: string, tensor: TensorValue, rank: number, context: RuleContext): readonly SymInt[] {
  const dims = dimsOf(tensor, context);
  if (dims.length !== rank) context.fail('rank-mismatch', `${op}: the operand must have ${count(rank, 'dim')}, not ${show(tensor)}`);
  return dims;
}

const product = (op: string, first: string, second: string, ranks: readonly [number, number]): Rule => (args, context) => fresh(...productOf(op, args.tensor(first), args.tensor(second), ranks, context));

function productOf(op: string, a: TensorValue, b: TensorValue, ranks: readonly [number, number], context: RuleContext): [SymInt[], Dtype | null] {
  const [x, y] = [ranked(op, a, ranks[0], context), ranked(op, b, ranks[1], context)];
  const dtype = commonDtype(op, [a, b], context);
  if (ranks[0] === 3) {
    context.requireEqual(x[0]!, y[0]!, 'matmul-size-mismatch', () => `${op}: the batch sizes differ: ${show(a)} and ${show(b)} need ${showSize(x[0]!)} == ${showSize(y[0]!)}`);
    inner(op, '@', a, b, x[2]!, y[1]!, context);
    return [[x[0]!, x[1]!, y[2]!], dtype];
  }
  inner(op, '@', a, b, x.at(-1)!, y[0]!, context);
  return [[...x.slice(0, -1), ...y.slice(1)], dtype];
}

/** beta * input + alpha * (a @ b), where input broadcasts to the product. */
const added = (op: string, first: string, second: string, ranks: readonly [number, number], shapeFor: (dims: SymInt[]) => SymInt[] = (dims) => dims): Rule => (args, context) => {
  const input = args.tensor('input');
  const [dims, dtype] = productOf(op, args.tensor(first), args.tensor(second), ranks, context);
  const result = shapeFor(dims);
  return withInput(op, input, result, dtype, context);
};

function withInput(op: string, input: TensorValue, dims: readonly SymInt[], dtype: Dtype | null, context: RuleContext): TensorResult {
  if (!input.shape.rest) requireBroadcastTo(input.shape.dims, dims, 'broadcast-mismatch', () => `${op}: the input of shape ${show(input)} does not broadcast to the product, ${show(dims)}`, context);
  return fresh(dims, dtype);
}

const addbmm = added('addbmm', 'batch1', 'batch2', [3, 3], (dims) => dims.slice(1));
/** In place it gives a smaller tensor the size of the product. */
const addbmmInPlace: Rule = (args, context) => {
  const result = addbmm(args, context);
  const { shape } = args.tensor('input');
  if (result.type === 'tensor' && !shape.rest && (shape.dims.length !== 2 || shape.dims.some((size, i) => context.equal(size, result.shape.dims[i]!) === false))) context.unknown('addbmm_ resizes its input, which is not traced');
  return result;
};

const outer = (op: string, second: string): Rule => (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor(second)];
  return fresh([ranked(op, a, 1, context)[0]!, ranked(op, b, 1, context)[0]!], resultType([a, b], context.defaultDtype));
};

const addr: Rule = (args, context) => {
  const [a, b] = [args.tensor('vec1'), args.tensor('vec2')];
  const dims = [ranked('addr', a, 1, context)[0]!, ranked('addr', b, 1, context)[0]!];
  const input = args.tensor('input');
  requireBroadcastTo(dimsOf(input, context), dims, 'broadcast-mismatch', () => `addr: the input of shape ${show(input)} does not broadcast to ${show(dims)}`, context);
  const dtype = a.dtype && b.dtype && input.dtype && promoteTypes(promoteTypes(a.dtype, b.dtype) ?? a.dtype, input.dtype);
  return fresh(dims, dtype);
};

const dot = product('dot', 'input', 'tensor', [1, 1]);

const SCALES = '*, beta=1, alpha=1';

const explain = 'contracts the inner dims';
export const rows: readonly OperationRow[] = [
  { name: 'torch.mm', signature: 'mm(input, mat2)', methods: ['mm'], variants: [{ functions: ['torch.spmm', 'torch.sparse.mm'], signature: 'spmm(input, mat2)' }], rule: product('mm', 'input', 'mat2', [2, 2]), explain },
  { name: 'torch.bmm', signature: 'bmm(input, mat2)', methods: ['bmm'], rule: product('bmm', 'input', 'mat2', [3, 3]), explain },
  { name: 'torch.mv', signature: 'mv(input, vec)', methods: ['mv'], rule: product('mv', 'input', 'vec', [2, 1]), explain },
  { name: 'torch.dot', signature: 'dot(input, tensor)', methods: ['dot'], rule: dot, explain },
  { name: 'torch.vdot', signature: 'vdot(input, other)', methods: ['vdot'], rule: product('vdot', 'input', 'other', [1, 1]), explain },
  { name: 'torch.outer', signature: 'outer(input, vec2)', functions: ['torch.ger'], methods: ['outer', 'ger'], rule: outer('outer', 'vec2'), explain: 'multiplies every element with every other' },
  { name: 'torch.addmm', signature: `addmm(input, mat1, mat2, ${SCALES})`, methods: ['addmm'], inPlace: true, rule: added('addmm', 'mat1', 'mat2', [2, 2]), explain },
  { name: 'torch.addmv', signature: `addmv(input, mat, vec, ${SCALES})`, methods: ['addmv'], inPlace: true, rule: added('addmv', 'mat', 'vec', [2, 1]), explain },
  { name: 'torch.baddbmm', signature: `baddbmm(input, batch1, batch2, ${SCALES})`, methods: ['baddbmm'], inPlace: true, rule: added('baddbmm', 'batch1', 'batch2', [3, 3]), explain },
  { name: 'torch.addbmm', signature: `addbmm(input, batch1, batch2, ${SCALES})`, methods: ['addbmm'], rule: addbmm, variants: [{ methods: ['addbmm_'], signature: `addbmm_(input, batch1, batch2, ${SCALES})`, rule: addbmmInPlace, writes: 'input' }], explain: 'contracts and adds up the batch' },
  { name: 'torch.addr', signature: `addr(input, vec1, vec2, ${SCALES})`, methods: ['addr'], inPlace: true, rule: addr, explain: 'adds an outer product' },
];
