/**
 * Elements of small integer tensors that the code alone decides: `torch.tensor([H, W]).prod()`, the lengths that
 * `cumsum` gives, `grid.tolist()`. They are read from the traced graph, and only when a size or a condition rests on
 * them. Elements may be symbolic. Whatever is not sure of every run is not known.
 */
import type { GraphArgument, GraphNode, NodeOutput, NodeRef } from '../graph/graph';
import { constant, SizeError } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { operations as arranging } from './arranging';
import { operations as creation } from './creation';
import { isWhole, numelOf } from './elements';
import type { Element, Elements } from './elements';
import { operations as indexing } from './indexing';
import { NotKnown, Operands } from './operation';
import type { OperationTable } from './operation';
import { operations as pointwise } from './pointwise';
import { operations as reductions } from './reductions';

const OPERATIONS: OperationTable = { ...arranging, ...creation, ...indexing, ...pointwise, ...reductions };

/** Larger tensors are not computed. */
const MAX_NUMEL = 4096;
/** Operations on the way to a value, one behind the other. */
const MAX_DEPTH = 200;
/** What NumPy computes paddings and sizes in. The weights of a model are narrower: what they hold at the start decides nothing. */
const FLOAT = 'float64';
/** Whole numbers of so many bits; those of other dtypes are not known. */
const BITS: Readonly<Record<string, number>> = { uint8: 8, int8: 7, int16: 15, int32: 31, int64: 53, [FLOAT]: 53 };

/** Elements that were computed elsewhere, of a node of an earlier trace of the same text. */
export interface Answer {
  readonly ref: NodeRef;
  /** What the node was: where a trace has another there, the answer is not for it. */
  readonly op: string;
  /** Row-major; booleans as 0 and 1. */
  readonly values: ArrayLike<number>;
}

export class Constants {
  /** null: not known, or being computed. */
  private readonly computed = new Map<number, readonly Elements[] | null>();
  private readonly answers: ReadonlyMap<string, Answer>;
  private readonly asked = new Map<string, NodeRef>();

  constructor(private readonly nodes: readonly GraphNode[], answers: readonly Answer[] = []) {
    this.answers = new Map(answers.map((answer) => [key(answer.ref), answer]));
  }

  /** The tensors whose elements a size or a condition rests on, and the code alone does not decide; in the order of the trace. */
  get questions(): readonly NodeRef[] {
    return [...this.asked.values()];
  }

  /** All elements, row-major; null where not all sizes, or no element, is known. */
  elements(ref: NodeRef | null): readonly (SymInt | null)[] | null {
    if (!ref) return null;
    const known = this.read(ref, 0)?.data.map((element) => (isWhole(element) ? element : null));
    return known?.every((element) => element !== null) ? known : this.answered(ref, (value) => (Number.isSafeInteger(value) ? constant(value) : null)) ?? known ?? null;
  }

  /** Of a tensor of floats, row-major; null where one is not known. */
  floats(ref: NodeRef | null): readonly number[] | null {
    const known = ref && this.read(ref, 0)?.data.map((element) => element?.value ?? null);
    return known?.every((value) => value !== null) ? known : ref && this.answered(ref, (value) => value);
  }

  /** The node is no more. */
  forget(id: GraphNode['id']): void {
    this.computed.delete(id);
  }

  private answered<T>(ref: NodeRef, of: (value: number) => T): readonly T[] | null {
    const answer = this.answers.get(key(ref));
    if (answer && answer.op === this.nodes[ref.node]!.op) return Array.from(answer.values, of);
    this.asked.set(key(ref), ref);
    return null;
  }

  private read({ node: id, output }: NodeRef, depth: number): Elements | null {
    let known = this.computed.get(id);
    if (known === undefined) {
      if (depth > MAX_DEPTH) return null;
      this.computed.set(id, null);
      this.computed.set(id, (known = this.compute(this.nodes[id]!, depth)));
    }
    return known?.[output] ?? null;
  }

  private compute(node: GraphNode, depth: number): readonly Elements[] | null {
    const operation = OPERATIONS[node.op];
    if (!operation || !node.outputs.some(isSmall)) return null;
    const read = (argument: GraphArgument): Elements | null => (argument.type === 'tensor' ? this.read(argument.ref, depth + 1) : null);
    const isBool = (argument: GraphArgument): boolean => argument.type === 'tensor' && this.nodes[argument.ref.node]!.outputs[argument.ref.output]!.dtype === 'bool';
    try {
      const found = operation(new Operands(node.args, node.outputs, read, isBool));
      const results = 'data' in found ? [found] : found;
      return results.map((result, i) => fitted(result, node.outputs[i]!));
    } catch (error) {
      if (error instanceof NotKnown || error instanceof SizeError) return null;
      throw error;
    }
  }
}

const key = ({ node, output }: NodeRef): string => `${node}.${output}`;

function isSmall({ shape, dtype }: NodeOutput): boolean {
  return shape !== null && dtype !== null && (dtype === 'bool' || dtype in BITS) && shape.every((dim) => dim.value !== null) && numelOf(shape.map((dim) => dim.value!)) <= MAX_NUMEL;
}

/** Without what the dtype cannot hold. */
function fitted({ shape, data }: Elements, output: NodeOutput): Elements {
  if (!isSmall(output) || numelOf(shape) !== data.length || output.shape!.length !== shape.length || output.shape!.some((dim, i) => dim.value !== shape[i])) throw new NotKnown();
  const { dtype } = output;
  const limit = 2 ** (BITS[dtype!] ?? 1);
  const least = dtype === 'uint8' || dtype === 'bool' ? 0 : -limit;
  // A symbol stands for a number that int64 holds.
  const fits = (element: Element): boolean => !isWhole(element) ? element !== null && dtype === FLOAT : (element.value === null ? dtype === 'int64' || dtype === 'int32' : element.value >= least && element.value < limit);
  return { shape, data: data.map((element) => (fits(element) ? element : null)) };
}
