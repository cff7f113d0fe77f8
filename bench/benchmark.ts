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

/** A number that is the same in each run. */
export const exactly = (value: number): Samples => ({ unit: '', values: [value] });

/** Quotients of what was measured in the same round: they hold where the machine's speed drifts. */
export function quotients(unit: Samples['unit'], dividends: readonly number[], divisors: readonly number[]): Samples {
  return { unit, values: dividends.map((value, round) => value / divisors[round]!) };
}

/** Time that each action runs before it counts, so that it is compiled. */
const WARM_UP_MILLISECONDS = 400;

/** Milliseconds that each of the actions computes, measured in turn: A B C A B C … Time that other processes take does not count. */
export function inTurn(rounds: number, actions: readonly (() => void)[]): number[][] {
  for (const action of actions) for (const start = performance.now(); performance.now() - start < WARM_UP_MILLISECONDS;) action();
  const times = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    actions.forEach((action, i) => {
      const before = process.cpuUsage();
      action();
      const { user, system } = process.cpuUsage(before);
      times[i]!.push((user + system) / 1000);
    });
  }
  return times;
}
