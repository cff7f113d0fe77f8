// What the pages of tests are held against: the colours that values must have, and waiting for what is drawn later.
import assert from 'node:assert/strict';
import { statisticsOf } from '../../src/evaluation/statistics';
import { colorMap } from '../../src/webview/colormaps';
import { domainOf, mapOf } from '../../src/webview/domain';
import type { Domain } from '../../src/webview/domain';
import { isFloat } from '../../src/webview/format';
import { paint } from '../../src/webview/pixels';
import type { MemoryTensor } from '../webview/memory';

/** The colours that values must have, by the loop that the unit tests check. */
export function colorsOf({ values, metadata }: MemoryTensor, from = 0, count = values.length): number[][] {
  return colorsIn(domainOf(statisticsOf(values, 0), isFloat(metadata.dtype)), [...values.subarray(from, from + count)]);
}

export function colorsIn(domain: Domain, values: readonly number[]): number[][] {
  const data = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, i) => paint(data, 4 * i, value, domain, colorMap(mapOf(domain))));
  return values.map((_, i) => [...data.subarray(4 * i, 4 * i + 3)]);
}

/** A shader divides in float32: a value between two of 256 colours may get either. */
export function assertColors(actual: number[][], expected: number[][], what: string): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((color, i) => color.forEach((part, channel) => {
    assert.ok(Math.abs(part - expected[i]![channel]!) <= 4, `${what}: cell ${i} is ${color.join(' ')}, expected ${expected[i]!.join(' ')}`);
  }));
}

/** What follows a change is drawn when its tiles have come, and told to the host a moment later: longer on a busy machine. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
