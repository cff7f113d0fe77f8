/** One tensor on the page: facts, statistics, controls, heatmaps, read-out and numbers, all of the same slice and cell. */
import type { Channel } from './channel';
import { Controls } from './controls';
import { make } from './dom';
import { facts } from './facts';
import { formatExact, formatShape } from './format';
import { Grid } from './grid';
import { cellAfter } from './keys';
import { defaultMapping, indexText, restoredMapping, sliceOf } from './mapping';
import type { Cell, Mapping } from './mapping';
import { message } from './message';
import { Pictures } from './pictures';
import type { TensorMetadata } from './protocol';
import type { ViewState } from './state';
import { StatisticsTable } from './statistics';
import { Superseded, TileCache } from './tiles';

export class TensorView {
  readonly element = make('section', { class: 'tensor' });
  private readonly tiles: TileCache;
  private readonly grid: Grid;
  private readonly statistics: StatisticsTable;
  private readonly readout = make('div', { class: 'readout' });
  /** What a screen reader says when the cell changes; the pointer's way over a picture is not read out. */
  private readonly announcement = make('div', { class: 'screen-reader', 'aria-live': 'polite' });
  private readonly heading = make('h2', {});
  private readonly faults = make('div', { class: 'faults' });
  private pictures: Pictures | null = null;
  private mapping: Mapping;
  private facet: number;
  private picked: Cell | null;
  /** Counts what is read out: a value that arrives late is not. */
  private spoken = 0;
  /** Counts the slices: what belongs to an earlier one is not shown. */
  private generation = 0;
  private frame = 0;

  constructor(private readonly channel: Channel, readonly tensor: TensorMetadata, saved: ViewState | null, private readonly onChange: (state: ViewState) => void) {
    this.mapping = restoredMapping(saved?.mapping, tensor.shape) ?? defaultMapping(tensor.shape);
    const isCell = (cell: Cell): boolean => cell.row < this.size(this.mapping.rowDim) && cell.col < this.size(this.mapping.colDim);
    this.picked = saved?.cell && isCell(saved.cell) ? saved.cell : null;
    this.facet = saved && saved.facet < this.size(this.mapping.facetDim) ? saved.facet : 0;
    this.tiles = new TileCache((request) => channel.tile(request));
    this.statistics = new StatisticsTable(tensor.dtype);
    const failed = (error: unknown): void => this.fail(error);
    this.grid = new Grid(this.tiles, { pick: (cell) => void this.pick(this.facet, cell), hover: (cell) => this.hover(this.facet, cell), failed });
    this.grid.element.addEventListener('keydown', (event) => this.key(event));
    this.element.append(facts(tensor, () => channel.reveal(tensor.id)), this.faults, this.statistics.element);
  }

  /** Called whenever the tab is opened, and to try again. Faults are shown, not thrown. */
  async show(): Promise<void> {
    this.faults.replaceChildren();
    try {
      if (!this.pictures) await this.begin();
      else this.pictures.layout();
      await this.showSlice();
    } catch (error) {
      this.fail(error);
    }
  }

  private async begin(): Promise<void> {
    const { tensor, tiles } = this;
    if (tensor.shape.includes(0)) {
      this.statistics.showWhole(await this.channel.statistics(tensor.id));
      this.element.append(message(`There are no elements: a dim of ${formatShape(tensor.shape)} has size 0.`));
      return;
    }
    const statistics = await this.channel.statistics(tensor.id);
    this.statistics.showWhole(statistics);
    if (this.pictures) return;
    this.pictures = new Pictures(tensor, statistics, tiles, {
      hover: (facet, cell) => this.hover(facet, cell),
      pick: (facet, cell) => void this.pick(facet, cell).then(() => this.grid.element.focus({ preventScroll: true })),
      choose: (facet) => void this.choose(facet),
      failed: (error) => this.fail(error),
    });
    const controls = new Controls(tensor, this.mapping, {
      roles: (mapping) => {
        Object.assign(this, { mapping, facet: 0, picked: null });
        this.pictures!.build(mapping);
        this.changed();
      },
      slice: (mapping) => {
        this.mapping = mapping;
        // A dragged slider asks more often than the screen shows.
        cancelAnimationFrame(this.frame);
        this.frame = requestAnimationFrame(() => {
          this.pictures!.slice(mapping);
          this.changed();
        });
      },
    });
    this.element.append(controls.element, this.pictures.element, this.readout, this.announcement, this.heading, this.grid.element);
    // One value needs no picture.
    this.pictures.element.hidden = tensor.shape.length === 0;
    this.pictures.build(this.mapping);
    let width = this.element.clientWidth;
    new ResizeObserver(() => {
      if (this.element.clientWidth === width || this.element.clientWidth === 0) return;
      width = this.element.clientWidth;
      // Not at once: sizes that change while they are observed are an error.
      requestAnimationFrame(() => this.pictures!.layout());
    }).observe(this.element);
  }

