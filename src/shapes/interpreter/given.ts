/** How many dims the tensors have that functions of the document give each other: what a function leaves open of its parameters, its callers say. */
import type * as ast from '../python/ast';
import { parametersOf } from './functions';
import type { Machine } from './machine';
import type { Parameter } from './parameters';
import type { Scope } from './scope';
import type { Trial } from './trial';

/** Tensors of models have fewer dims. */
const MAX_RANK = 8;

/** One object for each parameter and number of dims, by which sets know both. */
const keys = new WeakMap<ast.Span, readonly object[]>();

function keyOf(arg: ast.Span, rank: number): object {
  let known = keys.get(arg);
  if (!known) keys.set(arg, (known = Array.from({ length: MAX_RANK + 1 }, () => ({}))));
  return known[rank]!;
}

/** A function is called by another one. */
export function noteRanks(m: Machine, args: ast.Arguments, scope: Scope): void {
  for (const arg of parametersOf(args)) {
    const value = scope.bindings.get(arg.arg);
    for (const option of value?.kind === 'union' ? value.options : value ? [value] : []) {
      if (option.kind === 'Tensor' && !option.shape.rest && option.shape.dims.length <= MAX_RANK) m.trial!.ranks.add(keyOf(arg, option.shape.dims.length));
    }
  }
}

/** Proposes to parameters what all calls of their function agree on. */
export function takeRanks(m: Machine, trial: Trial, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.role !== 'function' || (parameter.kind !== 'tensor' && parameter.kind !== 'outside')) continue;
    const ranks = Array.from({ length: MAX_RANK + 1 }, (_, rank) => rank).filter((rank) => trial.ranks.has(keyOf(parameter.span, rank)) || m.ranks.has(keyOf(parameter.span, rank)));
    if (ranks.length === 1 && parameter.claimRank(ranks[0]!)) trial.fromCallers.push(parameter.span);
  }
}
