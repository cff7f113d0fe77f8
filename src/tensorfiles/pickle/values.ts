/** What a pickle can hold when it is read as data: plain values, containers, names of known types, tensors. */

export type Plain = null | boolean | number | bigint | string | Uint8Array;

export class PyTuple { constructor(readonly items: readonly PickleValue[]) {} }
export class PyList { readonly items: PickleValue[] = []; }
/** Also an OrderedDict and its like. */
export class PyDict { readonly entries = new Map<Plain | object, PickleValue>(); }
export class PySet { constructor(readonly items: PickleValue[]) {} }
/** A type or function that is on the list of what is allowed, by its dotted name. It is never called. */
export class PyGlobal { constructor(readonly name: string) {} }
/** An object of an allowed type that holds nothing but its state: an argparse.Namespace. */
export class PyRecord { state: PickleValue = null; constructor(readonly type: string) {} }

/** numpy.dtype. */
export class NumpyDtype { byteOrder = '<'; constructor(readonly type: string) {} }
/** numpy.ndarray; filled by its state. */
export class NumpyArray {
  shape: readonly number[] = [];
  dtype: NumpyDtype | null = null;
  fortran = false;
  bytes: Uint8Array = new Uint8Array(0);
}

/** Where a tensor's elements are, as the pickle names it. */
export interface StorageReference {
  readonly key: string;
  /** null: bytes of no type. */
  readonly dtype: string | null;
  /** Elements, or bytes where `dtype` is null. */
  readonly numel: number;
  /** Of the old format: a storage that is a part of the one that `key` names, from this element on. */
  readonly viewOffset: number;
}
export class PyStorage { constructor(readonly reference: StorageReference) {} }

export class PyTensor {
  /** Why its values are not shown. */
  unreadable: string | null = null;
  constructor(readonly storage: StorageReference, readonly dtype: string, readonly offset: number, readonly shape: readonly number[], readonly strides: readonly number[]) {}
}

export type PickleValue = Plain | PyTuple | PyList | PyDict | PySet | PyGlobal | PyRecord | NumpyDtype | NumpyArray | PyStorage | PyTensor;

export function itemsOf(value: PickleValue): readonly PickleValue[] | null {
  return value instanceof PyTuple || value instanceof PyList || value instanceof PySet ? value.items : null;
}

export function toNumber(value: PickleValue | undefined): number | null {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : null;
}

/** A sequence of sizes or strides; null where it is none. */
export function toNumbers(value: PickleValue | undefined): number[] | null {
  const items = value === undefined ? null : itemsOf(value);
  const numbers = items?.map(toNumber) ?? [null];
  return numbers.every((number): number is number => number !== null && Number.isSafeInteger(number)) ? numbers : null;
}
