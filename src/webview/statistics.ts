/** The table of statistics: of the whole tensor, and of the slice that is shown where that is less. */
import { make } from './dom';
import { formatCount, formatExtreme, formatShort, isFloat } from './format';
import type { TensorStatistics } from './protocol';

const COLUMNS = ['min', 'max', 'mean', 'std', 'nan', 'inf', 'numel'] as const;
type Column = (typeof COLUMNS)[number];

/** Integers and booleans are neither NaN nor infinite. */
function columnsOf(dtype: string): readonly Column[] {
  return isFloat(dtype) ? COLUMNS : COLUMNS.filter((name) => name !== 'nan' && name !== 'inf');
}

export class StatisticsTable {
  readonly element = make('table', { class: 'statistics', 'aria-label': 'Statistics' });
  private readonly whole = make('tr', { class: 'whole' });
  private readonly slice = make('tr', { class: 'slice' });

  constructor(private readonly dtype: string) {
    const head = make('tr', {}, make('td'), ...columnsOf(dtype).map((name) => make('th', { scope: 'col', class: name }, name)));
    this.element.append(make('thead', {}, head), make('tbody', {}, this.whole, this.slice));
    this.slice.hidden = true;
    fill(this.whole, 'all', null, dtype);
  }

  showWhole(statistics: TensorStatistics): void {
    this.element.classList.toggle('finite', statistics.nan + statistics.positiveInfinity + statistics.negativeInfinity === 0);
    fill(this.whole, statistics.sampled === undefined ? 'all' : 'all (sampled)', statistics, this.dtype);
  }

  /** The exact statistics of all are under way. */
  advance(fraction: number): void {
    this.whole.querySelector('th')!.textContent = `all (sampled; exact: ${Math.round(100 * fraction)} %)`;
  }

  /** @param label the slice as Python writes it; null: the slice is all there is */
  showSlice(label: string | null, statistics: TensorStatistics | null): void {
    this.slice.hidden = label === null;
    if (label !== null) fill(this.slice, label, statistics, this.dtype);
  }
}

/** null: not there yet. */
function fill(row: HTMLTableRowElement, label: string, statistics: TensorStatistics | null, dtype: string): void {
  const cells = columnsOf(dtype).map((name) => {
    if (!statistics) return make('td', {}, '…');
    const count = name === 'nan' ? statistics.nan : name === 'inf' ? statistics.positiveInfinity + statistics.negativeInfinity : 0;
    return make('td', { 'data-statistic': name, ...(count > 0 ? { class: 'special' } : {}) }, textOf(name, statistics, dtype));
  });
  row.setAttribute('aria-busy', String(statistics === null));
  row.replaceChildren(make('th', { scope: 'row' }, label), ...cells);
}

function textOf(name: Column, statistics: TensorStatistics, dtype: string): string {
  switch (name) {
    case 'min':
    case 'max': return formatExtreme(statistics[name], dtype);
    case 'mean':
    case 'std': return formatShort(statistics[name]);
    case 'nan': return formatCount(statistics.nan);
    case 'inf': return formatCount(statistics.positiveInfinity + statistics.negativeInfinity);
    case 'numel': return formatCount(statistics.count);
  }
}
