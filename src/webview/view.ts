/** One tensor on the page: facts, controls, heatmaps, colour bar, numbers, read-out. */
import type { Channel } from './channel';
import { colorBar } from './colorbar';
import { controls } from './controls';
import { domainOf } from './domain';
import { formatExact, formatShort, isFloat } from './format';
import { Grid } from './grid';
import { Heatmap } from './heatmap';
import type { Cell } from './heatmap';
import { defaultMapping } from './mapping';
import type { Mapping } from './mapping';
import type { TensorMetadata, TensorStatistics } from './protocol';
import { TileCache } from './tiles';
import type { Plane } from './tiles';

export class TensorView {
  readonly element = document.createElement('section');
  private readonly tiles: TileCache;
  private readonly grid: Grid;
  private readonly pictures = document.createElement('div');
  private readonly controls = document.createElement('div');
  private readonly readout = document.createElement('output');
  private readonly heading = document.createElement('h2');
  private statistics: TensorStatistics | null = null;
  private heatmaps: Heatmap[] = [];
  private facet = 0;
  private cell: Cell | null = null;
  /** Counts the redraws: what an overtaken one still draws is dropped. */
  private generation = 0;

  constructor(private readonly channel: Channel, readonly tensor: TensorMetadata, private mapping: Mapping | null, private readonly onMapping: (mapping: Mapping) => void) {
    this.tiles = new TileCache((request) => channel.tile(request));
    this.grid = new Grid(this.tiles, (cell) => void this.pick(this.facet, cell));
    this.element.className = 'tensor';
    this.pictures.className = 'pictures';
    this.readout.className = 'readout';
    this.readout.setAttribute('aria-live', 'polite');
    this.grid.element.addEventListener('keydown', (event) => this.key(event));
    this.element.append(this.facts(), this.controls, this.pictures, this.readout, this.heading, this.grid.element);
  }

  async show(): Promise<void> {
    if (!this.statistics) {
      this.statistics = await this.channel.statistics(this.tensor.id);
      this.element.querySelector('.statistics')!.replaceWith(statisticsList(this.statistics));
    }
    this.mapping ??= defaultMapping(this.tensor.shape);
    await this.redraw();
  }

  private facts(): HTMLElement {
    const { tensor } = this;
    const header = document.createElement('header');
    const title = document.createElement('button');
    title.className = 'title';
    title.title = 'Show the line that made it';
    title.textContent = tensor.name;
    title.addEventListener('click', () => this.channel.reveal(tensor.id));
    const shape = document.createElement('code');
    shape.textContent = `(${tensor.shape.join(', ')}${tensor.shape.length === 1 ? ',' : ''}) ${tensor.dtype}`;
    const origin = document.createElement('p');
    origin.className = 'origin';
    origin.textContent = [`computed on ${backendName(tensor.backend)}`, ...tensor.provenance].join(' · ');
    const statistics = document.createElement('p');
    statistics.className = 'statistics';
    statistics.textContent = 'reading the values …';
    header.append(title, shape, origin, statistics);
    return header;
  }

  private planes(): Plane[] {
    const { tensor } = this;
    const mapping = this.mapping!;
    const { rowDim, colDim, facetDim } = mapping;
    const rows = rowDim === null ? 1 : tensor.shape[rowDim]!;
    const cols = colDim === null ? 1 : tensor.shape[colDim]!;
    const count = facetDim === null ? 1 : tensor.shape[facetDim]!;
    return Array.from({ length: count }, (_, facet) => ({
      tensor: tensor.id, rowDim, colDim, rows, cols,
      index: mapping.index.map((at, dim) => (dim === facetDim ? facet : dim === rowDim || dim === colDim ? 0 : at)),
    }));
  }

  private async redraw(): Promise<void> {
    const generation = ++this.generation;
    const mapping = this.mapping!;
    const domain = domainOf(this.statistics!, isFloat(this.tensor.dtype));
    this.controls.replaceChildren(controls(this.tensor, mapping, (next) => {
      this.mapping = next;
      this.cell = null;
      this.onMapping(next);
      void this.redraw();
    }));
    const planes = this.planes();
    this.facet = Math.min(this.facet, Math.max(0, planes.length - 1));
    this.heatmaps = planes.map((plane, facet) => new Heatmap(plane, this.pictureLabel(facet), planes.length > 1, (cell) => this.hover(facet, cell), (cell) => void this.pick(facet, cell)));
    this.pictures.replaceChildren(...this.heatmaps.map((heatmap, facet) => this.figure(heatmap, facet)), colorBar(domain));
    const empty = this.tensor.shape.includes(0);
    this.pictures.hidden = empty;
    this.readout.textContent = empty ? 'The tensor has no elements.' : 'Point at a cell, or move through the numbers with the arrow keys.';
    if (empty || planes.length === 0) return;
    await Promise.all(this.heatmaps.map((heatmap) => heatmap.draw(this.tiles, domain)));
    if (generation === this.generation) await this.showNumbers();
  }

