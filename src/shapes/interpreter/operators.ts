/** Operators between values: tensors by torch's rules, numbers by Python's, instances by their methods. */
import type * as ast from '../python/ast';
import type { CompareOperator, Operator, Span, UnaryOperator } from '../python/ast';
import type { Tri } from '../torch/rule';
import { applyOperation, applyOperator } from './tensors/apply';
import { assignTo } from './assign';
import { builtinClass } from './builtins/types';
import { shuffledItems } from './builtins/sequences';
import { binaryNumbers, compareValues, unaryNumber } from './builtins/arithmetic';
import { lookupInClass } from './calls/classes';
import { noteAbsence } from './uncalled/absence';
import { computedWith, demandNumber, scaled } from './uncalled/arithmetic';
import { demandLike, parameterOf, present } from './uncalled/demands';
import { evaluate } from './expressions';
import { NO_KEYWORDS, PythonRaise } from './interpreter';
import { hashKey } from '../values/keys';
import type { Machine } from './machine';
import { asArray } from './tensors/ndarray';
import { resolveName } from './names';
import { lookupMethod } from '../torch/registry';
import { isFloating } from '../torch/dtypes';
import { bool, contentOf, derived, isArray, isNumberArray, unionOfTensors, unknown, isOpen, str } from '../values/values';
import type { TensorValue, UnionValue, Value } from '../values/values';

const METHODS: Readonly<Record<Operator, string>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '@': 'matmul',
  '<<': 'lshift', '>>': 'rshift', '|': 'or', '^': 'xor', '&': 'and',
};

export function binaryOperation(m: Machine, op: Operator, left: Value, right: Value, span: Span): Value {
  const tensors = operandsOfTensors(left, right);
  if (tensors) return applyOperator(m, op, tensors, span);
  if (left.kind === 'union') return m.joiner.joinEach(left, (option) => binaryOperation(m, op, option, right, span));
  if (right.kind === 'union') return m.joiner.joinEach(right, (option) => binaryOperation(m, op, left, option, span));
  if (left.kind === 'instance' || right.kind === 'instance') return ofInstances(m, op, left, right, span);
  // Nothing else is added to a text.
  const [first, second] = [left, right].map((value) => (value.kind === 'unknown' ? str(null) : value)) as [Value, Value];
  if (op === '+' && first.kind === 'str' && second.kind === 'str' && left.kind !== right.kind) return binaryNumbers(op, first, second, m) ?? str(null);
  demandNumber(op, left, right, false);
  demandNumber(op, right, left, true);
  if (op !== '@') {
    demandLike(m, left, right);
    demandLike(m, right, left);
  }
  if (left.kind === 'Tensor' || right.kind === 'Tensor') {
    if (left.kind === 'unknown') return scaled(m, op, right, left, span) ?? derived(left);
    if (right.kind === 'unknown') return scaled(m, op, left, right, span) ?? derived(right);
    return applyOperator(m, op, [left, right], span);
  }
  if (left.kind === 'unknown') return computedWith(left, right);
  if (right.kind === 'unknown') return computedWith(right, left);
  if (isNumberArray(left) || isNumberArray(right)) return binaryOperation(m, op, asArray(m, left, span), asArray(m, right, span), span);
  return (op === '|' ? unionType(left, right) : null) ?? unlessGuessed([left, right], span, () => binaryNumbers(op, left, right, m)) ?? unknown(`${op} between ${left.kind} and ${right.kind} is not traced`, span);
}

/** What a use found to be a sequence may be a number here: that it cannot be computed with says that it is none. */
function unlessGuessed(operands: readonly Value[], span: Span, compute: () => Value | null): Value | null {
  const guess = operands.map(parameterOf).find((parameter) => parameter !== null);
  if (!guess) return compute();
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof PythonRaise) || error.type !== 'TypeError') throw error;
    return unknown(`uses of ${guess.name} do not agree on what it is`, span);
  }
}

/** `int | None`, as isinstance takes it; null for anything but types. https://docs.python.org/3/library/stdtypes.html#types-union */
function unionType(left: Value, right: Value): Value | null {
  const isType = (value: Value): boolean => value.kind === 'class' || (value.kind === 'builtin' && builtinClass(value.name) !== null) || (value.kind === 'tuple' && value.typeName === UNION_TYPE);
  if (!(isType(left) && (isType(right) || right.kind === 'None')) && !(left.kind === 'None' && isType(right))) return null;
  const items = [left, right].flatMap((value) => (value.kind === 'tuple' ? value.items! : [value]));
  return { kind: 'tuple', items, element: null, typeName: UNION_TYPE, fields: null };
}

const UNION_TYPE = 'types.UnionType';

