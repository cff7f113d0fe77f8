/** Pickles that lie one after the other in a file, their lengths not written anywhere. */
import { bytesText, TensorFileError } from '../bytes';
import type { ByteSource } from '../bytes';
import { PickleCutShort } from '../pickle/reader';
import { unpickle } from '../pickle/unpickler';
import type { PickleValue } from '../pickle/values';
import { MAX_PICKLE } from './storages';

const FIRST_BYTES = 1 << 16;

export class PickleStream {
  constructor(private readonly source: ByteSource, private readonly persistent: (id: PickleValue) => PickleValue, private readonly part: string | null = null, public at = 0) {}

  /** The next pickle. More of the file is read until it is whole. @throws TensorFileError */
  async next(): Promise<PickleValue> {
    for (let length = FIRST_BYTES; ; length *= 8) {
      const left = this.source.size - this.at;
      const bytes = await this.source.read(this.at, Math.max(0, Math.min(length, left, MAX_PICKLE)));
      try {
        const { value, end } = unpickle(bytes, 0, { part: this.part, persistent: this.persistent });
        this.at += end;
        return value;
      } catch (error) {
        if (error instanceof PickleCutShort && length < Math.min(left, MAX_PICKLE)) continue;
        if (error instanceof PickleCutShort && left > MAX_PICKLE) throw new TensorFileError(`a pickle of more than ${bytesText(MAX_PICKLE)} is not read`, this.at, this.part);
        if (error instanceof TensorFileError) throw new TensorFileError(error.problem, error.at === null ? this.at : this.at + error.at, this.part);
        throw error;
      }
    }
  }
}
