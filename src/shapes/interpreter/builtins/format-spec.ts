/**
 * The format specification mini-language on plain numbers and strings.
 * Source: https://docs.python.org/3/library/string.html#format-specification-mini-language
 */
import { exponentDigits, fixedDigits, floatRepr, joinExponent } from './decimal';

export interface FormatSpec {
  readonly fill: string;
  /** '' where none is written. */
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** Whether a text of that width and precision is worth to be made. */
export function isFeasible(width: number, precision: number | null): boolean {
  return width <= 10_000 && (precision ?? 0) <= 1_000;
}

/** null: not a specification of Python's own (a type may define its own). */
export function parseFormatSpec(text: string): FormatSpec | null {
  const match = SPEC.exec(text);
  if (!match || match[4]) return null;
  const zero = match[6] !== undefined;
  const width = Number(match[7] ?? 0);
  const precision = match[9] === undefined ? null : Number(match[9]);
  if (!isFeasible(width, precision)) return null;
  return {
    fill: match[1] ?? (zero ? '0' : ' '),
    align: match[2] ?? (zero ? '=' : ''),
    sign: match[3] ?? '-',
    alternate: match[5] !== undefined,
    width,
    grouping: match[8] ?? '',
    precision,
    type: match[10] ?? '',
  };
}

/** null: Python refuses the specification for a str. */
export function formatString(text: string, spec: FormatSpec): string | null {
  if ((spec.type !== '' && spec.type !== 's') || spec.grouping || spec.sign !== '-' || spec.alternate) return null;
  const characters = [...text];
  const cut = spec.precision === null ? characters : characters.slice(0, spec.precision);
  // `{:05}` of a str pads to the right since Python 3.10.
  const align = spec.align === '=' ? (spec.fill === '0' ? '<' : null) : spec.align || '<';
  return align === null ? null : pad(cut.join(''), '', align, spec);
}

/** null: Python refuses the specification for an int. */
export function formatInteger(value: bigint, spec: FormatSpec): string | null {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  const base = { '': 10, d: 10, n: 10, b: 2, o: 8, x: 16, X: 16 }[spec.type];
  if (base === undefined) {
    if (spec.type === 'c') return value >= 0n && value < 0x110000n ? pad(String.fromCodePoint(Number(value)), '', spec.align || '<', spec) : null;
    return 'eEfFgG%'.includes(spec.type) ? formatFloat(Number(value), spec) : null;
  }
  if (spec.precision !== null || (spec.grouping === ',' && base !== 10)) return null;
  let digits = magnitude.toString(base);
  if (spec.type === 'X') digits = digits.toUpperCase();
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : '';
  return finish(signOf(negative, spec) + prefix, digits, '', spec, base === 10 ? 3 : spec.grouping ? 4 : 3);
}

/** null: Python refuses the specification for a float. */
export function formatFloat(value: number, spec: FormatSpec): string | null {
  if (!'eEfFgGn%'.includes(spec.type)) return null;
  const sign = signOf(value < 0 || Object.is(value, -0), spec);
  const magnitude = spec.type === '%' ? Math.abs(value) * 100 : Math.abs(value);
  const tail = spec.type === '%' ? '%' : '';
  if (!Number.isFinite(magnitude)) {
    const word = Number.isNaN(magnitude) ? 'nan' : 'inf';
    return finish(sign, '', (/[EFG]/.test(spec.type) ? word.toUpperCase() : word) + tail, spec, 3);
  }
  let text = floatDigits(magnitude, spec);
  if (/[EG]/.test(spec.type)) text = text.toUpperCase();
  const whole = /^\d*/.exec(text)![0];
  return finish(sign, whole, text.slice(whole.length) + tail, spec, 3);
}

function floatDigits(magnitude: number, spec: FormatSpec): string {
  const type = spec.type.toLowerCase();
  const precision = spec.precision ?? 6;
  if (type === '' && spec.precision === null) return floatRepr(magnitude);
  if (type === 'f' || type === '%') return fixedDigits(magnitude, precision) + (spec.alternate && precision === 0 ? '.' : '');
  if (type === 'e') {
    const { digits, exponent } = exponentDigits(magnitude, precision);
    return joinExponent(digits, exponent, spec.alternate);
  }
  // General: significant digits; without a type a point always stays, and the switch to an exponent is one earlier.
  const significant = Math.max(precision, 1);
  const { digits, exponent } = exponentDigits(magnitude, significant - 1);
  const limit = type === '' ? significant - 1 : significant;
  if (exponent < -4 || exponent >= limit) {
    return joinExponent(spec.alternate ? digits : digits.replace(/(?!^)0+$/, ''), exponent, spec.alternate);
  }
  let text = fixedDigits(magnitude, Math.max(significant - 1 - exponent, 0));
  if (!spec.alternate && text.includes('.')) text = text.replace(/\.?0+$/, '');
  return type === '' && !text.includes('.') ? `${text}.0` : text;
}

function signOf(negative: boolean, spec: FormatSpec): string {
  return negative ? '-' : spec.sign === '-' ? '' : spec.sign;
}

/** Groups the whole digits, and pads. */
function finish(sign: string, whole: string, rest: string, spec: FormatSpec, size: number): string {
  const align = spec.align || '>';
  if (align === '=' && spec.fill === '0' && spec.grouping && whole) {
    while (sign.length + group(whole, spec.grouping, size).length + rest.length < spec.width) whole = `0${whole}`;
  }
  return pad(group(whole, spec.grouping, size) + rest, sign, align, spec);
}

function group(digits: string, separator: string, size: number): string {
  return separator ? digits.replace(new RegExp(`\\B(?=(?:\\w{${size}})+$)`, 'g'), separator) : digits;
}

function pad(body: string, sign: string, align: string, spec: FormatSpec): string {
  const missing = spec.width - [...sign].length - [...body].length;
  if (missing <= 0) return sign + body;
  const left = align === '<' ? 0 : align === '^' ? Math.floor(missing / 2) : missing;
  if (align === '=') return sign + spec.fill.repeat(missing) + body;
  return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
}
