/**
 * Abstract values: what an expression may be known to be. Plain data told apart by `kind`; containers, instances and
 * storages are mutable, but only through the interpreter's Heap, so that a branch can be rolled back.
 */
import type * as ast from '../python/ast';
import type { SymInt } from '../symint/symint';
import type { Dtype } from './dtype';
import type { NodeRef } from '../graph/graph';
import type { Changes } from './changes';

/** Sizes around at most one run of dims of unknown number, as `(*batch, N, C)`. */
export interface Shape {
  readonly dims: readonly SymInt[];
  /** The run stands before `dims[at]`; null: the rank is known. */
  readonly rest: { readonly at: number; readonly name: string } | null;
}

export interface IntValue { readonly kind: 'int'; /** null: an int of unknown value. */ readonly value: SymInt | null }
/** `ratio`: where the number is not known, the ints that it is the true quotient of, as `H / 2` is. */
export interface FloatValue { readonly kind: 'float'; readonly value: number | null; readonly ratio?: { readonly numerator: SymInt; readonly denominator: SymInt } }
export type ComplexParts = readonly [real: number, imaginary: number];
/** `parts` null: a number that is not known. */
export interface ComplexValue { readonly kind: 'complex'; readonly parts: ComplexParts | null }
export interface BoolValue { readonly kind: 'bool'; readonly value: boolean | null; /** What it is unless a caller says otherwise. */ readonly likely?: Value }
export interface StrValue { readonly kind: 'str'; readonly value: string | null; /** The text of an int that is not known. */ readonly isNumeral?: true; /** The text as far as it is known, with UNKNOWN_PART for the rest. */ readonly pattern?: string; /** As of a bool. */ readonly likely?: Value }
export interface NoneValue { readonly kind: 'None' }
export interface EllipsisValue { readonly kind: 'Ellipsis' }
export interface DtypeValue { readonly kind: 'dtype'; readonly value: Dtype }
export interface DeviceValue { readonly kind: 'device'; readonly value: string }
export interface SliceValue { readonly kind: 'slice'; readonly start: Value; readonly stop: Value; readonly step: Value }

/** A tuple (also torch.Size and named tuples), or a list. `items` null: length unknown, each item like `element`. */
export interface SequenceValue {
  readonly kind: 'tuple' | 'list';
  items: Value[] | null;
  /** What an item is where items is null. */
  element: Value | null;
  /** The items that it surely begins with, where items is null. Of a tuple: no method takes them away. */
  readonly first?: readonly Value[];
  /** How many there are where items is null, if that is known: no method that changes that has been called. */
  count?: SymInt | null;
  /** `torch.Size`, or the named tuple's name; null for a plain one. */
  readonly typeName: string | null;
  /** Names of the fields of a named tuple. */
  readonly fields: readonly string[] | null;
  /** Of a bounded deque. */
  readonly maxLength?: number;
  /** The tensor whose size this is, where its rank is not known. */
  sizeOf?: TensorValue | null;
  /** More items may follow. */
  readonly open?: true;
  /** The items of a set that it was made of, in an order that is not known: as long as `items` are still `of`. */
  readonly shuffled?: { readonly of: readonly Value[]; readonly items: readonly Value[] };
  /** The parameter that it is, of which more items may be found (the interpreter's Parameter). */
  readonly parameter?: unknown;
}

/** A dict in insertion order; `open`: it may have other keys, each with a value like `element`. */
/** `isPossible`: it is there if a branch was taken, or a loop had another round. */
export interface DictEntry { readonly key: Value; readonly value: Value; readonly isPossible?: true }
export interface DictValue { readonly kind: 'dict'; entries: Map<string, DictEntry>; open: boolean; element: Value | null; readonly typeName: string | null }
export interface SetValue { readonly kind: 'set'; items: Map<string, Value> | null }

/** Something to iterate over once (range, zip, a generator): its items, or what each is like. */
export interface IteratorValue { readonly kind: 'iterator'; readonly typeName: string; items: Value[] | null; /** Number of items where known. */ readonly length: SymInt | null; readonly element: Value | null;
  /** Where the number of items is not known: what they may be, one after the other. */ readonly candidates?: readonly Value[];
  /** What it surely begins with, where that is known and nothing has been taken of it. */ readonly first?: readonly Value[];
  /** Of a context manager's generator: what it does behind its `yield`. */ readonly leaves?: Changes }

/** Memory that tensors share. A view keeps its storage; a write makes a new `node` for all of it. */
export interface Storage {
  readonly id: number;
  /** Counts the writes; a tensor whose `version` is older re-reads itself through its layout. */
  version: number;
  /** The whole storage's present contents, 1-D; null as long as only `origin` was needed. */
  node: NodeRef | null;
  /** The tensor that it was made for, contiguous or not. */
  readonly size: SymInt | null;
  /** Whether it is trained, where code says so. */
  requiresGrad?: BoolValue;
  /** A sparse tensor's; null: made of one, by an operation that may give a sparse tensor too. */
  readonly sparse?: SparseParts | null;
}

