/**
 * Cuts the part of the graph that one value needs, with numbers for all sizes, as the JSON that the evaluation worker
 * takes. What stands in the way (a size without a number, a value that only its shape is known of) is returned, not thrown.
 */
import { evaluate } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';
import { OPTIONS } from '../torch/signature';
import type { Cone, ConeNode, FloatText, GraphArgument, GraphNode, JsonArgument, NodeId, NodeRef } from './graph';

export interface ConeFault {
  readonly code: 'size-not-known' | 'value-not-known' | 'dtype-not-known';
  readonly message: string;
  /** Symbols that need a number. */
  readonly needs: readonly string[];
  readonly node: GraphNode;
}

export type ConeResult = { readonly ok: true; readonly cone: Cone } | { readonly ok: false; readonly fault: ConeFault };

class Stop extends Error {
  constructor(readonly fault: ConeFault) {
    super(fault.message);
  }
}

/** `sizes` gives a symbol's number (null: none). Nodes in `bound` have values from elsewhere: their operands are left out. */
export function cutCone(nodes: readonly GraphNode[], outputs: readonly NodeRef[], sizes: (symbol: SymbolInfo) => number | null, bound: ReadonlySet<NodeId> = new Set()): ConeResult {
  try {
    const ids = [...reach(nodes, outputs, bound)].sort((a, b) => a - b);
    return { ok: true, cone: { version: 1, nodes: ids.map((id) => toJson(nodes[id]!, sizes, bound.has(id))), outputs: [...outputs] } };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Every node that the outputs need, themselves included. */
export function reach(nodes: readonly GraphNode[], outputs: readonly NodeRef[], bound: ReadonlySet<NodeId> = new Set()): Set<NodeId> {
  const seen = new Set<NodeId>();
  const pending = outputs.map((ref) => ref.node);
  while (pending.length > 0) {
    const id = pending.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    if (!bound.has(id)) for (const [, argument] of argumentsOf(nodes[id]!)) pending.push(...operands(argument));
  }
  return seen;
}

/** The arguments that values depend on: not where and how a tensor lies in memory, nor who draws its numbers. */
function argumentsOf(node: GraphNode): [string, GraphArgument][] {
  return Object.entries(node.args).filter(([name]) => !OPTIONS.has(name));
}

/** The nodes that an argument refers to. */
export function operands(argument: GraphArgument): NodeId[] {
  switch (argument.type) {
    case 'tensor': return [argument.ref.node];
    case 'list': return argument.items.flatMap(operands);
    case 'slice': return [argument.start, argument.stop, argument.step].flatMap(operands);
    default: return [];
  }
}

function toJson(node: GraphNode, sizes: (symbol: SymbolInfo) => number | null, bound: boolean): ConeNode {
  const number = (value: SymInt): number => {
    const needs: string[] = [];
    const result = evaluate(value, (symbol) => {
      const known = sizes(symbol);
      if (known === null) needs.push(symbol.name);
      return known;
    });
    if (result === null) throw new Stop({ code: 'size-not-known', message: `${node.op} needs a number for ${[...new Set(needs)].join(', ') || 'a size'}`, needs: [...new Set(needs)], node });
    return result;
  };
  const outputs = node.outputs.map((output) => {
    if (output.shape === null) throw new Stop({ code: 'size-not-known', message: `the shape of ${node.op}'s result is not known`, needs: [], node });
    if (output.dtype === null) throw new Stop({ code: 'dtype-not-known', message: `the dtype of ${node.op}'s result is not known`, needs: [], node });
    return { shape: output.shape.map(number), dtype: output.dtype };
  });
  if (!bound && node.op === 'opaque') {
    const reason = node.args['reason'];
    throw new Stop({ code: 'value-not-known', message: `its value is not known: ${reason?.type === 'str' ? reason.value : 'no operation was traced'}`, needs: [], node });
  }
  if (!bound && node.op === 'input') {
    const name = node.args['name'];
    const label = name?.type === 'str' ? name.value : 'input';
    throw new Stop({ code: 'value-not-known', message: `${label} comes from outside: give a call that says what it is`, needs: [label], node });
  }
  const args: Record<string, JsonArgument> = {};
  if (!bound) for (const [name, argument] of argumentsOf(node)) args[name] = argumentToJson(argument, number);
  return { id: node.id, op: node.op, args, outputs, source: node.source && { start: node.source.start, end: node.source.end } };
}

function floatText(value: number): FloatText {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function argumentToJson(argument: GraphArgument, number: (value: SymInt) => number): JsonArgument {
  switch (argument.type) {
    case 'tensor': return { node: argument.ref.node, output: argument.ref.output };
    case 'int': return number(argument.value);
    case 'float': return { float: floatText(argument.value) };
    case 'complex': return { complex: [floatText(argument.value[0]), floatText(argument.value[1])] };
    case 'bool': case 'str': return argument.value;
    case 'none': return null;
    case 'ellipsis': return { ellipsis: true };
    case 'dtype': return { dtype: argument.value };
    case 'slice': return { slice: [argumentToJson(argument.start, number), argumentToJson(argument.stop, number), argumentToJson(argument.step, number)] };
    case 'list': return argument.items.map((item) => argumentToJson(item, number));
  }
}
