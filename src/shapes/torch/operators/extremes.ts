/** Greatest, smallest and middle elements, with their positions: https://docs.pytorch.org/docs/stable/torch.html#reduction-ops */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { reducedShape, requireElements } from '../common/reduce';
import { fresh, named } from '../common/results';
import { ONE, dimIndex } from '../common/shape';
import { show, showSize } from '../common/text';
import { binaryDtype, operands, pointwise } from './pointwise-binary';
import type { DtypeRule } from './reductions';
import { row, same } from './reductions';

/** The value and its position along a dim, or of all elements only the value. */
const withIndices = (op: string, needsElements = true, dtype: DtypeRule = same): Rule => (args, context) => {
  const input = args.tensor('input');
  const dim = args.optionalNumber('dim');
  if (needsElements) requireElements(input.shape, dim === null ? null : [dim], op, context);
  const result = dtype(input.dtype, args, context);
  if (dim === null) return fresh([], result);
  const shape = reducedShape(input.shape, [dim], args.bool('keepdim'), op, context);
  return named(`torch.return_types.${op}`, { values: fresh(shape, result), indices: fresh(shape, 'int64') });
};

/** `max(input)`, `max(input, dim)`, `max(input, other)`. https://docs.pytorch.org/docs/stable/generated/torch.max.html */
const extreme = (op: string): Rule => (args, context) => {
  if (!args.has('other')) return withIndices(op)(args, context);
  const values = operands(op, args, ['input', 'other'], context);
  return pointwise(op, values, binaryDtype('promote', values, context), context);
};

const kthvalue: Rule = (args, context) => {
  const input = args.tensor('input');
  const dim = args.number('dim');
  const size = input.shape.dims[dimIndex(input.shape, dim, 'kthvalue', context)] ?? ONE;
  const k = args.int('k');
  if (context.lessEqual(k, size) === false || context.lessEqual(ONE, k) === false) context.fail('index-out-of-range', `kthvalue: k = ${showSize(k)} is out of range for dim ${dim} of ${show(input)}, whose size is ${showSize(size)}`);
  const shape = reducedShape(input.shape, [dim], args.bool('keepdim'), 'kthvalue', context);
  return named('torch.return_types.kthvalue', { values: fresh(shape, input.dtype), indices: fresh(shape, 'int64') });
};

const aminmax: Rule = (args, context) => {
  const input = args.tensor('input');
  const dim = args.optionalNumber('dim');
  requireElements(input.shape, dim === null ? null : [dim], 'aminmax', context);
  const shape = reducedShape(input.shape, dim === null ? null : [dim], args.bool('keepdim'), 'aminmax', context);
  return named('torch.return_types.aminmax', { min: fresh(shape, input.dtype), max: fresh(shape, input.dtype) });
};

export const rows: readonly OperationRow[] = [
  { ...row('max', extreme('max')), signature: ['max(input)', 'max(input, dim: int, keepdim=False)', 'max(input, other: Tensor)'] },
  { ...row('min', extreme('min')), signature: ['min(input)', 'min(input, dim: int, keepdim=False)', 'min(input, other: Tensor)'] },
  row('aminmax', aminmax, 'aminmax(input, *, dim=None, keepdim=False)'),
  row('median', withIndices('median', false)), row('nanmedian', withIndices('nanmedian', false)),
  row('mode', withIndices('mode'), 'mode(input, dim=-1, keepdim=False)'),
  row('kthvalue', kthvalue, 'kthvalue(input, k, dim=-1, keepdim=False)'),
];
