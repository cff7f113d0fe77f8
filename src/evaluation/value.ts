/**
 * A tensor inside the worker. Its elements lie row-major in a storage that several values of other shapes may share;
 * the storage holds a JavaScript array, a tensor of the backend, or both, each made from the other when first asked for.
 * Only floats have a backend tensor (float32): integers and booleans stay with our own exact kernels.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../shapes/values/dtype';
import { layRows, type TableRows } from './copying';
import { allocate, componentsOf, convert, isFloat, settle } from './elements';
import { EvaluationError } from './errors';
import type { Elements } from './messages';

export function numelOf(shape: readonly number[]): number {
  let product = 1;
  for (const size of shape) product *= size;
  return product;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    strides[dim] = stride;
    stride *= shape[dim] as number;
  }
  return strides;
}

class Storage {
  private owners = 0;
  /** At least one of the three is there. */
  constructor(private elements: Elements | null, private device: tf.Tensor | null, private rows: TableRows | null, private readonly count: number) {
    if (device) tf.keep(device);
  }

  host(): Elements {
    // It may be the backend's own array, which neither side ever writes to.
    this.elements ??= this.rows ? layRows(this.rows) : (this.device as tf.Tensor).dataSync<'float32'>() as Float32Array;
    this.rows = null;
    return this.elements;
  }

  tensor(): tf.Tensor {
    this.device ??= tf.keep(tf.tensor1d(this.host() as Float32Array, 'float32'));
    return this.device;
  }

  get pickedRows(): TableRows | null { return this.rows; }
  get onDevice(): boolean { return this.device !== null; }
  get size(): number { return this.count; }

  retain(): void { this.owners++; }
  release(): void {
    this.owners--;
    if (this.owners === 0 && this.device) {
      this.device.dispose();
      this.device = null;
    }
  }
}

export class Value {
  private static created: Value[] | null = null;

  private constructor(readonly shape: readonly number[], readonly dtype: Dtype, private readonly storage: Storage) {
    storage.retain();
    Value.created?.push(this);
  }

  /** Runs `body` and disposes every value made in it but those that it returns. Not to be nested. */
  static scope(body: () => readonly Value[]): readonly Value[] {
    const created: Value[] = Value.created = [];
    let kept: readonly Value[] = [];
    try {
      kept = body();
      return kept;
    } finally {
      Value.created = null;
      for (const value of created) if (!kept.includes(value)) value.dispose();
    }
  }

  /** Elements must be row-major, already in the dtype's range, and are not changed afterwards by anyone. */
  static of(elements: Elements, shape: readonly number[], dtype: Dtype): Value {
    if (elements.length !== numelOf(shape) * componentsOf(dtype)) {
      throw new EvaluationError('internal', `${elements.length} elements cannot fill the shape (${shape.join(', ')})`);
    }
    return new Value(shape, dtype, new Storage(elements, null, null, numelOf(shape)));
  }

  /** Rows picked from a table of floats: laid out when they are first asked for, unless they are moved before (`pickedRows`). */
  static ofRows(rows: TableRows, shape: readonly number[], dtype: Dtype): Value {
    if (rows.starts.length * rows.width !== numelOf(shape)) {
      throw new EvaluationError('internal', `${rows.starts.length} rows of ${rows.width} cannot fill the shape (${shape.join(', ')})`);
    }
    return new Value(shape, dtype, new Storage(null, null, rows, numelOf(shape)));
  }

  /** Freshly computed elements: wrapped, rounded and checked first. */
  static computed(elements: Elements, shape: readonly number[], dtype: Dtype): Value {
    return Value.of(settle(elements, dtype), shape, dtype);
  }

  /** A backend tensor, which the value now owns. */
  static onDevice(tensor: tf.Tensor, shape: readonly number[], dtype: Dtype): Value {
    if (tensor.size !== numelOf(shape)) {
      throw new EvaluationError('internal', `the backend gave shape (${tensor.shape.join(', ')}) where (${shape.join(', ')}) was expected`);
    }
    if (dtype === 'float16' || dtype === 'bfloat16') return Value.computed(tensor.dataSync<'float32'>().slice(), shape, dtype);
    return new Value(shape, dtype, new Storage(null, tensor, null, tensor.size));
  }

  get numel(): number { return this.storage.size; }

  /** Whether the backend has its elements already. */
  get isOnDevice(): boolean { return this.storage.onDevice; }

  /** What its elements are picked from, while they are not laid out. */
  get pickedRows(): TableRows | null { return this.storage.pickedRows; }

  /** Row-major elements, of complex dtypes real and imaginary part by turns; not to be written to. */
  host(): Elements { return this.storage.host(); }

  /** The elements as numbers of another dtype; not to be written to. */
  hostAs(dtype: Dtype): Elements { return convert(this.host(), this.dtype, dtype); }

  /** A float32 tensor of the backend in this value's shape, or in another of as many elements. Inside `tf.tidy` only. */
  tensor(shape: readonly number[] = this.shape): tf.Tensor {
    const flat = isFloat(this.dtype) ? this.storage.tensor() : tf.tensor1d(this.hostAs('float32') as Float32Array, 'float32');
    return tf.reshape(flat, shape as number[]);
  }

  /** The same elements in another shape. */
  reshaped(shape: readonly number[]): Value {
    if (numelOf(shape) !== this.numel) {
      throw new EvaluationError('internal', `shape (${this.shape.join(', ')}) cannot be read as (${shape.join(', ')})`);
    }
    return new Value(shape, this.dtype, this.storage);
  }

  to(dtype: Dtype): Value {
    if (dtype === this.dtype) return this.reshaped(this.shape);
    // Both are float32 here.
    if ((dtype === 'float32' || dtype === 'float64') && isFloat(this.dtype)) return new Value(this.shape, dtype, this.storage);
    if (isFloat(dtype) && isFloat(this.dtype)) return Value.computed(new Float32Array(this.host()), this.shape, dtype);
    return Value.of(this.hostAs(dtype), this.shape, dtype);
  }

  /** Gives up this value's hold on its storage; once each. */
  dispose(): void { this.storage.release(); }

  /** One number, for a value of one element. */
  item(): number {
    if (this.numel !== 1) throw new EvaluationError('invalid-argument', `a value of shape (${this.shape.join(', ')}) is not one number`);
    return this.host()[0] as number;
  }

  static filled(value: number, shape: readonly number[], dtype: Dtype): Value {
    const elements = allocate(dtype, numelOf(shape));
    elements.fill(dtype === 'bool' ? Number(value !== 0) : value);
    return Value.computed(elements, shape, dtype);
  }
}
