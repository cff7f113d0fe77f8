/** Which operation Python's operators on tensors are: https://docs.pytorch.org/docs/stable/tensors.html */
import type { CompareOperator, Operator } from '../python/ast';

export type OperatorName = Operator | Exclude<CompareOperator, 'is' | 'is not' | 'in' | 'not in'> | 'neg' | 'pos' | 'invert';

export const OPERATORS: Readonly<Record<OperatorName, string>> = {
  '+': 'torch.add', '-': 'torch.sub', '*': 'torch.mul', '/': 'torch.div', '//': 'torch.floor_divide', '%': 'torch.remainder', '**': 'torch.pow', '@': 'torch.matmul',
  '<<': 'torch.bitwise_left_shift', '>>': 'torch.bitwise_right_shift', '|': 'torch.bitwise_or', '^': 'torch.bitwise_xor', '&': 'torch.bitwise_and',
  '==': 'torch.eq', '!=': 'torch.ne', '<': 'torch.lt', '<=': 'torch.le', '>': 'torch.gt', '>=': 'torch.ge',
  neg: 'torch.neg', pos: 'torch.positive', invert: 'torch.bitwise_not',
};
