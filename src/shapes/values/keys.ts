/** Keys of dicts and sets: equal Python values have equal strings. */
import type { InstanceValue, Value } from './values';

/** null: not known or not hashable. */
export function hashKey(value: Value): string | null {
  switch (value.kind) {
    case 'str': return value.value === null ? null : `s:${value.value}`;
    // 1, 1.0 and True are one key.
    case 'int': return value.value?.value == null ? null : `n:${value.value.value}`;
    case 'float': return value.value === null ? null : `n:${value.value}`;
    case 'bool': return value.value === null ? null : `n:${Number(value.value)}`;
    case 'None': return 'None';
    case 'dtype': return `d:${value.value}`;
    case 'builtin': return `b:${value.name}`;
    // Python's own types come as builtins or as classes.
    case 'class': return value.builtin === null ? `c:${identity(value)}` : `b:${value.builtin}`;
    case 'function': return `f:${identity(value.attributes)}`;
    case 'instance': return (value.content && hashKey(value.content)) ?? keyOfInstance(value);
    case 'tuple': {
      const keys = value.items?.map(hashKey);
      return keys && keys.every((key) => key !== null) ? `(${keys.join(',')})` : null;
    }
    case 'Tensor': return value.isParameter && value.layout ? `t:${identity(value.layout)}` : null;
    default: return null;
  }
}

/** Instances are keys by identity, those of dataclasses by their fields; where the user's own methods compare them, it is not known. */
function keyOfInstance({ cls, id, attributes }: InstanceValue): string | null {
  const [equal, hash] = ['__eq__', '__hash__'].map((name) => cls.mro.find((each) => each.attributes.has(name))?.attributes.get(name));
  if (equal?.kind === 'function' || hash?.kind === 'function') return null;
  if (equal?.kind !== 'builtin' || equal.name !== 'dataclasses.__eq__') return `i:${id}`;
  const keys = [...attributes.values()].map(hashKey);
  return keys.every((key) => key !== null) ? `${identity(cls)}(${keys.join(',')})` : null;
}

const identities = new WeakMap<object, number>();
let count = 0;

/** Classes, functions and tensors are hashed by identity; a parameter's layout is one object for as long as the parameter is. */
function identity(layout: object): number {
  let id = identities.get(layout);
  if (id === undefined) identities.set(layout, (id = count++));
  return id;
}
