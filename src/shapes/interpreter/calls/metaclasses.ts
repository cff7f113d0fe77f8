/** Classes of classes: https://docs.python.org/3/reference/datamodel.html#metaclasses */
import { dictOf } from '../builtins/sequences';
import { lookupInClass } from './classes';
import { NO_KEYWORDS } from '../interpreter';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import type { Span } from '../../python/ast';
import { str, tuple } from '../../values/values';
import type { ClassValue, FunctionValue, Value } from '../../values/values';

/** The class of a class, where that is written in Python: its own, or that of a base. */
export function metaclassOf(bases: readonly Value[]): ClassValue | null {
  for (const base of bases) {
    const found = base.kind === 'class' ? base.mro.find((each) => each.metaclass)?.metaclass : null;
    if (found) return found;
  }
  return null;
}

/** What a metaclass has under the name; null where there is none, or it has no such method. */
export function metaclassMethod(cls: ClassValue, name: string): FunctionValue | null {
  const meta = metaclassOf([cls]);
  const found = meta && lookupInClass(meta, name);
  return found?.kind === 'function' ? found : null;
}

/** Lets the metaclass make the class, of which the body has run, and initialize it. */
export function madeByMetaclass(m: Machine, cls: ClassValue, members: Iterable<readonly [string, Value]>, keywords: Keywords, span: Span): Value {
  const args: Value[] = [str(cls.name), tuple([...cls.bases]), dictOf(members)];
  const make = metaclassMethod(cls, '__new__');
  let made: Value = cls;
  if (make) {
    const outer = m.making;
    m.making = cls;
    try {
      made = m.call({ ...make, decorator: 'staticmethod' }, [metaclassOf([cls])!, ...args], keywords, span);
    } finally {
      m.making = outer;
    }
  }
  // One that is not known is taken to give back what it made of the body.
  if (made.kind !== 'class') return cls;
  const init = metaclassMethod(made, '__init__');
  if (init) m.call({ kind: 'method', receiver: made, func: init }, args, keywords, span);
  return made;
}

/** The attribute of the class as its metaclass has it. */
export function metaclassAttribute(m: Machine, cls: ClassValue, name: string, span: Span): Value | null {
  const meta = metaclassOf([cls]);
  const found = meta && lookupInClass(meta, name);
  if (found?.kind !== 'function') return found;
  return found.decorator === 'property' ? m.call(found, [cls], NO_KEYWORDS, span) : { kind: 'method', receiver: cls, func: found };
}
