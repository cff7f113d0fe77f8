/** Binds the arguments of a call to a signature's parameters, as torch's own parser does. */
import { NONE, str, tuple } from '../values/values';
import type { Value } from '../values/values';
import { OPTIONS } from './signature';
import type { Parameter, ParameterType, Signature } from './signature';

export type Binding =
  | { readonly ok: true; readonly bound: ReadonlyMap<string, Value>; /** No parameter's type is in doubt. */ readonly certain: boolean }
  /** `wrong`: torch refuses the call; else the signature may be incomplete. */
  | { readonly ok: false; readonly wrong: boolean; readonly reason: string };

/** NumPy's names, which torch takes everywhere. */
const NUMPY_NAMES: Readonly<Record<string, string>> = { axis: 'dim', axes: 'dim', keepdims: 'keepdim', x: 'input', a: 'input', x1: 'input', x2: 'other', self: 'input' };

export function bind(signature: Signature, positional: readonly Value[], keywords: ReadonlyMap<string, Value>): Binding {
  const bound = new Map<string, Value>();
  const { parameters } = signature;
  let next = 0;
  for (const parameter of parameters) {
    if (parameter.kind === 'keyword' || parameter.kind === 'keywords') break;
    if (parameter.kind === 'varargs') {
      const rest = positional.slice(next);
      if (rest.length === 1 && isSequence(rest[0]!)) bound.set(parameter.name, rest[0]!);
      else if (rest.length > 0) bound.set(parameter.name, tuple(rest));
      next = positional.length;
      break;
    }
    if (next < positional.length) bound.set(parameter.name, positional[next++]!);
  }
  if (next < positional.length) return { ok: false, wrong: true, reason: `takes at most ${parameters.filter((each) => each.kind === 'positional').length} positional arguments, ${positional.length} are given` };
  const others = parameters.find((parameter) => parameter.kind === 'keywords');
  const pairs: Value[] = [];
  for (const [name, value] of keywords) {
    const parameter = find(parameters, name);
    if (others && (!parameter || parameter === others)) pairs.push(tuple([str(name), value]));
    else if (parameter) {
      if (bound.has(parameter.name)) return { ok: false, wrong: true, reason: `the argument ${name} is given twice` };
      bound.set(parameter.name, value);
    } else if (!(signature.options && OPTIONS.has(name))) return { ok: false, wrong: false, reason: `the argument ${name} is not known` };
  }
  if (others) bound.set(others.name, tuple(pairs));
  let certain = true;
  for (const parameter of parameters) {
    const value = bound.get(parameter.name);
    if (value === undefined) {
      // No argument is an empty run: `x.view()` is left to the rule.
      if (parameter.default !== null) bound.set(parameter.name, parameter.default);
      else if (parameter.kind === 'varargs') bound.set(parameter.name, tuple([]));
      else return { ok: false, wrong: true, reason: `the argument ${parameter.name} is missing` };
      continue;
    }
    if (parameter.types) {
      const fits = parameter.types.map((type) => hasType(value, type));
      if (fits.every((fit) => fit === false) && !(value.kind === 'None' && parameter.default === NONE)) return { ok: false, wrong: true, reason: `the argument ${parameter.name} has another type` };
      if (!fits.includes(true)) certain = false;
    }
  }
  // In the order of the signature, as the graph shows them.
  return { ok: true, bound: new Map(parameters.map((each) => [each.name, bound.get(each.name)!])), certain };
}

function find(parameters: readonly Parameter[], name: string): Parameter | undefined {
  return parameters.find((each) => each.name === name) ?? (Object.hasOwn(NUMPY_NAMES, name) ? parameters.find((each) => each.name === NUMPY_NAMES[name]) : undefined);
}

const isSequence = (value: Value): boolean => value.kind === 'tuple' || value.kind === 'list';

/** null: not known. */
export function hasType(value: Value, type: ParameterType): boolean | null {
  if (value.kind === 'unknown' || value.kind === 'union' || value.kind === 'instance') return null;
  switch (type) {
    case 'Tensor': return value.kind === 'Tensor';
    case 'int': return value.kind === 'int' ? true : value.kind === 'Tensor' ? isIndex(value) : false;
    case 'ints': return isSequence(value) ? listOf(value, 'int') : value.kind === 'int';
    case 'Number': return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'complex';
    case 'bool': return value.kind === 'bool';
    case 'str': return value.kind === 'str';
    case 'dtype': return value.kind === 'dtype';
    case 'None': return value.kind === 'None';
    case 'Tensors': return isSequence(value) ? listOf(value, 'Tensor') : false;
  }
}

function listOf(value: Value, type: ParameterType): boolean | null {
  if (value.kind !== 'tuple' && value.kind !== 'list') return false;
  if (value.items === null) return null;
  const fits = value.items.map((item) => hasType(item, type));
  return fits.includes(false) ? false : fits.includes(null) ? null : true;
}

/** A tensor of one integer may stand for an int. */
function isIndex(value: Value): boolean | null {
  return value.kind === 'Tensor' && value.shape.dims.length === 0 && (value.dtype === null || value.dtype.includes('int')) ? null : false;
}
