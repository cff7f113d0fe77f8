/**
 * Decimal digits of a double, rounded half to even on its exact binary value as CPython does. JavaScript's own
 * `toFixed` and `Math.round` break ties upwards.
 */
const view = new DataView(new ArrayBuffer(8));

/** |x| as mantissa * 2^exponent; x finite. */
function decompose(x: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** The integer nearest to |x| * 10^digits, ties to even; `digits` may be negative. */
function scaledRound(x: number, digits: number): bigint {
  const { mantissa, exponent } = decompose(x);
  let numerator = mantissa;
  let denominator = 1n;
  if (digits >= 0) numerator *= 10n ** BigInt(digits);
  else denominator *= 10n ** BigInt(-digits);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** |x| with `precision` digits after the point. */
export function fixedDigits(x: number, precision: number): string {
  const digits = scaledRound(x, precision).toString().padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** |x| as one digit, `precision` more, and the power of ten. */
export function exponentDigits(x: number, precision: number): { digits: string; exponent: number } {
  if (x === 0) return { digits: '0'.repeat(precision + 1), exponent: 0 };
  let exponent = Number(Math.abs(x).toExponential().split('e')[1]);
  let digits = scaledRound(x, precision - exponent).toString();
  if (digits.length > precision + 1) digits = scaledRound(x, precision - ++exponent).toString();
  return { digits, exponent };
}

/** Python's `round(x, ndigits)` of a float. */
export function roundTo(x: number, ndigits: number): number {
  if (!Number.isFinite(x) || ndigits > 400) return x;
  if (ndigits < -400) return Math.sign(x) * 0;
  return Number(`${x < 0 || Object.is(x, -0) ? '-' : ''}${scaledRound(x, ndigits)}e${-ndigits}`);
}

/** Python's `repr` of a float: the shortest digits that read back as the same number. */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const [mantissa = '0', power = '0'] = Math.abs(x).toExponential().split('e');
  const exponent = Number(power);
  const digits = mantissa.replace('.', '');
  if (exponent < -4 || exponent >= 16) return sign + joinExponent(digits, exponent);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** `1.5e-07`: Python writes at least two digits of the exponent. */
export function joinExponent(digits: string, exponent: number, alwaysPoint = false): string {
  const fraction = digits.slice(1);
  const power = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${digits[0]}${fraction || alwaysPoint ? `.${fraction}` : ''}${power}`;
}
