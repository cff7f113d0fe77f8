/** The heatmaps of a tensor, one a facet side by side: the same part of each, with the colour bar that they share. */
import { ColorBar } from './colorbar';
import { placeName, symbolOf } from './controls';
import { make } from './dom';
import type { Domain } from './domain';
import { formatShape, formatShort } from './format';
import { Heatmap } from './heatmap';
import { GAP, inRowOf, MIN_ROOM_LINKED, pictureSize, roomIn } from './layout';
import { indexText } from './mapping';
import type { Cell, Mapping } from './mapping';
import { createPainter } from './painter';
import { PaintedTiles } from './painted';
import { pictureFile } from './pictureFile';
import { REDUCTIONS } from './protocol';
import type { Reduction, TensorMetadata, TensorStatistics } from './protocol';
import { domainFor } from './range';
import type { ColorChoice } from './range';
import { isExact, Superseded } from './tiles';
import type { Plane, TileCache } from './tiles';
import { isWhole, panned, revealing, wholeOf, zoomed } from './viewport';
import type { Viewport } from './viewport';

/** One for the page: browsers allow few WebGL contexts. */
const painter = createPainter();
const painted = new PaintedTiles(painter);

export interface PictureEvents {
  hover(facet: number, cell: Cell | null, event: PointerEvent | null): void;
  pick(facet: number, cell: Cell): void;
  /** The slice of this facet is wanted in the grid. */
  choose(facet: number): void;
  /** An end of the colour bar was dragged; null: back to the usual range. */
  range(bounds: { readonly min: number; readonly max: number } | null): void;
  /** Another part is shown. */
  moved(viewport: Viewport): void;
  /** What a pixel shows that stands for several elements was chosen. */
  reduce(reduce: Reduction): void;
  /** Of one facet, for a range of its own. */
  statistics(facet: number): Promise<TensorStatistics>;
  /** How much of the panel's height stays covered at its lower edge, in CSS pixels. */
  docked(): number;
  failed(error: unknown): void;
}

interface Facet { readonly heatmap: Heatmap; readonly figure: HTMLElement; readonly caption: HTMLElement }

/** Room for the colour bar, in CSS pixels. */
const BAR = 110;
/** Of the panel's height, for the pictures. */
const ROOM = 0.6;
/** For the captions and the read-out below the pictures, in CSS pixels. */
const BELOW = 72;
/** What a key zooms and pans by. */
const KEY_ZOOM = 1.5;
const KEY_PAN = 0.1;
const MIDDLE = { x: 0.5, y: 0.5 };
/** A picture that has not moved for so long is told of. */
const REST_MILLISECONDS = 100;

export class Pictures {
  readonly element = make('div', { class: 'pictures' });
  private readonly row = make('div', { class: 'facets' });
  private facets: readonly Facet[] = [];
  private mapping!: Mapping;
  private viewport: Viewport = { row: 0, col: 0, rows: 1, cols: 1 };
  private readonly bar: ColorBar;
  private readonly fit = make('button', { type: 'button', class: 'secondary fit', title: 'Show all of it (0)', hidden: '' }, 'Fit');
  private readonly hint = make('div', { class: 'hint', hidden: '' });
  private readonly reduce = make('select', { 'data-reduce': '', 'aria-label': 'What a pixel shows of its elements' });
  private readonly detail = make('label', { class: 'detail', hidden: '' }, 'pixel:');
  private readonly block = make('span', {});
  /** The range of all, or one a facet. */
  private domains: readonly Domain[];
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** Counts the choices: statistics for an earlier one are of no use. */
  private generation = 0;

  constructor(private readonly tensor: TensorMetadata, private statistics: TensorStatistics, private choice: ColorChoice, private readonly tiles: TileCache, private readonly events: PictureEvents) {
    this.element.dataset['painter'] = painter.kind;
    this.domains = [domainFor(choice, statistics, tensor.dtype)];
    this.bar = new ColorBar(tensor.dtype, { range: (min, max) => events.range({ min, max }), reset: () => events.range(null) });
    this.fit.addEventListener('click', () => this.zoomKey('0'));
    for (const reduce of REDUCTIONS) this.reduce.add(new Option(reduce, reduce));
    this.reduce.addEventListener('change', () => events.reduce(this.reduce.value as Reduction));
    this.detail.append(this.reduce, this.block);
  }

  /** Dims have other roles: other pictures. */
  build(mapping: Mapping): void {
    this.mapping = mapping;
    const planes = planesOf(this.tensor, mapping);
    this.viewport = wholeOf(planes[0]!);
    this.facets = planes.map((plane, facet) => this.facet(plane, facet, planes.length > 1));
    this.row.replaceChildren(...this.facets.map(({ figure }) => figure));
    this.element.replaceChildren(this.row, make('div', { class: 'beside' }, this.bar.element, this.fit, this.detail, this.hint));
    this.recolor();
    this.layout();
  }

