/** The assumptions that a stretch of a trace made or used: values know them by their place among all, so it is repeated only where these are the same. */
import type { Machine } from '../machine';

export interface Assumed {
  /** How many there were before. */
  readonly first: number;
  readonly made: Machine['assumptions'];
  /** Those used, by place. */
  readonly used: readonly (readonly [number, string])[];
}

/** Runs a stretch, and hands on what it assumed even if it throws. */
export function notingAssumed(m: Machine, run: () => void, noted: (assumed: Assumed) => void): void {
  const around = [...m.assumed];
  const first = m.assumptions.length;
  m.assumed.clear();
  try {
    run();
  } finally {
    noted({ first, made: m.assumptions.slice(first), used: [...m.assumed] });
    for (const [at, text] of around) m.assumed.set(at, text);
  }
}

/** Whether the stretch would find the same assumptions, and make the same. */
export function isAssumedAgain({ assumptions }: Machine, { first, made, used }: Assumed): boolean {
  if (made.length > 0 && (assumptions.length !== first || made.some(({ text }) => assumptions.some((other) => other.text === text)))) return false;
  return used.every(([at, text]) => at >= first || assumptions[at]?.text === text);
}

/** As if the stretch were run again. */
export function assumeAgain(m: Machine, { made, used }: Assumed): void {
  m.assumptions.push(...made);
  for (const [at, text] of used) m.assumed.set(at, text);
}
