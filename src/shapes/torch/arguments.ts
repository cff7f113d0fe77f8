/** The arguments of one call as a rule reads them, with torch's conversions. */
import { NONE } from '../values/values';
import type { Shape, TensorValue, Value } from '../values/values';
import type { SymInt } from '../symint/symint';
import { constant } from '../symint/symint';
import { heldInt } from './common/constants';
import { kindText } from './common/text';
import type { Dtype } from '../values/dtype';
import { ShapeFault, UnknownResult } from './rule';
import type { BoundArguments, RuleContext } from './rule';

export class Arguments implements BoundArguments {
  constructor(
    private readonly op: string,
    private readonly bound: ReadonlyMap<string, Value>,
    private readonly context: RuleContext,
  ) {}

  /** Given or with a default, and not None. */
  has(name: string): boolean {
    const value = this.bound.get(name);
    return value !== undefined && value.kind !== 'None';
  }

  value(name: string): Value {
    return this.bound.get(name) ?? NONE;
  }

  tensor(name: string): TensorValue {
    const value = settled(this.value(name));
    return value.kind === 'Tensor' ? value : this.refuse(name, value, 'a tensor');
  }

  optionalTensor(name: string): TensorValue | null {
    return this.has(name) ? this.tensor(name) : null;
  }

  tensors(name: string): TensorValue[] {
    const value = this.value(name);
    if (value.kind === 'Tensor') return [value];
    return this.items(name, value, 'tensors').map(settled).map((item) => (item.kind === 'Tensor' ? item : this.refuse(name, item, 'a tensor')));
  }

  int(name: string): SymInt {
    return this.asInt(name, this.value(name));
  }

  optionalInt(name: string): SymInt | null {
    return this.has(name) ? this.int(name) : null;
  }

  number(name: string): number {
    const size = this.int(name);
    if (size.value === null) throw new UnknownResult(`the number ${name} is not known`);
    return size.value;
  }

  optionalNumber(name: string): number | null {
    return this.has(name) ? this.number(name) : null;
  }

  ints(name: string): SymInt[] {
    const value = this.value(name);
    if (value.kind === 'int' || value.kind === 'bool' || value.kind === 'Tensor') return [this.asInt(name, value)];
    return this.items(name, value, 'ints').map((item) => this.asInt(name, item));
  }

  sizes(name: string): Shape {
    const value = this.value(name);
    const isSequence = value.kind === 'tuple' || value.kind === 'list';
    // How many sizes there are is the rank: those that uses have shown need not be all.
    if (isSequence && value.items && value.open) throw new UnknownResult(`the length of ${name} is not known`);
    const open = isSequence && !value.items ? value.sizeOf?.shape : undefined;
    return open?.rest ? open : { dims: this.ints(name), rest: null };
  }

  optionalInts(name: string): SymInt[] | null {
    return this.has(name) ? this.ints(name) : null;
  }

  optionalDims(name: string): number[] | null {
    const sizes = this.optionalInts(name);
    return sizes && sizes.map((size) => {
      if (size.value === null) throw new UnknownResult(`the dims in ${name} are not known`);
      return size.value;
    });
  }

  bool(name: string): boolean {
    const value = this.value(name);
    if (value.kind === 'None') return false;
    if ((value.kind === 'bool' || value.kind === 'int') && value.value !== null) return value.kind === 'bool' ? value.value : this.asInt(name, value).value !== 0;
    if (value.kind === 'bool' || value.kind === 'int') throw new UnknownResult(`whether ${name} holds is not known`);
    return this.refuse(name, value, 'True or False');
  }

  float(name: string): number | null {
    const value = this.value(name);
    switch (value.kind) {
      case 'None': return null;
      case 'float': return value.value;
      case 'int': return value.value?.value ?? null;
      case 'bool': return value.value === null ? null : Number(value.value);
      case 'Tensor': return null;
      default: return this.refuse(name, value, 'a number');
    }
  }

  string(name: string): string {
    const value = this.value(name);
    if (value.kind !== 'str') return this.refuse(name, value, 'a string');
    if (value.value === null) throw new UnknownResult(`the string ${name} is not known`);
    return value.value;
  }

  optionalString(name: string): string | null {
    return this.has(name) ? this.string(name) : null;
  }

  optionalDtype(name: string): Dtype | null {
    const value = this.value(name);
    switch (value.kind) {
      case 'None': return null;
      case 'dtype': return value.value;
      // Python's own types stand for dtypes.
      case 'class': case 'builtin': {
        const name = value.kind === 'class' ? value.builtin ?? value.name : value.name;
        if (name === 'float') return 'float32';
        if (name === 'int') return 'int64';
        if (name === 'bool') return 'bool';
        break;
      }
      default: break;
    }
    return this.refuse(name, value, 'a dtype');
  }

  private asInt(name: string, value: Value): SymInt {
    switch (value.kind) {
      case 'int': return value.value ?? this.anyInt(name);
      case 'bool': return value.value === null ? this.anyInt(name) : constant(Number(value.value));
      case 'Tensor': return this.element(name, value);
      case 'union': return value.options.every(({ kind }) => kind === 'int') ? this.anyInt(name) : this.refuse(name, value, 'an int');
      default: return this.refuse(name, value, 'an int');
    }
  }

  /** The one number of an integer tensor. */
  private element(name: string, value: TensorValue): SymInt {
    return heldInt(value, this.context) ?? this.anyInt(name);
  }

  /** A number that data or a condition decides: what is made with it has sizes even so. */
  private anyInt(name: string): SymInt {
    return this.context.fresh(/^(size|shape)s?$/.test(name) ? 'length' : name, `the number given for ${name}, which is not known`, null);
  }

  private items(name: string, value: Value, wanted: string): readonly Value[] {
    if (value.kind === 'tuple' || value.kind === 'list' || value.kind === 'iterator') {
      if (value.items === null || (value.kind !== 'iterator' && value.open && value.items.length === 0)) throw new UnknownResult(`the length of ${name} is not known`);
      return value.items;
    }
    return this.refuse(name, value, `a sequence of ${wanted}`);
  }

  /** An argument of the wrong type; nothing is said of values that may convert themselves. */
  private refuse(name: string, value: Value, wanted: string): never {
    switch (value.kind) {
      case 'unknown': throw new UnknownResult(value.reason);
      case 'int': case 'float': case 'bool': case 'str': case 'None': case 'tuple': case 'list': case 'dict': case 'dtype': case 'slice': case 'Ellipsis': case 'Tensor':
        throw new ShapeFault('argument-mismatch', `${this.op}: ${name} must be ${wanted}, not ${kindText(value)}`);
      default: throw new UnknownResult(`the argument ${name} of ${this.op} is ${value.kind === 'union' ? 'one of several values' : kindText(value)}`);
    }
  }
}

/** One of several tensors that are alike in shape and dtype is such a tensor, of which neither memory nor value is known. */
function settled(value: Value): Value {
  if (value.kind !== 'union') return value;
  const [first, ...others] = value.options;
  if (first?.kind !== 'Tensor') return value;
  const alike = others.every((other) => other.kind === 'Tensor' && other.dtype === first.dtype && other.shape.rest?.at === first.shape.rest?.at && other.shape.rest?.name === first.shape.rest?.name
    && other.shape.dims.length === first.shape.dims.length && other.shape.dims.every((size, i) => size.key === first.shape.dims[i]!.key));
  return alike ? { ...first, layout: null, node: null } : value;
}
