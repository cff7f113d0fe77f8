/** What is the same to all that a trace can tell: values of which nothing is known but what is equal, items of a loop that differ in a number. */
import { operands } from '../../graph/cone';
import type { GraphBuilder } from '../../graph/builder';
import type { GraphArgument, NodeId, NodeRef } from '../../graph/graph';
import { add, constant, mul, sub } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { DictEntry, Layout, TensorValue, Value } from '../../values/values';
import { int, sameParts } from '../../values/values';

/** Objects within objects. */
const DEEPEST = 8;
/** Operations one behind the other. */
const MOST_OPERATIONS = 2_000;

export class Alikeness {
  private readonly hidden = new Map<NodeId, boolean>();
  /** Of pairs of nodes, whether they compute the same. */
  private readonly computed = new Map<NodeId, Map<NodeId, boolean>>();

  constructor(private readonly graph: GraphBuilder) {}

  /** Two contents of one place of the heap that are the same but for the elements of a tensor, and how they lie in memory. */
  sameButElements(key: string, before: unknown, now: unknown): boolean {
    // Of a storage without a node nothing is known, or nobody has written to it.
    if (key === 'node') return !before || !now || this.haveSameSizes(before as NodeRef, now as NodeRef);
    return isValue(before) && isValue(now) && before.kind === 'Tensor' && now.kind === 'Tensor' && haveSameShape(before, now) && !before.storage.sparse && !now.storage.sparse;
  }

  private haveSameSizes(a: NodeRef, b: NodeRef): boolean {
    const [one, other] = [a, b].map(({ node, output }) => this.graph.nodes[node]!.outputs[output]!);
    return one!.dtype === other!.dtype && !!one!.shape && areSizes(one!.shape, other!.shape ?? []);
  }

  /** Two contents of one place of the heap. */
  same(key: string, before: unknown, now: unknown): boolean {
    if (before === now || key === 'version') return true;
    if (key === 'node') return this.areElements(before as NodeRef | null | undefined, now as NodeRef | null | undefined);
    if (Array.isArray(before) && Array.isArray(now)) return this.areSame(before as Value[], now as Value[], 0);
    if (isEntry(before) && isEntry(now)) return this.isSame(before.value, now.value, 0);
    return isValue(before) && isValue(now) && this.isSame(before, now, 0);
  }

  private areSame(a: readonly Value[], b: readonly Value[], depth: number): boolean {
    return a.length === b.length && a.every((item, i) => this.isSame(item, b[i]!, depth));
  }

  private isSame(a: Value, b: Value, depth: number): boolean {
    if (a === b) return true;
    if (a.kind !== b.kind || depth > DEEPEST) return false;
    switch (a.kind) {
      case 'Tensor': return this.areTensors(a, b as typeof a);
      case 'int': return a.value?.key === (b as typeof a).value?.key;
      case 'float': return Object.is(a.value, (b as typeof a).value) && !a.ratio && !(b as typeof a).ratio;
      case 'bool': return a.value === (b as typeof a).value && !a.likely && !(b as typeof a).likely;
      case 'str': return a.value === (b as typeof a).value && a.pattern === (b as typeof a).pattern;
      case 'dtype': case 'device': return a.value === (b as typeof a).value;
      case 'complex': return sameParts(a.parts, (b as typeof a).parts);
      case 'None': case 'Ellipsis': return true;
      case 'unknown': return a.reason === (b as typeof a).reason && a.parameter === (b as typeof a).parameter;
      case 'tuple': case 'list': {
        const other = b as typeof a;
        if (!a.items || !other.items) return a.items === other.items && a.count?.key === other.count?.key && a.element !== null && other.element !== null && this.isSame(a.element, other.element, depth + 1);
        return a.typeName === other.typeName && this.areSame(a.items, other.items, depth + 1);
      }
      case 'union': return this.areSame(a.options, (b as typeof a).options, depth + 1);
      case 'dict': {
        const other = b as typeof a;
        const [own, others] = [[...a.entries], [...other.entries]];
        return !a.open && !other.open && own.length === others.length && own.every(([key, { value }], i) => key === others[i]![0] && this.isSame(value, others[i]![1].value, depth + 1));
      }
      case 'method': return this.isSame(a.receiver, (b as typeof a).receiver, depth + 1) && this.isSame(a.func, (b as typeof a).func, depth + 1);
      case 'instance': {
        const other = b as typeof a;
        const [own, others] = [[...a.attributes], [...other.attributes]];
        return a.cls === other.cls && this.areContents(a.content, other.content, depth) && own.length === others.length && own.every(([key, value], i) => key === others[i]![0] && this.isSame(value, others[i]![1], depth + 1));
      }
      default: return false;
    }
  }

  private areContents(a: Value | undefined, b: Value | undefined, depth: number): boolean {
    return a === b || (!!a && !!b && this.isSame(a, b, depth + 1));
  }

  private areTensors(a: TensorValue, b: TensorValue): boolean {
    return haveSameShape(a, b)
      && isSameLayout(a.layout, b.layout) && (a.storage === b.storage || areSizes([a.storage.size], [b.storage.size]))
      && a.storage.requiresGrad?.value === b.storage.requiresGrad?.value && !a.storage.sparse && !b.storage.sparse
      && (a.node === b.node || this.areElements(a.node, b.node));
  }

  /** Whether of neither the elements can be computed, or both are computed in the same way: with numbers drawn at random, any are as good. */
  private areElements(a: NodeRef | null | undefined, b: NodeRef | null | undefined): boolean {
    return this.areHidden(a, b) || (!!a && !!b && this.isSameReference(a, b, 0));
  }

  private isSameReference(a: NodeRef, b: NodeRef, depth: number): boolean {
    return a.output === b.output && (a.node === b.node || this.computeSame(a.node, b.node, depth));
  }