  private figure(heatmap: Heatmap, facet: number): HTMLElement {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const sampled = heatmap.stride > 1 ? `, every ${heatmap.stride}th element` : '';
    caption.textContent = this.mapping!.facetDim === null ? sampled.slice(2) : `[${this.indexText(facet, null)}]${sampled}`;
    figure.append(heatmap.element, caption);
    return figure;
  }

  private pictureLabel(facet: number): string {
    return `Heatmap of ${this.tensor.name}${this.mapping!.facetDim === null ? '' : ` at [${this.indexText(facet, null)}]`}; the numbers follow in the grid`;
  }

  private async showNumbers(): Promise<void> {
    const plane = this.heatmaps[this.facet]!.plane;
    this.heading.textContent = this.tensor.shape.length > 2 ? `${this.tensor.name}[${this.indexText(this.facet, null)}]` : this.tensor.name;
    await this.grid.show(plane, this.tensor.dtype, `Values of ${this.tensor.name}`);
  }

  /** The index of a cell, or of a whole slice, as Python writes it. */
  private indexText(facet: number, cell: Cell | null): string {
    const { rowDim, colDim, facetDim, index } = this.mapping!;
    return this.tensor.shape.map((_, dim) => {
      if (dim === facetDim) return String(facet);
      if (dim === rowDim) return cell ? String(cell.row) : ':';
      if (dim === colDim) return cell ? String(cell.col) : ':';
      return String(index[dim]);
    }).join(', ');
  }

  private hover(facet: number, cell: Cell | null): void {
    if (cell) void this.say(facet, cell);
    else if (this.cell) void this.say(this.facet, this.cell);
  }

  private async say(facet: number, cell: Cell): Promise<void> {
    const plane = this.heatmaps[facet]!.plane;
    const [value] = await this.tiles.block(plane, cell.row, cell.col, 1, 1);
    const index = this.indexText(facet, cell);
    this.readout.textContent = `${this.tensor.name}${index === '' ? '' : `[${index}]`} = ${formatExact(value!, this.tensor.dtype)}`;
  }

  private async pick(facet: number, cell: Cell): Promise<void> {
    const changed = facet !== this.facet;
    this.facet = facet;
    this.cell = cell;
    this.heatmaps.forEach((heatmap, at) => heatmap.select(at === facet ? cell : null));
    await this.say(facet, cell);
    await this.grid.select(cell);
    if (changed) await this.showNumbers();
    await this.grid.reveal(cell);
  }

  private key(event: KeyboardEvent): void {
    const move = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
    if (!move || this.heatmaps.length === 0) return;
    event.preventDefault();
    const { rows, cols } = this.heatmaps[this.facet]!.plane;
    const from = this.cell ?? { row: 0, col: 0 };
    const next = this.cell === null ? from : { row: Math.min(rows - 1, Math.max(0, from.row + move[0])), col: Math.min(cols - 1, Math.max(0, from.col + move[1])) };
    void this.pick(this.facet, next);
  }
}

function statisticsList(statistics: TensorStatistics): HTMLElement {
  const list = document.createElement('dl');
  list.className = 'statistics';
  const entries: [string, string][] = [
    ['min', formatShort(statistics.min)], ['max', formatShort(statistics.max)], ['mean', formatShort(statistics.mean)], ['std', formatShort(statistics.std)], ['elements', String(statistics.count)],
    ...(statistics.nan > 0 ? [['nan', String(statistics.nan)] as [string, string]] : []),
    ...(statistics.positiveInfinity + statistics.negativeInfinity > 0 ? [['inf', String(statistics.positiveInfinity + statistics.negativeInfinity)] as [string, string]] : []),
  ];
  for (const [name, value] of entries) {
    const term = document.createElement('dt');
    const text = document.createElement('dd');
    term.textContent = name;
    text.textContent = value;
    list.append(term, text);
  }
  return list;
}

export function backendName(backend: string): string {
  return ({ tensorflow: 'TensorFlow (native)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as Record<string, string>)[backend] ?? backend;
}
