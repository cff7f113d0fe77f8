/** Values in words: `(B_, num_heads, N, N) float32`. */
import { render } from '../symint/render';
import type { NameOf } from '../symint/render';
import { isArray } from './values';
import type { Shape, TensorValue, Value } from './values';

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
