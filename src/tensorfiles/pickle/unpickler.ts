/**
 * Reads a pickle as data. Pickle is a small stack machine that can call anything; this one knows the opcodes that build
 * plain values, and for the rest asks `globals.ts`, whose list of names says what is allowed and what it stands for.
 * Nothing that the file names is executed, and every step costs a bounded amount of time and memory.
 */
import { TensorFileError } from '../bytes';
import { build, callGlobal, findGlobal, newObject } from './globals';
import { OPCODES as op, REFUSED } from './opcodes';
import { PickleBytes } from './reader';
import { PyDict, PyList, PySet, PyTuple } from './values';
import type { PickleValue, Plain } from './values';

/** A checkpoint of a thousand tensors takes some 60 000 steps. */
const MAX_STEPS = 5_000_000;
/** Digits of a whole number that are read; sizes have 8 bytes. */
const MAX_LONG_BYTES = 32;
const MAX_STACK = 1_000_000;
const MAX_STRING = 1 << 20;

export interface UnpickleOptions {
  /** What a reference to something outside of the pickle stands for. @throws TensorFileError */
  readonly persistent: (id: PickleValue) => PickleValue;
  /** Says where the pickle lies. */
  readonly part: string | null;
}

export interface Unpickled { readonly value: PickleValue; /** Where the pickle ends. */ readonly end: number }

/** @throws TensorFileError for what is not on the list, and for damage; PickleCutShort where the bytes end too early */
export function unpickle(bytes: Uint8Array, start: number, options: UnpickleOptions): Unpickled {
  const reader = new PickleBytes(bytes, start);
  const machine = new Unpickler(reader, options);
  try {
    return { value: machine.run(), end: reader.at };
  } catch (error) {
    // Where it happened is said once: by whoever knew it better, or here.
    if (error instanceof TensorFileError && error.at === null) throw new TensorFileError(error.problem, machine.position, options.part);
    if (error instanceof TensorFileError && error.part === null && options.part !== null && error.constructor === TensorFileError) throw new TensorFileError(error.problem, error.at, options.part);
    throw error;
  }
}

class Unpickler {
  private stack: PickleValue[] = [];
  private readonly marks: PickleValue[][] = [];
  private readonly memo = new Map<number, PickleValue>();
  /** Of the opcode at work. */
  position = 0;

  constructor(private readonly reader: PickleBytes, private readonly options: UnpickleOptions) {}

  run(): PickleValue {
    for (let step = 0; step < MAX_STEPS; step++) {
      this.position = this.reader.at;
      const opcode = this.reader.u8();
      if (opcode === op.STOP) return this.pop();
      if (!this.scalar(opcode) && !this.container(opcode) && !this.object(opcode)) this.refuse(opcode);
      if (this.stack.length > MAX_STACK || this.marks.length > MAX_STACK) throw new TensorFileError(`the pickle stacks more than ${MAX_STACK} values`);
    }
    throw new TensorFileError(`the pickle takes more than ${MAX_STEPS} steps`);
  }

