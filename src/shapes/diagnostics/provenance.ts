/**
 * Where a tensor's sizes come from, read backwards from the traced graph: the operation that made a size, which a finding
 * points at; and whether a size is one that the code itself makes, or rests on what a parameter was taken to be.
 */
import type { GraphArgument, GraphNode, NodeRef } from '../graph/graph';
import { loneSymbol, symbolsOf } from '../symint/symint';
import type { SymInt, SymbolTable } from '../symint/symint';

type Graph = readonly GraphNode[];

/** Operations that say themselves how many dims their result has. */
const RANK_IS_WRITTEN = new Set(['torch.reshape', 'torch.Tensor.view', 'torch.Tensor.expand', 'torch.Tensor.repeat', 'einops.rearrange', 'einops.repeat', 'einops.reduce']);
/** A longer way back than this is not followed. */
const MAX_DEPTH = 400;

/** All tensors among the operands, those in lists too. */
export function tensorsOf(node: GraphNode): NodeRef[] {
  const found: NodeRef[] = [];
  const visit = (argument: GraphArgument): void => {
    if (argument.type === 'tensor') found.push(argument.ref);
    else if (argument.type === 'list') argument.items.forEach(visit);
  };
  Object.values(node.args).forEach(visit);
  return found;
}

const shapeOf = (graph: Graph, { node, output }: NodeRef): readonly SymInt[] | null => graph[node]?.outputs[output]?.shape ?? null;

/** The operation that first had the size: none of its own operands has it. */
export function introduction(graph: Graph, ref: NodeRef, size: SymInt): GraphNode | null {
  let at = ref;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const node = graph[at.node];
    if (!node) return null;
    const before = tensorsOf(node).find((operand) => shapeOf(graph, operand)?.some((dim) => dim.key === size.key));
    if (!before) return node;
    at = before;
  }
  return null;
}

/** Where an operand's dim (both counted from the end) becomes the result's; null: this operation has no rule of its own. */
type Origin = (dim: number, ranks: (name: string) => number) => readonly [operand: string, dim: number] | null;

const convolution = (spatial: number): Origin => (dim) => (dim === -spatial - 1 ? ['weight', -spatial - 2] : ['input', dim]);
const product = (other: string): Origin => (dim, ranks) => (ranks('input') < 2 || ranks(other) < 2 ? null : dim === -1 ? [other, -1] : dim === -2 ? ['input', -2] : null);
const ORIGINS: Readonly<Record<string, Origin>> = {
  'torch.nn.functional.linear': (dim) => (dim === -1 ? ['weight', -2] : ['input', dim]),
  'torch.nn.functional.embedding': (dim) => (dim === -1 ? ['weight', -1] : ['input', dim + 1]),
  'torch.nn.functional.conv1d': convolution(1), 'torch.nn.functional.conv2d': convolution(2), 'torch.nn.functional.conv3d': convolution(3),
  'torch.chunk': (dim) => ['input', dim], 'torch.split': (dim) => ['input', dim],
  'torch.matmul': product('other'), 'torch.bmm': product('mat2'), 'torch.mm': product('mat2'),
};

/** Whether every call comes to what demands the size of that dim of a parameter. */
function isNeeded({ args }: GraphNode, dim: number): boolean {
  return args['always']?.type === 'list' && args['always'].items.some((item) => item.type === 'int' && item.value.value === dim);
}

/** Operations whose result has the sizes of its first operand. */
const KEEPS_SIZES = new Set([
  ...['layer_norm', 'rms_norm', 'group_norm', 'batch_norm', 'instance_norm', 'dropout', 'gelu', 'silu', 'relu', 'elu', 'leaky_relu', 'mish', 'softplus', 'softmax', 'log_softmax', 'normalize', 'hardswish', 'relu6'].map((name) => `torch.nn.functional.${name}`),
  ...['relu', 'softmax', 'log_softmax', 'tanh', 'sigmoid', 'exp', 'neg', 'abs'].map((name) => `torch.${name}`),
]);
const NOWHERE: NodeRef = { node: -1, output: 0 };

/**
 * Which sizes hold for every call: those that the code makes out of its own symbols, whatever these are. What a use
 * demanded of a parameter is no such size: another use, on another path, may demand something else.
 */
