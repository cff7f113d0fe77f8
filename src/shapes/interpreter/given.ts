/** How many dims the tensors have that functions of the document give each other: what a function leaves open of its parameters, its callers say. */
import type * as ast from '../python/ast';
import { parametersOf } from './functions';
import type { Machine } from './machine';
import { Parameter } from './parameters';
import type { Scope } from './scope';
import type { Trial } from './trial';
import type { FunctionValue, Value } from './values';

/** Tensors of models have fewer dims. */
const MAX_RANK = 8;
/** In place of a number of dims: something is given, of which that is not known. */
const SOMETHING = MAX_RANK + 1;
/** A function of no class is given something else, or what may not be there. */
const ANYTHING = MAX_RANK + 2;

/** One object for each parameter and number of dims, by which sets know both. */
const keys = new WeakMap<ast.Span, readonly object[]>();

function keyOf(arg: ast.Span, rank: number): object {
  let known = keys.get(arg);
  if (!known) keys.set(arg, (known = Array.from({ length: ANYTHING + 1 }, () => ({}))));
  return known[rank]!;
}

/** A function is called by another one. One of no class (`exists(value)`) may be for anything. */
export function noteRanks(m: Machine, { def: { args }, owner }: FunctionValue, scope: Scope): void {
  for (const arg of parametersOf(args)) {
    const value = scope.bindings.get(arg.arg);
    for (const option of value?.kind === 'union' ? value.options : value ? [value] : []) {
      if (option.kind === 'Tensor' && !option.shape.rest && option.shape.dims.length <= MAX_RANK) m.trial!.ranks.add(keyOf(arg, option.shape.dims.length));
      else if (option.kind === 'Tensor' || isRequired(option)) m.trial!.ranks.add(keyOf(arg, SOMETHING));
      if (!owner && option.kind !== 'Tensor' && option.kind !== 'None') m.trial!.ranks.add(keyOf(arg, ANYTHING));
    }
  }
}

/** What the caller itself is always given. */
const isRequired = (value: Value): boolean => value.kind === 'unknown' && value.parameter instanceof Parameter && value.parameter.fallback === null;

/** Proposes to parameters what all calls of their function agree on; where the body does not say that it is a tensor, calls with anything else count too. */
export function takeRanks(m: Machine, trial: Trial, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.role !== 'function' || (parameter.kind !== 'tensor' && parameter.kind !== 'outside')) continue;
    const isGiven = (rank: number): boolean => trial.ranks.has(keyOf(parameter.span, rank)) || m.ranks.has(keyOf(parameter.span, rank));
    const ranks = Array.from({ length: MAX_RANK + 1 }, (_, rank) => rank).filter(isGiven);
    parameter.isPassed = ranks.length > 0 || isGiven(SOMETHING);
    if (ranks.length === 1 && !(parameter.kind === 'outside' && isGiven(ANYTHING)) && parameter.claimRank(ranks[0]!)) trial.fromCallers.push(parameter.span);
  }
}
