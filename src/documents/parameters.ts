// The values that an author printed for parameters that are initialized at random: evaluation takes them, so that what is
// computed from them can be compared with what was printed further on.
import type { MatchedPair } from './matching';
import type { OutputItem, TensorItem } from './outputs';

export interface PrintedParameter<Key> {
  readonly parameter: Key;
  readonly pair: MatchedPair;
  readonly item: TensorItem;
}

/**
 * @param parameterOf which random parameter a statement's part prints, unchanged since it was drawn; null if none
 * @returns the first complete printing of each parameter
 */
export function printedParameterValues<Key>(pairs: readonly MatchedPair[], items: readonly OutputItem[], parameterOf: (pair: MatchedPair) => Key | null): Map<Key, PrintedParameter<Key>> {
  const found = new Map<Key, PrintedParameter<Key>>();
  for (const pair of pairs) {
    const item = items[pair.item];
    if (item?.kind !== 'tensor' || item.summarized || !item.shape) continue;
    const parameter = parameterOf(pair);
    if (parameter !== null && !found.has(parameter)) found.set(parameter, { parameter, pair, item });
  }
  return found;
}