/** How a sparse tensor is stored: \`nnz\` elements, each at a position along the first \`sparseDim\` of \`dims\`. */
export interface SparseParts {
  readonly layout: 'torch.sparse_coo' | 'torch.sparse_csr' | 'torch.sparse_csc';
  readonly nnz: SymInt;
  readonly sparseDim: number;
  readonly dims: readonly SymInt[];
  /** No position is stored twice, as far as that is known. */
  readonly coalesced: boolean;
}

/** Where in its storage a tensor's element (i, j, …) is: offset + i*strides[0] + j*strides[1] … */
export interface Layout {
  readonly strides: readonly SymInt[];
  readonly offset: SymInt;
  /** It was made in row-major order, without gaps; else that has to be proven. */
  readonly isRowMajor?: boolean;
}

export interface TensorValue {
  readonly kind: 'Tensor';
  readonly shape: Shape;
  /** null: not known. */
  readonly dtype: Dtype | null;
  readonly storage: Storage;
  /** null: rank, strides or sharing not known. */
  readonly layout: Layout | null;
  /** The value in the graph as of `version` of its storage; null: no node (not evaluable). */
  readonly node: NodeRef | null;
  readonly version: number;
  /** torch.nn.Parameter */
  readonly isParameter: boolean;
  readonly device: string | null;
  /** Indexes into the analysis' assumptions that its shape rests on. */
  readonly assumes: readonly number[];
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly qualname: string;
  readonly def: ast.FunctionDef | ast.Lambda;
  /** The scope it was defined in (the interpreter's Scope). */
  readonly closure: unknown;
  readonly defaults: readonly Value[];
  readonly kwDefaults: ReadonlyMap<string, Value>;
  /** The class whose body defined it, for zero-argument super(). */
  readonly owner: ClassValue | null;
  readonly decorator: 'staticmethod' | 'classmethod' | 'property' | null;
  /** What code stores on it. One and the same for as long as the function is. */
  readonly attributes: Map<string, Value>;
}

/** A method with the receiver that it is called on. */
export interface BoundMethodValue { readonly kind: 'method'; readonly receiver: Value; readonly func: Value }

/** A class written in Python that was read, or one the engine knows (`builtin` is then its dotted name: torch.nn.Linear). */
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly qualname: string;
  readonly bases: readonly Value[];
  attributes: Map<string, Value>;
  readonly builtin: string | null;
  /** The classes in method resolution order, itself first; includes builtin ones. */
  readonly mro: readonly ClassValue[];
  readonly def: ast.ClassDef | null;
  /** Its own metaclass, where that is written in Python. */
  readonly metaclass?: ClassValue;
}

/** `content`: the dict, list, str, int … that it is as well, where its class derives from such a type. */
export interface InstanceValue { readonly kind: 'instance'; readonly cls: ClassValue; attributes: Map<string, Value>; readonly id: number; readonly content?: Value;
  /** Where it was made in a loop of unknown length: the same in each round, whose instances are all like the last one. */ readonly madeAs?: string }

/** A Python module or package: read from source, or one the engine knows by name. */
export interface ModuleValue { readonly kind: 'module'; readonly name: string; attributes: Map<string, Value> | null }

/** A function, class or attribute that the engine knows by its dotted name (`torch.permute`, `len`, `math.sqrt`). */
export interface BuiltinValue { readonly kind: 'builtin'; readonly name: string }

/** functools.partial and its like. */
export interface PartialValue { readonly kind: 'partial'; readonly func: Value; readonly args: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> }

/** What `super()` gives: attributes of the receiver looked up behind `owner` in its method resolution order. */
export interface SuperValue { readonly kind: 'super'; readonly owner: ClassValue; readonly receiver: Value }

/** One of several, where branches met. At most MAX_UNION. */
export interface UnionValue { readonly kind: 'union'; readonly options: readonly Value[]; /** As of a bool. */ readonly likely?: Value;
  /** What decides which one it is: values of the same condition, or made of one value, are the first option of each together, or the second. */ readonly decidedBy?: object }

/** Nothing is known; `reason` is the first cause, in words for the user ("torch.linalg.foo has no rule"). */
export interface UnknownValue { readonly kind: 'unknown'; readonly reason: string; readonly span: ast.Span | null;
  /** The parameter that it is, of a function that nothing calls (the interpreter's Parameter). */ readonly parameter?: unknown;
  /** The names that nothing defines from which arithmetic made it. */ readonly factors?: readonly unknown[];
  /** The parameter from which arithmetic with a number made it. */ readonly computedOf?: unknown;
  /** The same of what an object is set up with. */ readonly factorOf?: unknown;
  /** Tensors of parameters that it has as many dims as. */ readonly kept?: unknown;
  /** It is what there is in place of None on the side of a condition that defaults do not lead to. */ readonly isUnusual?: true }

