/** The methods of the 1-D NumPy arrays that are kept as lists. */
import { NO_KEYWORDS } from '../interpreter';
import { builtin, list, unknown } from '../../values/values';
import type { Method, MethodTable } from './method';

function through(name: string): Method {
  return (receiver, call) => {
    if (receiver.kind !== 'list' || !receiver.items || receiver.items.length === 0 || call.args.length > 0 || call.keywords.size > 0) return unknown(`${call.name} is not traced`);
    return call.interp.call(builtin(name), [list(receiver.items)], NO_KEYWORDS, call.span);
  };
}

export const arrayMethods: MethodTable = {
  tolist: (receiver) => (receiver.kind === 'list' && receiver.items ? list([...receiver.items]) : unknown('a NumPy array that is not traced')),
  sum: through('sum'),
  prod: through('math.prod'),
  max: through('max'),
  min: through('min'),
  cumsum: through('numpy.cumsum'),
};
