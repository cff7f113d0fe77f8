/** Tensors from numbers. https://docs.pytorch.org/docs/stable/torch.html#creation-ops */
import type { JsonArgument } from '../../shapes/graph/graph';
import { allocate, isFloat } from '../elements';
import { EvaluationError } from '../errors';
import { numelOf, Value } from '../value';
import { asScalar } from './arguments';
import { fill, type Kernel, type KernelTable } from './kernel';

const filled = (value: number): Kernel => ({ shape, dtype }) => Value.filled(value, shape, dtype);

/** Memory that torch leaves uninitialized is zeros here, and the result says so. */
const empty: Kernel = (call) => {
  if (numelOf(call.shape) > 0) call.note(`${call.op}: memory is not initialized in torch; zeros here`);
  return Value.filled(0, call.shape, call.dtype);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.arange.html */
const arange: Kernel = ({ args, shape, dtype }) => {
  const start = args.number('start', 0);
  const step = args.number('step', 1);
  return fill(shape, dtype, (i) => start + i * step);
};

/** https://docs.pytorch.org/docs/stable/generated/torch.linspace.html (counted from the nearer end, as torch does) */
const linspace: Kernel = ({ args, shape, dtype }) => {
  const start = args.number('start');
  const end = args.number('end');
  const steps = shape[0] as number;
  const step = steps > 1 ? (end - start) / (steps - 1) : 0;
  const element = (i: number): number => (i < steps / 2 ? start + i * step : end - (steps - 1 - i) * step);
  return fill(shape, dtype, isFloat(dtype) ? element : (i) => Math.trunc(element(i)));
};

/** https://docs.pytorch.org/docs/stable/generated/torch.logspace.html */
const logspace: Kernel = ({ args, shape, dtype }) => {
  const start = args.number('start');
  const end = args.number('end');
  const base = args.number('base', 10);
  const steps = shape[0] as number;
  return fill(shape, dtype, (i) => base ** (steps > 1 ? start + i * (end - start) / (steps - 1) : start));
};

const eye: Kernel = ({ shape, dtype }) => {
  const columns = shape[1] as number;
  return fill(shape, dtype, (i) => Number(Math.floor(i / columns) === i % columns));
};

/** `fill_value` may itself be a tensor of one element. */
const full: Kernel = ({ args, shape, dtype }) => {
  const operand = args.operand('fill_value', 'value', 'val');
  return Value.filled(operand instanceof Value ? operand.item() : operand.value, shape, dtype);
};

/** A tensor literal: `data` is a flat or nested list, row-major, of numbers and of tensors of one element. */
const constant: Kernel = ({ args, shape, dtype }) => {
  const data = args.raw('data');
  const whole = data === undefined ? null : args.asTensor(data);
  if (whole) return whole.to(dtype);
  const items = (Array.isArray(data) ? (data as readonly unknown[]).flat(Infinity) : data === undefined ? [] : [data]) as readonly JsonArgument[];
  const elements = allocate(dtype, items.length);
  items.forEach((item, i) => {
    const value = asScalar(item)?.value ?? args.asTensor(item)?.item();
    if (value === undefined) throw new EvaluationError('unsupported-argument', `element ${i} of a tensor literal is not a number`);
    elements[i] = dtype === 'bool' ? Number(value !== 0) : isFloat(dtype) ? value : Math.trunc(value);
  });
  return Value.computed(elements, shape, dtype);
};

/** Row and column numbers of a triangle, (2, n). */
const triangleIndices = (below: boolean): Kernel => ({ args, shape, dtype }) => {
  const rows = args.int('row');
  const columns = args.int('col');
  const offset = args.int('offset', 0);
  const found: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (below ? column - row > offset : column - row < offset) continue;
      found[0].push(row);
      found[1].push(column);
    }
  }
  return Value.of(Float64Array.from(found.flat()), shape, dtype);
};

export const CREATION: KernelTable = {
  constant, 'torch.tensor': constant, 'torch.as_tensor': constant, 'torch.asarray': constant, 'torch.scalar_tensor': constant, 'torch.Tensor.new_tensor': constant,
  'torch.arange': arange, 'torch.range': arange,
  'torch.linspace': linspace,
  'torch.logspace': logspace,
  'torch.eye': eye,
  'torch.full': full,
  'torch.full_like': full,
  'torch.Tensor.new_full': full,
  'torch.Tensor.fill_': full,
  'torch.nn.init.constant_': full,
  'torch.zeros': filled(0),
  'torch.zeros_like': filled(0),
  'torch.Tensor.new_zeros': filled(0),
  'torch.Tensor.zero_': filled(0),
  'torch.nn.init.zeros_': filled(0),
  'torch.nn.init.eye_': eye,
  'torch.ones': filled(1),
  'torch.ones_like': filled(1),
  'torch.Tensor.new_ones': filled(1),
  'torch.nn.init.ones_': filled(1),
  'torch.empty': empty,
  'torch.empty_like': empty,
  'torch.empty_strided': empty,
  'torch.Tensor.new_empty': empty, 'torch.Tensor.new_empty_strided': empty, 'torch.empty_permuted': empty,
  'torch.tril_indices': triangleIndices(true),
  'torch.triu_indices': triangleIndices(false),
};
