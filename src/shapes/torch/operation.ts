/** What a registry row says of an operator, and the operation that a call of one of its names is. */
import type { Value } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Rule, RuleResult } from './rule';
import type { Signature } from './signature';

/** More names of an operator, with a signature of their own (`Tensor.where`, whose first operand is another). */
export interface Variant {
  readonly signature: string | readonly string[];
  readonly functions?: readonly string[];
  readonly methods?: readonly string[];
  /** Where these names check or decide something else than the row's. */
  readonly rule?: Rule;
  readonly writes?: string;
}

export interface OperationRow {
  /** The canonical name, also the graph's op: `torch.sum`. */
  readonly name: string;
  /** As torch documents it; several for overloads, tried in order. */
  readonly signature: string | readonly string[];
  readonly rule: Rule;
  /** Other dotted names. */
  readonly functions?: readonly string[];
  /** Names on Tensor, whose first parameter is the tensor. */
  readonly methods?: readonly string[];
  /** Attributes of Tensor. */
  readonly properties?: readonly string[];
  /** Has `name_` methods and functions that write the result into the first tensor; `metadata`: that change its shape instead. */
  readonly inPlace?: boolean | 'metadata';
  /** The parameter that the operator always writes to (`fill_`, `torch.nn.init.ones_`). */
  readonly writes?: string;
  /** Changes the shape of its first parameter in place (`resize_`). */
  readonly reshapes?: boolean;
  /** Puts the arguments into the one form that the rule and the graph know. */
  readonly normalize?: (bound: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;
  readonly random?: boolean;
  readonly variants?: readonly Variant[];
  /** What it does to its operand, as hover says it: `reorders the dims`. */
  readonly explain?: string | ((bound: ReadonlyMap<string, Value>, result: RuleResult, nameOf?: NameOf) => string);
}

/** A row under one of its names. */
export interface Operation {
  /** The canonical name, as the graph has it. */
  readonly name: string;
  /** As it is called, for messages: `sum`, `add_`, `nn.init.ones_`. */
  readonly calledAs: string;
  readonly row: OperationRow;
  readonly signatures: readonly Signature[];
  /** The parameter that the result is written to. */
  readonly writes: string | null;
  /** Whether its first parameter changes its shape in place. */
  readonly reshapes: boolean;
}