  private computeSame(a: NodeId, b: NodeId, depth: number): boolean {
    let known = this.computed.get(a);
    if (!known) this.computed.set(a, (known = new Map()));
    let isSame = known.get(b);
    if (isSame === undefined) {
      const [one, other] = [this.graph.nodes[a]!, this.graph.nodes[b]!];
      const names = Object.keys(one.args);
      isSame = one.op === other.op && one.op !== 'opaque' && depth < MOST_OPERATIONS && names.length === Object.keys(other.args).length
        && one.outputs.length === other.outputs.length && one.outputs.every(({ shape, dtype }, i) => dtype === other.outputs[i]!.dtype && !!shape && areSizes(shape, other.outputs[i]!.shape ?? []))
        && names.every((name) => other.args[name] !== undefined && this.areArguments(one.args[name]!, other.args[name], depth + 1));
      known.set(b, isSame);
    }
    return isSame;
  }

  private areArguments(a: GraphArgument, b: GraphArgument, depth: number): boolean {
    switch (a.type) {
      case 'tensor': return b.type === 'tensor' && this.isSameReference(a.ref, b.ref, depth);
      case 'list': return b.type === 'list' && a.items.length === b.items.length && a.items.every((item, i) => this.areArguments(item, b.items[i]!, depth));
      case 'slice': return b.type === 'slice' && this.areArguments(a.start, b.start, depth) && this.areArguments(a.stop, b.stop, depth) && this.areArguments(a.step, b.step, depth);
      case 'int': return b.type === 'int' && a.value.key === b.value.key;
      case 'complex': return b.type === 'complex' && Object.is(a.value[0], b.value[0]) && Object.is(a.value[1], b.value[1]);
      case 'none': case 'ellipsis': return a.type === b.type;
      default: return a.type === b.type && Object.is(a.value, (b as typeof a).value);
    }
  }

  /** Whether of neither the elements can be computed: what they rest on is not known. */
  private areHidden(a: NodeRef | null | undefined, b: NodeRef | null | undefined): boolean {
    return !!a && !!b && this.isHidden(a.node) && this.isHidden(b.node);
  }

  private isHidden(node: NodeId): boolean {
    const pending = [node];
    while (pending.length > 0) {
      const id = pending.at(-1)!;
      const { op, args } = this.graph.nodes[id]!;
      const needed = this.hidden.has(id) ? [] : Object.values(args).flatMap(operands);
      const open = needed.filter((each) => !this.hidden.has(each));
      if (op !== 'opaque' && !needed.some((each) => this.hidden.get(each)) && open.length > 0) pending.push(open[0]!);
      else {
        if (!this.hidden.has(id)) this.hidden.set(id, op === 'opaque' || needed.some((each) => this.hidden.get(each)));
        pending.pop();
      }
    }
    return this.hidden.get(node)!;
  }
}

function haveSameShape(a: TensorValue, b: TensorValue): boolean {
  return a.dtype === b.dtype && a.isParameter === b.isParameter && a.device === b.device && areSizes(a.shape.dims, b.shape.dims) && a.shape.rest?.at === b.shape.rest?.at;
}

const isValue = (value: unknown): value is Value => typeof value === 'object' && value !== null && 'kind' in value;
const isEntry = (value: unknown): value is DictEntry => typeof value === 'object' && value !== null && 'key' in value && 'value' in value && isValue((value as DictEntry).value);
const areSizes = (a: readonly (SymInt | null)[], b: readonly (SymInt | null)[]): boolean => a.length === b.length && a.every((size, i) => size?.key === b[i]?.key);
const isSameLayout = (a: Layout | null, b: Layout | null): boolean => (a && b ? a.offset.key === b.offset.key && areSizes(a.strides, b.strides) : a === b);

/** Items from one on that differ in numbers only, which grow by the same with each: those numbers, as they stand in the item. */
export interface Steps {
  /** The last of them. */
  readonly last: number;
  /** In the order in which they are found. */
  readonly by: readonly SymInt[];
}

export function stepsOf(items: readonly Value[], from: number): Steps {
  const first = numbersIn(items[from]!);
  const by = from + 1 < items.length ? numbersIn(items[from + 1]!).map((each, i) => sub(each, first[i] ?? each)) : [];
  let last = from;
  while (last + 1 < items.length && isNext(items[last]!, items[last + 1]!, by)) last++;
  return { last, by };
}

/** The item that comes so many rounds later. */
export function valueAt(item: Value, { by }: Steps, rounds: SymInt): Value {
  let at = 0;
  const shift = (value: Value): Value => {
    if (value.kind === 'int' && value.value) {
      const step = by[at++]!;
      return step.key === constant(0).key ? value : int(add(value.value, mul(step, rounds)));
    }
    return value.kind === 'tuple' && value.items ? { ...value, items: value.items.map(shift) } : value;
  };
  return shift(item);
}

function numbersIn(value: Value): SymInt[] {
  if (value.kind === 'int' && value.value) return [value.value];
  return value.kind === 'tuple' && value.items ? value.items.flatMap(numbersIn) : [];
}

function isNext(before: Value, next: Value, by: readonly SymInt[]): boolean {
  const steps = [...by];
  const isLike = (a: Value, b: Value): boolean => {
    if (a.kind === 'int' && b.kind === 'int' && a.value && b.value) return sub(b.value, a.value).key === steps.shift()?.key;
    if (a === b && numbersIn(a).length === 0) return true;
    return a.kind === 'tuple' && b.kind === 'tuple' && a.typeName === b.typeName && a.items !== null && b.items !== null && a.items.length === b.items.length && a.items.every((item, i) => isLike(item, b.items![i]!));
  };
  return isLike(before, next) && steps.length === 0;
}
