/** Methods of int, bool and float. */
import { constant } from '../../symint/symint';
import { NO_KEYWORDS } from '../interpreter';
import type { BuiltinCall } from './call';
import { bool, builtin, int, str, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import type { Method, MethodTable } from './method';
import { intFromNumber, knownInt, sizeOfValue } from './numbers';

/** As the scalars of NumPy do: https://numpy.org/doc/stable/reference/generated/numpy.generic.astype.html */
const astype: Method = (receiver, call) => {
  const dtype = call.args[0] ?? call.keywords.get('dtype');
  const type = /^u?(int|float|bool)/.exec(nameOf(dtype, call))?.[1];
  return type === undefined ? unknown('a number of a dtype that is not known') : call.interp.call(builtin(type), [receiver], NO_KEYWORDS, call.span);
};

function nameOf(dtype: Value | undefined, call: BuiltinCall): string {
  switch (dtype?.kind) {
    case 'str': case 'dtype': return dtype.value ?? '';
    case 'builtin': case 'class': return dtype.name;
    case 'instance': return nameOf(call.interp.getAttribute(dtype, 'name', call.span), call);
    default: return '';
  }
}

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
  astype,
};

export const floatMethods: MethodTable = {
  is_integer: (receiver) => bool(receiver.kind === 'float' && receiver.value !== null ? Number.isInteger(receiver.value) : null),
  conjugate: (receiver) => receiver,
  hex: () => str(null),
  as_integer_ratio: () => tuple([int(null), int(null)]),
  astype,
  item: (receiver) => receiver,
};
