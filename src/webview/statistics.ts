/** The table of statistics: of the whole tensor, and of the slice that is shown where that is less. */
import { make } from './dom';
import { formatCount, formatExtreme, formatShort, isFloat } from './format';
import type { FindRequest, TensorStatistics } from './protocol';

type Sought = FindRequest['sought'];

const COLUMNS = ['min', 'max', 'mean', 'std', 'nan', 'inf', 'numel'] as const;
type Column = (typeof COLUMNS)[number];

/** Integers and booleans are neither NaN nor infinite. */
function columnsOf(dtype: string): readonly Column[] {
  return isFloat(dtype) ? COLUMNS : COLUMNS.filter((name) => name !== 'nan' && name !== 'inf');
}

export class StatisticsTable {
  readonly element = make('table', { class: 'statistics', 'aria-label': 'Statistics' });
  private readonly whole = make('tr', { class: 'whole' });
  /** Of the first elements, where the exact ones were stopped. */
  private readonly known = make('tr', { class: 'known', hidden: '' });
  private readonly slice = make('tr', { class: 'slice' });

  /** @param onFind a value was clicked that some element has: which, and whether in the slice */
  constructor(private readonly dtype: string, private readonly onFind: (sought: Sought, inSlice: boolean) => void) {
    const head = make('tr', {}, make('td'), ...columnsOf(dtype).map((name) => make('th', { scope: 'col', class: name }, name)));
    this.element.append(make('thead', {}, head), make('tbody', {}, this.whole, this.known, this.slice));
    this.slice.hidden = true;
    this.fill(this.whole, 'all', null);
  }

  showWhole(statistics: TensorStatistics): void {
    this.known.hidden = true;
    this.element.classList.toggle('finite', statistics.nan + statistics.positiveInfinity + statistics.negativeInfinity === 0);
    this.fill(this.whole, statistics.sampled === undefined ? 'all' : 'all (sampled)', statistics);
  }

  /** Those that were stopped: beside the sample, or in its place where all was seen. */
  showKnown(statistics: TensorStatistics): void {
    const total = statistics.stopped?.total;
    this.known.hidden = statistics.count === 0 || statistics.count === total;
    if (statistics.count === total) this.showWhole(statistics);
    else if (!this.known.hidden) this.fill(this.known, partLabel('all', statistics), statistics);
  }

  /** @param label the slice as Python writes it; null: the slice is all there is */
  showSlice(label: string | null, statistics: TensorStatistics | null): void {
    this.slice.hidden = label === null;
    if (label !== null) this.fill(this.slice, statistics ? partLabel(label, statistics) : label, statistics?.count === 0 && statistics.stopped ? null : statistics);
  }

  /** @param statistics null: not there yet */
  private fill(row: HTMLTableRowElement, label: string, statistics: TensorStatistics | null): void {
    const { dtype } = this;
    const cells = columnsOf(dtype).map((name) => {
      if (!statistics) return make('td', {}, '…');
      const text = textOf(name, statistics, dtype);
      const sought = soughtBy(name, statistics);
      const count = name === 'nan' ? statistics.nan : name === 'inf' ? statistics.positiveInfinity + statistics.negativeInfinity : 0;
      const cell = make('td', { 'data-statistic': name, ...(count > 0 ? { class: 'special' } : {}) });
      if (sought === null) cell.append(text);
      else {
        const button = make('button', { 'type': 'button', 'class': 'find', 'title': `Go to ${count > 1 ? `the next ${name}` : 'where it is'}`, 'aria-label': `${name} ${text}: go to it` }, text);
        button.addEventListener('click', () => this.onFind(sought, row === this.slice));
        cell.append(button);
      }
      return cell;
    });
    row.setAttribute('aria-busy', String(statistics === null));
    row.replaceChildren(make('th', { scope: 'row' }, label), ...cells);
  }
}

/** Of what statistics are that were stopped. */
function partLabel(label: string, { count, stopped }: TensorStatistics): string {
  return stopped && count < stopped.total ? `${label}, first ${Math.floor((100 * count) / stopped.total)} %` : label;
}

/** What a statistic says that some element is; null: none need be. */
function soughtBy(name: Column, { min, max, nan, positiveInfinity, negativeInfinity }: TensorStatistics): Sought | null {
  switch (name) {
    case 'min': return min;
    case 'max': return max;
    case 'nan': return nan > 0 ? 'nan' : null;
    case 'inf': return positiveInfinity + negativeInfinity > 0 ? 'inf' : null;
    default: return null;
  }
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
