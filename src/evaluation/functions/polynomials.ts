/** Orthogonal polynomials by their recurrences. https://en.wikipedia.org/wiki/Classical_orthogonal_polynomials */

/** The first two, and each from the two before it. */
interface Recurrence { readonly first: (x: number) => number; readonly next: (x: number, n: number, last: number, before: number) => number }

const chebyshev = (first: (x: number) => number): Recurrence => ({ first, next: (x, _n, last, before) => 2 * x * last - before });

const RECURRENCES: Readonly<Record<string, Recurrence>> = {
  chebyshev_polynomial_t: chebyshev((x) => x), chebyshev_polynomial_u: chebyshev((x) => 2 * x),
  chebyshev_polynomial_v: chebyshev((x) => 2 * x - 1), chebyshev_polynomial_w: chebyshev((x) => 2 * x + 1),
  hermite_polynomial_h: { first: (x) => 2 * x, next: (x, n, last, before) => 2 * x * last - 2 * (n - 1) * before },
  hermite_polynomial_he: { first: (x) => x, next: (x, n, last, before) => x * last - (n - 1) * before },
  laguerre_polynomial_l: { first: (x) => 1 - x, next: (x, n, last, before) => ((2 * n - 1 - x) * last - (n - 1) * before) / n },
  legendre_polynomial_p: { first: (x) => x, next: (x, n, last, before) => ((2 * n - 1) * x * last - (n - 1) * before) / n },
};

export const POLYNOMIALS: readonly string[] = Object.keys(RECURRENCES);

/** The polynomial of degree `n` at x; of a negative degree it is 0. */
export function polynomial(name: string, x: number, degree: number): number {
  const n = Math.trunc(degree);
  const { first, next } = RECURRENCES[name] as Recurrence;
  if (n < 0) return 0;
  let [before, last] = [1, first(x)];
  if (n < 1) return before;
  for (let k = 2; k <= n; k++) [before, last] = [last, next(x, k, last, before)];
  return last;
}
