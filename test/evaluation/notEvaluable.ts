/** Operations without a recorded value, and why. */

/** Their numbers are drawn: torch's own generator is not reproduced, so they are tested by distribution. */
export const RANDOM_DRAWS: ReadonlySet<string> = new Set<string>([]);

export const NOT_EVALUABLE: Readonly<Record<string, string>> = {};
