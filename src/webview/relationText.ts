/** In words: where a gathered value comes from, and what else does. */
import { formatValue } from './format';
import type { Linked, Pointed } from './linkGroup';
import { unravel } from './relations';
import type { Member } from './relations';

/** One sentence. */
export function describe({ member, position, related }: Pointed, { relations, members }: Linked): string {
  const at = (of: Member, place: number): string => element(members, of, place);
  const value = (of: Member, place: number): string => formatValue(members[of].values[place]!, members[of].tensor.dtype);
  const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  if (member === 'result') {
    const from = relations.source(position);
    return `${at('result', position)} = ${at('table', from.table)}, since ${at('index', from.index)} = ${value('index', from.index)}; ${many(related.result.length - 1, 'other')} from there`;
  }
  if (member === 'table') return `${at('table', position)} = ${value('table', position)} is in ${many(related.result.length, 'place')} of ${members.result.tensor.name}, named by ${many(related.index.length, 'element')} of ${members.index.tensor.name}`;
  return `${at('index', position)} = ${value('index', position)}, as ${many(related.index.length - 1, 'other')}; it names ${many(related.table.length, 'element')} of ${members.table.tensor.name}, which ${related.table.length === 1 ? 'is' : 'are'} in ${many(related.result.length, 'place')} of ${members.result.tensor.name}`;
}

/** Beside the pointer, a line each: where an element of the result is from, or what comes of one of the table or the index. */
export function sources({ member, position, related }: Pointed, { relations, members }: Linked): string[] {
  if (member !== 'result') return [`in ${members.result.tensor.name}: ${related.result.length} ×`];
  const { table, index } = relations.source(position);
  return [`= ${element(members, 'table', table)}`, `${element(members, 'index', index)} = ${formatValue(members.index.values[index]!, members.index.tensor.dtype)}`];
}

function element(members: Linked['members'], of: Member, place: number): string {
  return `${members[of].tensor.name}[${unravel(place, members[of].tensor.shape).join(', ')}]`;
}
