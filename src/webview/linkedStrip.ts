/** Beside a tensor of a gather the two others, small: what is pointed at in one is marked in all, and said in words. */
import { symbolOf } from './controls';
import { make } from './dom';
import { domainOf } from './domain';
import { formatShape, isFloat } from './format';
import type { LinkGroup, Linked, LinkedTensor, Pointed } from './linkGroup';
import { cellOf, defaultMapping, fullIndex, MAX_FACETS } from './mapping';
import type { Cell, Mapping } from './mapping';
import { captionOf, planesOf } from './pictures';
import { MEMBERS, offsetsOf, ravel, unravel } from './relations';
import type { Member } from './relations';
import { describe } from './relationText';
import { SmallMap } from './smallMap';

export interface StripEvents {
  open(tensor: string): void;
  reveal(tensor: string): void;
  /** Its maps are there. */
  loaded(): void;
  /** It was folded to its title, or unfolded. */
  folded(folded: boolean): void;
}

/** The longest side of a map. */
const MAX_SIDE = 512;

/** A tensor as small maps: which element is where. */
interface Companion { readonly element: HTMLElement; mark(pointed: Pointed | null): void }

export class LinkedStrip {
  readonly element = make('section', { 'class': 'linked', 'aria-label': 'Linked tensors' });
  private readonly body = make('div', { class: 'linked-body' });
  private readonly text = make('div', { class: 'relation' });
  private companions: readonly Companion[] = [];

  /** @param own the member that is shown large already */
  constructor(private readonly group: LinkGroup, private readonly own: Member, private readonly events: StripEvents, private folded = false) {
    const { table, index, result } = group.tensors;
    const title = `${result.name} is gathered: ${table.name} by ${index.name}`;
    const fold = make('button', { type: 'button', class: 'fold', title });
    fold.append(make('span', {}, title));
    const show = (): void => {
      fold.setAttribute('aria-expanded', String(!this.folded));
      this.body.hidden = this.folded;
    };
    fold.addEventListener('click', () => {
      this.folded = !this.folded;
      show();
      events.folded(this.folded);
    });
    show();
    this.body.append(this.text);
    this.element.append(make('h2', {}, fold), this.body);
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
    this.body.append(make('div', { class: 'companions' }, ...this.companions.map(({ element }) => element)));
    this.group.onPoint((pointed) => { if (pointed) this.text.textContent = describe(pointed, linked); });
    this.events.loaded();
  }

  private companion(member: Member, linked: Linked): Companion {
    const { tensor } = linked.members[member];
    const open = make('button', { type: 'button', class: 'link', title: 'Show it large' }, `${tensor.name} ${formatShape(tensor.shape)}`);
    open.addEventListener('click', () => this.events.open(tensor.id));
    const reveal = make('button', { 'type': 'button', 'class': 'link', 'aria-label': `Go to the line that makes ${tensor.name}`, 'title': 'Go to the line that makes it' }, '↗');
    reveal.addEventListener('click', () => this.events.reveal(tensor.id));
    const maps = mapsOf(linked.members[member], member === 'table' ? offsetsOf(tensor.shape[0] ?? 0, linked.members.index.tensor.shape) : null, (position) => this.group.point(member, position));
    const note = maps.note === '' ? [] : [make('span', { class: 'hint' }, maps.note)];
    const element = make('div', { 'class': 'companion', 'data-member': member }, make('div', { class: 'companion-name' }, open, reveal, ...note), maps.element);
    return { element, mark: (pointed) => maps.mark(pointed?.related[member] ?? [], pointed?.member === member ? pointed.position : null) };
  }
}

interface Maps { readonly element: HTMLElement; readonly note: string; mark(positions: readonly number[], hovered: number | null): void }

/** @param fold rows of a table are the offsets within a square with sides of so many: each column is drawn as one */
function mapsOf({ tensor, values }: LinkedTensor, fold: number | null, point: (position: number | null) => void): Maps {
  const shape = fold === null ? tensor.shape : [fold, fold, ...tensor.shape.slice(1)];
  const mapping = fold === null ? defaultMapping(shape) : { rowDim: 0, colDim: 1, facetDim: shape.length > 2 ? 2 : null, index: shape.map(() => 0) };
  const folded = { ...tensor, shape, dims: fold === null ? tensor.dims : ['', '', ...tensor.dims.slice(1)] };
  const planes = planesOf(folded, mapping).slice(0, MAX_FACETS);
  const element = make('div', { class: 'small-maps' });
  if (planes[0]!.rows > MAX_SIDE || planes[0]!.cols > MAX_SIDE) return { element, note: 'too large to be drawn here', mark: () => undefined };
  const finite = values.filter(Number.isFinite);
  const range = finite.length === 0 ? { min: null, max: null } : { min: finite.reduce((a, b) => Math.min(a, b)), max: finite.reduce((a, b) => Math.max(a, b)) };
  const domain = domainOf(range, isFloat(tensor.dtype));
  const positionAt = (facet: number, cell: Cell): number => ravel(fullIndex(mapping, facet, cell), shape);
  const maps = planes.map(({ rows, cols }, facet) => {
    const caption = fold !== null && shape.length > 2 && symbolOf(tensor, 1) === null ? `[:, ${facet}]` : captionOf(folded, mapping, facet);
    const map = new SmallMap(rows, cols, `${tensor.name}${caption && `, ${caption}`}: ${rows} by ${cols}`, { hover: (cell) => point(cell && positionAt(facet, cell)) });
    map.show(Float64Array.from({ length: rows * cols }, (_, i) => values[positionAt(facet, { row: Math.floor(i / cols), col: i % cols })]!), domain);
    element.append(make('figure', {}, map.element, ...(caption === '' ? [] : [make('figcaption', {}, caption)])));
    return map;
  });
  const count = mapping.facetDim === null ? 1 : shape[mapping.facetDim]!;
  const parts = [fold === null ? '' : `each column as ${fold} × ${fold}`, count > maps.length ? `the first ${maps.length} of ${count}` : ''];
  return {
    element,
    note: parts.filter((part) => part !== '').join('; '),
    mark: (positions, hovered) => {
      const cells = cellsOf(positions, shape, mapping, maps.length);
      const under = hovered === null ? null : cellOf(mapping, unravel(hovered, shape));
      maps.forEach((map, facet) => map.mark(under?.facet === facet ? under.cell : null, cells[facet] ?? []));
      const first = cells.findIndex((each) => each.length > 0);
      if (hovered === null && maps.length > 1 && first >= 0) bring(maps[first]!.element.parentElement!, element);
    },
  };
}

/** Scrolls a map into view within the others. */
function bring(map: HTMLElement, within: HTMLElement): void {
  const [at, size, from, room] = [map.offsetLeft - within.offsetLeft, map.offsetWidth, within.scrollLeft, within.clientWidth];
  if (at < from || at + size > from + room) within.scrollLeft = at;
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
