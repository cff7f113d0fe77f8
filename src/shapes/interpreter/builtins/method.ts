/** How a method of one of Python's own types is written down. */
import type { Value } from '../../values/values';
import type { BuiltinCall } from './call';

export type Method = (receiver: Value, call: BuiltinCall) => Value;
export type MethodTable = Readonly<Record<string, Method>>;
