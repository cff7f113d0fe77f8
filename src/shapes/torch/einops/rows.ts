/** The functions of einops: https://einops.rocks */
import type { Value } from '../../values/values';
import { isIntegral } from '../dtypes';
import type { Dtype } from '../../values/dtype';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { pack, parseShape, unpack } from './packing';
import { einsumRule, separate } from './products';
import { transform } from './transform';

/** The dtype that torch's reduction of that name gives. */
function reducedDtype(reduction: string, dtype: Dtype | null, context: RuleContext): Dtype | null {
  switch (reduction) {
    case 'min': case 'max': return dtype;
    case 'sum': case 'prod': return dtype && isIntegral(dtype) ? 'int64' : dtype;
    case 'any': case 'all': return dtype === 'uint8' ? 'uint8' : 'bool';
    case 'mean':
      if (dtype !== null && isIntegral(dtype)) context.fail('dtype-mismatch', `reduce: the mean of ${dtype} is not defined: convert to float before`);
      return dtype;
    default: return context.fail('argument-mismatch', `reduce: the reduction '${reduction}' is not known: it may be min, max, sum, mean, prod, any or all, or a function`);
  }
}

const reduce: Rule = (args, context) => {
  const reduction = args.value('reduction');
  // A function gets the tensor and the axes, and einops relies on it to reduce just these.
  if (reduction.kind !== 'str') return transform('reduce', args, context, () => null);
  const name = args.string('reduction');
  // How einops itself makes the two others of it.
  if (name === 'repeat' || name === 'rearrange') return transform(name, args, context);
  return transform('reduce', args, context, (dtype) => reducedDtype(name, dtype, context));
};

const explain = (bound: ReadonlyMap<string, Value>): string => {
  const pattern = bound.get('pattern');
  return pattern?.kind === 'str' && pattern.value !== null ? `by '${pattern.value}'` : 'by a pattern';
};

export const rows: readonly OperationRow[] = [
  { name: 'einops.rearrange', signature: 'rearrange(tensor, pattern, **axes_lengths)', rule: (args, context) => transform('rearrange', args, context), explain },
  { name: 'einops.repeat', signature: 'repeat(tensor, pattern, **axes_lengths)', rule: (args, context) => transform('repeat', args, context), explain },
  { name: 'einops.reduce', signature: 'reduce(tensor, pattern, reduction, **axes_lengths)', rule: reduce, explain },
  { name: 'einops.einsum', signature: 'einsum(*tensors_and_pattern, pattern=None)', rule: einsumRule, normalize: separate, explain },
  { name: 'einops.asnumpy', signature: 'asnumpy(tensor)', rule: (_args, context) => context.unknown('a NumPy array') },
  { name: 'einops.pack', signature: 'pack(tensors, pattern)', rule: pack, explain: 'puts tensors side by side' },
  { name: 'einops.unpack', signature: 'unpack(tensor, packed_shapes, pattern)', rule: unpack, explain: 'takes packed tensors apart' },
  { name: 'einops.parse_shape', signature: 'parse_shape(x, pattern)', rule: parseShape },
];
