/** Beside a tensor of a gather the two others, small: what is pointed at in one is marked in all, and said in words. */
import { make } from './dom';
import { domainOf } from './domain';
import { formatShape, formatValue, isFloat } from './format';
import type { LinkGroup, Linked, LinkedTensor, Pointed } from './linkGroup';
import { cellOf, defaultMapping, fullIndex } from './mapping';
import type { Cell, Mapping } from './mapping';
import { planesOf } from './pictures';
import { MEMBERS, offsetsOf, ravel, unravel } from './relations';
import type { Member } from './relations';
import { SmallMap } from './smallMap';

export interface StripEvents {
  open(tensor: string): void;
  reveal(tensor: string): void;
}

/** Slices that stand side by side at most; and the longest side of one. */
const MAX_MAPS = 6;
const MAX_SIDE = 512;

/** A tensor as small maps: which element is where. */
interface Companion { readonly element: HTMLElement; mark(pointed: Pointed | null): void }

export class LinkedStrip {
  readonly element = make('section', { 'class': 'linked', 'aria-label': 'Linked tensors' });
  private readonly text = make('div', { class: 'relation' });
  private companions: readonly Companion[] = [];

  /** @param own the member that is shown large already */
  constructor(private readonly group: LinkGroup, private readonly own: Member, private readonly events: StripEvents) {
    const { table, index, result } = group.tensors;
    this.element.append(make('h2', {}, `${result.name} is gathered: ${table.name} by ${index.name}`), this.text);
    this.text.textContent = 'Point at a cell to see where it comes from, and which others do.';
    group.onPoint((pointed) => {
      for (const companion of this.companions) companion.mark(pointed);
    });
  }

  async show(): Promise<void> {
    if (this.companions.length > 0) return;
    const linked = await this.group.load();
    if (this.companions.length > 0) return;
    this.companions = MEMBERS.filter((member) => member !== this.own).map((member) => this.companion(member, linked));
    this.element.insertBefore(make('div', { class: 'companions' }, ...this.companions.map(({ element }) => element)), this.text);
    this.group.onPoint((pointed) => { if (pointed) this.text.textContent = describe(pointed, linked); });
  }

  private companion(member: Member, linked: Linked): Companion {
    const { tensor } = linked.members[member];
    const open = make('button', { type: 'button', class: 'link', title: 'Show it large' }, `${tensor.name} ${formatShape(tensor.shape)}`);
    open.addEventListener('click', () => this.events.open(tensor.id));
    const reveal = make('button', { 'type': 'button', 'class': 'link', 'aria-label': `Go to the line that makes ${tensor.name}`, 'title': 'Go to the line that makes it' }, '↗');
    reveal.addEventListener('click', () => this.events.reveal(tensor.id));
    const maps = mapsOf(linked.members[member], member === 'table' ? offsetsOf(tensor.shape[0] ?? 0, linked.members.index.tensor.shape) : null, (position) => this.group.point(member, position));
    const note = maps.note === '' ? [] : [make('div', { class: 'hint' }, maps.note)];
    const element = make('div', { 'class': 'companion', 'data-member': member }, make('div', { class: 'companion-name' }, open, reveal), make('div', { class: 'small-maps' }, ...maps.elements), ...note);
    return { element, mark: (pointed) => maps.mark(pointed?.related[member] ?? [], pointed?.member === member ? pointed.position : null) };
  }
}

interface Maps { readonly elements: readonly HTMLElement[]; readonly note: string; mark(positions: readonly number[], hovered: number | null): void }

/** @param fold rows of a table are the offsets within a square with sides of so many: each column is drawn as one */
function mapsOf({ tensor, values }: LinkedTensor, fold: number | null, point: (position: number | null) => void): Maps {
  const shape = fold === null ? tensor.shape : [fold, fold, ...tensor.shape.slice(1)];
  const mapping = fold === null ? defaultMapping(shape) : { rowDim: 0, colDim: 1, facetDim: shape.length > 2 ? 2 : null, index: shape.map(() => 0) };
  const planes = planesOf({ ...tensor, shape }, mapping).slice(0, MAX_MAPS);
  if (planes[0]!.rows > MAX_SIDE || planes[0]!.cols > MAX_SIDE) return { elements: [], note: 'too large to be drawn here', mark: () => undefined };
  const finite = values.filter(Number.isFinite);
  const range = finite.length === 0 ? { min: null, max: null } : { min: finite.reduce((a, b) => Math.min(a, b)), max: finite.reduce((a, b) => Math.max(a, b)) };
  const domain = domainOf(range, isFloat(tensor.dtype));
  const positionAt = (facet: number, cell: Cell): number => ravel(fullIndex(mapping, facet, cell), shape);
  const maps = planes.map(({ rows, cols }, facet) => {
    const map = new SmallMap(rows, cols, `${tensor.name}, ${rows} by ${cols}`, { hover: (cell) => point(cell && positionAt(facet, cell)) });
    map.show(Float64Array.from({ length: rows * cols }, (_, i) => values[positionAt(facet, { row: Math.floor(i / cols), col: i % cols })]!), domain);
    return map;
  });
  const count = mapping.facetDim === null ? 1 : shape[mapping.facetDim]!;
  const parts = [fold === null ? '' : `each column as ${fold} × ${fold}`, count > maps.length ? `the first ${maps.length} of ${count}` : ''];
  return {
    elements: maps.map(({ element }) => element),
    note: parts.filter((part) => part !== '').join('; '),
    mark: (positions, hovered) => {
      const cells = cellsOf(positions, shape, mapping, maps.length);
      const under = hovered === null ? null : cellOf(mapping, unravel(hovered, shape));
      maps.forEach((map, facet) => map.mark(under?.facet === facet ? under.cell : null, cells[facet] ?? []));
    },
  };
}

/** Where elements are in the pictures of a mapping, a list a facet; those of other slices are left out. */
export function cellsOf(positions: readonly number[], shape: readonly number[], mapping: Mapping, facets: number): Cell[][] {
  const cells: Cell[][] = Array.from({ length: facets }, () => []);
  for (const position of positions) {
    const found = cellOf(mapping, unravel(position, shape));
    if (found) cells[found.facet]?.push(found.cell);
  }
  return cells;
}

function describe({ member, position, related }: Pointed, { relations, members }: Linked): string {
  const at = (of: Member, place: number): string => `${members[of].tensor.name}[${unravel(place, members[of].tensor.shape).join(', ')}]`;
  const value = (of: Member, place: number): string => formatValue(members[of].values[place]!, members[of].tensor.dtype);
  const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  if (member === 'result') {
    const from = relations.source(position);
    return `${at('result', position)} = ${at('table', from.table)}, since ${at('index', from.index)} = ${value('index', from.index)}; ${many(related.result.length - 1, 'other')} from there`;
  }
  if (member === 'table') return `${at('table', position)} = ${value('table', position)} is in ${many(related.result.length, 'place')} of ${members.result.tensor.name}, named by ${many(related.index.length, 'element')} of ${members.index.tensor.name}`;
  return `${at('index', position)} = ${value('index', position)}, as ${many(related.index.length - 1, 'other')}; it names ${many(related.table.length, 'element')} of ${members.table.tensor.name}, which ${related.table.length === 1 ? 'is' : 'are'} in ${many(related.result.length, 'place')} of ${members.result.tensor.name}`;
}