export class Certainty {
  private readonly known = new Map<string, boolean>();

  private readonly graph: Graph;
  /** Where the inputs stand of which the number of dims is only taken for granted. */
  private readonly supposedRanks: ReadonlySet<number>;

  constructor({ graph, symbols }: { readonly graph: { readonly nodes: Graph }; readonly symbols: Pick<SymbolTable, 'supposedRanks'> }) {
    this.graph = graph.nodes;
    this.supposedRanks = symbols.supposedRanks;
  }

  /** Whether the size of a dim, counted from the end, holds for every call. */
  ofDim(ref: NodeRef, dim: number, depth = 0): boolean {
    const key = `${ref.node} ${ref.output} ${dim}`;
    let known = this.known.get(key);
    if (known === undefined) this.known.set(key, (known = depth < MAX_DEPTH && this.derive(ref, dim, depth + 1)));
    return known;
  }

  /** Whether the number of dims does. */
  ofRank(ref: NodeRef, depth = 0): boolean {
    const node = this.graph[ref.node];
    if (!node || !shapeOf(this.graph, ref) || node.op === 'input' || node.op === 'opaque' || depth > MAX_DEPTH) return false;
    return RANK_IS_WRITTEN.has(node.op) || tensorsOf(node).every((operand) => this.ofRank(operand, depth + 1));
  }

  private derive(ref: NodeRef, dim: number, depth: number): boolean {
    const node = this.graph[ref.node];
    if (!node || node.op === 'opaque') return false;
    const size = shapeOf(this.graph, ref)?.at(dim);
    if (node.op === 'input' && node.source && this.supposedRanks.has(node.source.start)) return false;
    if (node.op === 'input' && isNeeded(node, dim)) return true;
    if (node.op === 'input') return size !== undefined && node.source !== null && loneSymbol(size)?.range?.start === node.source.start;
    const operand = (name: string): NodeRef | null => (node.args[name]?.type === 'tensor' ? node.args[name].ref : null);
    const origin = ORIGINS[node.op]?.(dim, (name) => shapeOf(this.graph, operand(name) ?? NOWHERE)?.length ?? 0) ?? (KEEPS_SIZES.has(node.op) ? ['input', dim] as const : null);
    if (origin) {
      const from = operand(origin[0]);
      return from !== null && this.ofDim(from, origin[1], depth);
    }
    return size === undefined ? this.ofWhole(ref, depth) : this.ofOperands(tensorsOf(node), size, dim, depth);
  }

  /** Whether nothing that it is computed from is a guess; for results of which the graph does not keep the sizes. */
  private ofWhole(ref: NodeRef, depth: number): boolean {
    const node = this.graph[ref.node];
    if (!node || node.op === 'opaque' || depth > MAX_DEPTH) return false;
    if (node.op === 'input') return node.args['guessed']?.type === 'bool' && !node.args['guessed'].value;
    const key = `${ref.node} ${ref.output}`;
    let known = this.known.get(key);
    if (known === undefined) this.known.set(key, (known = tensorsOf(node).every((operand) => this.ofWhole(operand, depth + 1))));
    return known;
  }

  /** Of an operation without a rule: the size is that of an operand, or computed from theirs. */
  private ofOperands(operands: readonly NodeRef[], size: SymInt, dim: number, depth: number): boolean {
    let same = false;
    for (const operand of operands) {
      const dims = shapeOf(this.graph, operand);
      if (!dims) return false;
      // What is broadcast may be the other one where this one is 1.
      const aligned = dims.at(dim);
      if (operands.length > 1 && aligned && aligned.key !== size.key && aligned.value === null && size.value === null) return false;
      for (const [i, other] of dims.entries()) {
        if (other.key !== size.key) continue;
        same = true;
        if (!this.ofDim(operand, i - dims.length, depth)) return false;
      }
    }
    if (same) return true;
    const symbols = new Set(symbolsOf(size));
    return operands.every((operand) => shapeOf(this.graph, operand)!.every((other, i, dims) => ![...symbolsOf(other)].some((symbol) => symbols.has(symbol)) || this.ofDim(operand, i - dims.length, depth)));
  }
}
