/** One tensor on the page: facts, statistics, controls, heatmaps, read-out and numbers, all of the same slice and cell. */
import { actionOf } from './actions';
import { Advice } from './advice';
import { AgreementTable } from './agreementTable';
import { Cancelled } from './channel';
import type { Channel } from './channel';
import { ColorControls } from './colorControls';
import { Controls, symbolOf } from './controls';
import { Distribution } from './distribution';
import { make } from './dom';
import { ExactStatistics } from './exactStatistics';
import { facts } from './facts';
import { formatShape } from './format';
import type { LinkGroup } from './linkGroup';
import { cellsOf, LinkedStrip } from './linkedStrip';
import { ravel } from './relations';
import type { Member } from './relations';
import { Grid } from './grid';
import { helpDialog } from './help';
import { runAction } from './keyboard';
import { cellAfter } from './keys';
import { cellOf, defaultMapping, fullIndex, indexText, restoredMapping, sliceOf } from './mapping';
import type { Cell, Mapping } from './mapping';
import { message } from './message';
import { Outputs } from './outputs';
import type { Shown } from './outputs';
import { Pictures } from './pictures';
import type { FindRequest, TensorMetadata, TensorStatistics } from './protocol';
import { restoredColors, USUAL_COLORS } from './range';
import type { ColorChoice } from './range';
import { indexed, Readout } from './readout';
import type { Place } from './readout';
import type { ViewState } from './state';
import { StatisticsTable } from './statistics';
import { tensorMenu } from './tensorMenu';
import { Superseded, TileCache } from './tiles';

interface Parts { readonly pictures: Pictures; readonly controls: Controls; readonly colors: ColorControls }

/** In CSS pixels: from here on linked tensors stand beside; below, statistics are a column. */
const WIDE = 1000;
const NARROW = 480;

/** The tensor is one of three that are linked. */
export interface LinkOfView { readonly group: LinkGroup; readonly member: Member; open(tensor: string): void }

export class TensorView {
  readonly element = make('section', { class: 'tensor' });
  private readonly tiles: TileCache;
  private readonly grid: Grid;
  private readonly statistics: StatisticsTable;
  private readonly exact: ExactStatistics;
  private readonly readout: Readout;
  private readonly distribution: Distribution;
  private whole: TensorStatistics | null = null;
  private sliceStatistics: TensorStatistics | null = null;
  /** All but the linked tensors. */
  private readonly main = make('div', { class: 'main' });
  private readonly heading = make('h2', {});
  private readonly faults = make('div', { class: 'faults' });
  private readonly help = helpDialog();
  private readonly menu: HTMLElement;
  private readonly outputs: Outputs;
  private readonly agreement: AgreementTable | null;
  private readonly advice: Advice;
  private parts: Parts | null = null;
  private strip: LinkedStrip | null = null;
  private mapping: Mapping;
  private colors: ColorChoice;
  private facet: number;
  private picked: Cell | null;
  /** The linked tensors are folded to their title. */
  private folded: boolean;
  /** The user stopped the exact statistics. */
  private stopped: boolean;
  private frame = 0;

  constructor(private readonly channel: Channel, readonly tensor: TensorMetadata, saved: ViewState | null, private readonly onChange: (state: ViewState) => void, private readonly link: LinkOfView | null = null, others: readonly TensorMetadata[] = []) {
    this.mapping = restoredMapping(saved?.mapping, tensor.shape) ?? defaultMapping(tensor.shape, tensor.complex !== undefined);
    // A difference has a middle.
    this.colors = restoredColors(saved?.colors ?? (tensor.comparison?.kind === 'difference' ? { ...USUAL_COLORS, symmetric: true } : null));
    const isCell = (cell: Cell): boolean => cell.row < this.size(this.mapping.rowDim) && cell.col < this.size(this.mapping.colDim);
    this.picked = saved?.cell && isCell(saved.cell) ? saved.cell : null;
    this.facet = saved && saved.facet < this.size(this.mapping.facetDim) ? saved.facet : 0;
    this.folded = saved?.folded === true;
    this.stopped = saved?.stopped === true;
    this.tiles = new TileCache((request) => channel.tile(request), { samples: tensor.samples === true });
    this.statistics = new StatisticsTable(tensor.dtype, (sought, inSlice) => this.find(sought, inSlice));
    this.distribution = new Distribution(tensor.dtype, (request) => channel.tile({ lod: 0, ...request }));
    const failed = (error: unknown): void => this.fail(error);
    this.readout = new Readout(tensor, this.tiles, failed);
    this.exact = new ExactStatistics(channel, tensor, (text) => this.readout.announce(text), (stopped) => {
      this.stopped = stopped;
      this.save();
    });
    this.grid = new Grid(this.tiles, {
      pick: (cell) => void this.pick(this.facet, cell), hover: (cell) => this.hover(this.facet, cell, null), failed,
      moved: (part) => this.parts?.pictures.frameGrid(this.facet, part),
    });
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.outputs = new Outputs(channel, tensor, this.tiles, this.readout, () => this.shown(), (error, what) => this.fail(error, what));
    this.advice = new Advice(tensor.dtype, (part) => this.recolor({ ...this.colors, ...part }));
    this.menu = tensorMenu(channel, tensor, others);
    this.agreement = tensor.comparison ? new AgreementTable(channel, tensor, (index) => this.go(index), failed) : null;
    this.element.append(this.main);
    this.main.append(facts(tensor, () => channel.reveal(tensor.id), this.menu), this.faults, ...(this.agreement ? [this.agreement.element] : []), this.statistics.element, this.exact.element);
  }

