/** How much memory a run takes at its peak, from the shapes alone, so that what cannot fit is refused before it starts. */
import type { Cone, ConeNode, JsonArgument, NodeId } from '../shapes/graph/graph';
import { bytesPerElement } from './elements';
import { EvaluationError } from './errors';
import { formatBytes } from './provision/errors';
import { numelOf } from './value';

/** The nodes that each node reads. */
export type Operands = ReadonlyMap<NodeId, readonly NodeId[]>;

export function operandsOf(cone: Cone): Operands {
  return new Map(cone.nodes.map(({ id, args }) => {
    const found: NodeId[] = [];
    for (const name in args) addOperands(args[name]!, found);
    return [id, found];
  }));
}

function addOperands(argument: JsonArgument, found: NodeId[]): void {
  if (argument === null || typeof argument !== 'object') return;
  if (Array.isArray(argument)) for (const item of argument as readonly JsonArgument[]) addOperands(item, found);
  else if ('node' in argument) {
    if (!found.includes(argument.node)) found.push(argument.node);
  } else if ('slice' in argument && typeof argument.slice !== 'function') for (const part of argument.slice) addOperands(part, found);
}

/** For each node, the position in the cone after which nothing reads it; outputs are never dropped. */
export function lastUses(cone: Cone, operands: Operands): Map<NodeId, number> {
  const last = new Map<NodeId, number>();
  cone.nodes.forEach(({ id }, position) => {
    last.set(id, position);
    for (const operand of operands.get(id)!) last.set(operand, position);
  });
  for (const { node } of cone.outputs) last.set(node, Infinity);
  return last;
}

function bytesOf(node: ConeNode): number {
  return node.outputs.reduce((sum, { shape, dtype }) => sum + numelOf(shape) * bytesPerElement(dtype), 0);
}

/** The most bytes alive at once, and at which node. */
export interface Peak { readonly bytes: number; readonly at: ConeNode | null }

export function peakMemory(cone: Cone, operands: Operands): Peak {
  const last = lastUses(cone, operands);
  const sizes = new Map(cone.nodes.map((node) => [node.id, bytesOf(node)]));
  let live = 0;
  let bytes = 0;
  let at: ConeNode | null = null;
  cone.nodes.forEach((node, position) => {
    live += sizes.get(node.id) as number;
    if (live > bytes) [bytes, at] = [live, node];
    const free = (id: NodeId): void => { if (last.get(id) === position) live -= sizes.get(id) ?? 0; };
    free(node.id);
    operands.get(node.id)!.forEach(free);
  });
  return { bytes, at };
}

export function describeOutputs({ outputs }: ConeNode): string {
  return outputs.map(({ shape, dtype }) => `(${shape.join(', ')}) ${dtype}`).join(', ');
}

/** @throws EvaluationError `over-memory-limit` naming the node where the peak lies */
export function checkMemory({ bytes, at }: Peak, limit: number): void {
  if (bytes <= limit || at === null) return;
  throw new EvaluationError('over-memory-limit', `evaluating this needs about ${formatBytes(bytes)} at once, and the limit is ${formatBytes(limit)}; the peak is at ${at.op} with ${describeOutputs(at)}`, at.id);
}
