/** The methods behind operators (`x.__len__()`, `x.__add__(y)`), called by their names. */
import type { CompareOperator, Operator } from '../../python/ast';
import type { Value } from '../../values/values';
import { NO_KEYWORDS } from '../interpreter';
import { NONE, builtin } from '../../values/values';
import type { BuiltinCall } from './call';
import type { Method } from './method';

const BINARY: Readonly<Record<string, Operator>> = {
  __add__: '+', __sub__: '-', __mul__: '*', __truediv__: '/', __floordiv__: '//', __mod__: '%', __pow__: '**', __and__: '&', __or__: '|', __xor__: '^',
};
const COMPARE: Readonly<Record<string, CompareOperator>> = { __eq__: '==', __ne__: '!=', __lt__: '<', __le__: '<=', __gt__: '>', __ge__: '>=' };
const FUNCTIONS: Readonly<Record<string, string>> = {
  __len__: 'len', __iter__: 'iter', __repr__: 'repr', __str__: 'str', __bool__: 'bool', __hash__: 'hash', __abs__: 'abs', __int__: 'int', __float__: 'float', __next__: 'next',
};

const ignored = (_value: Value): Value => NONE;

/** What `super().__init__(…)` does for a class that derives from dict or list. */
function fill(self: Value, call: BuiltinCall): Value {
  const method = self.kind === 'dict' ? 'update' : 'extend';
  return call.args.length === 0 && call.keywords.size === 0 ? NONE : ignored(call.interp.call(call.interp.getAttribute(self, method, call.span), call.args, call.keywords, call.span));
}

export function specialMethod(receiver: Value, name: string): Method | null {
  const operator = Object.hasOwn(BINARY, name) ? BINARY[name]! : null;
  if (operator) return (self, call) => call.interp.binary(operator, self, call.args[0] ?? NONE, call.span);
  const comparison = Object.hasOwn(COMPARE, name) ? COMPARE[name]! : null;
  if (comparison) return (self, call) => call.interp.compare(comparison, self, call.args[0] ?? NONE, call.span);
  const func = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : null;
  if (func) return (self, call) => call.interp.call(builtin(func), [self], NO_KEYWORDS, call.span);
  if (receiver.kind !== 'list' && receiver.kind !== 'tuple' && receiver.kind !== 'dict' && receiver.kind !== 'str') return null;
  if (name === '__init__' && (receiver.kind === 'dict' || receiver.kind === 'list')) return fill;
  if (name === '__delitem__') return (self, call) => ignored(call.interp.call(call.interp.getAttribute(self, 'pop', call.span), call.args, NO_KEYWORDS, call.span));
  if (name === '__reversed__') return (self, call) => call.interp.call(builtin('reversed'), [self], NO_KEYWORDS, call.span);
  if (name === '__getitem__') return (self, call) => call.interp.getItem(self, call.args[0] ?? NONE, call.span);
  if (name === '__contains__') return (self, call) => call.interp.compare('in', call.args[0] ?? NONE, self, call.span);
  if (name !== '__setitem__' || receiver.kind === 'tuple' || receiver.kind === 'str') return null;
  return (self, call) => {
    call.interp.setItem(self, call.args[0] ?? NONE, call.args[1] ?? NONE, call.span);
    return NONE;
  };
}
