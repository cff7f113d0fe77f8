/** The parameters and buffers of a document's modules by their names, and the nodes of the graph that stand for each. */
import type { GraphNode, NodeId } from '../shapes/graph/graph';
import type { NamedTensor } from '../shapes/interpreter/tensors/moduleParameters';
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { InstanceValue, TensorValue } from '../shapes/values/values';
import type { TracedFile } from './tracedFile';

/** A module that is no part of another one, or what the document's own variables hold. */
export interface ParameterRoot {
  /** The variable that it is kept in, else its class; null: the document's variables. */
  readonly name: string | null;
  readonly tensors: readonly ParameterTensor[];
}

export interface ParameterTensor {
  /** Dotted, as `state_dict` has it. */
  readonly name: string;
  readonly tensor: TensorValue;
  /** The contents of its storage after a write: 1-D. */
  readonly stored: NodeId | null;
}

interface Found { readonly name: string; readonly tensors: readonly NamedTensor[]; readonly modules: ReadonlySet<InstanceValue>; readonly rank: number }

/** Found once a trace. */
const known = new WeakMap<TracedFile, readonly ParameterRoot[]>();

export function parameterRoots(file: TracedFile): readonly ParameterRoot[] {
  let roots = known.get(file);
  if (!roots) known.set(file, (roots = [...modules(file), ...variables(file)]));
  return roots;
}

function modules(file: TracedFile): ParameterRoot[] {
  const found = new Map<InstanceValue, Found>();
  for (const recording of file.analysis.recordings.values()) {
    for (const seen of recording.seen) {
      if (seen.type !== 'value' || seen.value.kind !== 'instance' || !seen.state || seen.state.tensors.length === 0) continue;
      const rank = rankOf(recording, seen.value, seen.state.tensors.length);
      const before = found.get(seen.value);
      const name = before && before.name !== seen.value.cls.name ? before.name : nameAt(recording) ?? seen.value.cls.name;
      if (!before || rank > before.rank) found.set(seen.value, { name, ...seen.state, rank });
      else if (before.name !== name) found.set(seen.value, { ...before, name });
    }
  }
  const inner = new Set([...found].flatMap(([instance, { modules: all }]) => [...all].filter((each) => each !== instance)));
  return [...found].filter(([instance]) => !inner.has(instance)).map(([, { name, tensors }]) => ({ name, tensors: tensors.map(parameterTensor) }));
}

/** A module is best looked at where it is complete and its methods have not yet changed anything: where it was made. */
function rankOf({ node, context, target }: Recording, { cls }: InstanceValue, tensors: number): number {
  const isOutside = !context.split('.').includes(cls.name);
  return 2 * tensors + (isOutside && (target || node.kind === 'Call') ? 1 : 0);
}

function nameAt({ node, target }: Recording): string | null {
  return target && node.kind === 'Name' ? node.id : target && node.kind === 'Attribute' ? node.attr : null;
}

function parameterTensor({ name, tensor, stored }: NamedTensor): ParameterTensor {
  return { name, tensor, stored: stored?.node ?? null };
}

/** Parameters and values from outside that have a name of their own. */
function variables(file: TracedFile): ParameterRoot[] {
  const { graph, recordings } = file.analysis;
  const tensors = new Map<string, ParameterTensor>();
  for (const { node, seen, target, context } of recordings.values()) {
    const name = node.kind === 'Name' && target && context === '<module>' ? node.id : node.kind === 'arg' ? node.arg : null;
    const first = seen[0];
    if (name === null || tensors.has(name) || first?.type !== 'Tensor' || !first.tensor.node) continue;
    if (first.tensor.isParameter || graph[first.tensor.node.node]!.op === 'input') tensors.set(name, { name, tensor: first.tensor, stored: first.tensor.storage.node?.node ?? null });
  }
  return tensors.size > 0 ? [{ name: null, tensors: [...tensors.values()] }] : [];
}

/** Operations that give a tensor its first values; what a checkpoint holds comes after them. */
const INITIALIZES = /^torch\.(nn\.init\.\w+_|Tensor\.(fill_|zero_|uniform_|normal_|bernoulli_|exponential_|log_normal_|cauchy_|geometric_|random_))$/;

/** Of each node that holds a parameter's value before it is used: which parameter, by its index. A node's shape is the parameter's or 1-D. */
export function parameterNodes(graph: readonly GraphNode[], tensors: readonly ParameterTensor[]): ReadonlyMap<NodeId, number> {
  const nodes = new Map<NodeId, number>();
  tensors.forEach(({ tensor, stored }, i) => {
    const start = [...(tensor.node && tensor.node.output === 0 ? [tensor.node.node] : []), ...(stored === null ? [] : [stored, ...operandOf(graph[stored]!, 'input')])];
    for (const node of start) if (!nodes.has(node)) nodes.set(node, i);
  });
  for (const node of graph) {
    if (nodes.has(node.id)) continue;
    const owner = [...operandOf(node, 'input'), ...operandOf(node, 'tensor')].map((id) => nodes.get(id)).find((index) => index !== undefined);
    if (owner === undefined || !tensors[owner]!.tensor.isParameter) continue;
    if (INITIALIZES.test(node.op) || isStored(node, tensors[owner]!) || (node.op === 'torch.as_strided_scatter' && operandOf(node, 'src').some((id) => INITIALIZES.test(graph[id]!.op)))) nodes.set(node.id, owner);
  }
  return nodes;
}

/** The whole parameter as 1-D memory, as writes keep it. */
function isStored(node: GraphNode, { tensor }: ParameterTensor): boolean {
  return node.op === 'torch.reshape' && node.source === null && node.outputs[0]?.shape?.length === 1 && node.outputs[0].shape[0]!.key === tensor.storage.size?.key;
}

function operandOf(node: GraphNode, name: string): NodeId[] {
  const argument = node.args[name];
  return argument?.type === 'tensor' ? [argument.ref.node] : [];
}
