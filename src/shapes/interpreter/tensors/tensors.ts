/**
 * Between the interpreter and torch's rules: calls an operation, makes the tensors of its result with their graph nodes,
 * and functionalizes views and writes. Storages are real: `x[:, 0] += 1` writes a new node for all of x's memory, and
 * whatever shares it reads itself anew through its own strides.
 */
import { constant, product } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { same } from '../../symint/facts';
import type { Span } from '../../python/ast';
import type { GraphBuilder } from '../../graph/builder';
import type { GraphArgument, NodeOutput, NodeRef } from '../../graph/graph';
import { callOperation } from '../../torch/registry';
import type { Operation } from '../../torch/registry';
import type { Dtype } from '../../values/dtype';
import type { RuleContext, RuleResult, ShapeFault, TensorResult } from '../../torch/rule';
import type { Facts } from '../../symint/facts';
import type { Heap } from '../state/heap';
import type { Keywords } from '../interpreter';
import type { Layout, Shape, Storage, TensorValue, Value } from '../../values/values';
import { isArray, list, tuple, unknown } from '../../values/values';

/** An operation as it was applied at one place; hover explains it. */
export interface AppliedOperation {
  readonly operation: Operation;
  readonly bound: ReadonlyMap<string, Value>;
  readonly result: RuleResult;
}

export type Application =
  | { readonly ok: true; readonly value: Value; readonly applied: AppliedOperation; /** The tensor object that is `value` from now on (`x.unsqueeze_(0)`). */ readonly replaces?: TensorValue }
  | { readonly ok: false; readonly fault: ShapeFault }
  | { readonly ok: false; readonly unknown: string };

/** Contiguous strides of a shape, in elements. */
export function contiguousStrides(dims: readonly SymInt[]): SymInt[] {
  const strides: SymInt[] = new Array(dims.length);
  for (let i = dims.length - 1; i >= 0; i--) strides[i] = i === dims.length - 1 ? constant(1) : product([strides[i + 1]!, dims[i + 1]!]);
  return strides;
}

export class TensorFactory {
  private storages = 0;

  constructor(
    private readonly heap: Heap,
    private readonly facts: Facts,
    readonly graph: GraphBuilder,
  ) {}

  apply(operation: Operation, args: readonly Value[], keywords: Keywords, context: RuleContext, source: Span | null, path: string | null): Application {
    const outcome = callOperation(operation, args, keywords, context);
    if (!outcome.ok) return 'fault' in outcome ? { ok: false, fault: outcome.fault } : { ok: false, unknown: outcome.unknown };
    const applied = { operation, bound: outcome.bound, result: outcome.result };
    if (outcome.result.type === 'value') return { ok: true, value: outcome.result.value, applied };
    const results = flatten(outcome.result);
    const node = this.graph.add(operation.name, this.arguments(outcome.bound, source), results.map(nodeOutput), source, path);
    if (outcome.reshapes && outcome.result.type === 'tensor') {
      const value = this.fromResult(outcome.result, node);
      return { ok: true, value, applied, replaces: outcome.reshapes };
    }
    if (outcome.writesTo) {
      this.write(outcome.writesTo, node);
      return { ok: true, value: this.current(outcome.writesTo), applied };
    }
    const assumes = assumptionsOf(outcome.bound.values());
    const ofSparse = takesSparse(outcome.bound.values());
    let output = 0;
    const build = (result: RuleResult): Value => {
      if (result.type === 'value') return result.value;
      if (result.type === 'tensor') {
        const tensor = this.fromResult(ofSparse && !('sparse' in result) ? { ...result, sparse: null } : result, { node: node.node, output: output++ });
        return assumes.length > 0 ? { ...tensor, assumes } : tensor;
      }
      const items = result.items.map(build);
      if (result.count) return { ...tuple([]), items: null, element: items.map((item) => this.anyPiece(item))[0]!, count: result.count };
      return result.sequence === 'list' ? list(items) : tuple(items, result.typeName ?? null, result.fields ?? null);
    };
    return { ok: true, value: build(outcome.result), applied };
  }

  /** A tensor of which only shape and dtype are known. */
  opaque(shape: Shape, dtype: Dtype | null, reason: string, source: Span | null = null): TensorValue {
    const node = this.graph.add('opaque', { reason: { type: 'str', value: reason } }, [{ shape: shape.rest ? null : shape.dims, dtype }], source, null);
    return this.fresh(shape, dtype, node);
  }

  /** One of many results alike, whichever it is: its elements are not known. */
  private anyPiece(item: Value): Value {
    if (item.kind !== 'Tensor') return item;
    return { ...this.opaque(item.shape, item.dtype, 'it is one of several, the number of which is not known'), assumes: item.assumes };
  }

  /**
   * A value from outside: a parameter that no call reaches. `always`: dims from the end whose sizes every call needs;
   * `guessed`: of others that is not sure.
   */
  input(name: string, shape: Shape, dtype: Dtype | null, source: Span | null, known: { readonly always: readonly number[]; readonly guessed: boolean } = { always: [], guessed: true }): TensorValue {
    const always: GraphArgument = { type: 'list', items: known.always.map((dim) => ({ type: 'int', value: constant(dim) })) };
    const node = this.graph.add('input', { name: { type: 'str', value: name }, always, guessed: { type: 'bool', value: known.guessed } }, [{ shape: shape.rest ? null : shape.dims, dtype }], source, null);
    return this.fresh(shape, dtype, node);
  }

