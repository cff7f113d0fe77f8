/** A tensor as a condition: only one element is true or false. */
import { shapeText } from '../values/text';
import type { Machine } from '../interpreter/machine';
import type { TensorValue } from '../values/values';
import type { Span } from '../python/ast';
import { equal } from '../symint/facts';
import { constant, product } from '../symint/symint';
import { ShapeFault } from '../torch/rule';
import { definitions, symbolsIn } from './definitions';
import { isProven } from './proof';

export function checkTruth(m: Machine, tensor: TensorValue, span: Span): void {
  if (tensor.shape.rest) return;
  const numel = product(tensor.shape.dims);
  const one = constant(1);
  if (equal(numel, one, m.facts) !== false) return;
  const fault = new ShapeFault('item-size-mismatch', `a tensor of shape ${shapeText(tensor.shape)} is neither true nor false as a whole: only one element is; use .all() or .any()`, [], [numel, one]);
  if (isProven(m, fault, [tensor])) m.report(fault.code, 'error', fault.message, span, definitions(m, fault, [tensor], span), symbolsIn(fault, [tensor]));
}