export type Value =
  | IntValue | FloatValue | ComplexValue | BoolValue | StrValue | NoneValue | EllipsisValue | DtypeValue | DeviceValue | SliceValue
  | SequenceValue | DictValue | SetValue | IteratorValue | TensorValue | FunctionValue | BoundMethodValue | ClassValue | InstanceValue
  | ModuleValue | BuiltinValue | PartialValue | SuperValue | UnionValue | UnknownValue;

export const MAX_UNION = 4;
/** The functions and classes of a registry. */
export const MAX_CALLABLES = 8;

/** Stands for all attributes of an instance whose names are not known: modules of a list that grows in a loop of unknown length. */
export const ANY_MODULE = '*';

/** Stands in a text for what of it is not known. */
export const UNKNOWN_PART = '\u0000';
const MAX_NAME = 200;

export const NONE: NoneValue = { kind: 'None' };
export const ELLIPSIS: EllipsisValue = { kind: 'Ellipsis' };
export const TRUE: BoolValue = { kind: 'bool', value: true };
export const FALSE: BoolValue = { kind: 'bool', value: false };
export const bool = (value: boolean | null): BoolValue => (value === null ? { kind: 'bool', value } : value ? TRUE : FALSE);
export const int = (value: SymInt | null): IntValue => ({ kind: 'int', value });
export const float = (value: number | null): FloatValue => ({ kind: 'float', value });
export const complex = (parts: ComplexParts | null): ComplexValue => ({ kind: 'complex', parts });
export const sameParts = (a: ComplexParts | null, b: ComplexParts | null): boolean => (a && b ? Object.is(a[0], b[0]) && Object.is(a[1], b[1]) : a === b);
/** Lists and tuples that code makes longer are kept without their items. */
export const MAX_LENGTH = 10_000;
/** Longer texts are not kept: nothing rests on what they say. */
export const MAX_TEXT = 100_000;

export const str = (value: string | null): StrValue => ({ kind: 'str', value: value !== null && value.length > MAX_TEXT ? null : value });
/** A text of which parts are not known. A long one is no name of anything, and may grow in a loop. */
export const strLike = (pattern: string): StrValue => (pattern.length > MAX_NAME ? str(null) : { kind: 'str', value: null, pattern });
export const tuple = (items: Value[], typeName: string | null = null, fields: readonly string[] | null = null): SequenceValue => ({ kind: 'tuple', items, element: null, typeName, fields });
export const list = (items: Value[]): SequenceValue => ({ kind: 'list', items, element: null, typeName: null, fields: null });
export const builtin = (name: string): BuiltinValue => ({ kind: 'builtin', name });
/** Whether the dict may have other keys than its entries. */
export function isOpen({ open, entries }: DictValue): boolean {
  return open || [...entries.values()].some(({ isPossible }) => isPossible);
}

/** The dict, list, str … that the value is, or that an instance holds whose class derives from such a type. */
export function contentOf(value: Value): Value {
  return value.kind === 'instance' ? value.content ?? value : value;
}

/** Whether the value is a NumPy array around a tensor. */
export function isArray(value: Value): value is InstanceValue & { readonly content: TensorValue } {
  return value.kind === 'instance' && value.content?.kind === 'Tensor';
}

/** Whether the value is a NumPy array of known numbers that is kept as a list. */
export function isNumberArray(value: Value): value is SequenceValue & { readonly typeName: 'numpy.ndarray' } {
  return value.kind === 'list' && value.typeName === 'numpy.ndarray';
}

/** What decides which option it is; else it is decided by itself. */
export const deciderOf = (value: UnionValue): object => value.decidedBy ?? value;

/** A union without None, where all that is left are tensors: an operation on it fails only if it fails for each. */
export function unionOfTensors(value: Value): UnionValue | null {
  if (value.kind !== 'union') return null;
  const options = value.options.filter((option) => option.kind !== 'None');
  if (options.length === 0 || options.some((option) => option.kind !== 'Tensor')) return null;
  return options.length === value.options.length ? value : { kind: 'union', options };
}

export const unknown = (reason: string, span: ast.Span | null = null): UnknownValue => ({ kind: 'unknown', reason, span });
/** What follows from an unknown value: unknown for the same reason, but not the same value. */
export const derived = (cause: UnknownValue): UnknownValue => (cause.parameter === undefined && cause.kept === undefined ? cause : unknown(cause.reason, cause.span));
export const size = (dims: readonly SymInt[]): SequenceValue => tuple(dims.map(int), 'torch.Size');

/** Some of the options of a union, which are still what they usually are. */
export function someOf({ likely }: UnionValue, options: readonly Value[]): Value {
  if (options.length === 1) return options[0]!;
  return likely && options.some((option) => option === likely || (option.kind === 'None' && likely.kind === 'None')) ? { kind: 'union', options, likely } : { kind: 'union', options };
}