  fresh(shape: Shape, dtype: Dtype | null, node: NodeRef | null, { strides, isParameter = false, sparse }: Pick<TensorResult, 'strides' | 'isParameter' | 'sparse'> = {}): TensorValue {
    const layout: Layout | null = shape.rest || strides === null ? null : strides ? { strides, offset: constant(0) } : { strides: contiguousStrides(shape.dims), offset: constant(0), isRowMajor: true };
    const storage: Storage = this.heap.bear({ id: this.storages++, version: 0, node: null, size: shape.rest ? null : product(shape.dims), ...(sparse === undefined ? {} : { sparse }) });
    const tensor: TensorValue = { kind: 'Tensor', shape, dtype, storage, layout, node, version: 0, isParameter, device: null, assumes: [] };
    this.origins.set(storage, tensor);
    return tensor;
  }

  /** The same memory as torch.nn.Parameter makes it. */
  asParameter(tensor: TensorValue): TensorValue {
    // A layout of its own: two parameters made of one tensor are two objects.
    return { ...this.current(tensor), layout: tensor.layout && { ...tensor.layout }, isParameter: true };
  }

  /** The tensor with its value as of now. */
  current(tensor: TensorValue): TensorValue {
    return tensor.version === tensor.storage.version ? tensor : { ...tensor, node: this.read(tensor), version: tensor.storage.version };
  }

  /** A tensor, and the one in a NumPy array, is seen with what writes made of it until now. */
  seen(value: Value): Value {
    if (value.kind === 'Tensor') return this.current(value);
    return isArray(value) ? { ...value, content: this.current(value.content) } : value;
  }

  /** The node that holds the tensor's value as of now. */
  read(tensor: TensorValue): NodeRef | null {
    const { storage } = tensor;
    if (tensor.version === storage.version) return tensor.node;
    const base = storage.node;
    if (base === null || tensor.layout === null || tensor.shape.rest) return null;
    const last = this.lastWrites.get(storage);
    if (last && last.version === storage.version && last.tensor.layout === tensor.layout) return last.node;
    const before = this.reads.get(tensor);
    if (before && before.version === storage.version) return before.node;
    const node = this.graph.add('torch.as_strided', this.strided(base, 'input', tensor), [{ shape: tensor.shape.dims, dtype: tensor.dtype }], null, null);
    this.reads.set(tensor, { version: storage.version, node });
    return node;
  }

  /** Writes `node`, of the tensor's own shape, into its memory. */
  write(tensor: TensorValue, node: NodeRef): void {
    const { storage, layout } = tensor;
    const base = this.base(storage);
    let next: NodeRef | null = null;
    if (layout !== null && !tensor.shape.rest && storage.size !== null) {
      const shape: NodeOutput[] = [{ shape: [storage.size], dtype: tensor.dtype }];
      const whole = isContiguous(tensor, this.facts) && same(product(tensor.shape.dims), storage.size, this.facts);
      if (whole) next = this.graph.add('torch.reshape', { input: { type: 'tensor', ref: node }, shape: { type: 'list', items: [{ type: 'int', value: storage.size }] } }, shape, null, null);
      else if (base !== null) next = this.graph.add('torch.as_strided_scatter', { ...this.strided(base, 'input', tensor), src: { type: 'tensor', ref: node } }, shape, null, null);
    }
    this.heap.assign(storage, 'version', storage.version + 1);
    this.heap.assign(storage, 'node', next);
    if (next) this.lastWrites.set(storage, { tensor, version: storage.version, node });
  }

  private readonly origins = new WeakMap<Storage, TensorValue>();
  private reads = new WeakMap<TensorValue, { version: number; node: NodeRef }>();
  private lastWrites = new WeakMap<Storage, { tensor: TensorValue; version: number; node: NodeRef }>();

  /** Writes were taken back: what was read by their versions does not count. */
  forgetVersions(): void {
    this.reads = new WeakMap();
    this.lastWrites = new WeakMap();
  }

  /** The whole storage as one 1-D tensor in memory order. */
  private base(storage: Storage): NodeRef | null {
    if (storage.node !== null || storage.version > 0) return storage.node;
    const origin = this.origins.get(storage);
    if (!origin?.node || !origin.layout || storage.size === null) return null;
    let ref = origin.node;
    let dims = origin.shape.dims;
    if (!isContiguous(origin, this.facts)) {
      const order = memoryOrder(origin.layout.strides);
      if (order === null) return null;
      dims = order.map((dim) => origin.shape.dims[dim]!);
      ref = this.graph.add('torch.permute', { input: { type: 'tensor', ref }, dims: { type: 'list', items: order.map((dim) => ({ type: 'int', value: constant(dim) })) } }, [{ shape: dims, dtype: origin.dtype }], null, null);
    }
    return this.graph.add('torch.reshape', { input: { type: 'tensor', ref }, shape: { type: 'list', items: [{ type: 'int', value: storage.size }] } }, [{ shape: [storage.size], dtype: origin.dtype }], null, null);
  }

