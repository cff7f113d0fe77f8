/** The tensors of a module by their dotted names, and how many parameters it has. */
import { product, SizeError, sum } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import type { NodeRef } from '../../graph/graph';
import { ANY_MODULE } from '../../values/values';
import type { InstanceValue, Storage, TensorValue, Value } from '../../values/values';

/**
 * Of its parameters, each once; null where the value is no module, or not all of its parameters are known. A later write
 * may change them, but not their number as it is worked out from these.
 */
export function parameterShapes(value: Value): readonly (readonly SymInt[])[] | null {
  if (value.kind !== 'instance' || !isModule(value)) return null;
  const shapes: (readonly SymInt[])[] = [];
  return collect(value, new Set(), new Set(), shapes) ? shapes : null;
}

/** As `sum(p.numel() for p in module.parameters())`. */
export function numberOf(shapes: readonly (readonly SymInt[])[] | null): SymInt | null {
  try {
    return shapes && sum(shapes.map(product));
  } catch (error) {
    // Too large a number is no number.
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** A parameter or buffer of a module, at the time when it was looked at. */
export interface NamedTensor {
  /** Dotted, as `state_dict` has it. */
  readonly name: string;
  readonly tensor: TensorValue;
  /** The contents of its storage, where it was written to: 1-D. */
  readonly stored: NodeRef | null;
}

export interface ModuleState {
  readonly tensors: readonly NamedTensor[];
  /** The modules within, itself first. */
  readonly modules: ReadonlySet<InstanceValue>;
}

/** What `state_dict()` would give, and more: what a module keeps without registering it. null where the value is no module. */
export function moduleState(value: Value): ModuleState | null {
  if (value.kind !== 'instance' || !isModule(value)) return null;
  const tensors: NamedTensor[] = [];
  const modules = new Set<InstanceValue>();
  const visit = (module: InstanceValue, prefix: string): void => {
    // A module under two names has its tensors under both: the first will do.
    if (modules.has(module)) return;
    modules.add(module);
    for (const [name, attribute] of module.attributes) {
      if (name === ANY_MODULE) continue;
      if (attribute.kind === 'Tensor') tensors.push({ name: prefix + name, tensor: attribute, stored: attribute.storage.node });
      else if (attribute.kind === 'instance' && isModule(attribute)) visit(attribute, `${prefix}${name}.`);
    }
  };
  visit(value, '');
  return { tensors, modules };
}

/** What is shared, by two names or two modules, counts once. */
function collect(module: InstanceValue, modules: Set<InstanceValue>, storages: Set<Storage>, shapes: (readonly SymInt[])[]): boolean {
  if (modules.has(module)) return true;
  modules.add(module);
  for (const value of module.attributes.values()) {
    if (value.kind === 'instance' && isModule(value) && !collect(value, modules, storages, shapes)) return false;
    // It may be a module or a parameter.
    if (value.kind === 'unknown') return false;
    if (value.kind !== 'Tensor' || !value.isParameter || storages.has(value.storage)) continue;
    if (value.shape.rest) return false;
    storages.add(value.storage);
    shapes.push(value.shape.dims);
  }
  return true;
}

function isModule({ cls }: InstanceValue): boolean {
  return cls.mro.some(({ qualname }) => qualname === 'Module');
}
