/** Small graphs for tests. */
import type { Cone, ConeNode, JsonArgument } from '../../src/shapes/graph/graph';
import type { Dtype } from '../../src/shapes/values/dtype';
import type { EvaluationRequest } from '../../src/evaluation/messages';

/** A node; its id is its place in the list given to `cone`. */
export function node(op: string, args: Record<string, JsonArgument>, shape: readonly number[], dtype: Dtype = 'float32'): Omit<ConeNode, 'id'> {
  return { op, args, outputs: [{ shape, dtype }], source: null };
}

export const ref = (id: number): JsonArgument => ({ node: id, output: 0 });

/** A cone whose output is its last node. */
export function cone(...nodes: readonly Omit<ConeNode, 'id'>[]): Cone {
  return { version: 1, nodes: nodes.map((given, id) => ({ id, ...given })), outputs: [{ node: nodes.length - 1, output: 0 }] };
}

export function request(given: Cone, more: Partial<EvaluationRequest> = {}): EvaluationRequest {
  return { cone: given, bindings: new Map(), seed: 0, training: false, ...more };
}
