/** The operands of one node, by the parameter names of torch's signature. */
import type { FloatText, JsonArgument } from '../../shapes/graph/graph';
import type { Dtype } from '../../shapes/values/dtype';
import { EvaluationError } from '../errors';
import type { Value } from '../value';

/** A number written in the code: an int, or a float (which decides how torch promotes it). */
export interface Scalar {
  readonly value: number;
  readonly isFloat: boolean;
  /** Of a complex number: `value` is its real part. */
  readonly imaginary?: number;
}

export type Operand = Value | Scalar;

export class Arguments {
  constructor(
    private readonly op: string,
    private readonly args: Readonly<Record<string, JsonArgument>>,
    private readonly resolve: (node: number, output: number) => Value,
  ) {}

  /** The first of the names that is there and not None. */
  raw(...names: readonly string[]): JsonArgument | undefined {
    for (const name of names) {
      const found = this.args[name];
      if (found !== undefined && found !== null) return found;
    }
    return undefined;
  }

  has(...names: readonly string[]): boolean { return this.raw(...names) !== undefined; }

  tensor(...names: readonly string[]): Value {
    const found = this.raw(...names);
    const value = found === undefined ? null : this.asTensor(found);
    return value ?? this.fail(names, 'a tensor');
  }

  optionalTensor(...names: readonly string[]): Value | null {
    const found = this.raw(...names);
    if (found === undefined) return null;
    return this.asTensor(found) ?? this.fail(names, 'a tensor');
  }

  tensors(...names: readonly string[]): Value[] {
    const found = this.raw(...names);
    const single = found === undefined ? null : this.asTensor(found);
    if (single) return [single];
    if (!Array.isArray(found)) return this.fail(names, 'a list of tensors');
    return (found as readonly JsonArgument[]).map((item) => this.asTensor(item) ?? this.fail(names, 'a list of tensors'));
  }

  isTensor(...names: readonly string[]): boolean {
    const found = this.raw(...names);
    return found !== undefined && this.asTensor(found) !== null;
  }

  /** A tensor or a number. */
  operand(...names: readonly string[]): Operand {
    const found = this.raw(...names);
    if (found === undefined) return this.fail(names, 'a tensor or a number');
    return this.asTensor(found) ?? asScalar(found) ?? this.fail(names, 'a tensor or a number');
  }

  number(name: string, otherwise?: number): number {
    const found = this.raw(name);
    if (found === undefined) return otherwise ?? this.fail([name], 'a number');
    return this.asNumber(found) ?? this.fail([name], 'a number');
  }

  optionalNumber(name: string): number | null {
    return this.has(name) ? this.number(name) : null;
  }

  int(name: string, otherwise?: number): number {
    const value = this.number(name, otherwise);
    return Number.isInteger(value) ? value : this.fail([name], 'an integer');
  }

  optionalInt(name: string): number | null {
    return this.has(name) ? this.int(name) : null;
  }

  /** One int or a list of them; null for None. */
  optionalInts(...names: readonly string[]): number[] | null {
    const found = this.raw(...names);
    if (found === undefined) return null;
    if (!Array.isArray(found)) {
      const value = this.asNumber(found);
      return value === null ? this.fail(names, 'integers') : [value];
    }
    return (found as readonly JsonArgument[]).flatMap((item) => (Array.isArray(item) ? (item as readonly JsonArgument[]) : [item]))
      .map((item) => this.asNumber(item) ?? this.fail(names, 'integers'));
  }

  ints(...names: readonly string[]): number[] {
    return this.optionalInts(...names) ?? this.fail(names, 'integers');
  }

  bool(name: string, otherwise = false): boolean {
    const found = this.raw(name);
    if (found === undefined) return otherwise;
    if (typeof found === 'boolean') return found;
    const value = this.asNumber(found);
    return value === null ? this.fail([name], 'True or False') : value !== 0;
  }

  text(name: string, otherwise: string): string {
    const found = this.raw(name);
    if (found === undefined) return otherwise;
    return typeof found === 'string' ? found : this.fail([name], 'a string');
  }

  dtype(name: string): Dtype | null {
    const found = this.raw(name);
    if (typeof found === 'object' && found !== null && 'dtype' in found) return found.dtype;
    return null;
  }

  asTensor(found: JsonArgument): Value | null {
    return typeof found === 'object' && found !== null && 'node' in found ? this.resolve(found.node, found.output) : null;
  }

  /** A number, or a tensor of one element where torch takes one for an int. */
  private asNumber(found: JsonArgument): number | null {
    const scalar = asScalar(found);
    if (scalar?.imaginary) return null;
    return scalar?.value ?? this.asTensor(found)?.item() ?? null;
  }

  private fail(names: readonly string[], wanted: string): never {
    throw new EvaluationError('unsupported-argument', `${this.op}: ${names.join(' or ')} is not ${wanted}`);
  }
}

const WRITTEN = { nan: NaN, inf: Infinity, '-inf': -Infinity } as const;
const floatOf = (text: FloatText): number => (typeof text === 'number' ? text : WRITTEN[text]);

/** The arguments with other tensors in place of some. */
export function withTensors(args: Arguments, replaced: Readonly<Record<string, Value | readonly Value[]>>): Arguments {
  const view = Object.create(args) as Arguments;
  const name = (names: readonly string[]): string | undefined => names.find((each) => each in replaced);
  const one = (names: readonly string[]): Value | undefined => { const found = replaced[name(names) ?? '']; return found && !isList(found) ? found : undefined; };
  view.tensor = (...names) => one(names) ?? args.tensor(...names);
  view.optionalTensor = (...names) => one(names) ?? args.optionalTensor(...names);
  view.tensors = (...names) => { const found = replaced[name(names) ?? '']; return found ? [...(isList(found) ? found : [found])] : args.tensors(...names); };
  view.operand = (...names) => one(names) ?? args.operand(...names);
  view.isTensor = (...names) => one(names) !== undefined || args.isTensor(...names);
  return view;
}

const isList = (value: Value | readonly Value[]): value is readonly Value[] => Array.isArray(value);

export function asScalar(found: JsonArgument): Scalar | null {
  if (typeof found === 'number') return { value: found, isFloat: !Number.isInteger(found) };
  if (typeof found === 'boolean') return { value: Number(found), isFloat: false };
  if (typeof found !== 'object' || found === null) return null;
  if ('float' in found) return { value: floatOf(found.float), isFloat: true };
  if ('complex' in found) return { value: floatOf(found.complex[0]), isFloat: true, imaginary: floatOf(found.complex[1]) };
  return null;
}

/** A dim as torch counts it, from the end where negative. */
export function dimOf(dim: number, rank: number): number {
  const span = Math.max(rank, 1);
  if (!Number.isInteger(dim) || dim < -span || dim >= span) {
    throw new EvaluationError('invalid-argument', `dim ${dim} is out of range for ${rank} dims (expected ${-span} to ${span - 1})`);
  }
  return dim < 0 ? dim + span : dim;
}
