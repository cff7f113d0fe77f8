/** One position or a part of a dim: https://docs.pytorch.org/docs/stable/tensor_view.html */
import type { SymInt } from '../../symint/symint';
import { add, constant } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { Rule, RuleContext } from '../rule';
import { fresh } from '../common/results';
import { ZERO, dimIndex } from '../common/shape';
import { show, showSize } from '../common/text';
import { narrowed, selected, sizeAt } from './splitting';

/** Positions counted from the end are allowed. @throws ShapeFault `index-out-of-range` */
export function wrapIndex(op: string, index: SymInt, size: SymInt, context: RuleContext, what: () => string): SymInt | null {
  const outside = context.lessEqual(size, index) === true || context.lessEqual(add(index, size), constant(-1)) === true;
  if (outside) context.fail('index-out-of-range', `${op}: index ${showSize(index)} is out of range for ${what()}, whose size is ${showSize(size)}`);
  if (context.lessEqual(ZERO, index) === true) return index;
  return context.lessEqual(index, constant(-1)) === true ? add(index, size) : null;
}

const select: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'select', context);
  const size = sizeAt(input, at, 'select', context);
  const index = args.value('index');
  if (index.kind === 'Tensor' || (index.kind === 'int' && index.value === null)) return selected(input, at, null);
  return selected(input, at, wrapIndex('select', args.int('index'), size, context, () => `dim ${at} of ${show(input)}`));
};

const narrow: Rule = (args, context) => {
  const input = args.tensor('input');
  const at = dimIndex(input.shape, args.number('dim'), 'narrow', context);
  const size = sizeAt(input, at, 'narrow', context);
  const length = args.int('length');
  if (args.value('start').kind === 'Tensor') return narrowed(input, at, null, length);
  const start = args.int('start');
  const from = context.lessEqual(start, constant(-1)) === true ? add(start, size) : start;
  if (context.lessEqual(ZERO, from) === false || context.lessEqual(add(from, length), size) === false || context.lessEqual(ZERO, length) === false) {
    context.fail('index-out-of-range', `narrow: ${showSize(length)} elements from ${showSize(start)} do not fit into dim ${args.number('dim')} of ${show(input)}, whose size is ${showSize(size)}`);
  }
  return narrowed(input, at, from, length);
};

const copy = (rule: Rule): Rule => (args, context) => {
  const result = rule(args, context);
  return result.type === 'tensor' ? fresh(result.shape, result.dtype) : result;
};

export const rows: readonly OperationRow[] = [
  { name: 'torch.select', signature: 'select(input, dim, index)', methods: ['select'], rule: select, explain: 'takes one position of a dim' },
  { name: 'torch.select_copy', signature: 'select_copy(input, dim, index)', rule: copy(select), explain: 'takes one position of a dim' },
  { name: 'torch.narrow', signature: 'narrow(input, dim, start, length)', methods: ['narrow'], rule: narrow, explain: 'takes a part of a dim' },
  { name: 'torch.narrow_copy', signature: 'narrow_copy(input, dim, start, length)', methods: ['narrow_copy'], rule: copy(narrow), explain: 'takes a part of a dim' },
];
