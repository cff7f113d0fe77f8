/** What an operation did, for the line of a hover: sizes as the function at hand calls them. */
import { shapeText } from '../values/text';
import type { Value } from '../values/values';
import type { NameOf } from '../symint/render';
import type { Operation } from './operation';
import type { RuleResult } from './rule';

/** How many tensors of a tuple are shown. */
const MAX_SHOWN = 4;

export interface Explanation {
  /** `permute` */
  readonly name: string;
  /** `reorders the dims` */
  readonly does: string | null;
  /** `(2, 4, 4) → (4, 4, 2)` */
  readonly sizes: string | null;
}

/** null where there is nothing to say. */
export function explain({ row, calledAs }: Operation, bound: ReadonlyMap<string, Value>, result: RuleResult, nameOf?: NameOf): Explanation | null {
  const does = (typeof row.explain === 'function' ? row.explain(bound, result, nameOf) : row.explain) ?? null;
  const sizes = change(bound, result, nameOf);
  return does === null && sizes === null ? null : { name: nameOfCall(calledAs), does, sizes };
}

/** As it is written in code. */
function nameOfCall(calledAs: string): string {
  const name = calledAs.replace(/^Tensor\./, '');
  return name === '__getitem__' || name === '__setitem__' ? '[…]' : name;
}

function change(bound: ReadonlyMap<string, Value>, result: RuleResult, nameOf: NameOf | undefined): string | null {
  const to = resultText(result, nameOf);
  if (to === null) return null;
  const from = [...bound.values()].flatMap((value) => tensorsOf(value, nameOf));
  if (from.length === 0) return to;
  const shown = from.slice(0, MAX_SHOWN).join(', ');
  return `${shown}${from.length > MAX_SHOWN ? `, … (${from.length} tensors)` : ''} → ${to}`;
}

function tensorsOf(value: Value, nameOf: NameOf | undefined): string[] {
  if (value.kind === 'Tensor') return [shapeText(value.shape, nameOf)];
  return (value.kind === 'tuple' || value.kind === 'list') && value.items ? value.items.flatMap((item) => tensorsOf(item, nameOf)) : [];
}

function resultText(result: RuleResult, nameOf: NameOf | undefined): string | null {
  if (result.type === 'tensor') return shapeText(result.shape, nameOf);
  if (result.type === 'value') return null;
  const parts = result.items.map((item) => resultText(item, nameOf));
  if (parts.every((part) => part === parts[0]) && parts.length > 2) return `${parts.length} × ${parts[0]}`;
  return parts.slice(0, MAX_SHOWN).join(', ') + (parts.length > MAX_SHOWN ? ', …' : '');
}
