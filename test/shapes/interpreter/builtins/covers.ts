/** Whether an abstract value holds a concrete one: what the builtins make of symbols must hold what they make of numbers. */
import { reprOf } from '../../../../src/shapes/interpreter/builtins/format';
import { hashKey } from '../../../../src/shapes/values/keys';
import type { Value } from '../../../../src/shapes/values/values';
import type { SymInt } from '../../../../src/shapes/symint/symint';
import { evaluate } from '../../../../src/shapes/symint/symint';

export function covers(abstract: Value, concrete: Value): boolean {
  if (abstract.kind === 'unknown') return true;
  if (abstract.kind === 'union') return abstract.options.some((option) => covers(option, concrete));
  if (abstract.kind !== concrete.kind) return false;
  switch (abstract.kind) {
    case 'int': return abstract.value === null || concreteInt(concrete) === null || numberOf(abstract.value) === concreteInt(concrete);
    case 'float': {
      if (concrete.kind !== 'float' || concrete.value === null) return true;
      if (abstract.value !== null) return Object.is(abstract.value, concrete.value) || abstract.value === concrete.value;
      return !abstract.ratio || numberOf(abstract.ratio.numerator) / numberOf(abstract.ratio.denominator) === concrete.value;
    }
    case 'bool': case 'str': return abstract.value === null || abstract.value === (concrete as typeof abstract).value;
    case 'list': case 'tuple': case 'iterator': {
      const other = concrete as typeof abstract;
      if (!other.items) return true;
      if (abstract.items) return abstract.items.length === other.items.length && abstract.items.every((item, i) => covers(item, other.items![i]!));
      return other.items.every((item) => abstract.element === null || covers(abstract.element, item));
    }
    case 'dict': {
      const other = concrete as typeof abstract;
      return [...other.entries.values()].every((entry) => {
        const mine = abstract.entries.get(hashKey(entry.key)!);
        return mine ? covers(mine.value, entry.value) : abstract.open && (abstract.element === null || covers(abstract.element, entry.value));
      });
    }
    case 'set': return abstract.items === null || reprOf(abstract) === reprOf(concrete);
    case 'slice': return true;
    default: return reprOf(abstract) === reprOf(concrete);
  }
}

/** The number of a size whose symbols have hints. */
function numberOf(size: SymInt): number {
  return evaluate(size, (info) => info.hint) ?? NaN;
}

function concreteInt(value: Value): number | null {
  return value.kind === 'int' && value.value ? value.value.value : null;
}
