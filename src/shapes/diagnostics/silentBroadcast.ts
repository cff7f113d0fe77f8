/**
 * `silent-broadcast`: (B, 1) with (B,) gives (B, B), where one value for each of the B was almost surely meant: `pred - target`
 * behind a layer with one output. Warned about only where nothing in sight made the size-1 dim on purpose.
 * How sizes broadcast: https://docs.pytorch.org/docs/stable/notes/broadcasting.html
 */
import type { GraphNode, NodeRef } from '../graph/graph';
import type { Finding } from './finding';
import type { Expr, FunctionDef, Lambda, Module, Span } from '../python/ast';
import { walk } from '../python/walk';
import { equal } from '../symint/facts';
import type { Facts } from '../symint/facts';
import { renderAll } from '../symint/render';
import { constant, distinctNames, symbolsOf } from '../symint/symint';
import type { SymInt } from '../symint/symint';

export interface TracedGraph {
  readonly tree: Module;
  readonly graph: readonly GraphNode[];
  /** Those of them that count; unless told all. */
  readonly nodes?: Iterable<GraphNode>;
  readonly facts?: Facts;
}

/** Operations on two operands, element by element, without those (losses) that torch itself warns about. */
const POINTWISE = new Set((
  'add sub rsub mul div floor_divide remainder fmod pow maximum minimum fmax fmin atan2 hypot eq ne lt le gt ge isclose '
  + 'logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor'
).split(' ').map((name) => `torch.${name}`));
/** Operations that put a size-1 dim where their caller wants one. */
const MAKERS = new Set(['torch.unsqueeze', 'torch.Tensor.view', 'torch.Tensor.view_as', 'torch.reshape', 'torch.Tensor.reshape_as', 'torch.Tensor.expand', 'torch.Tensor.expand_as', 'torch.unflatten', 'torch.atleast_2d', 'torch.Tensor.repeat', 'torch.Tensor.__getitem__']);
/** A chain of operations longer than this is not followed. */
const MAX_STEPS = 64;

export function silentBroadcasts(traced: TracedGraph): Finding[] {
  const findings = new Map<string, Finding>();
  let functions: Functions | null = null;
  for (const node of traced.nodes ?? traced.graph) {
    const { source } = node;
    if (source === null || node.path !== null || !POINTWISE.has(node.op)) continue;
    const clash = clashOf(node, traced);
    if (clash === null || findings.has(`${source.start} ${source.end}`)) continue;
    functions ??= new Functions(traced.tree);
    if (!isOnPurpose(clash.column, source as Expr, traced.graph, functions)) findings.set(`${source.start} ${source.end}`, finding(node, clash, source));
  }
  return [...findings.values()];
}

interface Clash { readonly column: NodeRef; readonly wide: readonly SymInt[]; readonly flat: readonly SymInt[]; readonly flatFirst: boolean }

/** Operands of shapes (…, B, 1) and (B,), where B is proven to be the same and is not 1. */
function clashOf(node: GraphNode, { graph, facts }: TracedGraph): Clash | null {
  const refs = Object.values(node.args).flatMap((argument) => (argument.type === 'tensor' ? [argument.ref] : []));
  if (refs.length !== 2) return null;
  const shapes = refs.map((ref) => shapeOf(graph, ref));
  for (const [wide, flat] of [[0, 1], [1, 0]] as const) {
    const [dims, line] = [shapes[wide], shapes[flat]];
    if (!dims || !line || line.length !== 1 || dims.length < 2 || dims[dims.length - 1]!.value !== 1) continue;
    if (equal(line[0]!, constant(1), facts) !== true && line[0]!.value !== 0 && equal(dims[dims.length - 2]!, line[0]!, facts) === true) return { column: refs[wide]!, wide: dims, flat: line, flatFirst: flat === 0 };
  }
  return null;
}

function shapeOf(graph: readonly GraphNode[], { node, output }: NodeRef): readonly SymInt[] | null {
  return graph[node]?.outputs[output]?.shape ?? null;
}

/**
 * Whether the size-1 dim was asked for: by an operation of the same function, or by a caller of it who passes the tensor
 * in. What another function returns may have such a dim for reasons of its own.
 */
function isOnPurpose(column: NodeRef, at: Expr, graph: readonly GraphNode[], functions: Functions): boolean {
  const here = functions.at(at);
  const waiting = [column];
  const seen = new Set<number>();
  while (waiting.length > 0 && seen.size < MAX_STEPS) {
    const { node: id } = waiting.pop()!;
    const node = graph[id];
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    // What came from outside, or in a way that is not known, may be as it is on purpose.
    if (node.op === 'input' || node.op === 'opaque') return true;
    const asked = MAKERS.has(node.op) || Object.entries(node.args).some(([name, argument]) => name === 'keepdim' && argument.type === 'bool' && argument.value);
    if (asked && node.source !== null) {
      const there = node.path === null ? functions.at(node.source) : null;
      if (node.path === null && (there === here || functions.isPassedIn(at, here))) return true;
    }
    for (const argument of Object.values(node.args)) {
      if (argument.type !== 'tensor') continue;
      const dims = shapeOf(graph, argument.ref);
      // A layer or product makes its last dim itself.
      if (dims && dims.length > 0 && dims[dims.length - 1]!.value === 1 && !MIXES.test(node.op)) waiting.push(argument.ref);
    }
  }
  return seen.size >= MAX_STEPS;
}

const MIXES = /(?:linear|bilinear|matmul|mm|bmm|mv|einsum|tensordot|conv[^.]*|embedding)$/;

type AnyFunction = FunctionDef | Lambda;

class Functions {
  private readonly all: AnyFunction[] = [];

  constructor(tree: Module) {
    walk(tree, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'Lambda') this.all.push(node);
    });
  }

  /** The innermost function around a place; null: the module. */
  at({ start, end }: Span): AnyFunction | null {
    let found: AnyFunction | null = null;
    for (const each of this.all) if (each.start <= start && end <= each.end) found = each;
    return found;
  }

  /** Whether an operand of the expression is a parameter of the function. */
  isPassedIn(at: Expr, func: AnyFunction | null): boolean {
    if (func === null) return false;
    const { posonlyargs, args, kwonlyargs } = func.args;
    const parameters = new Set([...posonlyargs, ...args, ...kwonlyargs].map(({ arg }) => arg));
    let found = false;
    walk(at, (node) => {
      if (node.kind === 'Name' && parameters.has(node.id)) found = true;
      return !found;
    });
    return found;
  }
}

function finding(node: GraphNode, { wide, flat, flatFirst }: Clash, source: Span): Finding {
  const names = distinctNames([...wide, ...flat].flatMap((dim) => [...symbolsOf(dim)]));
  const column = `(${renderAll(wide, names)})`;
  const line = `(${renderAll(flat, names)},)`;
  const [left, right] = flatFirst ? [line, column] : [column, line];
  const result = `(${renderAll([...wide.slice(0, -1), flat[0]!], names)})`;
  return {
    code: 'silent-broadcast',
    severity: 'warning',
    message: `${node.op.slice(node.op.lastIndexOf('.') + 1)}: ${left} with ${right} broadcasts to ${result}, every value of one with every value of the other; `
      + `to pair them, squeeze(-1) the ${column} or unsqueeze(-1) the ${line}`,
    span: { start: source.start, end: source.end },
    related: [],
  };
}
