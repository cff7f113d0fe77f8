/**
 * Operands that are one of several: in which combinations an operation can meet them. What one condition decides, or one
 * value, is the same side throughout.
 */
import { deciderOf } from '../../values/values';
import type { Value } from '../../values/values';

/** Combinations of possible arguments that are tried. */
const MAX_WAYS = 16;

export interface Alternatives {
  /** The values, once for each combination; as they are where those are too many. */
  readonly ways: readonly (readonly Value[])[];
  /** What alone decides which it is: results are in its order. */
  readonly decidedBy: object | null;
}

export function alternatives(values: readonly Value[]): Alternatives {
  const decisions = new Map<object, number>();
  for (const value of values) noteDecisions(value, decisions);
  if (decisions.size === 0) return { ways: [values], decidedBy: null };
  let choices: ReadonlyMap<object, number>[] = [new Map()];
  for (const [key, count] of decisions) {
    choices = choices.flatMap((choice) => Array.from({ length: count }, (_, at) => new Map([...choice, [key, at]])));
    if (choices.length > MAX_WAYS) return { ways: [values], decidedBy: null };
  }
  const [key, ...others] = decisions.keys();
  return { ways: choices.map((choice) => values.map((value) => chosen(value, choice))), decidedBy: others.length === 0 ? key ?? null : null };
}

/** How many options there are for each that decides. */
function noteDecisions(value: Value, decisions: Map<object, number>): void {
  if (value.kind === 'union') decisions.set(deciderOf(value), value.options.length);
  else if (value.kind === 'tuple' || value.kind === 'list') value.items?.forEach((item) => noteDecisions(item, decisions));
}

function chosen(value: Value, choice: ReadonlyMap<object, number>): Value {
  if (value.kind === 'union') return value.options[choice.get(deciderOf(value))!]!;
  if ((value.kind !== 'tuple' && value.kind !== 'list') || !value.items) return value;
  const items = value.items.map((item) => chosen(item, choice));
  return items.some((item, i) => item !== value.items![i]) ? { ...value, items } : value;
}
