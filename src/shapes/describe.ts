/** Seen values in words, as hovers, hints, lenses, messages and the command line say them. */
import { render } from './symint/render';
import type { NameOf } from './naming';
import type { Seen } from './interpreter/recorder';
import { isArray } from './interpreter/values';
import type { Shape, TensorValue, Value } from './interpreter/values';

/** Items of a sequence that a text names before it only counts. */
const MAX_ITEMS = 6;

/** `(B_, num_heads, N, N)`, `(16,)`, `(*batch, 49, C)`. */
export function shapeText(shape: Shape, nameOf?: NameOf): string {
  const parts = shape.dims.map((dim) => render(dim, nameOf));
  if (shape.rest) parts.splice(shape.rest.at, 0, restText(shape.rest));
  return parts.length === 1 && !shape.rest ? `(${parts[0]},)` : `(${parts.join(', ')})`;
}

/** A run of unknown dims, without what tells it from others of its name: `*batch`. */
export function restText(rest: NonNullable<Shape['rest']>): string {
  return `*${rest.name.split('#')[0]!}`;
}

export function tensorText(tensor: TensorValue, nameOf?: NameOf): string {
  return `${shapeText(tensor.shape, nameOf)} ${tensor.dtype ?? 'of unknown dtype'}`;
}

export function seenText(seen: Seen, nameOf?: NameOf): string {
  switch (seen.type) {
    case 'Tensor': return tensorText(seen.tensor, nameOf);
    case 'sequence': return sequenceText(seen, nameOf);
    case 'union': return seen.options.map((option) => seenText(option, nameOf)).join(' or ');
    case 'value': return valueText(seen.value, nameOf);
  }
}

function sequenceText(seen: Seen & { type: 'sequence' }, nameOf?: NameOf): string {
  const open = seen.name === 'list' ? '[' : '(';
  const close = seen.name === 'list' ? ']' : ')';
  const prefix = seen.name === 'list' || seen.name === 'tuple' ? '' : seen.name;
  if (seen.items === null) return `${prefix || seen.name} of unknown length`;
  const shown = seen.items.slice(0, MAX_ITEMS).map((item) => seenText(item, nameOf));
  const rest = seen.items.length - shown.length;
  if (rest > 0 || seen.more) shown.push(`… ${rest > 0 ? `${rest} more` : ''}`.trim());
  const comma = open === '(' && seen.items.length === 1 ? ',' : '';
  return `${prefix}${open}${shown.join(', ')}${comma}${close}`;
}

export function valueText(value: Value, nameOf?: NameOf): string {
  switch (value.kind) {
    case 'int': return value.value === null ? 'int' : render(value.value, nameOf);
    case 'float': return value.value === null ? 'float' : String(value.value);
    case 'bool': return value.value === null ? 'bool' : value.value ? 'True' : 'False';
    case 'str': return value.value === null ? 'str' : JSON.stringify(value.value);
    case 'None': return 'None';
    case 'Ellipsis': return '...';
    case 'dtype': return `torch.${value.value}`;
    case 'device': return `device(${value.value})`;
    case 'Tensor': return tensorText(value, nameOf);
    case 'instance': return isArray(value) ? `${value.cls.name} ${tensorText(value.content, nameOf)}` : value.cls.name;
    case 'class': return `class ${value.name}`;
    case 'module': return `module ${value.name}`;
    case 'function': return `function ${value.name}`;
    case 'method': return 'method';
    case 'builtin': return value.name;
    case 'unknown': return 'unknown';
    default: return value.kind;
  }
}

/** The first reason why the value, or a part of it, is not known; null where all is. */
export function unknownReason(seen: Seen): string | null {
  switch (seen.type) {
    case 'value': return seen.value.kind === 'unknown' ? seen.value.reason : null;
    case 'union': return seen.options.map(unknownReason).find((reason) => reason !== null) ?? null;
    default: return null;
  }
}
