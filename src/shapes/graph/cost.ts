/** Floating-point operations of a part of the graph: products of matrices and convolutions, which is what counts. */
import { constant, mul, product, SizeError, sum } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { reach } from './cone';
import type { GraphNode, NodeId, NodeRef } from './graph';

/** A multiplication and an addition. */
const PER_PRODUCT = 2;
/** The operand whose sizes are contracted, and the dims of it that are. */
const CONTRACTED: Readonly<Record<string, { readonly operand: string; readonly dims: 'last' | 'all but the first' }>> = {
  'torch.matmul': { operand: 'input', dims: 'last' },
  'torch.mm': { operand: 'input', dims: 'last' },
  'torch.bmm': { operand: 'input', dims: 'last' },
  'torch.mv': { operand: 'input', dims: 'last' },
  'torch.addmm': { operand: 'mat1', dims: 'last' },
  'torch.baddbmm': { operand: 'batch1', dims: 'last' },
  'torch.nn.functional.linear': { operand: 'input', dims: 'last' },
  // The weight is (out, in / groups, kernel…): each output element takes all but the first.
  'torch.nn.functional.conv1d': { operand: 'weight', dims: 'all but the first' },
  'torch.nn.functional.conv2d': { operand: 'weight', dims: 'all but the first' },
  'torch.nn.functional.conv3d': { operand: 'weight', dims: 'all but the first' },
  'torch.conv1d': { operand: 'weight', dims: 'all but the first' },
  'torch.conv2d': { operand: 'weight', dims: 'all but the first' },
  'torch.conv3d': { operand: 'weight', dims: 'all but the first' },
};

/**
 * What computing `outputs` from `inputs` takes, a product and a sum counted as two; null where a size of it is not known.
 * Attention that is one operation counts as its two matrix products.
 */
export function flops(nodes: readonly GraphNode[], outputs: readonly NodeRef[], inputs: ReadonlySet<NodeId>): SymInt | null {
  const costs: SymInt[] = [constant(0)];
  try {
    for (const id of reach(nodes, outputs, inputs)) {
      const cost = inputs.has(id) ? constant(0) : costOf(nodes, nodes[id]!);
      if (cost === null) return null;
      costs.push(cost);
    }
    return sum(costs);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function costOf(nodes: readonly GraphNode[], node: GraphNode): SymInt | null {
  const output = node.outputs[0]?.shape;
  if (node.op === 'torch.nn.functional.scaled_dot_product_attention') {
    const [query, key] = [shapeOf(nodes, node, 'query'), shapeOf(nodes, node, 'key')];
    const length = key?.at(-2);
    // Scores, then values weighted by them.
    return query && output && length ? mul(constant(PER_PRODUCT), sum([mul(product(query), length), mul(product(output), length)])) : null;
  }
  const contracted = CONTRACTED[node.op];
  if (!contracted) return constant(0);
  const operand = shapeOf(nodes, node, contracted.operand);
  if (!operand || !output) return null;
  return product([constant(PER_PRODUCT), ...output, ...(contracted.dims === 'last' ? operand.slice(-1) : operand.slice(1))]);
}

function shapeOf(nodes: readonly GraphNode[], node: GraphNode, name: string): readonly SymInt[] | null {
  const argument = node.args[name];
  return argument?.type === 'tensor' ? nodes[argument.ref.node]?.outputs[argument.ref.output]?.shape ?? null : null;
}
