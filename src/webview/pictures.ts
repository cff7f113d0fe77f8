/** The heatmaps of a tensor, one a facet side by side, with the colour bar that they share. */
import { colorBar } from './colorbar';
import { symbolOf } from './controls';
import { make } from './dom';
import { domainOf } from './domain';
import type { Domain } from './domain';
import { formatShort, isFloat } from './format';
import { Heatmap } from './heatmap';
import { pictureSize } from './layout';
import { indexText } from './mapping';
import type { Cell, Mapping } from './mapping';
import { createPainter } from './painter';
import type { TensorMetadata, TensorStatistics } from './protocol';
import { Superseded } from './tiles';
import type { Plane, TileCache } from './tiles';

/** One for the page: browsers allow few WebGL contexts. */
const painter = createPainter();

export interface PictureEvents {
  hover(facet: number, cell: Cell | null): void;
  pick(facet: number, cell: Cell): void;
  /** The slice of this facet is wanted in the grid. */
  choose(facet: number): void;
  failed(error: unknown): void;
}

interface Facet { readonly heatmap: Heatmap; readonly figure: HTMLElement; readonly caption: HTMLElement }

/** Room for the colour bar, in CSS pixels. */
const BAR = 110;

export class Pictures {
  readonly element = make('div', { class: 'pictures' });
  private facets: readonly Facet[] = [];
  private mapping!: Mapping;
  private readonly domain: Domain;
  private readonly bar: HTMLElement;

  constructor(private readonly tensor: TensorMetadata, statistics: TensorStatistics, private readonly tiles: TileCache, private readonly events: PictureEvents) {
    this.element.dataset['painter'] = painter.kind;
    this.domain = domainOf(statistics, isFloat(tensor.dtype));
    if (tensor.dtype === 'bool') this.domain = { min: 0, max: 1, symmetric: false };
    this.bar = colorBar(this.domain, tensor.dtype, statistics);
  }

  /** Dims have other roles: other pictures. */
  build(mapping: Mapping): void {
    this.mapping = mapping;
    const planes = planesOf(this.tensor, mapping);
    this.facets = planes.map((plane, facet) => this.facet(plane, facet, planes.length > 1));
    this.element.replaceChildren(make('div', { class: 'facets' }, ...this.facets.map(({ figure }) => figure)), this.bar);
    this.layout();
  }

  /** The same pictures of another slice. */
  slice(mapping: Mapping): void {
    this.mapping = mapping;
    this.tiles.supersede();
    planesOf(this.tensor, mapping).forEach((plane, facet) => { this.facets[facet]!.heatmap.plane = plane; });
    this.draw();
  }

  /** The panel is as wide as it is, or has become wider: sizes follow, and all is drawn. */
  layout(): void {
    const available = this.element.clientWidth - BAR;
    for (const { heatmap } of this.facets) heatmap.resize(pictureSize(heatmap.plane.rows, heatmap.plane.cols, this.facets.length, available > 0 ? available : Infinity));
    this.draw();
  }

  plane(facet: number): Plane | undefined {
    return this.facets[facet]?.heatmap.plane;
  }

  /** Marks a cell: in the facet that it is in, or (hovered) in all, for comparison. */
  mark(kind: 'picked' | 'hovered', facet: number, cell: Cell | null): void {
    this.facets.forEach(({ heatmap }, at) => heatmap.mark(kind, kind === 'hovered' || at === facet ? cell : null));
  }

  /** Which facet's numbers are in the grid. */
  activate(facet: number): void {
    this.facets.forEach(({ figure, caption }, at) => {
      figure.classList.toggle('active', at === facet && this.facets.length > 1);
      if (caption instanceof HTMLButtonElement) caption.setAttribute('aria-pressed', String(at === facet));
    });
  }

  private draw(): void {
    this.facets.forEach(({ heatmap, caption }, facet) => {
      const slice = `[${indexText(this.mapping, facet, null)}]`;
      const side = 2 ** heatmap.lod;
      caption.textContent = [this.captionOf(facet), side > 1 ? `a pixel is ${side} × ${side} elements` : ''].filter((part) => part !== '').join(' · ');
      caption.hidden = caption.textContent === '';
      heatmap.label = `Heatmap of ${this.tensor.name}${this.tensor.shape.length > 2 ? slice : ''}: ${heatmap.plane.rows} by ${heatmap.plane.cols} values, colours from ${formatShort(this.domain.min)} to ${formatShort(this.domain.max)}. The same values are in the grid below.`;
      heatmap.draw(this.tiles, this.domain).catch((error: unknown) => { if (!(error instanceof Superseded)) this.events.failed(error); });
    });
  }

  private captionOf(facet: number): string {
    const { facetDim } = this.mapping;
    if (facetDim === null) return '';
    const symbol = symbolOf(this.tensor, facetDim);
    return symbol === null ? `[${indexText(this.mapping, facet, null)}]` : `${symbol} ${facet}`;
  }

  private facet(plane: Plane, at: number, isOneOfSeveral: boolean): Facet {
    const heatmap = new Heatmap(plane, painter, { hover: (cell) => this.events.hover(at, cell), pick: (cell) => this.events.pick(at, cell) });
    const caption = isOneOfSeveral ? make('button', { type: 'button', class: 'caption', title: 'Show its numbers in the grid' }) : make('span', { class: 'caption' });
    if (isOneOfSeveral) caption.addEventListener('click', () => this.events.choose(at));
    return { heatmap, caption, figure: make('figure', {}, heatmap.element, make('figcaption', {}, caption)) };
  }
}

/** The matrices that a mapping shows, one a facet. */
export function planesOf(tensor: TensorMetadata, { rowDim, colDim, facetDim, index }: Mapping): Plane[] {
  const size = (dim: number | null): number => (dim === null ? 1 : tensor.shape[dim]!);
  return Array.from({ length: size(facetDim) }, (_, facet) => ({
    tensor: tensor.id, rowDim, colDim, rows: size(rowDim), cols: size(colDim), index: index.map((at, dim) => (dim === facetDim ? facet : at)),
  }));
}
