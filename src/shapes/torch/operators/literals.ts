/** Tensors from data written in the code: https://docs.pytorch.org/docs/stable/generated/torch.tensor.html */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { literalOf } from '../common/literal';
import { fresh, itself } from '../common/results';
import { shapeOf } from '../common/shape';

const tensor: Rule = (args, context) => {
  const data = args.value('data');
  if (data.kind === 'Tensor') return fresh(data.shape, args.optionalDtype('dtype') ?? data.dtype);
  const { dims, dtype } = literalOf(data, context);
  return fresh(shapeOf(dims), args.optionalDtype('dtype') ?? dtype);
};

/** Data that is a tensor already is not copied. */
const asTensor: Rule = (args, context) => {
  const data = args.value('data');
  const dtype = args.optionalDtype('dtype');
  return data.kind === 'Tensor' && (dtype === null || dtype === data.dtype) ? itself(data) : tensor(args, context);
};

const explain = 'makes a tensor of the data';
export const rows: readonly OperationRow[] = [
  { name: 'torch.tensor', signature: 'tensor(data, *, dtype=None, **options)', rule: tensor, explain },
  { name: 'torch.as_tensor', signature: 'as_tensor(data, dtype=None, device=None)', rule: asTensor, explain },
  { name: 'torch.asarray', signature: 'asarray(data, *, dtype=None, **options)', rule: asTensor, explain },
  { name: 'torch.scalar_tensor', signature: 'scalar_tensor(data, *, dtype=None, **options)', rule: (args, context) => fresh([], args.optionalDtype('dtype') ?? context.defaultDtype), explain },
  { name: 'torch.Tensor.new_tensor', signature: 'new_tensor(input, data, *, dtype=None, **options)', rule: (args, context) => {
    const data = args.value('data');
    const found = data.kind === 'Tensor' ? null : literalOf(data, context);
    return fresh(found ? shapeOf(found.dims) : args.tensor('data').shape, args.optionalDtype('dtype') ?? args.tensor('input').dtype);
  }, explain },
];
