/** Sizes and dtype of data written in the code: nested lists and tuples of numbers. */
import type { SymInt } from '../../symint/symint';
import { constant } from '../../symint/symint';
import type { SequenceValue, Value } from '../../values/values';
import type { Dtype } from '../../values/dtype';
import type { RuleContext } from '../rule';
import { promoteTypes, scalarDtype } from './promotion';
import { show } from './text';

export interface Literal { readonly dims: readonly SymInt[]; readonly dtype: Dtype | null }

/** Deeper or longer data is not walked. */
const MAX_DEPTH = 64;

/** Sizes and dtype of nested sequences of numbers. @throws ShapeFault `tensor-ragged`; UnknownResult */
export function literalOf(value: Value, context: RuleContext, depth = 0): Literal {
  if (depth > MAX_DEPTH) return context.unknown('the data is nested too deeply');
  switch (value.kind) {
    case 'int': case 'float': case 'bool': case 'complex': return { dims: [], dtype: scalarDtype(value, context.defaultDtype) };
    case 'Tensor':
      if (depth > 0 && (value.shape.rest || value.shape.dims.length > 0)) return context.unknown('a tensor in a list of data');
      return { dims: value.shape.dims, dtype: value.dtype };
    case 'tuple': case 'list': return sequence(value, context, depth);
    case 'iterator': return value.typeName === 'range' && value.length ? { dims: [value.length], dtype: 'int64' } : context.unknown(`data from a ${value.typeName}`);
    case 'union': return oneOf(value.options.map((option) => literalOf(option, context, depth)), context);
    case 'unknown': return context.unknown(value.reason);
    case 'str': case 'None': return context.fail('argument-mismatch', `tensor: data must be numbers, not ${value.kind === 'None' ? 'None' : 'strings'}`);
    default: return context.unknown(`data of type ${value.kind}`);
  }
}

/** What is the same of all that the data may be. */
function oneOf([first, ...others]: readonly Literal[], context: RuleContext): Literal {
  const alike = others.every(({ dims }) => dims.length === first!.dims.length && dims.every((size, at) => context.equal(size, first!.dims[at]!) === true));
  if (!alike) return context.unknown('data of several shapes');
  return { dims: first!.dims, dtype: others.every(({ dtype }) => dtype === first!.dtype) ? first!.dtype : null };
}

function sequence(value: SequenceValue, context: RuleContext, depth: number): Literal {
  const { items } = value;
  if (items === null) {
    if (!value.element || value.element.kind === 'unknown') return context.unknown('the length of the data is not known');
    const { dims, dtype } = literalOf(value.element, context, depth + 1);
    return { dims: [value.count ?? lengthOf(context), ...dims], dtype };
  }
  if (value.open && items.length === 0) return context.unknown('the length of the data is not known');
  if (items.length === 0) return { dims: [constant(0)], dtype: context.defaultDtype };
  const [first, ...others] = items.map((item) => literalOf(item, context, depth + 1)) as [Literal, ...Literal[]];
  let { dtype } = first;
  for (const [i, other] of others.entries()) {
    const same = other.dims.length === first.dims.length && other.dims.every((size, at) => context.equal(size, first.dims[at]!) !== false);
    if (!same) context.fail('tensor-ragged', `tensor: the data is ragged: item 0 has shape ${show(first.dims)}, item ${i + 1} has ${show(other.dims)}; all must be alike`);
    dtype = dtype && other.dtype && promoteTypes(dtype, other.dtype);
  }
  // Those items that uses have shown need not be all.
  return { dims: [value.open ? lengthOf(context) : constant(items.length), ...first.dims], dtype };
}

const lengthOf = (context: RuleContext): SymInt => context.fresh('length', 'the length of the data, which is not known');
