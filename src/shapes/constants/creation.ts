/** Literals, ranges, and tensors of one number. */
import type { GraphArgument } from '../graph/graph';
import { add, constant, mul } from '../symint/symint';
import { build, isWhole, numberElement } from './elements';
import type { Element } from './elements';
import { refuse } from './operation';
import type { Operation, OperationTable, Operands } from './operation';

function literals(operands: Operands, argument: GraphArgument): readonly Element[] {
  return argument.type === 'list' ? argument.items.flatMap((item) => literals(operands, item)) : operands.elementsOf(argument).data;
}

const literal: Operation = (operands) => {
  const shape = operands.shape();
  const data = literals(operands, operands.argument('data') ?? refuse());
  return { shape, data };
};

const filled = (value: number): Operation => (operands) => build(operands.shape(), () => constant(value));

const full = (name: string): Operation => (operands) => {
  const [value] = operands.elements(name).data;
  return build(operands.shape(), () => value ?? null);
};

const range: Operation = (operands) => {
  const start = operands.argument('start') ? operands.elements('start').data[0]! : constant(0);
  const step = operands.argument('step') ? operands.elements('step').data[0]! : constant(1);
  return build(operands.shape(), ([i]) => {
    if (isWhole(start) && isWhole(step)) return add(start, mul(constant(i!), step));
    return start?.value == null || step?.value == null ? null : numberElement(start.value + i! * step.value);
  });
};

export const operations: OperationTable = {
  constant: literal, 'torch.tensor': literal, 'torch.as_tensor': literal, 'torch.asarray': literal, 'torch.Tensor.new_tensor': literal,
  'torch.arange': range, 'torch.full': full('fill_value'), 'torch.full_like': full('fill_value'), 'torch.Tensor.new_full': full('fill_value'),
  'torch.fill': full('value'), 'torch.Tensor.fill_': full('value'), 'torch.Tensor.zero_': filled(0),
  'torch.zeros': filled(0), 'torch.zeros_like': filled(0), 'torch.Tensor.new_zeros': filled(0),
  'torch.ones': filled(1), 'torch.ones_like': filled(1), 'torch.Tensor.new_ones': filled(1),
  'torch.eye': (operands) => build(operands.shape(), ([row, column]) => constant(Number(row === column))),
};
