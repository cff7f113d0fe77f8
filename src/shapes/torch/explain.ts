/** One line on what an operation did, for hover. */
import type { Value } from '../interpreter/values';
import { show } from './common/text';
import type { Operation } from './operation';
import type { RuleResult } from './rule';

/** How many tensors of a tuple are shown. */
const MAX_SHOWN = 4;

/** `permute reorders the dims: (2, 4, 4) → (4, 4, 2)` */
export function explain(operation: Operation, bound: ReadonlyMap<string, Value>, result: RuleResult): string | null {
  const { row, calledAs } = operation;
  const name = calledAs.replace(/^Tensor\./, '');
  const said = typeof row.explain === 'function' ? row.explain(bound, result) : row.explain;
  const sizes = change(bound, result);
  return said ? `${name} ${said}${sizes ? `: ${sizes}` : ''}` : sizes && `${name}: ${sizes}`;
}

function change(bound: ReadonlyMap<string, Value>, result: RuleResult): string | null {
  const to = resultText(result);
  if (to === null) return null;
  const from = [...bound.values()].flatMap(tensorsOf);
  if (from.length === 0) return to;
  const shown = from.slice(0, MAX_SHOWN).join(', ');
  return `${shown}${from.length > MAX_SHOWN ? `, … (${from.length} tensors)` : ''} → ${to}`;
}

function tensorsOf(value: Value): string[] {
  if (value.kind === 'Tensor') return [show(value)];
  return (value.kind === 'tuple' || value.kind === 'list') && value.items ? value.items.flatMap(tensorsOf) : [];
}

function resultText(result: RuleResult): string | null {
  if (result.type === 'tensor') return show(result.shape);
  if (result.type === 'value') return null;
  const parts = result.items.map(resultText);
  if (parts.every((part) => part === parts[0]) && parts.length > 2) return `${parts.length} × ${parts[0]}`;
  return parts.slice(0, MAX_SHOWN).join(', ') + (parts.length > MAX_SHOWN ? ', …' : '');
}