/** The operator's methods, the left operand's first; else the operator of what the instances hold. */
function ofInstances(m: Machine, op: Operator, left: Value, right: Value, span: Span): Value {
  const own = left.kind === 'instance' ? special(m, left, `__${METHODS[op]}__`, right, span) : null;
  const reflected = own ?? (right.kind === 'instance' ? special(m, right, `__r${METHODS[op]}__`, left, span) : null);
  if (reflected) return reflected;
  const [a, b] = [contentOf(left), contentOf(right)];
  if (a !== left || b !== right) return binaryOperation(m, op, a, b, span);
  const instance = left.kind === 'instance' ? left : (right as typeof left & { kind: 'instance' });
  return unknown(`${instance.cls.name} has no operator ${op}`, span);
}

/** The operands where one of them is one of several tensors, and the other nothing that has operators of its own. */
function operandsOfTensors(left: Value, right: Value): [Value, Value] | null {
  const [a, b] = [unionOfTensors(left), unionOfTensors(right)];
  if (a) return b || isOperand(right) ? [a, b ?? right] : null;
  return b && isOperand(left) ? [left, b] : null;
}

function isOperand(value: Value): boolean {
  return value.kind === 'Tensor' || value.kind === 'int' || value.kind === 'float' || value.kind === 'bool';
}

function special(m: Machine, receiver: Value & { kind: 'instance' }, name: string, argument: Value, span: Span): Value | null {
  const method = lookupInClass(receiver.cls, name);
  return method ? m.call({ kind: 'method', receiver, func: method }, [argument], NO_KEYWORDS, span) : null;
}

export function unaryOperation(m: Machine, op: UnaryOperator, operand: Value, span: Span): Value {
  if (op === 'not') {
    const truth = m.truth(operand, span);
    return bool(truth === null ? null : !truth);
  }
  if (operand.kind === 'union') return m.joiner.joinEach(operand, (option) => unaryOperation(m, op, option, span));
  if (operand.kind === 'Tensor') return applyOperator(m, op === '-' ? 'neg' : op === '~' ? 'invert' : 'pos', [operand], span);
  if (operand.kind === 'unknown') return derived(operand);
  if (operand.kind === 'instance') {
    const method = lookupInClass(operand.cls, op === '-' ? '__neg__' : op === '~' ? '__invert__' : '__pos__');
    if (method) return m.call({ kind: 'method', receiver: operand, func: method }, [], NO_KEYWORDS, span);
  }
  if (isNumberArray(operand)) return unaryOperation(m, op, asArray(m, operand, span), span);
  return unaryNumber(op, operand, m) ?? unknown(`${op} of a ${operand.kind} is not traced`, span);
}

export function compareOperation(m: Machine, op: CompareOperator, left: Value, right: Value, span: Span): Value {
  if (op === 'is' || op === 'is not') {
    const same = identical(m, left, right);
    return bool(same === null ? null : same === (op === 'is'));
  }
  if (op === 'in' || op === 'not in') {
    const inside = contains(m, right, left, span);
    return bool(inside === null ? null : inside === (op === 'in'));
  }
  const tensors = operandsOfTensors(left, right);
  if (tensors) return applyOperator(m, op, tensors, span);
  // None has an order with nothing: the statement runs only for the others.
  const spread = (union: UnionValue, each: (option: Value) => Value): Value => (op === '==' || op === '!=' ? m.joiner.joinAll(union.options.map(each)) : m.joiner.joinEach(union, each));
  if (left.kind === 'union') return spread(left, (option) => compareOperation(m, op, option, right, span));
  if (right.kind === 'union') return spread(right, (option) => compareOperation(m, op, left, option, span));
  if (left.kind === 'unknown') {
    if (right.kind === 'str') parameterOf(left)?.compareWithText();
    return computedWith(left, right);
  }
  if (right.kind === 'unknown') return computedWith(right, left);
  // Compared with what is no number, a tensor is another object.
  if ((op === '==' || op === '!=') && (isTensorBeside(left, right) || isTensorBeside(right, left))) return bool(op === '!=');
  if ((left.kind === 'Tensor' || right.kind === 'Tensor') && left.kind !== 'None' && right.kind !== 'None') return applyOperator(m, op, [left, right], span);
  if (isNumberArray(left) || isNumberArray(right)) return compareOperation(m, op, asArray(m, left, span), asArray(m, right, span), span);
  return ofArrays(m, op, left, right, span) ?? unlessGuessed([left, right], span, () => bool(compareValues(op, left, right, m)))!;
}

/** What torch compares with a tensor neither element by element nor as an array. */
const INCOMPARABLE: ReadonlySet<Value['kind']> = new Set<Value['kind']>(['str', 'None', 'tuple', 'list', 'dict', 'set', 'dtype', 'device', 'slice', 'Ellipsis', 'function', 'class', 'module']);

function isTensorBeside(tensor: Value, other: Value): boolean {
  return tensor.kind === 'Tensor' && INCOMPARABLE.has(other.kind) && !isNumberArray(other);
}

