/** Whether a tensor is trained, where code says so: an assignment, `requires_grad_()`, an argument of `nn.Parameter`. */
import type { Machine } from '../machine';
import { bool } from '../../values/values';
import type { TensorValue, Value } from '../../values/values';

export function setRequiresGrad(m: Machine, { storage }: TensorValue, value: Value): void {
  // Whether a branch that is not known was taken, the next reader cannot tell.
  m.heap.assign(storage, 'requiresGrad', bool(m.heap.noting ? null : m.truth(value)));
}
