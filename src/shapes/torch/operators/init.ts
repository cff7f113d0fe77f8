/** Initializers of parameters, in place: https://docs.pytorch.org/docs/stable/nn.init.html */
import { float } from '../../values/values';
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh, value } from '../common/results';
import { show } from '../common/text';

/** The tensor keeps its shape; `least` dims are needed. */
const initialize = (op: string, least = 0, most = Infinity): Rule => (args, context) => {
  const tensor = args.tensor('tensor');
  const rank = tensor.shape.rest ? null : tensor.shape.dims.length;
  if (rank !== null && (rank < least || rank > most)) context.fail('rank-mismatch', `${op}: the tensor must have ${least === most ? '' : 'at least '}${least} dims, not ${show(tensor)}`);
  return fresh(tensor.shape, tensor.dtype);
};

const GAINS: Readonly<Record<string, number>> = { linear: 1, conv1d: 1, conv2d: 1, conv3d: 1, conv_transpose1d: 1, conv_transpose2d: 1, conv_transpose3d: 1, sigmoid: 1, tanh: 5 / 3, relu: Math.SQRT2, selu: 3 / 4 };
const gain: Rule = (args, context) => {
  const name = args.string('nonlinearity');
  if (name === 'leaky_relu') return value(float(Math.sqrt(2 / (1 + (args.float('param') ?? 0.01) ** 2))));
  return value(float(GAINS[name] ?? context.fail('argument-mismatch', `calculate_gain: '${name}' is no nonlinearity that has a gain`)));
};

const RANDOM: readonly (readonly [string, string, number?, number?])[] = [
  ['uniform_', 'a=0.0, b=1.0, generator=None'], ['normal_', 'mean=0.0, std=1.0, generator=None'], ['trunc_normal_', 'mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None'],
  ['xavier_uniform_', 'gain=1.0, generator=None', 2], ['xavier_normal_', 'gain=1.0, generator=None', 2],
  ['kaiming_uniform_', "a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None", 2], ['kaiming_normal_', "a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None", 2],
  ['orthogonal_', 'gain=1, generator=None', 2], ['sparse_', 'sparsity, std=0.01, generator=None', 2, 2],
];
const FIXED: readonly (readonly [string, string, number?, number?])[] = [['constant_', ', val'], ['ones_', ''], ['zeros_', ''], ['eye_', '', 2, 2], ['dirac_', ', groups=1', 3, 5]];
const explain = 'sets the values, in place';
export const rows: readonly OperationRow[] = [
  ...RANDOM.map(([name, parameters, least, most]): OperationRow => ({
    name: `torch.nn.init.${name}`, signature: `${name}(tensor, ${parameters})`, writes: 'tensor', random: true, rule: initialize(name, least, most), explain,
    // The names without the underscore are deprecated, and still in use.
    ...(/^(uniform|normal|xavier|kaiming|orthogonal|sparse)/.test(name) ? { functions: [`torch.nn.init.${name.slice(0, -1)}`] } : {}),
  })),
  ...FIXED.map(([name, parameters, least, most]): OperationRow => ({
    name: `torch.nn.init.${name}`, signature: `${name}(tensor${parameters})`, writes: 'tensor', rule: initialize(name, least, most), explain,
    ...(/^(constant|eye|dirac)/.test(name) ? { functions: [`torch.nn.init.${name.slice(0, -1)}`] } : {}),
  })),
  { name: 'torch.nn.init.calculate_gain', signature: 'calculate_gain(nonlinearity, param=None)', rule: gain },
];