const COMPARISONS: Readonly<Record<string, string>> = { '==': '__eq__', '!=': '__ne__', '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' };
const SWAPPED: Readonly<Record<string, string>> = { '==': '__eq__', '!=': '__ne__', '<': '__gt__', '<=': '__ge__', '>': '__lt__', '>=': '__le__' };

/** Comparisons of NumPy arrays give arrays. */
function ofArrays(m: Machine, op: CompareOperator, left: Value, right: Value, span: Span): Value | null {
  if (left.kind === 'None' || right.kind === 'None') return null;
  if (isArray(left)) return special(m, left, COMPARISONS[op]!, right, span);
  return isArray(right) ? special(m, right, SWAPPED[op]!, left, span) : null;
}

function identical(m: Machine, left: Value, right: Value): Tri {
  const [a, b] = [present(left), present(right)];
  if (a !== left || b !== right) noteAbsence(m, [left, right]);
  if (a.kind === 'unknown' || b.kind === 'unknown') return null;
  if (a.kind === 'union' || b.kind === 'union') {
    const [union, other] = a.kind === 'union' ? [a, b] : [b as UnionValue, a];
    const answers = union.options.map((option) => identical(m, option, other));
    return answers.every((answer) => answer === answers[0]) ? answers[0]! : null;
  }
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'None': case 'Ellipsis': return true;
    case 'bool': case 'dtype': case 'builtin': return m.equal(a, b);
    case 'function': return a.attributes === (b as typeof a).attributes;
    case 'class': case 'module': case 'instance': case 'list': case 'dict': case 'set': return false;
    case 'Tensor': return sameTensor(a, b as typeof a);
    // Small ints and interned strings are one object; whether others are is not for code to rely on.
    case 'int': case 'str': return m.equal(a, b);
    default: return null;
  }
}

/** Whether two tensor values are one object of Python. Parameters that share memory are told apart by `asParameter`. */
function sameTensor(a: TensorValue, b: TensorValue): Tri {
  return a.isParameter && b.isParameter && a.layout && b.layout ? a.layout === b.layout : null;
}

