/** `embedding.weight = nn.Parameter(weights)` in code that nothing calls: what takes the place of a weight has its shape, as good as always. */
import { parameterOf, restOf } from './demands';
import type { Machine } from '../machine';
import { shapeText } from '../../values/text';
import type { Value } from '../../values/values';

/** A parameter of which nothing says how many dims it has is put in the place of a weight. */
export function demandReplaced(m: Machine, value: Value, before: Value | undefined): void {
  if (m.parameters.size === 0 || before?.kind !== 'Tensor' || !before.isParameter) return;
  parameterOf(value)?.become('tensor');
  const rest = restOf(m, value);
  if (!rest || before.shape.rest || rest.before + rest.behind > 0) return;
  const { dims } = before.shape;
  const { parameter } = rest.shape;
  parameter.propose(dims.length, new Map(dims.map((size, at) => [at - dims.length, size])), `${parameter.name} is taken to have the shape of the weight that it replaces, ${shapeText(before.shape)}`, dims);
}