  /** The same pictures of another slice. */
  slice(mapping: Mapping): void {
    this.mapping = mapping;
    this.tiles.supersede();
    planesOf(this.tensor, mapping).forEach((plane, facet) => { this.facets[facet]!.heatmap.plane = plane; });
    if (this.choice.shared) this.draw();
    else this.recolor();
  }

  color(choice: ColorChoice, statistics: TensorStatistics = this.statistics): void {
    Object.assign(this, { choice, statistics });
    if (this.facets.length > 0) this.recolor();
  }

  get domain(): Domain {
    return this.domains[0]!;
  }

  /** The panel is as wide as it is, or has become wider: sizes follow, and all is drawn. */
  layout(): void {
    const available = this.element.clientWidth - BAR;
    const docked = this.events.docked();
    const top = this.element.getBoundingClientRect().top + (document.scrollingElement?.scrollTop ?? 0);
    const room = docked === 0 ? roomIn(ROOM * innerHeight) : roomIn(innerHeight - top - docked - BELOW, MIN_ROOM_LINKED);
    const [first] = this.facets;
    if (!first) return;
    const wide = available > 0 ? available : Infinity;
    const size = pictureSize(first.heatmap.plane.rows, first.heatmap.plane.cols, this.facets.length, wide, room);
    for (const { heatmap } of this.facets) heatmap.resize(size);
    const inRow = inRowOf(this.facets.length, wide, size.width);
    this.row.style.maxWidth = `${inRow * (size.width + GAP) - GAP}px`;
    this.draw();
  }

  plane(facet: number): Plane | undefined {
    return this.facets[facet]?.heatmap.plane;
  }

  get count(): number {
    return this.facets.length;
  }

  /** Marks a cell: in the facet that it is in, or (hovered) in all, for comparison. */
  mark(kind: 'picked' | 'hovered', facet: number, cell: Cell | null): void {
    this.facets.forEach(({ heatmap }, at) => heatmap.mark(kind, cell && (kind === 'hovered' || at === facet) ? [cell] : []));
  }

  /** Marks other cells that have to do with one that is marked, a list a facet. */
  relate(cells: readonly (readonly Cell[])[]): void {
    this.facets.forEach(({ heatmap }, at) => heatmap.mark('relative', cells[at] ?? []));
  }

  /** Frames the part whose numbers are in the grid. */
  frameGrid(facet: number, part: Viewport | null): void {
    this.facets.forEach(({ heatmap }, at) => heatmap.frame(at === facet ? part : null));
  }

  /** Which facet's numbers are in the grid. */
  activate(facet: number): void {
    this.facets.forEach(({ figure, caption }, at) => {
      figure.classList.toggle('active', at === facet && this.facets.length > 1);
      if (caption instanceof HTMLButtonElement) caption.setAttribute('aria-pressed', String(at === facet));
    });
  }

  /** All pictures as they are, as one PNG in a data URL. */
  toFile(): string {
    return pictureFile(`${this.tensor.name} ${formatShape(this.tensor.shape)} ${this.tensor.dtype}`, this.facets.map(({ heatmap, caption }) => ({ canvas: heatmap.canvas, caption: caption.textContent ?? '' })), this.domain);
  }

  /** Brings a cell into view, where only a part is shown. */
  reveal(cell: Cell): void {
    this.show(revealing(this.viewport, this.facets[0]!.heatmap.plane, cell));
  }

  /** `+` and `-` zoom, `0` shows all, Shift with an arrow pans. Whether the key was one of these. */
  zoomKey(key: string, isShifted = false, around: Cell | null = null): boolean {
    const heatmap = this.facets[0]?.heatmap;
    if (!heatmap) return false;
    const { viewport } = this;
    if (key === '0') this.show(wholeOf(heatmap.plane));
    else if (key === '+' || key === '=' || key === '-') {
      const at = around ? { x: fraction(around.col + 0.5 - viewport.col, viewport.cols), y: fraction(around.row + 0.5 - viewport.row, viewport.rows) } : MIDDLE;
      this.show(zoomed(viewport, heatmap.plane, heatmap.pictureSize, key === '-' ? KEY_ZOOM : 1 / KEY_ZOOM, at));
    } else {
      const step = ({ ArrowUp: [-KEY_PAN, 0], ArrowDown: [KEY_PAN, 0], ArrowLeft: [0, -KEY_PAN], ArrowRight: [0, KEY_PAN] } as Record<string, [number, number]>)[key];
      if (!step || !isShifted) return false;
      this.show(panned(viewport, heatmap.plane, step[0] * viewport.rows, step[1] * viewport.cols));
    }
    return true;
  }