function contains(m: Machine, container: Value, item: Value, span: Span): Tri {
  if (container.kind === 'instance') {
    const method = lookupInClass(container.cls, '__contains__');
    if (method) return m.truth(m.call({ kind: 'method', receiver: container, func: method }, [item], NO_KEYWORDS, span));
    if (container.content) return contains(m, container.content, item, span);
  }
  if (container.kind === 'unknown' || container.kind === 'union' || container.kind === 'Tensor') return null;
  const key = hashKey(item);
  item = contentOf(item);
  if (container.kind === 'str') return container.value !== null && item.kind === 'str' && item.value !== null ? container.value.includes(item.value) : null;
  if (key !== null && container.kind === 'dict') return container.entries.has(key) ? (container.entries.get(key)!.isPossible ? null : true) : container.open ? null : false;
  if (key !== null && container.kind === 'set') return container.items === null ? null : container.items.has(key);
  if (container.kind === 'dict') {
    const answers = [...container.entries.values()].map((entry) => m.equal(entry.key, item));
    return answers.includes(true) ? true : container.open || answers.includes(null) ? null : false;
  }
  const items = shuffledItems(container) ?? m.iterate(container, span);
  if (!items) return null;
  const answers = items.map((other) => m.equal(other, item));
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

export function equalValues(m: Machine, a: Value, b: Value): Tri {
  if (a.kind === 'unknown' || b.kind === 'unknown') return null;
  if (a.kind === 'union' || b.kind === 'union') {
    const [union, other] = a.kind === 'union' ? [a, b] : [b as UnionValue, a];
    const answers = union.options.map((option) => equalValues(m, option, other));
    return answers.every((answer) => answer === answers[0]) ? answers[0]! : null;
  }
  if (a === b) return a.kind === 'float' || a.kind === 'int' || a.kind === 'str' || a.kind === 'bool' ? ('value' in a && a.value === null ? null : true) : true;
  if (a.kind === 'Tensor' || b.kind === 'Tensor') return isTensorBeside(a, b) || isTensorBeside(b, a) ? false : null;
  return compareValues('==', a, b, m);
}

export function truthOf(m: Machine, value: Value): Tri {
  switch (value.kind) {
    case 'bool': return value.value;
    case 'None': return false;
    case 'Tensor': return truthOfElement(m, value);
    case 'int': return value.value === null ? null : compareValues('!=', value, { kind: 'bool', value: false }, m);
    case 'float': return value.value === null ? null : value.value !== 0;
    case 'complex': return value.parts && value.parts.some((part) => part !== 0);
    case 'str': return value.value === null ? null : value.value !== '';
    case 'tuple': case 'list': return value.items === null ? null : value.items.length > 0;
    case 'dict': return [...value.entries.values()].some(({ isPossible }) => !isPossible) ? true : isOpen(value) ? null : false;
    case 'set': return value.items === null ? null : value.items.size > 0;
    case 'function': case 'method': case 'class': case 'module': case 'builtin': case 'partial': case 'dtype': case 'device': case 'slice': case 'Ellipsis': case 'iterator': case 'super': return true;
    case 'instance': {
      const test = lookupInClass(value.cls, '__bool__');
      if (test) return m.truth(m.call({ kind: 'method', receiver: value, func: test }, [], NO_KEYWORDS, value.cls.def ?? { start: 0, end: 0 }));
      if (lookupInClass(value.cls, '__len__') === null) return value.content ? truthOf(m, value.content) : true;
      const length = m.lengthOf(value);
      return length === null || length.value === null ? null : length.value > 0;
    }
    case 'union': {
      const given = present(value);
      if (given !== value) {
        noteAbsence(m, [value]);
        return truthOf(m, given);
      }
      const answers = value.options.map((option) => truthOf(m, option));
      return answers.every((answer) => answer === answers[0]) ? answers[0]! : null;
    }
    default: return null;
  }
}

/** Of the one element, where it is known. */
function truthOfElement(m: Machine, tensor: TensorValue): Tri {
  const ref = m.tensors.read(tensor);
  if (tensor.dtype !== null && isFloating(tensor.dtype)) {
    const [number, ...others] = m.constants.floats(ref) ?? [];
    return number === undefined || others.length > 0 ? null : number !== 0;
  }
  const [element, ...others] = m.constants.elements(ref) ?? [];
  return element?.value == null || others.length > 0 ? null : element.value !== 0;
}

/** `x += y`: in place for tensors and lists, else `x = x + y`. */
export function augmentedAssignment(m: Machine, node: ast.AugAssign): void {
  const { target } = node;
  const loaded = load(m, target);
  const right = evaluate(m, node.value);
  const method = `${METHODS[node.op] === 'truediv' ? 'div' : METHODS[node.op] === 'mod' ? 'remainder' : METHODS[node.op] === 'floordiv' ? 'floor_divide' : bitwise(node.op) ?? METHODS[node.op]}_`;
  const inPlace = loaded.value.kind === 'Tensor' ? lookupMethod(method) : null;
  let value: Value;
  if (inPlace && node.op !== '@') value = kept(m, loaded.value, applyOperation(m, inPlace, [loaded.value, right], NO_KEYWORDS, node), node);
  else if (loaded.value.kind === 'list' && node.op === '+') {
    m.call(m.getAttribute(loaded.value, 'extend', node), [right], NO_KEYWORDS, node);
    value = loaded.value;
  } else {
    const own = loaded.value.kind === 'instance' ? special(m, loaded.value, `__i${METHODS[node.op]}__`, right, node) : null;
    value = own ?? m.binary(node.op, loaded.value, right, node);
  }
  loaded.store(value);
}

/** What is written in place has the shape that it had, whatever that is computed with. */
function kept(m: Machine, before: Value, value: Value, node: ast.AugAssign): Value {
  if (before.kind !== 'Tensor' || value.kind !== 'unknown') return value;
  return { ...m.tensors.opaque(before.shape, before.dtype, value.reason, m.placeOf(node)), assumes: before.assumes };
}

function bitwise(op: Operator): string | null {
  return op === '&' ? 'bitwise_and' : op === '|' ? 'bitwise_or' : op === '^' ? 'bitwise_xor' : op === '<<' ? 'bitwise_left_shift' : op === '>>' ? 'bitwise_right_shift' : null;
}

/** Reads a target once, and says how to store into it without evaluating its parts again. */
function load(m: Machine, target: ast.Expr): { value: Value; store: (value: Value) => void } {
  if (target.kind === 'Attribute') {
    const object = evaluate(m, target.value);
    return { value: m.getAttribute(object, target.attr, target), store: (value) => { m.setAttribute(object, target.attr, value, target); m.record(target, value, true); } };
  }
  if (target.kind === 'Subscript') {
    const object = evaluate(m, target.value);
    const index = evaluate(m, target.slice);
    const value = m.getItem(object, index, target);
    return {
      value,
      store: (result) => {
        // A view of a tensor was written already; everything else is put back.
        if (!(object.kind === 'Tensor' && value.kind === 'Tensor' && result.kind === 'Tensor' && value.storage === object.storage && result.storage === object.storage)) m.setItem(object, index, result, target);
        m.record(target, result, true);
      },
    };
  }
  // What the target held before is not recorded: its place shows what it was given.
  return { value: target.kind === 'Name' ? resolveName(m, target.id, target) : evaluate(m, target), store: (value) => assignTo(m, target, value) };
}
