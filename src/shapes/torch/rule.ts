/**
 * What an operator's rule is: a small pure function from bound arguments to the shapes and dtypes of the results.
 * A family file holds rules; its registry rows bind each to torch's names and signature. The interpreter calls rules
 * through `registry.ts` alone, records the graph node and applies views and writes: a rule does none of that.
 */
import type { Span } from '../python/ast';
import { Signal } from '../signal';
import type { SymInt } from '../symint/symint';
import type { Layout, Shape, SparseParts, TensorValue, Value } from '../values/values';
import type { Dtype } from '../values/dtype';

/** yes, no, or not known. */
export type Tri = boolean | null;

/** One tensor that a rule makes. */
export interface TensorResult {
  readonly type: 'tensor';
  readonly shape: Shape;
  readonly dtype: Dtype | null;
  /** Set: a view of this tensor's storage with this layout (null layout: a view whose strides are not known). */
  readonly viewOf?: TensorValue;
  readonly layout?: Layout | null;
  /** Set where it may be a view or a copy (reshape of unknown strides). */
  readonly maybeViewOf?: TensorValue;
  /** Strides of a fresh result that is not contiguous (an operation that keeps its operand's order); null: not known. */
  readonly strides?: readonly SymInt[] | null;
  /** nn.Parameter and the like. */
  readonly isParameter?: boolean;
  /** How a sparse result is stored; null: not known. */
  readonly sparse?: SparseParts | null | undefined;
}

/** Several tensors as a tuple (or a list), named as torch names them where it does (`values`, `indices`). */
export interface TupleResult { readonly type: 'tuple'; readonly items: readonly RuleResult[]; readonly sequence: 'tuple' | 'list'; readonly typeName?: string; readonly fields?: readonly string[];
  /** How many there are where that is no number: `items` is one that stands for each. */ readonly count?: SymInt }
/** A value that is no tensor: an int, a size, a bool. */
export interface ValueResult { readonly type: 'value'; readonly value: Value }
export type RuleResult = TensorResult | TupleResult | ValueResult;

/** A proven fault: thrown by `context.fail`, caught by the registry, reported as a diagnostic; the result is unknown. */
export class ShapeFault extends Signal {
  constructor(
    readonly code: string,
    message: string,
    readonly related: readonly { readonly span: Span; readonly message: string }[] = [],
    /** The two sizes that had to be equal. */
    readonly sizes?: readonly [SymInt, SymInt],
  ) {
    super(message);
  }
}

/** Not known, with the reason: thrown by `context.unknown`, caught by the registry, the result is Unknown. */
export class UnknownResult extends Signal {}

/** What a rule may ask. */
export interface RuleContext {
  /** Proven equal, proven different, or not known. */
  equal(a: SymInt, b: SymInt): Tri;
  /** Whether they are proven equal: costs less where "different" and "not known" are the same to who asks. */
  same(a: SymInt, b: SymInt): boolean;
  lessEqual(a: SymInt, b: SymInt): Tri;
  /** Proven to divide without a remainder, proven not to, or not known. */
  divisible(a: SymInt, b: SymInt): Tri;
  /** a / b where it is proven exact; null otherwise. */
  divideExact(a: SymInt, b: SymInt): SymInt | null;
  /** The statement demands a == b: fails with the fault if proven different; else notes the demand as a guard. */
  requireEqual(a: SymInt, b: SymInt, code: string, message: () => string): void;
  /** The result is right where a and b differ: an assumption that it rests on. Asked for where neither is proven. */
  assumeDifferent(a: SymInt, b: SymInt): void;
  /**
   * The same where they are equal, if that may be taken for granted: what the author of the document has in mind, a library
   * may do in passing. It proves nothing: the statement runs with other sizes too.
   */
  assumeEqual(a: SymInt, b: SymInt): boolean;
  /** The result is right where b divides a: an assumption that it rests on, and that holds from then on. Asked for where neither is proven. */
  assumeDivisible(a: SymInt, b: SymInt): void;
  /** A fresh symbol for a size that depends on data (nonzero) or is otherwise not computable; `min` null: for any int. */
  fresh(name: string, origin: string, min?: null): SymInt;
  /** How many elements a run of dims of unknown number has: one symbol for each run. */
  sizeOfRun(name: string): SymInt;
  fail(code: string, message: string): never;
  unknown(reason: string): never;
  /** A finding that does not stop the operation (a silent broadcast). */
  warn(code: string, message: string): void;
  /** Integers that the tensor surely holds (a literal's, the ends of a range); empty where none is known. */
  elements(tensor: TensorValue): readonly number[];
  /** All elements of a small integer tensor, row-major, where code alone decides them; null for one that is not known, or for all. */
  constants(tensor: TensorValue): readonly (SymInt | null)[] | null;
  /** All elements of a tensor of floats, where they were computed and given to the trace. */
  floats(tensor: TensorValue): readonly number[] | null;
  readonly defaultDtype: Dtype;
}

/** The arguments of one call, bound to the signature's parameters; defaults filled in. Accessors throw UnknownResult where a value is not known, and ShapeFault where it has a type that torch refuses. */
export interface BoundArguments {
  has(name: string): boolean;
  /** The value as it is; None where it was not given and has no default. */
  value(name: string): Value;
  tensor(name: string): TensorValue;
  optionalTensor(name: string): TensorValue | null;
  /** A list or tuple of tensors (or a single varargs run of them). */
  tensors(name: string): TensorValue[];
  int(name: string): SymInt;
  optionalInt(name: string): SymInt | null;
  /** An int whose number is needed (a dim, a count). */
  number(name: string): number;
  optionalNumber(name: string): number | null;
  /** Ints: a sequence, a torch.Size, or one int (then a list of one). */
  ints(name: string): SymInt[];
  optionalInts(name: string): SymInt[] | null;
  /** Ints, which may have a run of sizes among them of which the number is not known. */
  sizes(name: string): Shape;
  /** Dims: one int or a sequence of them, numbers, negative ones still negative; null for None. */
  optionalDims(name: string): number[] | null;
  bool(name: string): boolean;
  float(name: string): number | null;
  string(name: string): string;
  optionalString(name: string): string | null;
  optionalDtype(name: string): Dtype | null;
}

export type Rule = (args: BoundArguments, context: RuleContext) => RuleResult;
