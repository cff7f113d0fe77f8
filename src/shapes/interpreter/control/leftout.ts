/** Keyword arguments out of a dict of which a branch decides whether it has them: `**options` after `if flag: options['dim'] = 3`. */
import type { Keywords } from '../interpreter';
import type { Joiner } from './join';
import type { DictEntry, UnknownValue, Value } from '../../values/values';

/** Stands among the options of an argument that may be left out. */
const LEFT_OUT: UnknownValue = { kind: 'unknown', reason: 'it may be left out', span: null };

/** What the entry gives for a keyword. */
export function argumentOf({ value, isPossible }: DictEntry): Value {
  return isPossible ? { kind: 'union', options: [...(value.kind === 'union' ? value.options : [value]), LEFT_OUT] } : value;
}

export function mayBeLeftOut(value: Value): boolean {
  return value.kind === 'union' && value.options.includes(LEFT_OUT);
}

/** The argument where it is given. */
export function whereGiven(value: Value): Value {
  if (value.kind !== 'union' || !mayBeLeftOut(value)) return value;
  const options = value.options.filter((option) => option !== LEFT_OUT);
  return options.length === 1 ? options[0]! : { kind: 'union', options };
}

/** The argument, or the default where it may be left out. */
export function orDefault(joiner: Joiner, value: Value, fallback: Value | null): Value {
  const given = whereGiven(value);
  return given === value || !fallback ? given : joiner.join(fallback, given);
}

/** For what is not written in Python: all of them are given. */
export function allGiven(keywords: Keywords): Keywords {
  return [...keywords.values()].some(mayBeLeftOut) ? new Map([...keywords].map(([name, value]) => [name, whereGiven(value)])) : keywords;
}
