/** How many parameters a module has, as `sum(p.numel() for p in module.parameters())` counts them. */
import { constant, product, SizeError, sum } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import type { InstanceValue, Storage, Value } from './values';

/** null where the value is no module, or the size of a parameter is not known. */
export function parameterCount(value: Value): SymInt | null {
  if (value.kind !== 'instance' || !isModule(value)) return null;
  const counts: SymInt[] = [constant(0)];
  try {
    return collect(value, new Set(), new Set(), counts) ? sum(counts) : null;
  } catch (error) {
    // Too large a number is no number.
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** What is shared, by two names or two modules, counts once. */
function collect(module: InstanceValue, modules: Set<InstanceValue>, storages: Set<Storage>, counts: SymInt[]): boolean {
  if (modules.has(module)) return true;
  modules.add(module);
  for (const value of module.attributes.values()) {
    if (value.kind === 'instance' && isModule(value) && !collect(value, modules, storages, counts)) return false;
    if (value.kind !== 'Tensor' || !value.isParameter || storages.has(value.storage)) continue;
    if (value.shape.rest) return false;
    storages.add(value.storage);
    counts.push(product(value.shape.dims));
  }
  return true;
}

function isModule({ cls }: InstanceValue): boolean {
  return cls.mro.some(({ qualname }) => qualname === 'Module');
}
