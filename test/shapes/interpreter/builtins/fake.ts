/**
 * The least interpreter that the builtins can be called with: no scopes, no torch, no Python functions. Expressions come
 * as the plain trees that record.py writes.
 */
import { binaryNumbers, compareValues, unaryNumber } from '../../../../src/shapes/interpreter/builtins/arithmetic';
import { builtinConstant, callBuiltin, hasBuiltin, missingKey } from '../../../../src/shapes/interpreter/builtins/index';
import { callMethod, hasMethod } from '../../../../src/shapes/interpreter/builtins/methods';
import { builtinClass, typeName } from '../../../../src/shapes/interpreter/builtins/types';
import { Heap } from '../../../../src/shapes/interpreter/state/heap';
import { NO_KEYWORDS, PythonRaise } from '../../../../src/shapes/interpreter/interpreter';
import type { Interpreter, Keywords } from '../../../../src/shapes/interpreter/interpreter';
import { hashKey } from '../../../../src/shapes/values/keys';
import { knownModule, moduleAttribute } from '../../../../src/shapes/interpreter/library/index';
import { NONE, bool, builtin, float, int, list, str, tuple, unknown } from '../../../../src/shapes/values/values';
import type { Value } from '../../../../src/shapes/values/values';
import type { CompareOperator, Operator, Span, UnaryOperator } from '../../../../src/shapes/python/ast';
import { Facts } from '../../../../src/shapes/symint/facts';
import { SymbolTable, constant } from '../../../../src/shapes/symint/symint';
import type { Tri } from '../../../../src/shapes/torch/rule';

export const SPAN: Span = { start: 0, end: 0 };

export function fakeInterpreter(): Interpreter {
  const interp: Interpreter = {
    heap: new Heap(),
    facts: new Facts(),
    guesses: false,
    symbols: new SymbolTable(),
    call,
    getAttribute,
    setAttribute: (value, name, attribute) => {
      if (value.kind === 'instance') interp.heap.set(value.attributes, name, attribute);
    },
    getOwnAttribute: getAttribute,
    setOwnAttribute: (value, name, attribute) => interp.setAttribute(value, name, attribute, SPAN),
    noteUnsure: () => undefined,
    namesAround: () => unknown('no scope'),
    makeClass: () => unknown('no classes'),
    makeInstance: () => unknown('no class is called here'),
    keywordValue: () => null,
    getItem,
    setItem: () => undefined,
    binary: (op, left, right) => (isOpen(left) ? left : isOpen(right) ? right : binaryNumbers(op, left, right, interp) ?? unknown(`${op} between ${left.kind} and ${right.kind}`)),
    compare: (op, left, right) => bool(compare(op, left, right)),
    iterate,
    copied: (value: Value): Value => value,
    elementOf: (value) => {
      const items = iterate(value);
      if (items) return items.length > 0 ? items.reduce(join) : unknown('no items');
      if (value.kind === 'dict') return unknown('a key');
      return 'element' in value && value.element ? value.element : unknown('no items');
    },
    lengthOf: (value) => {
      if (value.kind === 'iterator') return value.items ? constant(value.items.length) : value.length;
      const items = iterate(value);
      return items && constant(items.length);
    },
    truth,
    equal: (a, b) => (isOpen(a) || isOpen(b) ? null : compareValues('==', a, b, interp)),
    isInstance,
    classOf: (value) => (value.kind === 'instance' ? value.cls : typeName(value) === null ? null : builtinClass(typeName(value)!)),
    readTensor: (tensor) => tensor,
    isInstalled: (name) => knownModule(name),
    versionOf: () => null,
    loadedModule: () => null,
    importModule: (name) => ({ kind: 'module', name, attributes: null }),
    raise: (type, message) => {
      throw new PythonRaise(type, message);
    },
    report: () => undefined,
  };
  return interp;

  function call(func: Value, args: readonly Value[], keywords: Keywords): Value {
    switch (func.kind) {
      case 'builtin': return callBuiltin(func.name, args, keywords, SPAN, interp) ?? unknown(`${func.name} has no rule`);
      case 'class': return callBuiltin(func.builtin ?? func.name, args, keywords, SPAN, interp) ?? unknown(`${func.name} has no rule`);
      case 'partial': return call(func.func, [...func.args, ...args], new Map([...func.keywords, ...keywords]));
      case 'method': return func.func.kind === 'builtin' && func.receiver.kind !== 'instance' ? callMethod(func.receiver, func.func.name, args, keywords, SPAN, interp) ?? unknown('no such method') : call(func.func, [func.receiver, ...args], keywords);
      default: return unknown(`a ${func.kind} cannot be called`);
    }
  }

  function getAttribute(value: Value, name: string): Value {
    if (value.kind === 'instance') return value.attributes.get(name) ?? value.cls.attributes.get(name) ?? unknown(`no attribute ${name}`);
    if (value.kind === 'module' || value.kind === 'builtin' || (value.kind === 'class' && value.builtin)) {
      const owner = value.kind === 'class' ? value.builtin! : value.name;
      return moduleAttribute(owner, name) ?? (knownModule(`${owner}.${name}`) ? { kind: 'module', name: `${owner}.${name}`, attributes: null } : unknown(`${owner}.${name}`));
    }
    if (value.kind === 'tuple' && value.fields?.includes(name)) return value.items![value.fields.indexOf(name)]!;
    return hasMethod(value, name) ? { kind: 'method', receiver: value, func: builtin(name) } : unknown(`no attribute ${name}`);
  }

  function getItem(value: Value, index: Value): Value {
    if ((value.kind === 'list' || value.kind === 'tuple') && value.items && index.kind === 'int' && index.value?.value != null) return value.items.at(index.value.value) ?? interp.raise('IndexError', 'out of range');
    if (value.kind === 'dict' && !value.open && hashKey(index) !== null) return value.entries.get(hashKey(index)!)?.value ?? missingKey(value, index, interp, SPAN) ?? interp.raise('KeyError', 'no such key');
    const own = value.kind === 'instance' ? value.cls.attributes.get('__getitem__') : undefined;
    return own ? call(own, [value, index], NO_KEYWORDS) : unknown('no items');
  }

  function iterate(value: Value): Value[] | null {
    switch (value.kind) {
      case 'list': case 'tuple': case 'iterator': return value.items;
      case 'dict': return value.open ? null : [...value.entries.values()].map((entry) => entry.key);
      case 'set': return value.items && [...value.items.values()];
      case 'str': return value.value === null ? null : [...value.value].map(str);
      default: return null;
    }
  }

  function truth(value: Value): Tri {
    if (value.kind === 'bool') return value.value;
    if (value.kind === 'int') return value.value === null ? null : compareValues('!=', value, bool(false), interp);
    if (value.kind === 'float') return value.value === null ? null : value.value !== 0;
    if (value.kind === 'None') return false;
    if (value.kind === 'instance') return true;
    const items = iterate(value);
    return items && items.length > 0;
  }

  function compare(op: CompareOperator, left: Value, right: Value): Tri {
    if (op === 'in') {
      const answers = iterate(right)?.map((item) => interp.equal(item, left));
      return answers ? answers.includes(true) || (answers.includes(null) ? null : false) : null;
    }
    return isOpen(left) || isOpen(right) ? null : compareValues(op, left, right, interp);
  }

  function isInstance(value: Value, cls: Value): Tri {
    if (cls.kind === 'tuple') return cls.items!.some((item) => isInstance(value, item) === true);
    const name = typeName(value);
    return name !== null && cls.kind === 'class' ? builtinClass(name)?.mro.includes(cls) ?? false : null;
  }

  function join(a: Value, b: Value): Value {
    if (a === b || interp.equal(a, b) === true) return a;
    if (a.kind !== b.kind) return { kind: 'union', options: [a, b] };
    return a.kind === 'int' ? int(null) : a.kind === 'float' ? float(null) : a.kind === 'str' ? str(null) : { kind: 'union', options: [a, b] };
  }
}

