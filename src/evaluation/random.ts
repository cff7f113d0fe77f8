/**
 * Seeded random numbers: xoshiro128** started by splitmix32 (Blackman and Vigna, https://prng.di.unimi.it), so that a
 * seed and a node give the same numbers on every machine and backend. They are not torch's own: torch's generator would
 * have to run every draw that precedes in the program.
 */
export class Generator {
  private readonly state = new Int32Array(4);
  private readonly single = new Float64Array(1);

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

  /** Fills with numbers in [0, 1), of 53 bits: the high ones of one step, the low ones of the next. */
  uniforms(into: Float64Array): void {
    // In variables of its own the state stays in registers, which makes this several times as fast.
    let a = this.state[0]!;
    let b = this.state[1]!;
    let c = this.state[2]!;
    let d = this.state[3]!;
    for (let i = 0; i < into.length; i++) {
      let high = 0;
      let word = 0;
      for (let step = 0; step < 2; step++) {
        high = word >>> 5;
        const product = Math.imul(b, 5);
        word = Math.imul((product << 7) | (product >>> 25), 9);
        const shifted = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = (d << 11) | (d >>> 21);
      }
      into[i] = (high * 67108864 + (word >>> 6)) / 9007199254740992;
    }
    this.state[0] = a;
    this.state[1] = b;
    this.state[2] = c;
    this.state[3] = d;
  }

  /** Fills with draws of mean 0 and standard deviation 1. */
  normals(into: Float64Array): void {
    this.uniforms(into);
    normalQuantiles(into);
  }

  /** In [0, 1), 53 bits. */
  uniform(): number {
    this.uniforms(this.single);
    return this.single[0]!;
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
  if (p < TAIL) return quantileOfTail(p);
  if (p > 1 - TAIL) return -quantileOfTail(1 - p);
  const q = p - 0.5;
  const r = q * q;
  // Written out, as in the tails: a loop over coefficients takes several times as long, and weights are drawn by the million.
  return q * (((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.383577518672690e2) * r - 3.066479806614716e1) * r + 2.506628277459239)
    / (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r - 1.328068155288572e1) * r + 1);
}

/** The quantiles of so many probabilities, in their place. */
export function normalQuantiles(probabilities: Float64Array): void {
  for (let i = 0; i < probabilities.length; i++) probabilities[i] = normalQuantile(probabilities[i]!);
}

/** Outside of it on either side the quantile is fitted by other polynomials. */
const TAIL = 0.02425;

function quantileOfTail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  return (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
    / ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
}
