/** NumPy's scalars in a pickle: a dtype and its bytes. */
import { TensorFileError } from '../bytes';
import { allocateElements, decode, isFileDtype, itemSize } from '../elements';
import { numpyDtype } from '../npy';
import { NumpyDtype } from './values';
import type { Plain, PickleValue } from './values';

/** @throws TensorFileError */
export function decodeScalar(type: PickleValue | undefined, value: PickleValue | undefined): Plain {
  const bytes = typeof value === 'string' ? Uint8Array.from(value, (character) => character.charCodeAt(0)) : value;
  if (!(type instanceof NumpyDtype) || !(bytes instanceof Uint8Array)) throw new TensorFileError('a scalar of NumPy has no dtype or no bytes');
  const { dtype, littleEndian } = dtypeOf(type);
  if (!isFileDtype(dtype)) return `a scalar of ${dtype}`;
  if (bytes.length !== itemSize(dtype)) throw new TensorFileError(`a scalar of ${dtype} has ${bytes.length} bytes`);
  const target = allocateElements(dtype, 2);
  decode(dtype, bytes, 0, itemSize(dtype), littleEndian, target, 0, 1, 1);
  return dtype === 'bool' ? target[0] !== 0 : target[0]!;
}

export function dtypeOf({ type, byteOrder }: NumpyDtype): ReturnType<typeof numpyDtype> {
  return numpyDtype(`${byteOrder}${type.replace(/^[<>=|]/, '')}`);
}
