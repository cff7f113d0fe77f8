/** How much memory a run takes at its peak, from the shapes alone, so that what cannot fit is refused before it starts. */
import type { Cone, ConeNode, JsonArgument, NodeId } from '../shapes/graph/graph';
import { bytesPerElement } from './elements';
import { EvaluationError } from './errors';
import { formatBytes } from './provision/errors';
import { numelOf } from './value';

/** The nodes that an argument reads. */
export function operandsOf(node: ConeNode): NodeId[] {
  const found = new Set<NodeId>();
  const visit = (argument: JsonArgument): void => {
    if (argument === null || typeof argument !== 'object') return;
    if (Array.isArray(argument)) (argument as readonly JsonArgument[]).forEach(visit);
    else if ('node' in argument) found.add(argument.node);
    else if ('slice' in argument && typeof argument.slice !== 'function') argument.slice.forEach(visit);
  };
  Object.values(node.args).forEach(visit);
  return [...found];
}

/** For each node, the position in the cone after which nothing reads it; outputs are never dropped. */
export function lastUses(cone: Cone): Map<NodeId, number> {
  const last = new Map<NodeId, number>();
  cone.nodes.forEach((node, position) => {
    last.set(node.id, position);
    for (const operand of operandsOf(node)) last.set(operand, position);
  });
  for (const { node } of cone.outputs) last.set(node, Infinity);
  return last;
}

function bytesOf(node: ConeNode): number {
  return node.outputs.reduce((sum, { shape, dtype }) => sum + numelOf(shape) * bytesPerElement(dtype), 0);
}

/** The most bytes alive at once, and at which node. */
export function peakMemory(cone: Cone): { readonly bytes: number; readonly at: ConeNode | null } {
  const last = lastUses(cone);
  const sizes = new Map(cone.nodes.map((node) => [node.id, bytesOf(node)]));
  let live = 0;
  let bytes = 0;
  let at: ConeNode | null = null;
  cone.nodes.forEach((node, position) => {
    live += sizes.get(node.id) as number;
    if (live > bytes) [bytes, at] = [live, node];
    for (const id of [node.id, ...operandsOf(node)]) {
      if (last.get(id) === position) {
        live -= sizes.get(id) ?? 0;
        last.delete(id);
      }
    }
  });
  return { bytes, at };
}

/** @throws EvaluationError `out-of-memory` naming the node where the peak lies */
export function checkMemory(cone: Cone, limit: number): void {
  const { bytes, at } = peakMemory(cone);
  if (bytes <= limit || at === null) return;
  const shapes = at.outputs.map(({ shape, dtype }) => `(${shape.join(', ')}) ${dtype}`).join(', ');
  throw new EvaluationError('out-of-memory', `evaluating this needs about ${formatBytes(bytes)} at once, and the limit is ${formatBytes(limit)}; the peak is at ${at.op} with ${shapes}`, at.id);
}
