/** What a tensor is: sizes, dtype, device; and the values that Python takes out of it. */
import type { TensorValue, Value } from '../../values/values';
import { bool, int, list, size, str, tuple } from '../../values/values';
import { constant, mul } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { categoryOf, isComplex, isFloating, itemsize } from '../dtypes';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { isContiguous } from '../common/layout';
import { promoteTypes, resultType } from '../common/promotion';
import { broadcastShapes } from '../common/broadcast';
import { value } from '../common/results';
import { dimIndex, dimsOf, numelOf, shapeOf } from '../common/shape';
import { show } from '../common/text';

const about = (answer: (input: TensorValue, context: RuleContext) => Value): Rule => (args, context) => value(answer(args.tensor('input'), context));

const shape = about((input, context) => size(dimsOf(input, context)));
const sizeRule: Rule = (args, context) => {
  const input = args.tensor('input');
  if (!args.has('dim')) return value(size(dimsOf(input, context)));
  const dim = args.number('dim');
  const found = input.shape.dims[dimIndex(input.shape, dim, 'size', context)];
  return value(int(found ?? context.fail('dim-out-of-range', 'size: a tensor of 0 dims has no sizes')));
};
const stride: Rule = (args, context) => {
  const input = args.tensor('input');
  // One for each dim, whatever they are: what is looked at through them has its sizes even so.
  const strides: readonly (SymInt | null)[] = input.layout?.strides ?? dimsOf(input, context).map(() => null);
  if (!args.has('dim')) return value(tuple(strides.map(int)));
  const found = strides[dimIndex(input.shape, args.number('dim'), 'stride', context)];
  return value(int(found === undefined ? constant(0) : found));
};
const rank = about((input, context) => int(constant(dimsOf(input, context).length)));
const numel = about((input, context) => int(numelOf(dimsOf(input, context))));

function requireOneElement(op: string, input: TensorValue, context: RuleContext): void {
  if (!input.shape.rest && context.equal(numelOf(input.shape.dims), constant(1)) === false) context.fail('item-size-mismatch', `${op}: only a tensor of one element is a number; this one has shape ${show(input)}`);
}

/** The elements as Python numbers, by their place in row-major order. */
function numbersOf(input: TensorValue, context: RuleContext): (place: number) => Value {
  switch (input.dtype === null ? null : categoryOf(input.dtype)) {
    case 'bool': {
      const elements = context.constants(input);
      return (place) => bool(elements?.[place]?.value == null ? null : elements[place].value !== 0);
    }
    case 'int': {
      const elements = context.constants(input);
      return (place) => int(elements?.[place] ?? null);
    }
    case 'float': {
      const elements = context.floats(input);
      return (place) => ({ kind: 'float', value: elements?.[place] ?? null });
    }
    case 'complex': return () => ({ kind: 'complex', parts: null });
    case null: return () => ({ kind: 'unknown', reason: 'a number out of a tensor of unknown dtype', span: null });
  }
}

const item = about((input, context) => {
  requireOneElement('item', input, context);
  const number = numbersOf(input, context)(0);
  // One symbol wherever the number goes, so that what is made with it agrees.
  return number.kind === 'int' && number.value === null ? int(context.fresh('item', 'an element of a tensor, which depends on data', null)) : number;
});

/** Longer lists are only counted. */
const MAX_LIST = 256;
const tolist = about((input, context) => {
  const number = numbersOf(input, context);
  let next = 0;
  const nested = (dims: readonly { value: number | null }[]): Value => {
    const [first, ...others] = dims;
    if (first === undefined) return number(next++);
    if (first.value === null || first.value > MAX_LIST) return { kind: 'list', items: null, element: nested(others), typeName: null, fields: null };
    return list(Array.from({ length: first.value }, () => nested(others)));
  };
  return nested(dimsOf(input, context));
});

const dtypeOf: Rule = (args) => {
  const { dtype } = args.tensor('input');
  return value(dtype === null ? { kind: 'unknown', reason: 'the dtype is not known', span: null } : { kind: 'dtype', value: dtype });
};

/** Of a tensor or of a dtype. */
const isA = (test: (category: string) => boolean): Rule => (args) => {
  const input = args.value('input');
  const dtype = input.kind === 'dtype' ? input.value : args.tensor('input').dtype;
  return value(bool(dtype === null ? null : test(categoryOf(dtype))));
};

/** Whether all elements agree: known only where the shapes differ. */
const agree: Rule = (args, context) => {
  const [a, b] = [args.tensor('input'), args.tensor('other')];
  const differ = !a.shape.rest && !b.shape.rest && (a.shape.dims.length !== b.shape.dims.length || a.shape.dims.some((each, i) => context.equal(each, b.shape.dims[i]!) === false));
  return value(bool(differ ? false : null));
};
const allclose: Rule = (args, context) => {
  broadcastShapes([args.tensor('input').shape, args.tensor('other').shape], 'allclose', context);
  return value(bool(null));
};

/** The sizes that several shapes broadcast to. */
const broadcastSizes: Rule = (args, context) => {
  const shapes = args.value('shapes');
  if ((shapes.kind !== 'tuple' && shapes.kind !== 'list') || shapes.items === null) return context.unknown('the shapes to broadcast are not known');
  const read = (each: Value): ReturnType<typeof shapeOf> => {
    if (each.kind === 'int') return shapeOf([each.value ?? context.unknown('a size is not known')]);
    if ((each.kind !== 'tuple' && each.kind !== 'list') || each.items === null) return context.unknown('a shape to broadcast is not known');
    return shapeOf(each.items.map((one) => (one.kind === 'int' && one.value ? one.value : context.unknown('a size is not known'))));
  };
  return value(size(broadcastShapes(shapes.items.map(read), 'broadcast_shapes', context).dims));
};

