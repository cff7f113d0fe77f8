/** How many dims the tensors have that functions of the document give each other: what a function leaves open of its parameters, its callers say. */
import type * as ast from '../../python/ast';
import { parametersOf } from '../calls/functions';
import { noteCallable } from './givenCallables';
import type { Machine } from '../machine';
import { Parameter } from './parameters';
import type { Scope } from '../state/scope';
import type { Trial } from './trial';
import type { FunctionValue, Value } from '../../values/values';

/** Tensors of models have fewer dims. */
const MAX_RANK = 8;
/** In place of a number of dims: something is given, of which that is not known. */
const SOMETHING = MAX_RANK + 1;
/** A function of no class is given something else, or what may not be there. */
const ANYTHING = MAX_RANK + 2;
/** An int is given, a float, or what is neither of them nor a tensor. */
const NUMBER = MAX_RANK + 3;
const FLOAT = MAX_RANK + 4;
const OTHER = MAX_RANK + 5;
/** How many such numbers there are. */
const COUNT = OTHER + 1;

/** More items of a tuple than models hand on. */
const MAX_ITEMS = 4;

/** One object for each parameter (each item of one that is a tuple) and number of dims, by which sets know both. */
const keys = new WeakMap<ast.Span, readonly object[]>();

/** @param item which of a tuple; null: the parameter itself */
function keyOf(arg: ast.Span, item: number | null, rank: number): object {
  let known = keys.get(arg);
  if (!known) keys.set(arg, (known = Array.from({ length: (MAX_ITEMS + 1) * COUNT }, () => ({}))));
  return known[(item === null ? 0 : item + 1) * COUNT + rank]!;
}

/** A function is called by another one. One of no class (`exists(value)`) may be for anything. */
export function noteRanks(m: Machine, { def: { args }, owner }: FunctionValue, scope: Scope): void {
  const { ranks } = m.trial!;
  const note = (arg: ast.Arg, value: Value, item: number | null): void => {
    if (value.kind === 'union') return value.options.forEach((option) => note(arg, option, item));
    if (value.kind === 'tuple' && item === null) value.items?.slice(0, MAX_ITEMS).forEach((each, at) => note(arg, each, at));
    if (value.kind === 'Tensor' && !value.shape.rest && value.shape.dims.length <= MAX_RANK) ranks.add(keyOf(arg, item, value.shape.dims.length));
    else if (value.kind === 'Tensor' || isRequired(value)) ranks.add(keyOf(arg, item, SOMETHING));
    else ranks.add(keyOf(arg, item, value.kind === 'int' ? NUMBER : value.kind === 'float' ? FLOAT : OTHER));
    if (!owner && value.kind !== 'Tensor' && value.kind !== 'None') ranks.add(keyOf(arg, item, ANYTHING));
  };
  for (const arg of parametersOf(args)) {
    const value = scope.bindings.get(arg.arg);
    if (!value) continue;
    note(arg, value, null);
    noteCallable(m.trial!, arg, value);
  }
}

/** What the caller itself is always given. */
const isRequired = (value: Value): boolean => value.kind === 'unknown' && value.parameter instanceof Parameter && value.parameter.fallback === null;

/** How many dims all calls of its function give the parameter, as far as they are known; null: several numbers, or none. */
export function rankByCallers(m: Machine, { span }: Parameter): number | null {
  const ranks = ranksGiven(m, m.trial, span, null);
  return ranks.length === 1 ? ranks[0]! : null;
}

function ranksGiven(m: Machine, trial: Trial | null, arg: ast.Span, item: number | null): number[] {
  return Array.from({ length: MAX_RANK + 1 }, (_, rank) => rank).filter((rank) => isNoted(m, trial, arg, item, rank));
}

function isNoted(m: Machine, trial: Trial | null, arg: ast.Span, item: number | null, rank: number): boolean {
  return trial?.ranks.has(keyOf(arg, item, rank)) === true || m.ranks.has(keyOf(arg, item, rank));
}

/** Proposes to parameters what all calls of their function agree on; where the body does not say that it is a tensor, calls with anything else count too. */
export function takeRanks(m: Machine, trial: Trial, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.role !== 'function') continue;
    const parts: readonly (readonly [Parameter, number | null])[] = parameter.kind === 'tuple' ? parameter.items.slice(0, MAX_ITEMS).map((part, at) => [part, at]) : [[parameter, null]];
    for (const [part, item] of parts) {
      if (part.kind !== 'tensor' && part.kind !== 'outside' && part.kind !== 'int') continue;
      const isGiven = (rank: number): boolean => isNoted(m, trial, parameter.span, item, rank);
      const ranks = ranksGiven(m, trial, parameter.span, item);
      if (part.kind === 'int') {
        // Torch takes a tensor of one element for a size.
        if (ranks.length === 1 && ranks[0] === 0 && ![SOMETHING, ANYTHING, NUMBER].some(isGiven)) part.becomeScalar();
        continue;
      }
      if (part.kind === 'outside' && isGiven(FLOAT) && ranks.length === 0 && ![SOMETHING, NUMBER, OTHER].some(isGiven)) part.becomeFloat();
      part.isPassed = ranks.length > 0 || isGiven(SOMETHING);
      if (ranks.length === 1 && !(part.kind === 'outside' && isGiven(ANYTHING)) && part.claimRank(ranks[0]!)) trial.fromCallers.push(parameter.span);
    }
  }
}