  /** Whether anything changed. */
  private show(next: Viewport): boolean {
    const { row, col, rows, cols } = this.viewport;
    if (row === next.row && col === next.col && rows === next.rows && cols === next.cols) return false;
    this.viewport = next;
    // Wheels and pointers speak more often than the screen shows.
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.paint();
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.describe(), REST_MILLISECONDS);
    });
    this.events.moved(next);
    return true;
  }

  private recolor(): void {
    const generation = ++this.generation;
    const { choice, tensor } = this;
    if (choice.shared || choice.range === 'own' || tensor.dtype === 'bool') {
      this.domains = [domainFor(choice, this.statistics, tensor.dtype)];
      this.bar.show(this.domains[0]!, this.statistics);
      this.draw();
      return;
    }
    Promise.all(this.facets.map((_, facet) => this.events.statistics(facet))).then((all) => {
      if (generation !== this.generation) return;
      this.domains = all.map((statistics) => domainFor(choice, statistics, tensor.dtype));
      this.bar.show(this.domains[0]!, all.length === 1 ? all[0]! : this.statistics);
      this.draw();
    }, (error: unknown) => this.events.failed(error));
  }

  private domainOf(facet: number): Domain {
    return this.domains[facet] ?? this.domains[0]!;
  }

  private draw(): void {
    this.paint();
    this.describe();
  }

  /** The pictures alone: what is done for each frame while they are dragged. */
  private paint(): void {
    this.facets.forEach(({ heatmap }, facet) => {
      heatmap.draw(this.tiles, this.domainOf(facet), this.viewport, this.choice.reduce).catch((error: unknown) => { if (!(error instanceof Superseded)) this.events.failed(error); });
    });
  }

  /** What is said of them. */
  private describe(): void {
    clearTimeout(this.rest);
    if (this.facets.length === 0) return;
    const { plane, levels } = this.facets[0]!.heatmap;
    const isPart = !isWhole(this.viewport, plane);
    this.fit.hidden = !isPart;
    this.facets.forEach(({ heatmap, caption }, facet) => {
      const slice = `[${indexText(this.mapping, facet, null)}]`;
      const domain = this.domainOf(facet);
      caption.textContent = [captionOf(this.tensor, this.mapping, facet), this.choice.shared ? '' : `${formatShort(domain.min)} to ${formatShort(domain.max)}`].filter((part) => part !== '').join(' · ');
      caption.hidden = caption.textContent === '';
      heatmap.label = `Heatmap of ${this.tensor.name}${this.tensor.shape.length > 2 ? slice : ''}: ${plane.rows} by ${plane.cols} values, colours from ${formatShort(domain.min)} to ${formatShort(domain.max)}. The same values are in the grid below.`;
    });
    const { lod, colLod = lod } = levels;
    this.detail.hidden = isExact(levels);
    this.reduce.value = this.choice.reduce;
    this.block.textContent = `of ${Math.min(2 ** lod, plane.rows)} × ${Math.min(2 ** colLod, plane.cols)} elements`;
    const { row, col, rows, cols } = this.viewport;
    this.hint.textContent = isPart ? `rows ${Math.floor(row)}–${Math.ceil(row + rows) - 1}, columns ${Math.floor(col)}–${Math.ceil(col + cols) - 1}` : '';
    this.hint.hidden = !isPart;
  }

  private facet(plane: Plane, at: number, isOneOfSeveral: boolean): Facet {
    const heatmap: Heatmap = new Heatmap(plane, painted, this.tensor.dtype, {
      hover: (cell, event) => this.events.hover(at, cell, event),
      pick: (cell) => this.events.pick(at, cell),
      zoom: (factor, where) => this.show(zoomed(this.viewport, plane, heatmap.pictureSize, factor, where)),
      pan: (rows, cols) => this.show(panned(this.viewport, plane, rows, cols)),
    });
    const caption = isOneOfSeveral ? make('button', { type: 'button', class: 'caption', title: 'Show its numbers in the grid' }) : make('span', { class: 'caption' });
    if (isOneOfSeveral) caption.addEventListener('click', () => this.events.choose(at));
    return { heatmap, caption, figure: make('figure', {}, heatmap.element, make('figcaption', {}, caption)) };
  }
}

/** Where a position lies in a part, if it does; else the middle. */
function fraction(at: number, size: number): number {
  return at >= 0 && at <= size ? at / size : 0.5;
}

/** `nH 1`, `imag`, or the slice where its dim has no name; empty for a single picture. */
export function captionOf(tensor: TensorMetadata, mapping: Mapping, facet: number): string {
  const { facetDim } = mapping;
  if (facetDim === null) return '';
  const symbol = symbolOf(tensor, facetDim);
  return placeName(tensor, facetDim, facet) ?? (symbol === null ? `[${indexText(mapping, facet, null)}]` : `${symbol} ${facet}`);
}

/** The matrices that a mapping shows, one a facet. */
export function planesOf(tensor: TensorMetadata, { rowDim, colDim, facetDim, index }: Mapping): Plane[] {
  const size = (dim: number | null): number => (dim === null ? 1 : tensor.shape[dim]!);
  return Array.from({ length: size(facetDim) }, (_, facet) => ({
    tensor: tensor.id, rowDim, colDim, rows: size(rowDim), cols: size(colDim), index: index.map((at, dim) => (dim === facetDim ? facet : at)),
  }));
}
