/**
 * NumPy arrays: instances of the class that `library/python/numpy/ndarray.ts` writes, each holding a tensor of the same shape and
 * dtype. A 1-D array of known numbers stays a list named `numpy.ndarray` until more is asked of it than a list can do.
 */
import type { Span } from '../../python/ast';
import type { Dtype } from '../../values/dtype';
import { lookupInClass } from '../calls/classes';
import { NO_KEYWORDS } from '../interpreter';
import type { Machine } from '../machine';
import { pythonMember } from './torchnames';
import { contentOf, derived, isNumberArray, list, unknown } from '../../values/values';
import type { SequenceValue, Value } from '../../values/values';

/** The array around a tensor. A tensor that is not known makes an array that is not known, for the same reason. */
export function arrayOf(m: Machine, tensor: Value, span: Span): Value {
  if (tensor.kind === 'union') return m.joiner.joinAll(tensor.options.map((option) => arrayOf(m, option, span)));
  if (tensor.kind === 'unknown') return derived(tensor);
  const cls = pythonMember(m, 'numpy', 'ndarray');
  if (tensor.kind !== 'Tensor' || cls?.kind !== 'class') return tensor;
  return { kind: 'instance', cls, attributes: m.heap.bear(new Map()), id: m.instances++, content: tensor };
}

/** The value, where it is a list of known numbers as an array around a tensor. */
export function asArray(m: Machine, value: Value, span: Span): Value {
  return isNumberArray(value) ? arrayOf(m, tensorOf(m, value, span), span) : value;
}

/** The tensor that NumPy's `asarray` would hold: of an array its own, else of numbers and sequences a new one. */
export function tensorOf(m: Machine, given: Value, span: Span): Value {
  const value = contentOf(given);
  switch (value.kind) {
    case 'union': return m.joiner.joinAll(value.options.map((option) => tensorOf(m, option, span)));
    case 'unknown': return derived(value);
    case 'Tensor': return value;
    case 'int': case 'float': case 'bool': case 'complex': return literal(m, value, span);
    case 'iterator': return m.torch('torch.tensor', [value], NO_KEYWORDS, span);
    case 'tuple': case 'list': return ofSequence(m, value, span);
    case 'instance': {
      // https://numpy.org/doc/stable/user/basics.interoperability.html#the-array-method
      const method = lookupInClass(value.cls, '__array__');
      if (method) return tensorOf(m, m.call({ kind: 'method', receiver: value, func: method }, [], NO_KEYWORDS, span), span);
      return unknown(`a NumPy array of a ${value.cls.name}`, span);
    }
    default: return unknown(`a NumPy array of a ${value.kind}`, span);
  }
}

function ofSequence(m: Machine, value: SequenceValue, span: Span): Value {
  if (!value.items) return value.count ? literal(m, value, span) : unknown('the length of the data is not known', span);
  if (!value.items.some(holdsArray)) return literal(m, value, span);
  const rows = value.items.map((item) => tensorOf(m, item, span));
  return rows.find((row) => row.kind === 'unknown') ?? m.torch('torch.stack', [list(rows)], NO_KEYWORDS, span);
}

function holdsArray(value: Value): boolean {
  const content = contentOf(value);
  return content.kind === 'Tensor' || ((content.kind === 'list' || content.kind === 'tuple') && !!content.items?.some(holdsArray));
}

function literal(m: Machine, value: Value, span: Span): Value {
  if (holdsText(value)) return unknown('a NumPy array of texts is not traced', span);
  const dtype = kindOf(value);
  return m.torch('torch.tensor', [value], dtype === null ? NO_KEYWORDS : new Map([['dtype', { kind: 'dtype', value: dtype }]]), span);
}

function holdsText(value: Value): boolean {
  return value.kind === 'str' || ((value.kind === 'list' || value.kind === 'tuple') && (value.items?.some(holdsText) ?? false));
}

/** NumPy's dtype where it is not torch's: floats are float64. */
function kindOf(value: Value): Dtype | null {
  if (value.kind === 'float') return 'float64';
  if (value.kind === 'complex') return 'complex128';
  if (value.kind !== 'list' && value.kind !== 'tuple') return null;
  const kinds = (value.items ?? []).map(kindOf);
  return value.items?.length === 0 || kinds.includes('float64') ? 'float64' : kinds.find((kind) => kind !== null) ?? null;
}
