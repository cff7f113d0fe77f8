/** Nodes of a cone that compute the same from the same are one: a model makes the same index in each of its layers. */
import type { Cone, ConeNode, JsonArgument, NodeId } from '../shapes/graph/graph';
import type { Operands } from './memory';

/**
 * The cone with the first of equal nodes in place of the others. The graph writes to no value, so equal operations on
 * equal operands are equal for good.
 * @param isOwn whether a node's values are its own whatever its operands are: it is drawn at random, or given
 */
export function mergeEqual(cone: Cone, operands: Operands, isOwn: (node: ConeNode) => boolean): Cone {
  /** Of the nodes that are left out. */
  const firstOf = new Map<NodeId, NodeId>();
  const known = new Map<string, NodeId>();
  const nodes: ConeNode[] = [];
  for (const node of cone.nodes) {
    const own = isOwn(node);
    const key = own ? '' : keyOf(node, firstOf);
    const first = own ? undefined : known.get(key);
    if (first !== undefined) {
      firstOf.set(node.id, first);
      continue;
    }
    if (!own) known.set(key, node.id);
    nodes.push(operands.get(node.id)!.some((id) => firstOf.has(id)) ? { ...node, args: redirected(node.args, firstOf) } : node);
  }
  if (nodes.length === cone.nodes.length) return cone;
  return {
    version: cone.version,
    nodes,
    outputs: cone.outputs.map(({ node, output }) => ({ node: firstOf.get(node) ?? node, output })),
  };
}

/** What decides of a node's values: its operation, what it is given, and what it is declared to give. */
function keyOf({ op, args, outputs }: ConeNode, firstOf: ReadonlyMap<NodeId, NodeId>): string {
  let key = op;
  for (const name in args) key += `|${name}=${textOf(args[name]!, firstOf)}`;
  for (const { shape, dtype } of outputs) key += `>${dtype} ${shape.join()}`;
  return key;
}

/** Different for arguments that differ, in type as well. */
function textOf(argument: JsonArgument, firstOf: ReadonlyMap<NodeId, NodeId>): string {
  if (argument === null || typeof argument === 'boolean') return String(argument);
  if (typeof argument === 'number') return numberText(argument);
  if (typeof argument === 'string') return JSON.stringify(argument);
  if (Array.isArray(argument)) return `[${listText(argument as readonly JsonArgument[], firstOf)}]`;
  if ('node' in argument) return `#${firstOf.get(argument.node) ?? argument.node}.${argument.output}`;
  if ('float' in argument) return `f${typeof argument.float === 'number' ? numberText(argument.float) : argument.float}`;
  if ('dtype' in argument) return `d${argument.dtype}`;
  if ('slice' in argument && typeof argument.slice !== 'function') return `s(${listText(argument.slice, firstOf)})`;
  return '…';
}

function listText(items: readonly JsonArgument[], firstOf: ReadonlyMap<NodeId, NodeId>): string {
  let text = '';
  for (const item of items) text += `${textOf(item, firstOf)},`;
  return text;
}

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

function redirected(args: ConeNode['args'], firstOf: ReadonlyMap<NodeId, NodeId>): ConeNode['args'] {
  const result: Record<string, JsonArgument> = {};
  for (const name in args) result[name] = redirect(args[name]!, firstOf);
  return result;
}

function redirect(argument: JsonArgument, firstOf: ReadonlyMap<NodeId, NodeId>): JsonArgument {
  if (argument === null || typeof argument !== 'object') return argument;
  if (Array.isArray(argument)) return (argument as readonly JsonArgument[]).map((item) => redirect(item, firstOf));
  if ('node' in argument) return { node: firstOf.get(argument.node) ?? argument.node, output: argument.output };
  if ('slice' in argument && typeof argument.slice !== 'function') {
    const [start, stop, step] = argument.slice;
    return { slice: [redirect(start, firstOf), redirect(stop, firstOf), redirect(step, firstOf)] };
  }
  return argument;
}
