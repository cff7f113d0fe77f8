/** What an expression was, as hovers, lenses and hints say it: in the names of the function at hand and the reader's language. */
import type { Analysis } from '../shapes/analysis';
import { seenText } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/recorder';
import { namesIn } from '../shapes/naming';
import { t } from './translation';

/** The values that the expression had one after the other: `(2, 3) float32 then (2, 4) float32`. */
export function valuesText(analysis: Analysis, recording: Recording, most = Infinity): string {
  return recording.seen.slice(0, most).map((seen) => valueText(analysis, recording, seen)).join(t(' then '));
}

export function valueText(analysis: Analysis, { context }: Recording, seen: Seen): string {
  return inWords(seenText(seen, namesIn(analysis, context)));
}

function inWords(text: string): string {
  return text.replaceAll('of unknown dtype', t('of unknown dtype')).replaceAll('of unknown length', t('of unknown length')).replaceAll(' or ', t(' or '));
}