  private strided(base: NodeRef, name: string, tensor: TensorValue): Record<string, GraphArgument> {
    const ints = (values: readonly SymInt[]): GraphArgument => ({ type: 'list', items: values.map((value) => ({ type: 'int', value })) });
    return {
      [name]: { type: 'tensor', ref: base },
      size: ints(tensor.shape.dims),
      stride: ints(tensor.layout!.strides),
      storage_offset: { type: 'int', value: tensor.layout!.offset },
    };
  }

  private fromResult(result: TensorResult, node: NodeRef): TensorValue {
    const source = result.viewOf ?? result.maybeViewOf;
    if (!source) return this.fresh(result.shape, result.dtype, node, result);
    const layout = result.viewOf ? result.layout ?? null : null;
    return {
      kind: 'Tensor', shape: result.shape, dtype: result.dtype, storage: source.storage, layout, node,
      version: source.storage.version, isParameter: result.isParameter ?? false, device: source.device, assumes: source.assumes,
    };
  }

  private arguments(bound: ReadonlyMap<string, Value>, source: Span | null): Record<string, GraphArgument> {
    const args: Record<string, GraphArgument> = {};
    for (const [name, value] of bound) args[name] = this.argument(value, source);
    return args;
  }

  private argument(value: Value, source: Span | null): GraphArgument {
    switch (value.kind) {
      case 'Tensor': {
        const ref = this.read(value);
        return { type: 'tensor', ref: ref ?? this.opaque(value.shape, value.dtype, 'it was changed in place where its memory order is not known', source).node! };
      }
      case 'int': return value.value === null ? this.unknownArgument('an int that is not known') : { type: 'int', value: value.value };
      case 'float': return value.value === null ? this.unknownArgument('a float that is not known') : { type: 'float', value: value.value };
      case 'complex': return value.parts === null ? this.unknownArgument('a complex number that is not known') : { type: 'complex', value: value.parts };
      case 'bool': return value.value === null ? this.unknownArgument('a bool that is not known') : { type: 'bool', value: value.value };
      case 'str': return { type: 'str', value: value.value ?? '' };
      case 'dtype': return { type: 'dtype', value: value.value };
      case 'Ellipsis': return { type: 'ellipsis' };
      case 'slice': return { type: 'slice', start: this.argument(value.start, source), stop: this.argument(value.stop, source), step: this.argument(value.step, source) };
      case 'tuple': case 'list': return value.items ? { type: 'list', items: value.items.map((item) => this.argument(item, source)) } : this.unknownArgument('a sequence of unknown length');
      case 'None': return { type: 'none' };
      case 'device': return { type: 'str', value: value.value };
      default: return this.unknownArgument(value.kind === 'unknown' ? value.reason : `a ${value.kind}`);
    }
  }

  /** An operand that has no value: evaluation stops here and says why. */
  private unknownArgument(reason: string): GraphArgument {
    return { type: 'tensor', ref: this.graph.add('opaque', { reason: { type: 'str', value: reason } }, [{ shape: [], dtype: 'float32' }], null, null) };
  }
}

function takesSparse(values: Iterable<Value>): boolean {
  for (const value of values) if (value.kind === 'Tensor' && value.storage.sparse !== undefined) return true;
  return false;
}

/** What the operands' shapes rest on, the result's rests on too. */
function assumptionsOf(values: Iterable<Value>): readonly number[] {
  let found: number[] | null = null;
  for (const value of values) {
    const own = value.kind === 'Tensor' ? value.assumes : (value.kind === 'tuple' || value.kind === 'list') && value.items ? assumptionsOf(value.items) : [];
    if (own.length > 0) found = [...new Set([...(found ?? []), ...own])];
  }
  return found ?? [];
}

function flatten(result: RuleResult): TensorResult[] {
  if (result.type === 'tensor') return [result];
  return result.type === 'tuple' ? result.items.flatMap(flatten) : [];
}

function nodeOutput(result: TensorResult): NodeOutput {
  return { shape: result.shape.rest ? null : result.shape.dims, dtype: result.dtype };
}

export function isContiguous(tensor: TensorValue, facts: Facts): boolean {
  if (tensor.layout?.isRowMajor) return true;
  if (!tensor.layout || !same(tensor.layout.offset, constant(0), facts)) return false;
  const wanted = contiguousStrides(tensor.shape.dims);
  return tensor.layout.strides.every((stride, i) => same(stride, wanted[i]!, facts) || same(tensor.shape.dims[i]!, constant(1), facts));
}

/** Dims from the largest stride to the smallest; null where that is not known. */
function memoryOrder(strides: readonly SymInt[]): number[] | null {
  const numbers = strides.map((stride) => (stride.value === null ? NaN : stride.value));
  if (numbers.some(Number.isNaN)) return null;
  return numbers.map((_, dim) => dim).sort((a, b) => numbers[b]! - numbers[a]!);
}

export function unknownTensor(reason: string): Value {
  return unknown(reason);
}
