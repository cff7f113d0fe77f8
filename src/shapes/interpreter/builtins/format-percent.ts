/** `%` formatting: https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting */
import { formatFloat, formatInteger, formatString, isFeasible } from './format-spec';
import type { FormatSpec } from './format-spec';
import { reprOf, strOf } from './format';
import { knownInt, knownNumber } from './numbers';
import { hashKey } from '../../values/keys';
import { str } from '../../values/values';
import type { Value } from '../../values/values';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([a-zA-Z%])/g;

/** null where an argument is not known, or does not fit. */
export function formatPercent(template: string, argument: Value): string | null {
  const positional = argument.kind === 'tuple' ? argument.items : [argument];
  if (!positional) return null;
  let used = 0;
  let failed = false;
  const take = (key: string | undefined): Value | undefined => {
    if (key === undefined) return positional[used++];
    const hash = hashKey(str(key));
    return argument.kind === 'dict' && hash !== null ? argument.entries.get(hash)?.value : undefined;
  };
  const text = template.replace(DIRECTIVE, (_, key: string | undefined, flags: string, width: string | undefined, precision: string | undefined, type: string) => {
    if (type === '%') return '%';
    const given = (part: string | undefined): number | null | undefined => (part === undefined ? undefined : part === '*' ? knownInt(take(undefined)) : Number(part));
    const widthNumber = given(width);
    const precisionNumber = given(precision);
    const value = take(key);
    const formatted = value === undefined || widthNumber === null || precisionNumber === null || !isFeasible(widthNumber ?? 0, precisionNumber ?? null) ? null : directive(value, flags, widthNumber ?? 0, precisionNumber ?? null, type);
    if (formatted === null) failed = true;
    return formatted ?? '';
  });
  const isMapping = argument.kind === 'dict';
  if (failed || (!isMapping && used !== positional.length) || template.replace(DIRECTIVE, '').includes('%')) return null;
  return text;
}

function directive(value: Value, flags: string, width: number, precision: number | null, type: string): string | null {
  const spec = (kind: string): FormatSpec => ({
    fill: flags.includes('0') && !flags.includes('-') && !/[srac]/.test(type) ? '0' : ' ',
    align: flags.includes('-') ? '<' : flags.includes('0') && !/[srac]/.test(type) ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    alternate: flags.includes('#'), width, grouping: '', precision, type: kind,
  });
  switch (type) {
    case 's': case 'r': case 'a': {
      const text = type === 's' ? strOf(value) : reprOf(value);
      return text === null || (type === 'a' && /[^\0-\x7f]/.test(text)) ? null : formatString(text, { ...spec('s'), sign: '-', alternate: false });
    }
    case 'c': return value.kind === 'str' && value.value !== null && [...value.value].length === 1 ? formatString(value.value, { ...spec('s'), precision: null }) : null;
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': {
      const number = knownNumber(value);
      const isDecimal = type === 'd' || type === 'i' || type === 'u';
      if (number === null || precision !== null || (value.kind === 'float' && !isDecimal) || !Number.isFinite(number)) return null;
      return formatInteger(BigInt(Math.trunc(number)), spec(isDecimal ? 'd' : type));
    }
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': {
      const number = knownNumber(value);
      return number === null ? null : formatFloat(number, spec(type));
    }
    default: return null;
  }
}
