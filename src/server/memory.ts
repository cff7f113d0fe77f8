/** The memory of a tensor's elements, where its sizes are numbers: by the code, or by the reader's choice. */
import type { TensorValue } from '../shapes/values/values';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { itemsize } from '../shapes/torch/dtypes';
import { counterpart } from './openFile';
import type { OpenFile } from './openFile';
import { t } from './translation';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** null where a size or the dtype is not known. */
export function bytesAt(file: OpenFile, recording: Recording): number | null {
  const { seen } = counterpart(file, recording) ?? recording;
  // Where it had several shapes, which of them?
  return seen.length === 1 && seen[0]!.type === 'Tensor' ? bytesOf(seen[0]!.tensor) : null;
}

function bytesOf({ shape, dtype }: TensorValue): number | null {
  if (shape.rest || dtype === null) return null;
  let bytes = itemsize(dtype);
  for (const dim of shape.dims) {
    if (dim.value === null) return null;
    bytes *= dim.value;
  }
  return bytes;
}

/** `7.4 MB`, as torch and file managers count: 1000 bytes are 1 KB. */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? t('{0} bytes', value) : `${value >= 100 ? Math.round(value) : value.toPrecision(3)} ${UNITS[unit]!}`;
}

/** `27,936`, `0.5 G`: large counts, as of parameters. */
export function countText(count: number): string {
  return count < 1e6 ? count.toLocaleString('en-US') : count < 1e9 ? `${(count / 1e6).toPrecision(3)} M` : `${(count / 1e9).toPrecision(3)} G`;
}
