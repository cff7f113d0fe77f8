/** Comparisons between Python's own values: proven, disproven, or not known. */
import { constant } from '../../symint/symint';
import { equal, lessEqual } from '../../symint/facts';
import { SizeError, sub } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { CompareOperator } from '../../python/ast';
import type { Tri } from '../../torch/rule';
import type { Interpreter } from '../interpreter';
import { NO_KEYWORDS } from '../interpreter';
import { contentOf, isNumberArray, isOpen } from '../../values/values';
import type { ComplexParts, DictValue, InstanceValue, SetValue, Value } from '../../values/values';
import { findInClass, hasUnreadBase } from './instances';
import { partsOfNumber } from './complex-arithmetic';
import { isIntegral, isNumber, knownNumber, sizeOfValue } from './numbers';
import { displayType } from './types';
import type { NumberValue } from './numbers';

type Ordering = '<' | '<=' | '>' | '>=';

/** `a op b`; null where it is not known. Raises TypeError for an order that Python does not have. */
export function compareValues(op: CompareOperator, a: Value, b: Value, interp: Interpreter): Tri {
  switch (op) {
    case '==': return equalTo(a, b, interp);
    case '!=': return not(equalTo(a, b, interp));
    case '<': case '<=': case '>': case '>=': return ordered(op, a, b, interp);
    default: return null;
  }
}

export function not(answer: Tri): Tri {
  return answer === null ? null : !answer;
}

/** All of the answers are yes; no as soon as one is. */
export function every(answers: Iterable<Tri>): Tri {
  let result: Tri = true;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === null) result = null;
  }
  return result;
}

function equalComplex(a: ComplexParts | null, b: ComplexParts | null, isSame: boolean): Tri {
  return a && b ? a[0] === b[0] && a[1] === b[1] : isSame ? true : null;
}

function equalTo(a: Value, b: Value, interp: Interpreter): Tri {
  if (isNumber(a) && isNumber(b)) return equalNumbers(a, b, interp);
  if (a.kind === 'instance') return equalInstance(a, b, interp);
  if (b.kind === 'instance') return equalInstance(b, a, interp);
  switch (a.kind) {
    case 'complex': return equalComplex(a.parts, partsOfNumber(b), a === b);
    case 'unknown': case 'union': case 'Tensor': case 'super': case 'slice': case 'iterator': return a === b ? true : null;
    default: break;
  }
  if (b.kind === 'unknown' || b.kind === 'union' || b.kind === 'Tensor') return null;
  if (b.kind === 'complex') return equalTo(b, a, interp);
  // Comparisons of NumPy arrays are made item by item.
  if (isNumberArray(a) || isNumberArray(b)) return null;
  const nameA = nameOf(a);
  const nameB = nameOf(b);
  if (nameA !== null && nameB !== null) return nameA === nameB;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'None': case 'Ellipsis': return true;
    case 'str': return a.value === null || (b as typeof a).value === null ? null : a.value === (b as typeof a).value;
    case 'dtype': case 'device': return a.value === (b as typeof a).value;
    case 'tuple': case 'list': {
      const other = b as typeof a;
      if (!a.items || !other.items) return null;
      return a.items.length === other.items.length && every(a.items.map((item, i) => interp.equal(item, other.items![i]!)));
    }
    case 'dict': return equalDicts(a, b as DictValue, interp);
    case 'set': return equalSets(a, b as SetValue);
    case 'function': return a.attributes === (b as typeof a).attributes;
    case 'class': case 'module': return a === b;
    case 'method': return a === b ? true : null;
    default: return a === b ? true : null;
  }
}

/** The dotted name of something that the engine knows by name, a class or function. */
function nameOf(value: Value): string | null {
  return value.kind === 'builtin' ? value.name : value.kind === 'class' ? value.builtin : null;
}

function equalNumbers(a: NumberValue, b: NumberValue, interp: Interpreter): Tri {
  if (isIntegral(a) && isIntegral(b)) {
    const x = sizeOfValue(a);
    const y = sizeOfValue(b);
    return x && y ? equal(x, y, interp.facts) : null;
  }
  const x = knownNumber(a);
  const y = knownNumber(b);
  if (x !== null && y !== null) return x === y;
  const [size, number] = x === null ? [sizeOfValue(a), y] : [sizeOfValue(b), x];
  if (!size || number === null) return null;
  return Number.isInteger(number) ? Number.isSafeInteger(number) ? equal(size, constant(number), interp.facts) : null : false;
}

