/** Numbers for symbols from sizes that are said to be so large: `C//num_heads` is 32 and `num_heads` 3, so `C` is 96. */
import { evaluate, loneSymbol, symbolsOf } from '../symint/symint';
import type { SymInt, SymbolInfo } from '../symint/symint';

export interface Equation { readonly size: SymInt; readonly value: number }

/** No tensor has a larger dim. */
const MAX_SIZE = 2 ** 31;

export class SizeSolver {
  private numbers = new Map<SymbolInfo, number>();
  /** What is said of sizes whose symbols have no numbers yet. */
  private open: readonly Equation[] = [];

  /** What is added to the copy does not reach this one. */
  copy(): SizeSolver {
    const copy = new SizeSolver();
    copy.numbers = this.numbers;
    copy.open = this.open;
    return copy;
  }

  of(info: SymbolInfo): number | null {
    return this.numbers.get(info) ?? null;
  }

  /** The number that a size is, where it follows; null otherwise. */
  numberOf(size: SymInt): number | null {
    return evaluate(size, (info) => this.of(info)) ?? this.open.find((equation) => equation.size.key === size.key)?.value ?? null;
  }

  /** Takes all of the equations, or none where they contradict each other or what is known. */
  add(equations: readonly Equation[]): boolean {
    const { numbers, open } = this;
    this.numbers = new Map(numbers);
    this.open = [...open, ...equations];
    if (this.settle()) return true;
    this.numbers = numbers;
    this.open = open;
    return false;
  }

  private settle(): boolean {
    for (let known = -1; known !== this.numbers.size;) {
      known = this.numbers.size;
      const left: Equation[] = [];
      for (const equation of this.open) {
        const unknown = [...symbolsOf(equation.size)].filter((info) => !this.numbers.has(info));
        if (unknown.length === 0) {
          if (this.numberOf(equation.size) !== equation.value) return false;
        } else if (unknown.length === 1) {
          const value = this.solve(equation, unknown[0]!);
          if (value === null) return false;
          this.numbers.set(unknown[0]!, value);
        } else left.push(equation);
      }
      this.open = left;
    }
    const said = new Map<string, number>();
    return this.open.every(({ size, value }) => (said.get(size.key) ?? value) === value && said.set(size.key, value));
  }

  /** The number that makes the size so large; of several the roundest, as people choose sizes. null: none does. */
  private solve({ size, value }: Equation, info: SymbolInfo): number | null {
    const least = Math.max(info.min ?? 0, 1);
    if (loneSymbol(size)) return value >= (info.min ?? 0) ? value : null;
    const at = (n: number): number => evaluate(size, (other) => (other === info ? n : this.of(other))) ?? NaN;
    const first = firstFrom(least, (n) => at(n) >= value);
    if (first === null || at(first) !== value) return null;
    return roundest(first, (firstFrom(first, (n) => at(n) > value) ?? first + 1) - 1);
  }
}

/** The first number from `least` on that passes a test which all later ones pass as well; null where none does. */
function firstFrom(least: number, test: (n: number) => boolean): number | null {
  let step = 1;
  while (!test(least + step - 1)) {
    step *= 2;
    if (step > MAX_SIZE) return null;
  }
  let [low, high] = [least + (step >> 1) - 1, least + step - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (middle >= least && test(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

function roundest(low: number, high: number): number {
  for (let unit = 2 ** 20; unit > 1; unit /= 2) {
    const n = Math.ceil(low / unit) * unit;
    if (n <= high) return n;
  }
  return low;
}
