/** The discrete Fourier transform in double precision: halves while the length is even, by definition where it is odd. */

/** Real and imaginary parts, one after the other by turns. `sign` -1 is the forward transform; nothing is scaled. */
export function transform(signal: Float64Array, sign: 1 | -1): Float64Array {
  const n = signal.length / 2;
  if (n <= 1) return signal.slice();
  return n % 2 === 0 ? byHalves(signal, n, sign) : byDefinition(signal, n, sign);
}

function byHalves(signal: Float64Array, n: number, sign: 1 | -1): Float64Array {
  const half = n / 2;
  const [even, odd] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < half; k++) {
    even.set(signal.subarray(4 * k, 4 * k + 2), 2 * k);
    odd.set(signal.subarray(4 * k + 2, 4 * k + 4), 2 * k);
  }
  const [a, b] = [transform(even, sign), transform(odd, sign)];
  const result = new Float64Array(2 * n);
  for (let k = 0; k < half; k++) {
    const angle = sign * 2 * Math.PI * k / n;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const [re, im] = [a[2 * k] as number, a[2 * k + 1] as number];
    const [x, y] = [b[2 * k] as number, b[2 * k + 1] as number];
    const [turnedRe, turnedIm] = [c * x - s * y, c * y + s * x];
    result[2 * k] = re + turnedRe;
    result[2 * k + 1] = im + turnedIm;
    result[2 * (k + half)] = re - turnedRe;
    result[2 * (k + half) + 1] = im - turnedIm;
  }
  return result;
}

function byDefinition(signal: Float64Array, n: number, sign: 1 | -1): Float64Array {
  const result = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    let [re, im] = [0, 0];
    for (let t = 0; t < n; t++) {
      const angle = sign * 2 * Math.PI * (k * t % n) / n;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      re += c * (signal[2 * t] as number) - s * (signal[2 * t + 1] as number);
      im += c * (signal[2 * t + 1] as number) + s * (signal[2 * t] as number);
    }
    result[2 * k] = re;
    result[2 * k + 1] = im;
  }
  return result;
}
