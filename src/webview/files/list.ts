/** The searchable list of tensors. Only the rows in sight are in the page: a file may have a hundred thousand. */
import { make } from '../dom';
import type { ListedTensor, ToFilePage } from '../fileProtocol';
import { formatShape } from '../format';
import { formatBytes } from './bytes';
import { found, sorted, SORTS } from './order';
import type { Sort } from './order';
import { counted } from './overview';

export interface ListEvents {
  /** Shows these, the last one first. */
  choose(ids: readonly string[]): void;
  overview(): void;
  search(query: string): void;
}

/** As in the style sheet. */
const ROW = 24;
const MARGIN = 8;
const SORT_NAMES: Readonly<Record<Sort, string>> = { file: 'in file order', name: 'by name', size: 'by size' };

export class TensorList {
  private readonly title = make('button', { type: 'button', class: 'file-name', title: 'The file as a whole' });
  private readonly search = make('input', { type: 'search', placeholder: 'Search names, shapes, dtypes', 'aria-label': 'Search tensors', spellcheck: 'false', 'aria-controls': 'rows' });
  private readonly sort = make('select', { 'aria-label': 'Order' }, ...SORTS.map((sort) => make('option', { value: sort }, SORT_NAMES[sort])));
  private readonly count = make('div', { class: 'count', 'aria-live': 'polite' });
  private readonly space = make('div', { class: 'space' });
  private readonly rows = make('div', { id: 'rows', class: 'rows', role: 'listbox', tabindex: '0', 'aria-label': 'Tensors', 'aria-multiselectable': 'true' }, this.space);
  readonly element = make('div', { class: 'list' }, this.title, make('div', { class: 'search' }, this.search, this.sort), this.count, this.rows);
  private tensors: readonly ListedTensor[] = [];
  private shown: readonly ListedTensor[] = [];
  private active = 0;
  private chosen: readonly string[] = [];

  constructor(private readonly events: ListEvents) {
    this.title.addEventListener('click', () => events.overview());
    this.search.addEventListener('input', () => {
      events.search(this.search.value);
      this.filter();
    });
    this.sort.addEventListener('change', () => this.filter());
    this.rows.addEventListener('scroll', () => this.render());
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.rows.addEventListener('click', (event) => {
      const row = (event.target as Element).closest('[data-index]');
      if (row) this.open(Number(row.getAttribute('data-index')), event.ctrlKey || event.metaKey);
    });
    new ResizeObserver(() => {
      this.reveal();
      this.render();
    }).observe(this.rows);
  }

  show({ name, tensors }: Extract<ToFilePage, { type: 'tensorFile' }>, query: string): void {
    this.tensors = tensors;
    this.title.textContent = name;
    this.search.value = query;
    this.filter();
  }

  /** Names are what is remembered: they stay when the file is written anew. */
  idsOf(names: readonly string[]): string[] {
    return names.flatMap((name) => this.tensors.find((tensor) => tensor.name === name && tensor.unreadable === null)?.id ?? []);
  }

  namesOf(ids: readonly string[]): string[] {
    return ids.flatMap((id) => this.tensors.find((tensor) => tensor.id === id)?.name ?? []);
  }

  /** Those that the viewer shows. */
  mark(ids: readonly string[]): void {
    this.chosen = ids;
    const at = this.shown.findIndex(({ id }) => id === ids.at(-1));
    if (at >= 0) this.active = at;
    this.render();
  }

  private filter(): void {
    const before = this.shown[this.active]?.id;
    this.shown = sorted(found(this.tensors, this.search.value), this.sort.value as Sort);
    this.active = Math.max(0, this.shown.findIndex(({ id }) => id === before));
    this.space.style.height = `${this.shown.length * ROW}px`;
    const all = counted(this.tensors.length, 'tensor');
    this.count.textContent = this.shown.length === this.tensors.length ? all : this.shown.length === 0 ? `None of ${all}` : `${this.shown.length} of ${all}`;
    this.reveal();
    this.render();
  }

  private key(event: KeyboardEvent): void {
    const isSearch = event.target === this.search;
    if (event.target !== this.rows && !isSearch) return;
    const page = Math.max(1, Math.floor(this.rows.clientHeight / ROW) - 1);
    const last = this.shown.length - 1;
    const { active } = this;
    const next = ({ ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, ...(isSearch ? {} : { Home: 0, End: last }) } as Record<string, number>)[event.key];
    if (next !== undefined) {
      this.active = Math.max(0, Math.min(last, next));
      this.reveal();
      this.render();
    } else if (event.key === 'Enter' || (event.key === ' ' && !isSearch)) this.open(active, event.ctrlKey || event.metaKey);
    else if (event.key === 'Escape' && isSearch && this.search.value !== '') {
      this.search.value = '';
      this.search.dispatchEvent(new Event('input'));
    } else if (!isSearch && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // Letters typed at the list are a search.
      this.search.focus();
      return;
    } else return;
    event.preventDefault();
  }

  /** @param beside also keeps those that are open */
  private open(index: number, beside: boolean): void {
    const tensor = this.shown[index];
    if (!tensor) return;
    this.active = index;
    this.render();
    if (tensor.unreadable === null) this.events.choose([...(beside ? this.chosen.filter((id) => id !== tensor.id) : []), tensor.id]);
  }

  private reveal(): void {
    const top = this.active * ROW;
    if (top < this.rows.scrollTop) this.rows.scrollTop = top;
    else if (top + ROW > this.rows.scrollTop + this.rows.clientHeight) this.rows.scrollTop = top + ROW - this.rows.clientHeight;
  }

  private render(): void {
    const first = Math.max(0, Math.floor(this.rows.scrollTop / ROW) - MARGIN);
    const end = Math.min(this.shown.length, Math.ceil((this.rows.scrollTop + this.rows.clientHeight) / ROW) + MARGIN);
    this.space.replaceChildren(...this.shown.slice(first, end).map((tensor, i) => this.row(tensor, first + i)));
    // The active row may be out of sight, and then out of the page.
    if (this.active >= first && this.active < end) this.rows.setAttribute('aria-activedescendant', `row-${this.active}`);
    else this.rows.removeAttribute('aria-activedescendant');
  }

  private row(tensor: ListedTensor, index: number): HTMLElement {
    const { name, shape, dtype, bytes, unreadable, sharesWith } = tensor;
    const notes = [...(unreadable === null ? [] : [`not shown: ${unreadable}`]), ...(sharesWith === null ? [] : [`shares its memory with ${sharesWith}`])];
    const cut = name.lastIndexOf('.') + 1;
    const row = make('div', {
      id: `row-${index}`, class: `row${index === this.active ? ' active' : ''}`, role: 'option', 'data-index': String(index), 'aria-selected': String(this.chosen.includes(tensor.id)),
      'aria-posinset': String(index + 1), 'aria-setsize': String(this.shown.length), 'aria-disabled': String(unreadable !== null),
      title: [name, `${formatShape(shape)} ${dtype}, ${formatBytes(bytes)}`, ...notes].join('\n'),
    },
    make('span', { class: 'name' }, make('span', { class: 'path' }, name.slice(0, cut)), make('span', { class: 'leaf' }, name.slice(cut))),
    make('span', { class: 'shape' }, formatShape(shape)), make('span', { class: 'dtype' }, dtype), make('span', { class: 'bytes' }, formatBytes(bytes)));
    row.style.top = `${index * ROW}px`;
    return row;
  }
}
