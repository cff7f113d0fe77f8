/** Texts that are the defaults of parameters of code that nothing calls: one with which the code raises is not what callers leave it at. */
import type { Parameter } from './parameters';
import { str } from '../../values/values';
import type { StrValue, Value } from '../../values/values';

const defaults = new WeakMap<Value, Parameter>();

/** The default as the value of that parameter, which no other value is. */
export function asDefault(fallback: StrValue, parameter: Parameter): StrValue {
  const value = { ...fallback };
  defaults.set(value, parameter);
  return value;
}

/** Takes another text to be given; null: the value is no such default. */
export function refuse(value: Value): Value | null {
  const parameter = defaults.get(value);
  if (!parameter) return null;
  parameter.refuseDefault();
  return str(null);
}
