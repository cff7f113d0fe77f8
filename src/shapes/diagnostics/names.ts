/** Messages are made while other parts are still to be traced; here their symbols get the names that their function gives them. */
import type { Assumption } from '../analysis';
import type { Finding, Naming } from './finding';
import { namesIn } from '../naming';
import type { Traced } from '../naming';

export function withNames(traced: Traced, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const rename = renaming(traced, finding);
    return { ...finding, message: rename(finding.message), related: finding.related.map((each) => ({ ...each, message: rename(each.message) })) };
  });
}

export function assumptionsWithNames(traced: Traced, assumptions: readonly (Assumption & Naming)[]): readonly Assumption[] {
  return assumptions.map((assumption) => ({ text: renaming(traced, assumption)(assumption.text), span: assumption.span }));
}

function renaming(traced: Traced, { symbols, context }: Naming): (text: string) => string {
  if (!symbols || symbols.length === 0 || context === undefined) return (text) => text;
  const nameOf = namesIn(traced, context);
  const names = new Map(symbols.flatMap((symbol) => [[symbol.label, nameOf(symbol)], ...(symbol.formerLabel === null ? [] : [[symbol.formerLabel, nameOf(symbol)]])] as [string, string][]));
  return (text) => text.replace(/[\p{L}\p{N}_]+/gu, (word) => names.get(word) ?? word);
}
