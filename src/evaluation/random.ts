/**
 * Seeded random numbers: xoshiro128** started by splitmix32 (Blackman and Vigna, https://prng.di.unimi.it), so that a
 * seed and a node give the same numbers on every machine and backend. They are not torch's own: torch's generator would
 * have to run every draw that precedes in the program.
 */
export class Generator {
  private readonly state = new Uint32Array(4);

  constructor(seed: number, stream = 0) {
    let mixed = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul((stream | 0) + 1, 0x85ebca6b) ^ Math.floor(seed / 2 ** 32)) >>> 0;
    for (let i = 0; i < 4; i++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = mixed;
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      this.state[i] = word ^ (word >>> 15);
    }
  }

  /** 32 bits. */
  next(): number {
    const s = this.state;
    const [s0, s1, s2, s3] = s as unknown as [number, number, number, number];
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    s[2] = s2 ^ s0;
    s[3] = s3 ^ s1;
    s[1] = s1 ^ (s[2] as number);
    s[0] = s0 ^ (s[3] as number);
    s[2] = (s[2] as number) ^ (s1 << 9);
    s[3] = ((s[3] as number) << 11) | ((s[3] as number) >>> 21);
    return result;
  }

  /** In [0, 1), 53 bits. */
  uniform(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  /** Mean 0, standard deviation 1. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** An integer in [low, high). */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low));
  }

  /** 0 … n-1 in random order. */
  permutation(n: number): Float64Array {
    const order = Float64Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const other = this.integer(0, i + 1);
      [order[i], order[other]] = [order[other] as number, order[i] as number];
    }
    return order;
  }
}

/** exp(x²) erfc(x) for x >= 0: a Chebyshev fit with a relative error below 1.2e-7 everywhere (Numerical Recipes, 6.2). */
export function scaledErfc(x: number): number {
  const t = 1 / (1 + x / 2);
  const fit = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223];
  return t * Math.exp(fit.reduce((sum, coefficient) => sum * t + coefficient, 0));
}

/** The normal distribution's cumulative function, within 1e-7. */
export function normalCumulative(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const erfc = scaledErfc(z) * Math.exp(-z * z);
  return x > 0 ? 1 - erfc / 2 : erfc / 2;
}

/** Its inverse: Acklam's rational approximation, relative error below 1.2e-9. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const low = 0.02425;
  const tail = (q: number): number => rational(q,
    [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
    [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1]);
  if (p < low) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - low) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  return q * rational(q * q,
    [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.383577518672690e2, -3.066479806614716e1, 2.506628277459239],
    [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1]);
}

function rational(x: number, numerator: readonly number[], denominator: readonly number[]): number {
  const horner = (coefficients: readonly number[]): number => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
  return horner(numerator) / horner(denominator);
}
