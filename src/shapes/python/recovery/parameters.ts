/** The names in a list of parameters that cannot be read. */
import type { Arg, Arguments, ErrorExpr } from '../ast';

const PARAMETER = /^\s*(\*{0,2})\s*([\p{ID_Start}_]\p{ID_Continue}*)/u;

/** @param from where the name of the function ends; @param to where its header ends */
export function namedParameters(source: string, from: number, to: number): Arguments {
  const args: Arg[] = [];
  const defaults: ErrorExpr[] = [];
  let vararg: Arg | null = null;
  let kwarg: Arg | null = null;
  const opening = source.indexOf('(', from);
  for (const { start, end } of opening < 0 || opening >= to ? [] : pieces(source, opening + 1, to)) {
    const text = source.slice(start, end);
    const found = PARAMETER.exec(text);
    if (!found) continue;
    const nameEnd = start + found[0].length;
    const arg: Arg = Object.freeze({ kind: 'arg', start: nameEnd - found[2]!.length, end: nameEnd, arg: found[2]!, annotation: null });
    if (found[1] === '**') kwarg = arg;
    else if (found[1] === '*') vararg = arg;
    else {
      args.push(arg);
      const equals = text.indexOf('=');
      // One default makes all that follow it optional.
      if (equals >= 0 || defaults.length > 0) defaults.push(Object.freeze({ kind: 'ErrorExpr', start: start + Math.max(equals + 1, 0), end }));
    }
  }
  return Object.freeze({
    posonlyargs: Object.freeze([]), args: Object.freeze(args), vararg, kwonlyargs: Object.freeze([]), kwDefaults: Object.freeze([]), kwarg, defaults: Object.freeze(defaults),
  });
}

/** What lies between the commas, up to the bracket that ends the list. */
function pieces(source: string, from: number, to: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < to; at++) {
    const character = source[at]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) return [...found, { start, end: at }];
    else if (character === ',' && depth === 0) {
      found.push({ start, end: at });
      start = at + 1;
    }
  }
  return [...found, { start, end: to }];
}
