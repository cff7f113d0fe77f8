/** The values of number literals. */
import type { ConstantValue } from '../ast';

/** @returns the value, or what is wrong with the literal */
export function numberValue(text: string): ConstantValue | string {
  if (/_(_|$)/.test(text)) return `${text} is no number: a single '_' may stand between digits only`;
  if (/^0\d*[1-9_]*\d*[lL]$|^[1-9][\d_]*[lL]$|^0[xXoObB].*[lL]$/.test(text)) return `${text} is Python 2's long integer; without the suffix it is the same number`;
  if (/^0[\d_]*[1-9][\d_]*$/.test(text)) return `${text} has leading zeros, which Python does not allow in a number; octal is written 0o${text.replace(/^0+/, '')}`;
  const digits = text.replaceAll('_', '');
  if (/^0[xob]/i.test(digits)) return integer(Number(digits.toLowerCase()));
  if (/j$/i.test(digits)) return Object.freeze({ type: 'complex', value: Number(digits.slice(0, -1)) });
  if (/[.e]/i.test(digits)) return Object.freeze({ type: 'float', value: Number(digits) });
  return integer(Number(digits));
}

function integer(value: number): ConstantValue {
  return Object.freeze({ type: 'int', value, exact: Number.isSafeInteger(value) });
}
