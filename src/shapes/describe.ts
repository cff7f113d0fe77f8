/** Seen values in words, as hovers, hints, lenses, messages and the command line say them. */
import { tensorText, valueText } from './values/text';
import type { NameOf } from './symint/render';
import type { Seen } from './interpreter/state/recorder';

/** Items of a sequence that a text names before it only counts. */
const MAX_ITEMS = 6;

export function seenText(seen: Seen, nameOf?: NameOf): string {
  switch (seen.type) {
    case 'Tensor': return tensorText(seen.tensor, nameOf);
    case 'sequence': return sequenceText(seen, nameOf);
    case 'union': return seen.options.map((option) => seenText(option, nameOf)).join(' or ');
    case 'value': return valueText(seen.value, nameOf);
  }
}

function sequenceText(seen: Seen & { type: 'sequence' }, nameOf?: NameOf): string {
  const open = seen.name === 'list' ? '[' : '(';
  const close = seen.name === 'list' ? ']' : ')';
  const prefix = seen.name === 'list' || seen.name === 'tuple' ? '' : seen.name;
  if (seen.items === null) return `${prefix || seen.name} of unknown length`;
  const shown = seen.items.slice(0, MAX_ITEMS).map((item) => seenText(item, nameOf));
  const rest = seen.items.length - shown.length;
  if (rest > 0 || seen.more) shown.push(`… ${rest > 0 ? `${rest} more` : ''}`.trim());
  const comma = open === '(' && shown.length === 1 ? ',' : '';
  return `${prefix}${open}${shown.join(', ')}${comma}${close}`;
}

/** The first reason why the value, or a part of it, is not known; null where all is. */
export function unknownReason(seen: Seen): string | null {
  switch (seen.type) {
    case 'value': return seen.value.kind === 'unknown' ? seen.value.reason : null;
    case 'union': return seen.options.map(unknownReason).find((reason) => reason !== null) ?? null;
    default: return null;
  }
}