function equalInstance(a: InstanceValue, b: Value, interp: Interpreter): Tri {
  const method = findInClass(a.cls, '__eq__');
  if (method) {
    if (b.kind === 'unknown') return null;
    return interp.truth(interp.call(method, [a, b], NO_KEYWORDS, { start: 0, end: 0 }));
  }
  if (a === b) return true;
  if (a.content) return interp.equal(a.content, contentOf(b));
  if (hasUnreadBase(a.cls) || b.kind === 'unknown' || b.kind === 'union' || b.kind === 'Tensor') return null;
  if (b.kind === 'instance') return a.id === b.id ? true : findInClass(b.cls, '__eq__') ? null : false;
  return false;
}

function equalDicts(a: DictValue, b: DictValue, interp: Interpreter): Tri {
  if (a === b) return true;
  if (isOpen(a) || isOpen(b)) return null;
  if (a.entries.size !== b.entries.size) return false;
  return every([...a.entries].map(([key, entry]) => {
    const other = b.entries.get(key);
    return other ? interp.equal(entry.value, other.value) : false;
  }));
}

function equalSets(a: SetValue, b: SetValue): Tri {
  if (!a.items || !b.items) return null;
  return a.items.size === b.items.size && [...a.items.keys()].every((key) => b.items!.has(key));
}

function ordered(op: Ordering, a: Value, b: Value, interp: Interpreter): Tri {
  if (isNumber(a) && isNumber(b)) return orderedNumbers(op, a, b, interp);
  if (a.kind === 'str' && b.kind === 'str') return a.value === null || b.value === null ? null : holds(op, compareText(a.value, b.value));
  // Comparisons of NumPy arrays are made item by item.
  if (isNumberArray(a) || isNumberArray(b)) return null;
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) return orderedItems(op, a.items, b.items, interp);
  if (a.kind === 'set' && b.kind === 'set') return orderedSets(op, a, b);
  if (a.kind === 'instance') {
    const method = findInClass(a.cls, { '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' }[op]);
    if (method) return interp.truth(interp.call(method, [a, b], NO_KEYWORDS, { start: 0, end: 0 }));
    return a.content ? ordered(op, a.content, contentOf(b), interp) : null;
  }
  return isOrdered(a) && isOrdered(b)
    ? interp.raise('TypeError', `'${op}' not supported between instances of '${displayType(a)}' and '${displayType(b)}'`)
    : null;
}

function isOrdered(value: Value): boolean {
  return ['int', 'float', 'bool', 'str', 'None', 'list', 'tuple', 'dict', 'set'].includes(value.kind);
}

function holds(op: Ordering, order: number): boolean {
  return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
}

/** By code points, as Python; JavaScript's own order is by UTF-16 units. */
function compareText(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
  }
  return x.length - y.length;
}

function orderedNumbers(op: Ordering, a: NumberValue, b: NumberValue, interp: Interpreter): Tri {
  if (op === '>' || op === '>=') return orderedNumbers(op === '>' ? '<' : '<=', b, a, interp);
  const x = knownNumber(a);
  const y = knownNumber(b);
  if (x !== null && y !== null) return op === '<' ? x < y : x <= y;
  const left = sizeOfValue(a);
  const right = sizeOfValue(b);
  if (left && right) return orderedSizes(op, left, right, interp);
  // An int against a float: against the nearest int on the right side of it.
  if (left && y !== null) return Number.isFinite(y) ? orderedSizes('<=', left, constantOr(op === '<' ? Math.ceil(y) - 1 : Math.floor(y)), interp) : Number.isNaN(y) ? false : y > 0;
  if (right && x !== null) return Number.isFinite(x) ? orderedSizes('<=', constantOr(op === '<' ? Math.floor(x) + 1 : Math.ceil(x)), right, interp) : Number.isNaN(x) ? false : x < 0;
  return null;
}

function constantOr(n: number): SymInt | null {
  return Number.isSafeInteger(n) ? constant(n) : null;
}

function orderedSizes(op: '<' | '<=', a: SymInt | null, b: SymInt | null, interp: Interpreter): Tri {
  if (!a || !b) return null;
  if (op === '<=') return lessEqual(a, b, interp.facts);
  try {
    return lessEqual(a, sub(b, constant(1)), interp.facts);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function orderedItems(op: Ordering, a: Value[] | null, b: Value[] | null, interp: Interpreter): Tri {
  if (!a || !b) return null;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const same = interp.equal(a[i]!, b[i]!);
    if (same === null) return null;
    if (!same) return compareValues(op, a[i]!, b[i]!, interp);
  }
  return holds(op, a.length - b.length);
}

function orderedSets(op: Ordering, a: SetValue, b: SetValue): Tri {
  if (!a.items || !b.items) return null;
  const [small, large] = op === '<' || op === '<=' ? [a.items, b.items] : [b.items, a.items];
  const subset = [...small.keys()].every((key) => large.has(key));
  return subset && (op === '<=' || op === '>=' || small.size < large.size);
}
