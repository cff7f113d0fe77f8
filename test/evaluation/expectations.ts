/** What real torch computed, as the fixtures have it, and how close an evaluation must come. */
import assert from 'node:assert/strict';
import type { Dtype } from '../../src/shapes/values/dtype';

export type Recorded = number | boolean | 'nan' | 'inf' | '-inf';

/** Relative and absolute difference that a float dtype allows: a few units in its last place, over a dozen operations. */
const TOLERANCE: Partial<Record<Dtype, readonly [number, number]>> = {
  float32: [2e-5, 2e-6], float64: [2e-5, 2e-6], float16: [2e-3, 1e-3], bfloat16: [1.6e-2, 1e-2],
};

export function toNumber(value: Recorded): number {
  if (typeof value !== 'string') return Number(value);
  return value === 'nan' ? NaN : value === 'inf' ? Infinity : -Infinity;
}

/** Floats within the tolerance of their dtype, integers and booleans exactly. */
export function assertClose(actual: ArrayLike<number>, expected: readonly Recorded[], dtype: Dtype): void {
  const [relative, absolute] = TOLERANCE[dtype] ?? [0, 0];
  assert.equal(actual.length, expected.length);
  expected.map(toNumber).forEach((wanted, i) => {
    const got = actual[i] as number;
    if (Object.is(got, wanted) || got === wanted) return;
    assert.ok(Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted), `element ${i}: torch has ${wanted}, evaluated ${got}`);
  });
}