const dtypeValue = (dtype: ReturnType<typeof promoteTypes>, context: RuleContext): ReturnType<Rule> => value(dtype === null ? context.unknown('the common dtype is not known') : { kind: 'dtype', value: dtype });

const property = (name: string, rule: Rule, more: readonly string[] = []): OperationRow => ({ name: `torch.Tensor.${name}`, signature: `${name}(input)`, properties: [name, ...more], rule });
const method = (name: string, rule: Rule, signature = `${name}(input)`, functions: readonly string[] = []): OperationRow => ({ name: `torch.Tensor.${name}`, signature, functions, rule });

/** Only floating and complex numbers have a gradient. */
const neverTrained = ({ dtype }: TensorValue): boolean => dtype !== null && !isFloating(dtype) && !isComplex(dtype);

/** What shares the memory of a trained tensor may be detached from it; what shares that of one that is not is not trained either. */
function requiresGrad(input: TensorValue): Value {
  if (neverTrained(input)) return bool(false);
  const said = input.storage.requiresGrad;
  if (said && (input.isParameter || said.value === false)) return said;
  return bool(!said && input.isParameter ? true : null);
}

export const rows: readonly OperationRow[] = [
  property('shape', shape), property('dtype', dtypeOf), property('ndim', rank),
  property('device', about((input) => ({ kind: 'device', value: input.device ?? 'cpu' }))),
  property('is_cuda', about(() => bool(false)), ['is_quantized', 'is_mps', 'is_meta', 'is_mkldnn', 'is_nested']),
  property('is_cpu', about(() => bool(true))),
  property('requires_grad', about(requiresGrad)), property('is_leaf', about((input) => bool(input.isParameter || neverTrained(input) ? true : null))),
  property('layout', about(() => ({ kind: 'unknown', reason: 'the layout of a tensor', span: null }))),
  property('grad', (args) => {
    const input = args.tensor('input');
    return { type: 'tensor', shape: input.shape, dtype: input.dtype };
  }),
  property('grad_fn', about(() => ({ kind: 'unknown', reason: 'grad_fn is the step that autograd recorded, None of a leaf: no tensor', span: null }))),
  property('itemsize', about((input, context) => int(constant(itemsize(input.dtype ?? context.unknown('the dtype is not known')))))),
  property('nbytes', about((input, context) => int(mul(numelOf(dimsOf(input, context)), constant(itemsize(input.dtype ?? context.unknown('the dtype is not known'))))))),
  property('names', about((input, context) => tuple(dimsOf(input, context).map(() => ({ kind: 'None' }))))),
  method('size', sizeRule, 'size(input, dim=None)'), method('stride', stride, 'stride(input, dim=None)'),
  method('dim', rank), method('ndimension', rank), method('numel', numel, 'numel(input)', ['torch.numel']), method('nelement', numel),
  method('element_size', about((input, context) => int(constant(itemsize(input.dtype ?? context.unknown('the dtype is not known')))))),
  method('storage_offset', about((input, context) => int(input.layout?.offset ?? context.unknown('the storage offset is not known')))),
  method('item', item), method('tolist', tolist),
  method('__len__', about((input, context) => int((input.shape.rest?.at === 0 ? dimsOf(input, context) : input.shape.dims)[0] ?? context.fail('rank-mismatch', 'len() of a tensor of 0 dims')))),
  method('is_contiguous', (args, context) => value(bool(args.has('memory_format') ? null : isContiguous(args.tensor('input'), context))), 'is_contiguous(input, memory_format=None)'),
  method('is_floating_point', isA((category) => category === 'float'), 'is_floating_point(input)', ['torch.is_floating_point']),
  method('is_complex', isA((category) => category === 'complex'), 'is_complex(input)', ['torch.is_complex']),
  method('is_signed', (args) => value(bool(args.tensor('input').dtype === null ? null : !/^(u|bool)/.test(args.tensor('input').dtype!))), 'is_signed(input)', ['torch.is_signed']),
  ...['is_conj', 'is_neg', 'is_inference', 'is_distributed'].map((name) => method(name, () => value(bool(null)), `${name}(input)`, [`torch.${name}`])),
  ...['is_shared', 'is_pinned'].map((name) => method(name, () => value(bool(null)))), method('is_set_to', () => value(bool(null)), 'is_set_to(input, tensor)'),
  method('get_device', about(() => int(constant(-1))), 'get_device(input)', ['torch.get_device']), method('data_ptr', about(() => int(null))),
  method('equal', agree, 'equal(input, other)', ['torch.equal']),
  method('allclose', allclose, 'allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)', ['torch.allclose']),
  method('is_same_size', agree, 'is_same_size(input, other)', ['torch.is_same_size']),
  method('is_nonzero', (args, context) => {
    requireOneElement('is_nonzero', args.tensor('input'), context);
    return value(bool(null));
  }, 'is_nonzero(input)', ['torch.is_nonzero']),
  { name: 'torch.broadcast_shapes', signature: 'broadcast_shapes(*shapes)', rule: broadcastSizes },
  { name: 'torch.result_type', signature: 'result_type(tensor1, tensor2)', rule: (args, context) => dtypeValue(resultType([args.value('tensor1'), args.value('tensor2')], context.defaultDtype), context) },
  { name: 'torch.promote_types', signature: 'promote_types(type1, type2)', rule: (args, context) => dtypeValue(promoteTypes(args.optionalDtype('type1')!, args.optionalDtype('type2')!), context) },
  { name: 'torch.typename', signature: 'typename(obj)', rule: () => value(str(null)) },
];
