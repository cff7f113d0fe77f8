/**
 * Calls from what nothing calls into libraries that tell nothing: what a kernel would return that is not installed. Each
 * layer of each model makes them again, and with arguments of the same kinds they tell nothing again.
 */
import { Bindings } from '../state/bindings';
import type { Machine } from '../machine';
import { isOpen } from '../../values/values';
import type { FunctionValue, Value } from '../../values/values';

/** Arguments are told apart no deeper than this. */
const MAX_DEPTH = 2;
/** Objects given that are looked at: with more, the call is taken to write to one of them. */
const MAX_GIVEN = 5000;

const calls = new WeakMap<Machine, FruitlessCalls>();

/** The calls of what is being traced. */
export function fruitlessCalls(m: Machine): FruitlessCalls {
  let found = calls.get(m);
  if (!found) calls.set(m, (found = new FruitlessCalls()));
  return found;
}

/** Those of one method that nothing calls, traced once: it may be repeated without the others, and more may be known the next time. */
class FruitlessCalls {
  /** Functions of the document that libraries have called so far. */
  callbacks = 0;
  private readonly results = new Map<FunctionValue['def'], Map<string, Value>>();
  private readonly identities = new Map<object, number>();

  clear(): void {
    this.results.clear();
    this.identities.clear();
  }

  /** What the call gives: traced, unless one like it has told nothing. */
  call(m: Machine, { def }: FunctionValue, parameters: ReadonlyMap<string, Value>, run: () => Value): Value {
    const kinds = [...parameters.values()].map((value) => this.kindOf(value)).join();
    const known = this.results.get(def)?.get(kinds);
    if (known) return known;
    const before = { findings: m.findings.length, assumptions: m.assumptions.length, callbacks: this.callbacks };
    const { now, born } = m.heap;
    const { made } = Bindings;
    const result = run();
    const isAlone = m.findings.length === before.findings && m.assumptions.length === before.assumptions && this.callbacks === before.callbacks;
    if (isAlone && tellsNothing(result) && !changesGiven(m, parameters, (differs) => m.heap.changedSince(now, made, born, differs))) {
      const results = this.results.get(def) ?? new Map<string, Value>();
      this.results.set(def, results.set(kinds, result));
    }
    return result;
  }

  /** What a call may rest on: not the sizes of tensors, as they decide little of what is not known in the end. */
  private kindOf(value: Value, depth = 0): string {
    switch (value.kind) {
      case 'Tensor': return `Tensor(${value.shape.rest ? '*' : value.shape.dims.length},${value.dtype ?? ''})`;
      case 'int': return value.value?.value == null ? 'int' : `int ${value.value.value}`;
      case 'float': case 'bool': case 'str': case 'dtype': return `${value.kind} ${JSON.stringify(value.value)}`;
      case 'tuple': case 'list': return `${value.kind}(${value.items && depth < MAX_DEPTH ? value.items.map((item) => this.kindOf(item, depth + 1)).join() : value.items?.length ?? '*'})`;
      case 'dict': return `dict(${depth < MAX_DEPTH ? [...value.entries].map(([key, entry]) => `${key}:${this.kindOf(entry.value, depth + 1)}`).join() : value.entries.size}${isOpen(value) ? ',*' : ''})`;
      case 'union': return value.options.map((option) => this.kindOf(option, depth)).sort().join('|');
      case 'instance': return `an instance of ${this.identityOf(value.cls.attributes)}`;
      case 'function': return `function ${this.identityOf(value.def)}`;
      case 'class': return `class ${this.identityOf(value.attributes)}`;
      case 'None': case 'Ellipsis': case 'unknown': return value.kind;
      case 'builtin': case 'module': return `${value.kind} ${value.name}`;
      default: return `${value.kind} ${this.identityOf(value)}`;
    }
  }

  private identityOf(object: object): number {
    let identity = this.identities.get(object);
    if (identity === undefined) this.identities.set(object, (identity = this.identities.size));
    return identity;
  }
}

/** Whether a call wrote to what it was given, or to names of the document: what else it wrote to is known to the library alone. */
function changesGiven(m: Machine, parameters: ReadonlyMap<string, Value>, changed: (differs: (target: object) => boolean) => boolean): boolean {
  const given = new Set<object>([m.bindings]);
  const waiting = [...parameters.values()];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (given.has(value)) continue;
    if (given.size > MAX_GIVEN) return true;
    given.add(value);
    switch (value.kind) {
      case 'Tensor': given.add(value.storage); break;
      case 'tuple': case 'list': waiting.push(...value.items ?? []); break;
      case 'dict': given.add(value.entries); waiting.push(...[...value.entries.values()].map((entry) => entry.value)); break;
      case 'instance': given.add(value.attributes); waiting.push(...value.attributes.values()); break;
      case 'union': waiting.push(...value.options); break;
      case 'method': waiting.push(value.receiver); break;
      case 'partial': waiting.push(...value.args, ...value.keywords.values()); break;
      default:
    }
  }
  return changed((target) => given.has(target));
}

/** Nothing, or beside None nothing. */
function tellsNothing(value: Value): boolean {
  if (value.kind !== 'tuple' || !value.items) return value.kind === 'unknown';
  return value.items.some(({ kind }) => kind === 'unknown') && value.items.every(({ kind }) => kind === 'unknown' || kind === 'None');
}
