/** Methods of int, bool and float. */
import { constant } from '../../symint/symint';
import { bool, int, str, tuple, unknown } from '../values';
import type { MethodTable } from './method';
import { intFromNumber, knownInt, sizeOfValue } from './numbers';

export const intMethods: MethodTable = {
  bit_length: (receiver) => {
    const number = knownInt(receiver);
    return number === null ? int(null) : intFromNumber(number === 0 ? 0 : Math.abs(number).toString(2).length);
  },
  bit_count: (receiver) => {
    const number = knownInt(receiver);
    return number === null ? int(null) : intFromNumber([...Math.abs(number).toString(2)].filter((digit) => digit === '1').length);
  },
  conjugate: (receiver) => int(sizeOfValue(receiver)),
  is_integer: () => bool(true),
  as_integer_ratio: (receiver) => tuple([int(sizeOfValue(receiver)), int(constant(1))]),
  to_bytes: () => unknown('bytes are not traced'),
};

export const floatMethods: MethodTable = {
  is_integer: (receiver) => bool(receiver.kind === 'float' && receiver.value !== null ? Number.isInteger(receiver.value) : null),
  conjugate: (receiver) => receiver,
  hex: () => str(null),
  as_integer_ratio: () => tuple([int(null), int(null)]),
};