function isOpen(value: Value): boolean {
  return value.kind === 'unknown' || value.kind === 'union' || value.kind === 'Tensor';
}

/** A node as record.py writes it. */
export interface Tree { readonly kind: string; readonly [field: string]: unknown }

const OPERATORS: Readonly<Record<string, Operator>> = {
  Add: '+', Sub: '-', Mult: '*', Div: '/', FloorDiv: '//', Mod: '%', Pow: '**', LShift: '<<', RShift: '>>', BitOr: '|', BitXor: '^', BitAnd: '&',
};
const COMPARES: Readonly<Record<string, CompareOperator>> = { Eq: '==', NotEq: '!=', Lt: '<', LtE: '<=', Gt: '>', GtE: '>=', In: 'in' };
const UNARY: Readonly<Record<string, UnaryOperator>> = { USub: '-', UAdd: '+', Invert: '~' };

export function evaluateTree(node: Tree, interp: Interpreter, names: ReadonlyMap<string, Value> = new Map()): Value {
  const child = (field: string): Value => evaluateTree(node[field] as Tree, interp, names);
  const children = (field: string): Value[] => (node[field] as Tree[]).map((each) => evaluateTree(each, interp, names));
  const kindOf = (field: string): string => (node[field] as Tree).kind;
  switch (node.kind) {
    case 'Constant': return constantOf(node);
    case 'Name': {
      const name = node['id'] as string;
      return names.get(name) ?? builtinConstant(name) ?? (hasBuiltin(name) ? builtin(name) : { kind: 'module', name, attributes: null });
    }
    case 'List': return list(children('elts'));
    case 'Tuple': return tuple(children('elts'));
    case 'Set': return interp.call(builtin('set'), [list(children('elts'))], new Map(), SPAN);
    case 'Dict': {
      const values = children('values');
      return interp.call(builtin('dict'), [list(children('keys').map((key, i) => tuple([key, values[i]!])))], new Map(), SPAN);
    }
    case 'BinOp': return interp.binary(OPERATORS[kindOf('op')]!, child('left'), child('right'), SPAN);
    case 'UnaryOp': return unaryNumber(UNARY[kindOf('op')]!, child('operand'), interp) ?? unknown('unary operator');
    case 'Compare': return interp.compare(COMPARES[(node['ops'] as Tree[])[0]!.kind]!, child('left'), children('comparators')[0]!, SPAN);
    case 'Attribute': return interp.getAttribute(child('value'), node['attr'] as string, SPAN);
    case 'Subscript': return interp.getItem(child('value'), child('slice'), SPAN);
    case 'Call': {
      const keywords = new Map((node['keywords'] as Tree[]).map((keyword) => [keyword['arg'] as string, evaluateTree(keyword['value'] as Tree, interp, names)]));
      return interp.call(child('func'), children('args'), keywords, SPAN);
    }
    default: throw new Error(`the tables have no ${node.kind}`);
  }
}

function constantOf(node: Tree): Value {
  const { type, value } = node;
  switch (type) {
    case 'int': return int(constant(value as number));
    case 'float': return float(value === 'inf' ? Infinity : (value as number));
    case 'bool': return bool(value as boolean);
    case 'str': return str(value as string);
    default: return NONE;
  }
}
