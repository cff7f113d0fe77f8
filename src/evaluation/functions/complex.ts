/** Complex numbers as pairs. */
export type Pair = readonly [number, number];

export const add = ([a, b]: Pair, [c, d]: Pair): Pair => [a + c, b + d];
export const subtract = ([a, b]: Pair, [c, d]: Pair): Pair => [a - c, b - d];
export const scale = ([a, b]: Pair, factor: number): Pair => [a * factor, b * factor];
export const product = ([a, b]: Pair, [c, d]: Pair): Pair => [a * c - b * d, a * d + b * c];
export const conjugate = ([a, b]: Pair): Pair => [a, -b];
/** Its absolute value. */
export const size = ([a, b]: Pair): number => Math.hypot(a, b);
export const quotient = ([a, b]: Pair, [c, d]: Pair): Pair => { const square = c * c + d * d; return [(a * c + b * d) / square, (b * c - a * d) / square]; };
export const exp = ([a, b]: Pair): Pair => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];
export const log = ([a, b]: Pair): Pair => [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
export const sqrt = ([a, b]: Pair): Pair => {
  const length = Math.hypot(a, b);
  const im = Math.sqrt(Math.max(0, (length - a) / 2));
  return [Math.sqrt(Math.max(0, (length + a) / 2)), b < 0 || Object.is(b, -0) ? -im : im];
};
