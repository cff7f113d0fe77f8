/** Which tensors the list shows for a search, and in which order. */
import type { ListedTensor } from '../fileProtocol';
import { formatShape } from '../format';

export const SORTS = ['file', 'name', 'size'] as const;
export type Sort = (typeof SORTS)[number];

/** Those with every word of the query in their name, shape or dtype. */
export function found(tensors: readonly ListedTensor[], query: string): readonly ListedTensor[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return tensors;
  return tensors.filter(({ name, shape, dtype }) => {
    const text = `${name} ${formatShape(shape)} ${dtype}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const byName = new Intl.Collator('en', { numeric: true });

/** `file`: as the file has them. Names are compared with their numbers as numbers: layer 2 before layer 10. */
export function sorted(tensors: readonly ListedTensor[], sort: Sort): readonly ListedTensor[] {
  if (sort === 'file') return tensors;
  return [...tensors].sort((a, b) => (sort === 'size' ? b.bytes - a.bytes : 0) || byName.compare(a.name, b.name));
}
