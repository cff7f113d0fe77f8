/** Dims of size 1 added, dropped or repeated: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { Shape, TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext, TensorResult } from '../rule';
import { view } from '../common/results';
import { ONE, ZERO, dimIndexes, dimsOf, insertDim, insertIndex, removeDims } from '../common/shape';
import { count, show } from '../common/text';
import { copied } from './movement';

const unsqueeze: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape, layout } = input;
  const given = args.number('dim');
  const at = insertIndex(shape, given, 'unsqueeze', context);
  const result = insertDim(shape, at, ONE, given >= 0);
  const stride = layout && (at < shape.dims.length ? mul(shape.dims[at]!, layout.strides[at]!) : ONE);
  return view(input, result, layout && [...layout.strides.slice(0, at), stride!, ...layout.strides.slice(at)]);
};

/**
 * Sizes that are known to be 1 go. A symbol is taken to be 1 where that dim is named, which is what naming it is for; else some
 * other size, as in torch's own tracing. So is a product of sizes: the dims that were put into one are seldom all 1.
 */
const squeeze: Rule = (args, context) => {
  const input = args.tensor('input');
  const { shape, layout } = input;
  const given = args.optionalDims('dim');
  if (given === null && shape.rest) return context.unknown(`squeeze of ${show(input)}, whose rank is not known`);
  const all = shape.dims.map((_, i) => i);
  const asked = given === null ? all : given.length === 0 ? [] : shape.dims.length === 0 && !shape.rest ? (dimIndexes(shape, given, 'squeeze', context), []) : dimIndexes(shape, given, 'squeeze', context);
  const isOne = shape.dims.map((size) => context.equal(size, ONE));
  const isGone = (at: number): boolean => {
    const known = isOne[at] ?? null;
    if (known !== null) return known;
    if (given !== null && !isProduct(shape.dims[at]!) && context.assumeEqual(shape.dims[at]!, ONE)) return true;
    context.assumeDifferent(shape.dims[at]!, ONE);
    return false;
  };
  const gone = asked.filter(isGone);
  return view(input, removeDims(shape, gone), layout && layout.strides.filter((_, i) => !gone.includes(i)));
};

function isProduct({ terms: [term, ...others] }: SymInt): boolean {
  return others.length === 0 && term !== undefined && term.monomial.degree > 1;
}

/** -1 keeps a size; only sizes of 1 are repeated. https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html */
export function expanded(op: string, input: TensorValue, sizes: readonly SymInt[], context: RuleContext): TensorResult {
  const dims = dimsOf(input, context);
  const missing = sizes.length - dims.length;
  const message = (): string => `${op}: ${show(input)} cannot be expanded to ${show(sizes)}: counted from the last, each size must be equal, or 1 in the tensor`;
  if (missing < 0) context.fail('expand-size-mismatch', `${op}: ${show(input)} has ${count(dims.length, 'dim')}, more than the ${sizes.length} of ${show(sizes)}`);
  let known = true;
  const strides: SymInt[] = [];
  const result = sizes.map((size, i) => {
    const own = dims[i - missing];
    if (own === undefined) {
      if (size.value === -1) context.fail('expand-size-mismatch', `${op}: -1 keeps a size, but dim ${i} of ${show(sizes)} is new to ${show(input)}`);
      strides.push(ZERO);
      return size;
    }
    const stride = input.layout?.strides[i - missing] ?? ZERO;
    const same = size.value === -1 || context.equal(own, size) === true;
    const one = context.equal(own, ONE);
    if (!same && one === false) context.requireEqual(own, size, 'expand-size-mismatch', message);
    // A size that may be 1 or equal: the sizes are known, the strides are not.
    if (!same && one === null) known = false;
    strides.push(same || one === false ? stride : ZERO);
    return size.value === -1 ? own : size;
  });
  return view(input, result, known && input.layout ? strides : null);
}

const expandAs: Rule = (args, context) => {
  const { shape } = args.tensor('other');
  return shape.rest ? expandedToRun(args.tensor('input'), shape, context) : expanded('expand_as', args.tensor('input'), shape.dims, context);
};

const expand: Rule = (args, context) => {
  const [input, sizes] = [args.tensor('input'), args.sizes('size')];
  return sizes.rest ? expandedToRun(input, sizes, context) : expanded('expand', input, sizes.dims, context);
};

/** Sizes of which the number is not known are those of the result, but for a size that is kept. */
function expandedToRun(input: TensorValue, sizes: Shape, context: RuleContext): TensorResult {
  return sizes.dims.some(({ value }) => value === -1) ? context.unknown('which size -1 keeps is not known') : view(input, sizes, null);
}

const metadata = 'metadata';
export const rows: readonly OperationRow[] = [
  { name: 'torch.unsqueeze', signature: 'unsqueeze(input, dim)', methods: ['unsqueeze'], inPlace: metadata, rule: unsqueeze, explain: 'adds a dim of size 1' },
  { name: 'torch.unsqueeze_copy', signature: 'unsqueeze_copy(input, dim)', rule: copied(unsqueeze), explain: 'adds a dim of size 1' },
  { name: 'torch.squeeze', signature: 'squeeze(input, dim=None)', methods: ['squeeze'], inPlace: metadata, rule: squeeze, explain: 'drops dims of size 1' },
  { name: 'torch.squeeze_copy', signature: 'squeeze_copy(input, dim=None)', rule: copied(squeeze), explain: 'drops dims of size 1' },
  { name: 'torch.Tensor.expand', signature: 'expand(input, *size, implicit=False)', rule: expand, explain: 'repeats dims of size 1 without copying' },
  { name: 'torch.expand_copy', signature: 'expand_copy(input, size, *, implicit=False)', rule: copied(expand), explain: 'repeats dims of size 1' },
  { name: 'torch.broadcast_to', signature: 'broadcast_to(input, *size)', methods: ['broadcast_to'], rule: expand, explain: 'repeats dims of size 1 without copying' },
  { name: 'torch.Tensor.expand_as', signature: 'expand_as(input, other)', rule: expandAs, explain: 'repeats dims of size 1 without copying' },
];
