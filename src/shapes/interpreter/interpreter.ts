/**
 * What the parts of the interpreter ask of each other. `machine.ts` implements it; builtins, attribute access and the
 * tensor bridge see this interface only.
 */
import type { Operator, CompareOperator, Span } from '../python/ast';
import { Signal } from '../signal';
import type { Facts } from '../symint/facts';
import type { SymInt, SymbolTable } from '../symint/symint';
import type { Tri } from '../torch/rule';
import type { Heap } from './state/heap';
import type { ClassValue, DictValue, TensorValue, Value } from '../values/values';

export type Keywords = ReadonlyMap<string, Value>;
export const NO_KEYWORDS: Keywords = new Map();
/** Stands among the keywords of a call for any others, where nothing calls the code that hands them on. */
export const OPEN_KEYWORDS = '**';

/** Parts the keywords into those that are known, and the dict of those that are not. */
export function openPart(keywords: Keywords): { readonly known: Keywords; readonly open: DictValue | null } {
  const open = keywords.get(OPEN_KEYWORDS);
  if (open?.kind !== 'dict') return { known: keywords, open: null };
  return { known: new Map([...keywords].filter(([name]) => name !== OPEN_KEYWORDS)), open };
}

/** A Python exception that surely happens on this path. Thrown through the interpreter; `try` statements catch it. */
export class PythonRaise extends Signal {
  constructor(
    /** The exception's class name, `ValueError`. */
    readonly type: string,
    message: string,
    /** The instance, where code made it. */
    readonly value: Value | null = null,
    /** Where in the traced document torch is called that raises it; null: the document's own code raises. */
    readonly place: Span | null = null,
  ) {
    super(message);
  }
}

/** The budget of steps or time is spent; the trace ends with what it has. */
export class BudgetExceeded extends Error {}

export interface Interpreter {
  readonly heap: Heap;
  readonly facts: Facts;
  readonly symbols: SymbolTable;
  /** Code is traced that nothing calls. */
  readonly guesses: boolean;
  /** Calls anything callable. Never throws but PythonRaise and BudgetExceeded. */
  call(func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value;
  getAttribute(value: Value, name: string, span: Span): Value;
  setAttribute(value: Value, name: string, attribute: Value, span: Span): void;
  /** As `object.__getattribute__` and `object.__setattr__`: without those of the class. */
  getOwnAttribute(value: Value, name: string, span: Span): Value;
  setOwnAttribute(value: Value, name: string, attribute: Value, span: Span): void;
  /** The attribute is there perhaps. */
  noteUnsure(attributes: ReadonlyMap<string, Value>, name: string): void;
  getItem(value: Value, index: Value, span: Span): Value;
  setItem(value: Value, index: Value, item: Value, span: Span): void;
  binary(op: Operator, left: Value, right: Value, span: Span): Value;
  compare(op: CompareOperator, left: Value, right: Value, span: Span): Value;
  /** The items in order, or null where their number is not known (then `elementOf`). */
  iterate(value: Value, span: Span): Value[] | null;
  /** A list of its own of what a caller gives, as far as that is known to be a list. */
  copied(value: Value): Value;
  /** What each item is like where their number is not known. */
  elementOf(value: Value, span: Span): Value;
  /** The number of items where it is known, maybe as a symbol. */
  lengthOf(value: Value): SymInt | null;
  /** With the place of the condition, a tensor that has no truth value is reported there. */
  truth(value: Value, span?: Span): Tri;
  /** Python's `==` between two values. */
  equal(a: Value, b: Value): Tri;
  /** isinstance and issubclass, on what type(value).__mro__ holds. */
  isInstance(value: Value, cls: Value): Tri;
  classOf(value: Value): ClassValue | null;
  /** A class as `type(name, bases, members)` makes it. */
  makeClass(name: string, bases: readonly Value[], members: Iterable<readonly [string, Value]>, span: Span): Value;
  /** An instance, without what the metaclass may have to say. */
  makeInstance(cls: ClassValue, args: readonly Value[], keywords: Keywords, span: Span): Value;
  /** A tensor's shape and dtype changed to what `init` draws; used by nn.init-like builtins. */
  readTensor(tensor: TensorValue): TensorValue;
  /** What a caller may give under that name, where the dict is `**kwargs` of a function that nothing calls; else null. */
  keywordValue(dict: Value, name: string, fallback: Value | null): Value | null;
  /** Whether a module of that name can be imported. */
  isInstalled(name: string): Tri;
  /** The version of a distribution; null where it is not installed, or its version is not known. */
  versionOf(distribution: string): string | null;
  importModule(name: string, span: Span): Value;
  /** A module that was imported before, or the document itself; null: not that is known. */
  loadedModule(name: string): Value | null;
  /** `locals()` of the function that is being traced, or `globals()` of its module. */
  namesAround(where: 'function' | 'module'): Value;
  raise(type: string, message: string): never;
  /** A finding at a place of the traced code. */
  report(code: string, severity: 'error' | 'warning' | 'information', message: string, span: Span): void;
}
