/** Messages are made while other parts are still to be traced; here their symbols get the names that their function gives them. */
import type { Analysis } from '../analysis';
import type { Finding } from '../interpreter/machine';
import { namesIn } from '../naming';

export function withNames(analysis: Analysis, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const { symbols, context } = finding;
    if (!symbols || symbols.length === 0 || context === undefined) return finding;
    const nameOf = namesIn(analysis, context);
    const names = new Map(symbols.map((symbol) => [symbol.label, nameOf(symbol)]));
    const renamed = (text: string): string => text.replace(/[\p{L}\p{N}_]+/gu, (word) => names.get(word) ?? word);
    return { ...finding, message: renamed(finding.message), related: finding.related.map((each) => ({ ...each, message: renamed(each.message) })) };
  });
}
