/**
 * Quantized tensors and what imitates them: https://docs.pytorch.org/docs/stable/quantization.html.
 * The dtypes of quantized tensors are none that the engine knows: such a tensor has a shape alone.
 */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh } from '../common/results';
import { ZERO, dimIndex, dimsOf } from '../common/shape';
import { show, showSize } from '../common/text';

/** A scale and a zero point for each index along one dim. */
const perChannel = (op: string, scale: string, offset: string, then: Rule): Rule => (args, context) => {
  const input = args.tensor('input');
  const size = dimsOf(input, context)[dimIndex(input.shape, args.number('axis'), op, context)] ?? ZERO;
  for (const name of [scale, offset]) {
    const given = args.tensor(name);
    const [count = ZERO] = dimsOf(given, context);
    context.requireEqual(count, size, 'channels-mismatch', () => `${op}: ${name} ${show(given)} must have ${showSize(size)} elements, as many as ${show(input)} has along axis`);
  }
  return then(args, context);
};

const same: Rule = (args) => fresh(args.tensor('input').shape, args.tensor('input').dtype);
const quantized: Rule = (args) => fresh(args.tensor('input').shape, null);

export const rows: readonly OperationRow[] = [
  { name: 'torch.fake_quantize_per_tensor_affine', signature: 'fake_quantize_per_tensor_affine(input, scale, zero_point, quant_min, quant_max)', rule: same, explain: 'rounds as a quantized tensor would' },
  { name: 'torch.fake_quantize_per_channel_affine', signature: 'fake_quantize_per_channel_affine(input, scale, zero_point, axis, quant_min, quant_max)', rule: perChannel('fake_quantize_per_channel_affine', 'scale', 'zero_point', same), explain: 'rounds as a quantized tensor would' },
  { name: 'torch.quantize_per_tensor', signature: 'quantize_per_tensor(input, scale, zero_point, dtype)', rule: quantized, explain: 'quantizes' },
  { name: 'torch.quantize_per_tensor_dynamic', signature: 'quantize_per_tensor_dynamic(input, dtype, reduce_range)', rule: quantized, explain: 'quantizes' },
  { name: 'torch.quantize_per_channel', signature: 'quantize_per_channel(input, scales, zero_points, axis, dtype)', rule: perChannel('quantize_per_channel', 'scales', 'zero_points', quantized), explain: 'quantizes' },
  { name: 'torch.dequantize', signature: 'dequantize(input)', methods: ['dequantize'], rule: (args) => fresh(args.tensor('input').shape, 'float32'), explain: 'gives the numbers that were quantized' },
  { name: 'torch.int_repr', signature: 'int_repr(input)', methods: ['int_repr'], rule: quantized, explain: 'gives the integers that are stored' },
];
