/** Where a few outliers leave all other values in one colour: says so, and offers what shows them; and where numbers are rounded. */
import { make } from './dom';
import { formatShort, isFloat } from './format';
import type { TensorStatistics } from './protocol';
import type { ColorChoice } from './range';

/** Where 98 values in a hundred take less of the range than this, they are not told apart; where half of them take so little, a logarithm tells them. */
const CROWDED = 0.05;
const MANY_DECADES = 1e-3;

export class Advice {
  readonly element = make('div', { class: 'advice', role: 'note', hidden: '' });

  constructor(private readonly dtype: string, private readonly onChoose: (part: Partial<ColorChoice>) => void) {}

  show({ min, max, percentiles }: Pick<TensorStatistics, 'min' | 'max' | 'percentiles'>, choice: ColorChoice): void {
    this.element.hidden = true;
    if (!isFloat(this.dtype)) {
      if (min === null || max === null || Math.max(-min, max) <= Number.MAX_SAFE_INTEGER) return;
      this.element.textContent = 'Beyond 2^53 statistics and colours are of rounded integers; single values, the numbers below, what is copied and files are exact.';
      this.element.hidden = false;
      return;
    }
    const isUsual = choice.range === 'full' && choice.scale === 'linear';
    if (!isUsual || min === null || max === null || !percentiles || percentiles.length <= 99) return;
    const between = (low: number, high: number, part: number): boolean => percentiles[high]! > percentiles[low]! && percentiles[high]! - percentiles[low]! < part * (max - min);
    const isLogarithmic = between(25, 75, MANY_DECADES);
    const isCrowded = between(1, 99, CROWDED);
    if (!isLogarithmic && !isCrowded) return;
    const [low, high] = isCrowded ? [1, 99] : [25, 75];
    this.element.replaceChildren(
      `${isCrowded ? '98 %' : 'Half'} of the values are from ${formatShort(percentiles[low]!)} to ${formatShort(percentiles[high]!)}: `,
      ...(isCrowded ? [this.offer('colours for these', { range: 'robust' })] : []), ...(isCrowded && isLogarithmic ? [' · '] : []),
      ...(isLogarithmic ? [this.offer('logarithmic scale', { scale: min < 0 ? 'symlog' : 'log' })] : []),
    );
    this.element.hidden = false;
  }

  private offer(text: string, part: Partial<ColorChoice>): HTMLElement {
    const made = make('button', { type: 'button', class: 'link' }, text);
    made.addEventListener('click', () => this.onChoose(part));
    return made;
  }
}
