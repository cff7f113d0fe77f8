// Nested brackets of numbers as torch, NumPy and Python print them: over several lines, with or without commas, with a
// middle left out (`...`), with notes that an author wrote behind a row.
import type { Span } from '../../shapes/python/ast';
import { readNumber } from './number';

export interface PrintedSequence {
  readonly end: number;
  readonly shape: readonly (number | null)[] | null;
  readonly values: readonly (number | boolean)[];
  readonly decimals: readonly (number | null)[];
  readonly ranges: readonly Span[];
  /** Index of each value, negative where it is counted from the end. */
  readonly positions: readonly (readonly number[])[];
  readonly summarized: boolean;
}

/** A level of brackets: its shape, or null if its parts differ. */
interface Level { readonly end: number; readonly shape: readonly (number | null)[] | null }

const gap = /(?:[\s,]|(?<=\s)#[^\n]*)*/y;
const ellipsis = /\.\.\.|…/y;
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')' };

/** Deeper brackets are no tensor that anybody prints, and must not exhaust the stack. */
const deepest = 32;

/** @param at the offset of the opening bracket. Null if anything but numbers stands within. */
export function readSequence(text: string, at: number): PrintedSequence | null {
  const values: (number | boolean)[] = [];
  const decimals: (number | null)[] = [];
  const ranges: Span[] = [];
  const positions: number[][] = [];
  let summarized = false;

  function skip(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : from;
  }

  function level(open: number, path: readonly number[]): Level | null {
    const close = closing[text[open]!]!;
    const parts: (readonly (number | null)[] | null)[] = [];
    const firsts: number[] = [];
    let leftOut = -1;
    if (path.length >= deepest) return null;
    for (let next = skip(gap, open + 1); next < text.length; next = skip(gap, next)) {
      if (text[next] === close) {
        markFromEnd(firsts, leftOut, path.length);
        return { end: next + 1, shape: joined(parts, leftOut >= 0) };
      }
      const dots = skip(ellipsis, next);
      if (dots > next) {
        if (leftOut >= 0) return null;
        leftOut = parts.length;
        summarized = true;
        next = dots;
        continue;
      }
      firsts.push(values.length);
      const index = [...path, parts.length];
      if (closing[text[next]!]) {
        const inner = level(next, index);
        if (!inner) return null;
        parts.push(inner.shape);
        next = inner.end;
        continue;
      }
      const number = readNumber(text, next);
      if (!number) return null;
      values.push(number.value);
      decimals.push(number.decimals);
      ranges.push({ start: next, end: number.end });
      positions.push(index);
      parts.push([]);
      next = number.end;
    }
    return null;
  }

  /** Parts behind a `...` are counted from the end. */
  function markFromEnd(firsts: readonly number[], leftOut: number, dim: number): void {
    if (leftOut < 0 || leftOut >= firsts.length) return;
    for (let value = firsts[leftOut]!; value < values.length; value++) positions[value]![dim]! -= firsts.length;
  }

  const outer = level(at, []);
  return outer && { end: outer.end, shape: outer.shape, values, decimals, ranges, positions, summarized };
}

function joined(parts: readonly (readonly (number | null)[] | null)[], leftOut: boolean): readonly (number | null)[] | null {
  const first = parts[0];
  if (first === undefined) return leftOut ? [null] : [0];
  if (first === null) return null;
  for (const part of parts) {
    if (!part || part.length !== first.length || part.some((size, dim) => size !== first[dim])) return null;
  }
  return [leftOut ? null : parts.length, ...first];
}
