/** Values that an evaluation takes from files of tensors: each file is opened once, each tensor read when its node is run. */
import * as path from 'node:path';
import { openTensorPath } from '../tensorfiles/fileBytes';
import { asNumbers, readAll } from '../tensorfiles/read';
import type { TensorFile } from '../tensorfiles/tensor';
import { numelOf } from '../tensorfiles/tensor';
import type { Dtype } from '../shapes/values/dtype';
import { EvaluationError } from './errors';
import type { Binding, StoredBinding } from './messages';

export class StoredValues {
  private readonly files = new Map<string, Promise<TensorFile>>();

  /** @throws EvaluationError where the file does not have it as it was when the evaluation was planned */
  async read({ file: { path: file, tensor: name }, shape, provenance }: StoredBinding): Promise<Binding> {
    try {
      if (!this.files.has(file)) this.files.set(file, openTensorPath(file));
      const tensor = (await this.files.get(file)!).tensors.find((each) => each.name === name);
      if (!tensor) throw new Error(`it has no tensor ${name} any more`);
      const numbers = asNumbers(tensor);
      if (numelOf(numbers.shape) !== numelOf(shape)) throw new Error(`${name} has shape (${numbers.shape.join(', ')}) there, and (${shape.join(', ')}) is needed`);
      // Numbers of 8 bits are held as the floats that they are.
      const dtype = numbers.dtype.startsWith('float8') ? 'float32' : numbers.dtype as Dtype;
      return { values: await readAll(tensor, numelOf(shape)), shape, dtype, provenance };
    } catch (error) {
      throw new EvaluationError('invalid-argument', `${path.basename(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.files.values()].map(async (file) => (await file).close()));
  }
}
