/** How the values of a tensor and of its slice are distributed, and the cuts through a cell along its row and column. */
import { Chart } from './charts';
import { make } from './dom';
import type { Domain } from './domain';
import { formatCount, formatShort } from './format';
import type { Cell } from './mapping';
import type { Extent, MatrixRequest, Reduction, TensorStatistics, TileRequest } from './protocol';
import type { Plane, Tile } from './tiles';

/** Longer rows are cut to a part around the cell. */
const MAX_CUT = 2 ** 14;
/** A vector in which no cell is picked is drawn whole, from the least and greatest values of so many blocks; longer ones would have to be read twice for it. */
const BLOCKS = 1024;
const MAX_WHOLE = 2 ** 24;

export class Distribution {
  readonly element = make('div', { class: 'charts' });
  private readonly whole = new Chart();
  private readonly slice = new Chart();
  private readonly row = new Chart();
  private readonly col = new Chart();
  /** Counts the cuts: values of an earlier one are not drawn. */
  private turn = 0;

  /** @param read the elements of a part of a tensor, or what blocks of them are reduced to */
  constructor(private readonly dtype: string, private readonly read: (request: MatrixRequest & Partial<Pick<TileRequest, 'lod' | 'colLod' | 'reduce'>>) => Promise<Tile>) {
    this.element.append(this.whole.element, this.slice.element, this.row.element, this.col.element);
  }

  /** The theme has changed. */
  repaint(): void {
    for (const chart of [this.whole, this.slice, this.row, this.col]) chart.repaint();
  }

  showWhole(statistics: TensorStatistics, domain: Domain): void {
    this.histogram(this.whole, 'All values', statistics, domain);
  }

  /** null: there is but one slice. */
  showSlice(label: string, statistics: TensorStatistics | null, domain: Domain): void {
    if (statistics) this.histogram(this.slice, label, statistics, domain);
    else this.slice.hide();
  }

  async cut(plane: Plane, cell: Cell | null): Promise<void> {
    const turn = ++this.turn;
    // A vector is a line of itself, whether a cell is picked or not.
    const at = cell ?? (plane.rowDim === null && plane.cols > 1 ? { row: 0, col: null } : null);
    if (!at) {
      this.row.hide();
      this.col.hide();
      return;
    }
    await Promise.all([this.along(this.row, turn, plane, 'row', at.row, at.col), at.col === null ? this.col.hide() : this.along(this.col, turn, plane, 'col', at.col, at.row)]);
  }

  /** @param line which row or column @param at the place along it; null: none */
  private async along(chart: Chart, turn: number, plane: Plane, kind: 'row' | 'col', line: number, at: number | null): Promise<void> {
    const size = kind === 'row' ? plane.cols : plane.rows;
    if (size < 2) return chart.hide();
    if (at === null && size > MAX_CUT && size <= MAX_WHOLE) return this.outline(chart, turn, plane);
    const start = Math.max(0, Math.min(size - MAX_CUT, (at ?? 0) - MAX_CUT / 2));
    const count = Math.min(size, MAX_CUT);
    const one = (dim: number | null): Extent | null => (dim === null ? null : { dim, start: line, size: 1 });
    const many = (dim: number | null): Extent | null => (dim === null ? null : { dim, start, size: count });
    const values = await this.read({
      tensor: plane.tensor, index: plane.index,
      rows: kind === 'row' ? one(plane.rowDim) : many(plane.rowDim), cols: kind === 'row' ? many(plane.colDim) : one(plane.colDim),
    });
    if (turn !== this.turn) return;
    const extent = extentOf(values);
    if (!extent) return chart.hide();
    const { min, max, place } = extent;
    const title = plane.rowDim === null ? (count < size ? `Values ${start} to ${start + count - 1}` : 'Values in order') : kind === 'row' ? `Row ${line}` : `Column ${line}`;
    chart.describe(title, `${formatShort(min)} to ${formatShort(max)}`, (fraction) => {
      const i = Math.floor(fraction * count);
      return `[${start + i}] = ${formatShort(values[i]!)}`;
    });
    chart.line(Array.from(values, (value) => (Number.isFinite(value) ? place(value) : null)), at === null ? null : (at - start + 0.5) / count, min < 0 && max > 0 ? place(0) : null);
  }

  /** A whole vector: from block to block its least and its greatest value. */
  private async outline(chart: Chart, turn: number, plane: Plane): Promise<void> {
    const { cols: size, colDim: dim } = plane;
    const colLod = Math.ceil(Math.log2(size / BLOCKS));
    const [side, count] = [2 ** colLod, Math.ceil(size / 2 ** colLod)];
    const read = (reduce: Reduction): Promise<Tile> => this.read({ tensor: plane.tensor, index: plane.index, rows: null, cols: { dim: dim!, start: 0, size: count }, lod: 0, colLod, reduce });
    const [least, greatest] = await Promise.all([read('min'), read('max')]);
    if (turn !== this.turn) return;
    const both = Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? least : greatest)[i >> 1]!);
    const extent = extentOf(both);
    if (!extent) return chart.hide();
    const { min, max, place } = extent;
    chart.describe('Values in order', `${formatShort(min)} to ${formatShort(max)}`, (fraction) => {
      const i = Math.floor(fraction * count);
      return `[${i * side}] to [${Math.min(size, (i + 1) * side) - 1}]: ${formatShort(least[i]!)} to ${formatShort(greatest[i]!)}`;
    });
    chart.line(both.map((value) => (Number.isFinite(value) ? place(value) : null)), null, min < 0 && max > 0 ? place(0) : null);
  }

  /** Heights are by the logarithm of counts: a few outliers among millions are still seen. */
  private histogram(chart: Chart, title: string, statistics: TensorStatistics, domain: Domain): void {
    const { histogram: counts, min, max } = statistics;
    // The legend counts booleans; and one value is told by the table above.
    if (this.dtype === 'bool' || !counts || counts.length === 0 || min === null || max === null || min === max) return chart.hide();
    const greatest = Math.log1p(counts.reduce((a, b) => Math.max(a, b), 1));
    const edge = (i: number): number => min + ((max - min) * i) / counts.length;
    const finite = statistics.count - statistics.nan - statistics.positiveInfinity - statistics.negativeInfinity;
    chart.describe(title, `${formatShort(min)} to ${formatShort(max)}, ${formatCount(finite)} ${finite < statistics.count ? 'finite ' : ''}values; heights are log counts`, (fraction) => {
      const i = Math.floor(fraction * counts.length);
      return `${formatShort(edge(i))} to ${formatShort(edge(i + 1))}: ${formatCount(counts[i]!)}`;
    });
    const width = max - min;
    chart.bars(counts.map((each) => Math.log1p(each) / greatest), [(domain.min - min) / width, (domain.max - min) / width]);
  }
}

/** From the least to the greatest finite value, and how far between them one is; null: none is finite. */
function extentOf(values: ArrayLike<number>): { readonly min: number; readonly max: number; place(value: number): number } | null {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return null;
  const min = finite.reduce((a, b) => Math.min(a, b));
  const max = finite.reduce((a, b) => Math.max(a, b));
  return { min, max, place: (value) => (max > min ? (value - min) / (max - min) : 0.5) };
}