  private changed(): void {
    this.save();
    this.showSlice().catch((error: unknown) => this.fail(error));
  }

  /** The chosen facet: its numbers, its statistics, its cell. */
  private async showSlice(): Promise<void> {
    const { tensor, mapping, facet, pictures } = this;
    const plane = pictures?.plane(facet);
    if (!pictures || !plane) return;
    const generation = ++this.generation;
    const text = indexText(mapping, facet, null);
    const name = tensor.shape.length > 2 ? `${tensor.name}[${text}]` : tensor.name;
    this.heading.textContent = name;
    pictures.activate(facet);
    this.mark(this.picked);
    this.statistics.showSlice(tensor.shape.length > 2 ? `[${text}]` : null, null);
    if (this.picked) void this.say(facet, this.picked, false);
    else this.readout.textContent = tensor.shape.length === 0 ? '' : 'Point at a cell, or move through the numbers with the arrow keys.';
    const jobs: Promise<unknown>[] = [this.grid.show(plane, tensor.dtype, `Values of ${name}`).then(() => this.grid.pick(this.picked))];
    if (tensor.shape.length === 0) jobs.push(this.say(facet, { row: 0, col: 0 }, false));
    if (tensor.shape.length > 2) {
      jobs.push(this.channel.statistics(tensor.id, sliceOf(mapping, facet)).then((statistics) => {
        if (generation === this.generation) this.statistics.showSlice(`[${text}]`, statistics);
      }));
    }
    await Promise.all(jobs);
  }

  private async choose(facet: number): Promise<void> {
    this.facet = facet;
    this.changed();
  }

  private async pick(facet: number, cell: Cell): Promise<void> {
    const isOther = facet !== this.facet;
    Object.assign(this, { facet, picked: cell });
    if (isOther) this.changed();
    else this.save();
    this.mark(cell);
    await Promise.all([this.say(facet, cell, true), ...(isOther ? [] : [this.grid.pick(cell)])]);
  }

  private hover(facet: number, cell: Cell | null): void {
    this.pictures?.mark('hovered', facet, cell);
    this.grid.hover(cell);
    if (cell) void this.say(facet, cell, false);
    else if (this.picked) void this.say(this.facet, this.picked, false);
  }

  private mark(cell: Cell | null): void {
    this.pictures?.mark('picked', this.facet, cell);
  }

  private async say(facet: number, cell: Cell, aloud: boolean): Promise<void> {
    const plane = this.pictures?.plane(facet);
    if (!plane) return;
    const turn = ++this.spoken;
    try {
      const [value] = await this.tiles.block(plane, cell.row, cell.col, 1, 1);
      if (turn !== this.spoken) return;
      const index = indexText(this.mapping, facet, cell);
      const text = `${this.tensor.name}${index === '' ? '' : `[${index}]`} = ${formatExact(value!, this.tensor.dtype)}`;
      this.readout.textContent = text;
      if (aloud) this.announcement.textContent = text;
    } catch (error) {
      this.fail(error);
    }
  }

  private key(event: KeyboardEvent): void {
    const plane = this.pictures?.plane(this.facet);
    if (!plane) return;
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && this.picked) {
      event.preventDefault();
      const { row, col } = this.picked;
      this.tiles.block(plane, row, col, 1, 1).then(([value]) => {
        this.channel.copy(formatExact(value!, this.tensor.dtype));
        this.announcement.textContent = 'Copied the value';
      }, (error: unknown) => this.fail(error));
      return;
    }
    const cell = cellAfter(event, this.picked, plane.rows, plane.cols, this.grid.page);
    if (!cell) return;
    event.preventDefault();
    void this.pick(this.facet, cell);
  }

  private fail(error: unknown): void {
    if (error instanceof Superseded) return;
    const text = `The values could not be shown: ${error instanceof Error ? error.message : String(error)}`;
    this.faults.replaceChildren(message(text, { kind: 'alert', action: 'Try again', run: () => void this.show() }));
  }

  private save(): void {
    this.onChange({ mapping: this.mapping, facet: this.facet, cell: this.picked });
  }

  private size(dim: number | null): number {
    return dim === null ? 1 : this.tensor.shape[dim]!;
  }
}
