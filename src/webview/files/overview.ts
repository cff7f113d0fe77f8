/** The file as a whole: its format, what it holds by dtype, and what it says besides tensors. */
import { make } from '../dom';
import type { ListedTensor, ToFilePage } from '../fileProtocol';
import { formatCount } from '../format';
import { formatBytes } from './bytes';

export function overview({ name, format, bytes, tensors, facts }: Extract<ToFilePage, { type: 'tensorFile' }>): HTMLElement {
  const section = make('section', { class: 'overview' },
    make('h1', {}, name),
    make('p', { class: 'muted' }, [format, formatBytes(bytes), counted(tensors.length, 'tensor'), `${formatCount(sum(tensors, 'elements'))} elements`].join(' · ')),
    table('Tensors by dtype', ['dtype', 'tensors', 'elements', 'size'], byDtype(tensors)),
  );
  const unreadable = tensors.filter((tensor) => tensor.unreadable !== null);
  if (unreadable.length > 0) section.append(make('p', { class: 'muted' }, `The values of ${counted(unreadable.length, 'tensor')} are not shown: the list says why.`));
  if (facts.length > 0) section.append(make('h2', {}, 'Besides tensors'), table('What the file says besides tensors', [], outermostFirst(facts)));
  section.append(make('p', { class: 'muted' }, 'Choose a tensor on the left: ', make('kbd', {}, 'Enter'), ' shows it, ', make('kbd', {}, 'Ctrl+Enter'), ' shows it beside those that are open.'));
  return section;
}

function byDtype(tensors: readonly ListedTensor[]): (readonly string[])[] {
  const dtypes = [...new Set(tensors.map(({ dtype }) => dtype))];
  return dtypes.map((dtype) => {
    const own = tensors.filter((tensor) => tensor.dtype === dtype);
    return [dtype, String(own.length), formatCount(sum(own, 'elements')), formatBytes(sum(own, 'bytes'))];
  });
}

/** An epoch is of more interest than the settings of an optimizer. */
function outermostFirst(facts: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const depth = ([name]: readonly [string, string]): number => name.split('.').length;
  return [...facts].sort((a, b) => depth(a) - depth(b));
}

function table(label: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const row = (cells: readonly string[]): HTMLElement => make('tr', {}, ...cells.map((cell, i) => (i === 0 ? make('th', { scope: 'row' }, cell) : make('td', {}, cell))));
  const heading = head.length === 0 ? [] : [make('thead', {}, make('tr', {}, ...head.map((cell) => make('th', { scope: 'col' }, cell))))];
  return make('table', { 'aria-label': label }, ...heading, make('tbody', {}, ...rows.map(row)));
}

export function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

function sum(tensors: readonly ListedTensor[], what: 'elements' | 'bytes'): number {
  return tensors.reduce((total, tensor) => total + tensor[what], 0);
}