  /** Called whenever the tab is opened, and to try again. Faults are shown, not thrown. */
  async show(): Promise<void> {
    this.faults.replaceChildren();
    try {
      if (!this.parts) await this.begin();
      else this.parts.pictures.layout();
      await Promise.all([this.showSlice(), this.strip?.show()]);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The theme has changed. */
  repaint(): void {
    this.distribution.repaint();
  }

  private async begin(): Promise<void> {
    const { tensor } = this;
    const statistics = await this.channel.statistics(tensor.id, null, { sampled: tensor.samples === true });
    this.statistics.showWhole(statistics);
    if (this.parts) return;
    this.spread();
    this.observe();
    if (tensor.shape.includes(0)) {
      this.main.append(message(`There are no elements: ${tensor.shape.flatMap((size, dim) => (size === 0 ? [symbolOf(tensor, dim) === null ? `dim ${dim}` : `dim ${dim} (${symbolOf(tensor, dim)})`] : [])).join(' and ')} of ${formatShape(tensor.shape)} is 0.`));
      return;
    }
    this.whole = statistics;
    this.parts = this.build(statistics);
    this.agreement?.show();
    const { pictures, controls, colors } = this.parts;
    const { readout } = this;
    this.strip = this.link && this.linked(this.link, pictures);
    if (this.strip) this.element.append(this.strip.element);
    this.spread();
    this.main.append(make('div', { class: 'choices' }, controls.element, colors.element), this.advice.element, pictures.element, readout.element, this.distribution.element, readout.announcement, this.heading, this.grid.element, readout.tooltip.element, this.help);
    // One value needs no picture, and is all of its statistics.
    pictures.element.hidden = colors.element.hidden = this.statistics.element.hidden = this.heading.hidden = this.grid.element.hidden = tensor.shape.length === 0;
    this.element.classList.toggle('single-value', tensor.shape.length === 0);
    this.menu.prepend(this.outputs.menus());
    const keys = make('button', { 'type': 'button', 'class': 'secondary keys', 'aria-label': 'Keys', 'title': 'Keys (?)' }, '?');
    keys.addEventListener('click', () => this.help.showModal());
    this.menu.append(keys);
    pictures.build(this.mapping);
    if (statistics.sampled !== undefined) this.refine(statistics);
  }

  /** Sizes follow the panel's. */
  private observe(): void {
    let width = this.element.clientWidth;
    new ResizeObserver(() => {
      if (this.element.clientWidth === width || this.element.clientWidth === 0) return;
      width = this.element.clientWidth;
      // Not at once: sizes that change while they are observed are an error.
      requestAnimationFrame(() => {
        this.spread();
        this.parts?.pictures.layout();
      });
    }).observe(this.element);
  }

  /** The linked tensors stand beside all else where there is room, and else below it, always in view. */
  private spread(): void {
    const width = this.element.clientWidth;
    this.element.classList.toggle('wide', width >= WIDE);
    this.element.classList.toggle('narrow', width > 0 && width < NARROW);
  }

  private build(statistics: TensorStatistics): Parts {
    const { tensor, tiles } = this;
    const pictures = new Pictures(tensor, statistics, this.colors, tiles, {
      hover: (facet, cell, event) => this.hover(facet, cell, event),
      pick: (facet, cell) => void this.pick(facet, cell).then(() => this.grid.element.focus({ preventScroll: true })),
      choose: (facet) => this.choose(facet),
      range: (bounds) => this.recolor({ ...this.colors, ...(bounds ? { range: 'own' as const, ...bounds } : { range: 'full' as const }) }),
      reduce: (reduce) => this.recolor({ ...this.colors, reduce }),
      moved: ({ row, col }) => void this.grid.follow({ row: Math.floor(row), col: Math.floor(col) }),
      statistics: (facet) => this.channel.statistics(tensor.id, tensor.shape.length > 2 ? sliceOf(this.mapping, facet) : null),
      docked: () => (this.strip && !this.element.classList.contains('wide') ? this.strip.element.offsetHeight : 0),
      failed: (error) => this.fail(error),
    });
    const controls = new Controls(tensor, this.mapping, {
      roles: (mapping) => {
        Object.assign(this, { mapping, facet: 0, picked: null });
        pictures.build(mapping);
        this.changed();
      },
      slice: (mapping) => {
        this.mapping = mapping;
        // A dragged slider asks more often than the screen shows.
        cancelAnimationFrame(this.frame);
        this.frame = requestAnimationFrame(() => {
          pictures.slice(mapping);
          this.changed();
        });
      },
    });
    return { pictures, controls, colors: new ColorControls(tensor.dtype, tensor.shape.length > 2, this.colors, (choice) => this.recolor(choice)) };
  }

  private linked({ group, member, open }: LinkOfView, pictures: Pictures): LinkedStrip {
    group.onPoint((pointed) => {
      if (this.element.isConnected) pictures.relate(cellsOf(pointed?.related[member] ?? [], this.tensor.shape, this.mapping, pictures.count));
    });
    return new LinkedStrip(group, member, {
      open, reveal: (tensor) => this.channel.reveal(tensor), loaded: () => pictures.layout(),
      folded: (folded) => {
        this.folded = folded;
        pictures.layout();
        this.save();
      },
    }, this.folded);
  }

  /** Tells the linked tensors what is pointed at, or picked. Where it comes from, a line each. */
  private point(facet: number, cell: Cell | null): string[] {
    return this.link?.group.point(this.link.member, cell && ravel(fullIndex(this.mapping, facet, cell), this.tensor.shape)) ?? [];
  }

  /** The exact statistics take the place of those from a sample, in the background. */
  private refine(sample: TensorStatistics): void {
    this.exact.whole((statistics) => {
      if (statistics.stopped) {
        this.statistics.showKnown(statistics);
        this.parts?.pictures.color(this.colors, extended(sample, statistics));
        return;
      }
      this.whole = statistics;
      this.statistics.showWhole(statistics);
      this.parts?.pictures.color(this.colors, statistics);
      this.distribute();
    }, this.stopped);
  }

  private recolor(choice: ColorChoice): void {
    this.colors = choice;
    this.parts?.colors.show(choice);
    this.parts?.pictures.color(choice);
    this.distribute();
    this.save();
  }

  private shown(): Shown | null {
    const { parts, mapping, facet, picked } = this;
    const plane = parts?.pictures.plane(facet);
    return parts && plane ? { plane, slice: sliceOf(mapping, facet), picked: this.tensor.shape.length === 0 ? { row: 0, col: 0 } : picked, picture: () => parts.pictures.toFile() } : null;
  }

  private distribute(): void {
    const { parts, whole, tensor } = this;
    if (!parts || !whole || tensor.shape.length === 0) return;
    this.advice.show(whole, this.colors);
    this.distribution.showWhole(whole, parts.pictures.domain);
    this.distribution.showSlice(`[${indexText(this.mapping, this.facet, null)}]`, tensor.shape.length > 2 ? this.sliceStatistics : null, parts.pictures.domain);
  }

  private cut(): void {
    const plane = this.parts?.pictures.plane(this.facet);
    if (plane) this.distribution.cut(plane, this.picked).catch((error: unknown) => this.fail(error));
  }

  private changed(): void {
    this.save();
    this.showSlice().catch((error: unknown) => this.fail(error));
  }

  /** The chosen facet: its numbers, its statistics, its cell. */
  private async showSlice(): Promise<void> {
    const { tensor, mapping, facet, parts } = this;
    const plane = parts?.pictures.plane(facet);
    if (!parts || !plane) return;
    const text = indexText(mapping, facet, null);
    const name = tensor.shape.length > 2 ? indexed(tensor.name, text) : tensor.name;
    this.heading.textContent = name;
    parts.pictures.activate(facet);
    parts.pictures.mark('picked', facet, this.picked);
    this.statistics.showSlice(tensor.shape.length > 2 ? `[${text}]` : null, null);
    if (this.picked) void this.readout.say(this.place(plane, facet, this.picked), false);
    else this.readout.text = tensor.shape.length === 0 ? '' : 'Point at a cell, or move through the numbers with the arrow keys.';
    const jobs: Promise<unknown>[] = [];
    if (tensor.shape.length > 0) jobs.push(this.grid.show(plane, tensor, `Values of ${name}`).then(() => this.grid.pick(this.picked)));
    else jobs.push(this.readout.say(this.place(plane, facet, { row: 0, col: 0 }), false));
    this.sliceStatistics = null;
    if (tensor.shape.length > 2) {
      this.exact.slice(`[${text}]`, sliceOf(mapping, facet), (statistics) => {
        this.statistics.showSlice(`[${text}]`, statistics);
        if (statistics.stopped) return;
        this.sliceStatistics = statistics;
        this.distribute();
      });
    }
    this.distribute();
    this.cut();
    await Promise.all(jobs);
  }

  private choose(facet: number): void {
    this.facet = facet;
    this.changed();
  }

  private async pick(facet: number, cell: Cell): Promise<void> {
    const isOther = facet !== this.facet;
    Object.assign(this, { facet, picked: cell });
    if (isOther) this.changed();
    else this.save();
    this.point(facet, cell);
    if (!isOther) this.cut();
    const { pictures } = this.parts!;
    pictures.mark('picked', facet, cell);
    pictures.reveal(cell);
    const plane = pictures.plane(facet);
    await Promise.all([plane && this.readout.say(this.place(plane, facet, cell), true), ...(isOther ? [] : [this.grid.pick(cell)])]);
  }

  private hover(facet: number, cell: Cell | null, event: PointerEvent | null): void {
    const { pictures } = this.parts!;
    pictures.mark('hovered', facet, cell);
    this.grid.hover(cell);
    const sources = this.point(cell ? facet : this.facet, cell ?? this.picked);
    const plane = pictures.plane(facet);
    if (!cell || !plane) {
      this.readout.leave();
      const own = pictures.plane(this.facet);
      if (this.picked && own) void this.readout.say(this.place(own, this.facet, this.picked), false);
    } else if (event) this.readout.point(this.place(plane, facet, cell), event, sources);
    else void this.readout.say(this.place(plane, facet, cell), false);
  }

  /** Shows an element: its slice, and its cell there. */
  private go(index: readonly number[]): void {
    this.parts?.controls.go(index);
    const found = cellOf({ ...this.mapping, index }, index);
    if (found) void this.pick(found.facet, found.cell);
  }

  /** Goes to the next element that is what a statistic says. */
  private find(sought: FindRequest['sought'], inSlice: boolean): void {
    const { tensor, mapping, facet, picked } = this;
    const slice = inSlice ? sliceOf(mapping, facet) : tensor.shape.map(() => null);
    const after = picked && fullIndex(mapping, facet, picked);
    this.readout.work(`Looking for ${sought}`, (work) => this.channel.find({ tensor: tensor.id, slice, sought, after }, work)).then((index) => {
      if (index) this.go(index);
      else this.readout.text = `There is no ${sought} in it.`;
    }, (error: unknown) => { if (!(error instanceof Cancelled)) this.fail(error, 'It could not be found'); });
  }

  private place(plane: Place['plane'], facet: number, cell: Cell): Place {
    return { plane, mapping: this.mapping, facet, cell };
  }

  private key(event: KeyboardEvent): void {
    const { parts } = this;
    if (event.key === 'Escape' && !this.help.open && (this.readout.cancel() || this.exact.stop())) return event.preventDefault();
    const plane = parts?.pictures.plane(this.facet);
    if (!parts || !plane || this.help.open) return;
    const action = actionOf(event, event.target);
    if (action === null) return;
    if (action.type === 'move') {
      const cell = cellAfter(event, this.picked, plane.rows, plane.cols, this.grid.page);
      if (cell) void this.pick(this.facet, cell);
    } else if (action.type === 'zoom') parts.pictures.zoomKey(event.key, event.shiftKey, this.picked);
    else {
      runAction(action.type, event.key, {
        ...parts, readout: this.readout, exact: this.exact, choose: (facet) => this.choose(facet), copy: () => this.outputs.copyValue(), reveal: () => this.channel.reveal(this.tensor.id), help: () => this.help.showModal(),
      });
    }
    event.preventDefault();
  }

  private fail(error: unknown, what = 'The values could not be shown'): void {
    if (error instanceof Superseded) return;
    const text = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    this.faults.replaceChildren(message(text, { kind: 'alert', action: 'Try again', run: () => void this.show() }));
  }

  private save(): void {
    this.onChange({ mapping: this.mapping, facet: this.facet, cell: this.picked, colors: this.colors, ...(this.folded ? { folded: true } : {}), ...(this.stopped ? { stopped: true } : {}) });
  }

  private size(dim: number | null): number {
    return dim === null ? 1 : this.tensor.shape[dim]!;
  }
}

/** Of a sample, with the extremes that are known besides. */
function extended(sample: TensorStatistics, { min, max }: TensorStatistics): TensorStatistics {
  const both = (pick: (...values: number[]) => number, a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : pick(a, b));
  return { ...sample, min: both(Math.min, sample.min, min), max: both(Math.max, sample.max, max) };
}
