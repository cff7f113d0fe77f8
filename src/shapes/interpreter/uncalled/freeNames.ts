/** What is told of names that nothing defines once their uses tell nothing new: what the author says of them, and what fits. */
import { NameClaims } from '../../evidence/undefined';
import type { NameClaim } from '../../evidence/undefined';
import type { ProseLine } from '../../evidence/prose';
import type { SizePhrase } from '../../evidence/sizes';
import { SizeError, constant, loneSymbol, substitute, symbolsOf } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { takeAsNumber } from './arithmetic';
import { takeFitting } from './fittingRanks';
import { freeParameter } from './implied';
import type { Machine } from '../machine';
import type { Parameter } from './parameters';

/** Takes what is said, what was proposed, and the fewest dims; whether that tells something new. */
export function tellFreeNames(m: Machine, prose: readonly ProseLine[]): boolean {
  const parameters = [...m.freeNames.values()];
  const isTold = tellClaims(m, prose, parameters.filter(({ name }) => m.freeNames.has(name)).flatMap(withItems));
  takeFitting(m.fitting);
  const adopted = parameters.map((parameter) => parameter.adopt());
  if (isTold || adopted.some(Boolean)) return true;
  return parameters.flatMap(withParts).map(takeAsNumber).some(Boolean);
}

/** It, and what it holds. */
function withParts(parameter: Parameter): Parameter[] {
  return [parameter, ...[...parameter.items, ...parameter.held.all].flatMap(withParts)];
}

/** It, and what a loop or a list of targets takes from it under names of their own. */
function withItems(parameter: Parameter): Parameter[] {
  return [parameter, ...parameter.items.flatMap(withItems), ...parameter.held.all.filter(({ items }) => items.length > 0).flatMap(({ items }) => items.flatMap(withItems))];
}

/** Once of each name; whether that tells something new. */
function tellClaims(m: Machine, prose: readonly ProseLine[], parameters: readonly Parameter[]): boolean {
  const open = parameters.filter(({ isTold, kind }) => !isTold && (kind === 'tensor' || kind === 'outside'));
  if (open.length === 0) return false;
  const claims = new NameClaims(m.module.tree, prose);
  const before = open.map(({ revisions }) => revisions);
  for (const parameter of open) {
    parameter.isTold = true;
    const claim = claims.of(parameter.name, m.freeNames.get(parameter.name) !== parameter);
    if (claim) tell(m, parameter, claim);
  }
  return open.some(({ revisions }, at) => revisions !== before[at]);
}

function tell(m: Machine, parameter: Parameter, claim: NameClaim): void {
  const { sizes } = claim.shape;
  // A pair may be one of sizes.
  if (sizes.length > 2) parameter.become('tensor');
  if (parameter.kind !== 'tensor') return;
  const gap = sizes.findIndex(({ kind }) => kind === 'rest');
  if (parameter.dims.rank !== null) {
    if (gap < 0 && parameter.dims.rank === sizes.length) sizes.forEach((size, at) => { const name = nameOf(size); if (name) parameter.dims.demandName(at, name); });
    return;
  }
  const text = `${parameter.name} is taken to be (${sizes.map((size) => size.text).join(', ')}${sizes.length === 1 ? ',' : ''}): ${claim.from === 'comment' ? 'a comment says so' : 'the text says so'}`;
  parameter.claim(sizes.flatMap((size) => (size.kind === 'rest' ? [] : [sizeOf(m, size, claim)])), gap < 0 ? null : gap, text);
}

const nameOf = ({ readings }: SizePhrase): string | null => (readings.length === 1 ? loneSymbol(readings[0]!)?.name ?? null : null);

/** null: nothing definite. */
function sizeOf(m: Machine, { kind, readings }: SizePhrase, claim: NameClaim): SymInt | null {
  const [reading, ...others] = readings;
  if (kind !== 'size' || !reading || others.length > 0) return null;
  const named = [...symbolsOf(reading)].map((info) => [info, numberNamed(m, info.name, claim)] as const);
  if (named.some(([, size]) => size === null)) return null;
  try {
    return substitute(reading, new Map(named.map(([info, size]) => [info, size!])));
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** The number that the code has under that name; else one that the code does not define either. */
function numberNamed(m: Machine, name: string, { span }: NameClaim): SymInt | null {
  const pinned = m.sizes.get(name);
  if (pinned !== undefined) return constant(pinned);
  const bound = m.bindings.get(name);
  // What the code takes from a shape may be a size of this one: what it is called is known then.
  if (bound) return bound.kind === 'int' && bound.value?.value != null ? bound.value : null;
  const number = freeParameter(m, name, name, span);
  number.become('int');
  return number.kind === 'int' ? number.size(name, name, null) : null;
}