  private scalar(opcode: number): boolean {
    const { reader } = this;
    switch (opcode) {
      case op.PROTO: return this.protocol(reader.u8());
      case op.FRAME: reader.length8(); return true;
      case op.NONE: return this.push(null);
      case op.NEWTRUE: return this.push(true);
      case op.NEWFALSE: return this.push(false);
      case op.BININT: return this.push(reader.i32());
      case op.BININT1: return this.push(reader.u8());
      case op.BININT2: return this.push(reader.u16());
      case op.BINFLOAT: return this.push(reader.f64());
      case op.LONG1: return this.push(this.long(reader.u8()));
      case op.LONG4: return this.push(this.long(reader.i32()));
      case op.INT: return this.push(this.decimal(reader.line(), true));
      case op.LONG: return this.push(this.decimal(reader.line().replace(/L$/, ''), false));
      case op.FLOAT: return this.push(this.float(reader.line()));
      case op.STRING: return this.push(this.quoted(reader.line()));
      case op.UNICODE: return this.push(reader.line().replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))));
      case op.BINSTRING: return this.push(reader.text(this.bounded(reader.i32())));
      case op.SHORT_BINSTRING: return this.push(reader.latin1(reader.u8()));
      case op.BINUNICODE: return this.push(reader.text(reader.u32()));
      case op.SHORT_BINUNICODE: return this.push(reader.text(reader.u8()));
      case op.BINUNICODE8: return this.push(reader.text(reader.length8()));
      case op.BINBYTES: return this.push(reader.raw(reader.u32()));
      case op.SHORT_BINBYTES: return this.push(reader.raw(reader.u8()));
      case op.BINBYTES8: case op.BYTEARRAY8: return this.push(reader.raw(reader.length8()));
      default: return false;
    }
  }

  private container(opcode: number): boolean {
    const { reader } = this;
    switch (opcode) {
      case op.MARK: this.marks.push(this.stack); this.stack = []; return true;
      case op.POP: if (this.stack.length > 0) this.stack.pop(); else this.popMark(); return true;
      case op.POP_MARK: this.popMark(); return true;
      case op.DUP: return this.push(this.top());
      case op.EMPTY_TUPLE: return this.push(new PyTuple([]));
      case op.TUPLE: return this.push(new PyTuple(this.popMark()));
      case op.TUPLE1: case op.TUPLE2: case op.TUPLE3: return this.push(new PyTuple(this.popSome(opcode - op.TUPLE1 + 1)));
      case op.EMPTY_LIST: return this.push(new PyList());
      case op.LIST: return this.push(extend(new PyList(), this.popMark()));
      case op.APPEND: { const [item] = this.popSome(1); extend(this.listOnTop(), [item!]); return true; }
      case op.APPENDS: { const items = this.popMark(); extend(this.listOnTop(), items); return true; }
      case op.EMPTY_DICT: return this.push(new PyDict());
      case op.DICT: { const items = this.popMark(); const dict = new PyDict(); this.store(dict, items); return this.push(dict); }
      case op.SETITEM: { const items = this.popSome(2); this.store(this.dictOnTop(), items); return true; }
      case op.SETITEMS: { const items = this.popMark(); this.store(this.dictOnTop(), items); return true; }
      case op.EMPTY_SET: return this.push(new PySet([]));
      case op.ADDITEMS: { const items = this.popMark(); const set = this.top(); if (!(set instanceof PySet)) throw this.wrong('a set', set); for (const item of items) set.items.push(item); return true; }
      case op.FROZENSET: return this.push(new PySet(this.popMark()));
      case op.MEMOIZE: return this.remember(this.memo.size);
      case op.PUT: return this.remember(Number(reader.line()));
      case op.BINPUT: return this.remember(reader.u8());
      case op.LONG_BINPUT: return this.remember(reader.u32());
      case op.GET: return this.recall(Number(reader.line()));
      case op.BINGET: return this.recall(reader.u8());
      case op.LONG_BINGET: return this.recall(reader.u32());
      default: return false;
    }
  }

  /** What names types and functions. */
  private object(opcode: number): boolean {
    const { reader } = this;
    switch (opcode) {
      case op.GLOBAL: return this.push(findGlobal(reader.line(), reader.line()));
      case op.STACK_GLOBAL: {
        const [module, name] = this.popSome(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw new TensorFileError('STACK_GLOBAL needs the names of a module and of what is in it');
        return this.push(findGlobal(module, name));
      }
      case op.REDUCE: { const [called, args] = this.popSome(2); return this.push(callGlobal(called!, args!)); }
      case op.NEWOBJ: { const [type, args] = this.popSome(2); return this.push(newObject(type!, args!)); }
      case op.BUILD: { const [state] = this.popSome(1); build(this.top(), state!); return true; }
      case op.BINPERSID: { const [id] = this.popSome(1); return this.push(this.options.persistent(id!)); }
      default: return false;
    }
  }

  private refuse(opcode: number): never {
    const name = REFUSED[opcode];
    throw new TensorFileError(name ? `the pickle uses ${name}, which tensors do not need: it is refused` : `0x${opcode.toString(16).padStart(2, '0')} is no opcode of a pickle`);
  }

  private protocol(version: number): boolean {
    if (version > 5) throw new TensorFileError(`protocol ${version} of pickle is not known`);
    return true;
  }

  private push(value: PickleValue): true { this.stack.push(value); return true; }

  private top(): PickleValue {
    if (this.stack.length === 0) throw this.empty();
    return this.stack[this.stack.length - 1]!;
  }

  private pop(): PickleValue {
    if (this.stack.length === 0) throw this.empty();
    return this.stack.pop()!;
  }

  private popSome(count: number): PickleValue[] {
    if (this.stack.length < count) throw this.empty();
    return this.stack.splice(this.stack.length - count, count);
  }

  private popMark(): PickleValue[] {
    const items = this.stack;
    const below = this.marks.pop();
    if (!below) throw new TensorFileError('the pickle ends a list that it has not begun');
    this.stack = below;
    return items;
  }

  private listOnTop(): PyList {
    const list = this.top();
    if (!(list instanceof PyList)) throw this.wrong('a list', list);
    return list;
  }

  private dictOnTop(): PyDict {
    const dict = this.top();
    if (!(dict instanceof PyDict)) throw this.wrong('a dict', dict);
    return dict;
  }

  private store({ entries }: PyDict, items: readonly PickleValue[]): void {
    if (items.length % 2 !== 0) throw new TensorFileError('a dict of the pickle has a key without a value');
    for (let i = 0; i < items.length; i += 2) entries.set(items[i] as Plain | object, items[i + 1]!);
  }

  private remember(index: number): true {
    if (!Number.isSafeInteger(index) || index < 0) throw new TensorFileError(`${index} is no place of the memo`);
    this.memo.set(index, this.top());
    return true;
  }

  private recall(index: number): true {
    const value = this.memo.get(index);
    if (value === undefined) throw new TensorFileError(`the memo has nothing at ${index}`);
    return this.push(value);
  }

  private long(length: number): number | bigint {
    if (length < 0 || length > MAX_LONG_BYTES) throw new TensorFileError(`a whole number of ${length} bytes is not read`);
    const bytes = this.reader.raw(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
    return small(BigInt.asIntN(8 * length, value));
  }

  private decimal(text: string, isInt: boolean): Plain {
    // How protocol 0 writes them.
    if (isInt && (text === '00' || text === '01')) return text === '01';
    if (!/^-?\d{1,80}$/.test(text)) throw new TensorFileError(`${JSON.stringify(text.slice(0, 40))} is no whole number`);
    return small(BigInt(text));
  }

  private float(text: string): number {
    const value = text === 'nan' ? NaN : Number(text.replace('inf', 'Infinity'));
    if (Number.isNaN(value) && text !== 'nan') throw new TensorFileError(`${JSON.stringify(text.slice(0, 40))} is no number`);
    return value;
  }

  private quoted(text: string): string {
    if (!/^(['"]).*\1$/s.test(text) || text.length < 2) throw new TensorFileError('a text of the pickle has no quotes');
    return text.slice(1, -1);
  }

  private bounded(length: number): number {
    if (length < 0 || length > MAX_STRING) throw new TensorFileError(`a text of ${length} bytes is not read`);
    return length;
  }

  private empty(): TensorFileError { return new TensorFileError('the pickle takes more values than it has given'); }

  private wrong(expected: string, found: PickleValue): TensorFileError {
    return new TensorFileError(`the pickle fills ${expected} where it has ${found === null ? 'None' : typeof found === 'object' ? found.constructor.name : `a ${typeof found}`}`);
  }
}

function extend(list: PyList, items: readonly PickleValue[]): PyList {
  for (const item of items) list.items.push(item);
  return list;
}

function small(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
