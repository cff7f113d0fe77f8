/** What a benchmark is: one file `NAME.bench.ts` beside this, whose default export is a `Benchmark`. */

/** Repeated measurements of one thing. */
export interface Samples {
  readonly unit: 'ms' | 'µs' | '×' | '';
  readonly values: readonly number[];
}

export interface Row {
  readonly name: string;
  readonly columns: Readonly<Record<string, Samples>>;
  /** Whether the row keeps the goal; null where it has none. */
  readonly meets: boolean | null;
}

export interface Benchmark {
  readonly title: string;
  readonly goal: string;
  /** @param rounds how often each thing is measured, in turn with the others */
  run(rounds: number): Promise<readonly Row[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that so large a part of the others (0.95) does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
}

/** A number that is the same in each run. */
export const exactly = (value: number): Samples => ({ unit: '', values: [value] });

/** Quotients of what was measured in the same round: they hold where the machine's speed drifts. */
export function quotients(unit: Samples['unit'], dividends: readonly number[], divisors: readonly number[]): Samples {
  return { unit, values: dividends.map((value, round) => value / divisors[round]!) };
}

/** Time that each action runs before it counts, so that it is compiled. */
const WARM_UP_MILLISECONDS = 400;

/** Milliseconds that this process has computed. Time that other processes take does not count, nor that of children. */
export function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds that each of the actions takes by the clock, measured in turn: A B C A B C … */
export function inTurn(rounds: number, actions: readonly (() => void)[], clock: () => number = computed): number[][] {
  for (const action of actions) for (const start = performance.now(); performance.now() - start < WARM_UP_MILLISECONDS;) action();
  const times = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    actions.forEach((action, i) => {
      const before = clock();
      action();
      times[i]!.push(clock() - before);
    });
  }
  return times;
}
