/** Python's `str`, `repr` and `format` of known values; null where the text is not known. */
import { floatRepr } from './decimal';
import { formatFloat, formatInteger, formatString, parseFormatSpec } from './format-spec';
import { knownInt } from './numbers';
import { isBuiltinClass } from './types';
import type { ClassValue, SequenceValue, Value } from '../../values/values';

/** Deeper nestings (a list inside itself) have no text that is worth showing. */
const MAX_DEPTH = 16;

/**
 * `format(value, spec)`, after an f-string's conversion.
 * @param conversion `r`, `s` or `a` as in `{x!r}`; null for none
 */
export function formatValue(value: Value, spec: string, conversion: string | null = null): string | null {
  if (conversion !== null) {
    const text = conversion === 's' ? strOf(value) : reprOf(value);
    if (text === null || (conversion === 'a' && /[^\0-\x7f]/.test(text))) return null;
    return formatText(text, spec);
  }
  if (spec === '') return strOf(value);
  switch (value.kind) {
    case 'str': return value.value === null ? null : formatText(value.value, spec);
    case 'int': case 'bool': {
      const number = knownInt(value);
      const parsed = parseFormatSpec(spec);
      if (number === null || !parsed) return null;
      return formatInteger(BigInt(number), parsed);
    }
    case 'float': {
      const parsed = parseFormatSpec(spec);
      return value.value === null || !parsed ? null : formatFloat(value.value, parsed);
    }
    default: return null;
  }
}

function formatText(text: string, spec: string): string | null {
  const parsed = parseFormatSpec(spec);
  return parsed && formatString(text, parsed);
}

/** Python's `str(value)`. */
export function strOf(value: Value): string | null {
  if (value.kind === 'str') return value.value;
  if (value.kind === 'device') return value.value;
  return reprOf(value);
}

function classText(cls: ClassValue): string | null {
  if (cls.builtin !== null) return builtinText(cls.builtin);
  const module = cls.attributes.get('__module__');
  return module?.kind === 'str' && module.value !== null ? `<class '${module.value}.${cls.qualname}'>` : null;
}

const builtinText = (name: string): string | null => (isBuiltinClass(name) || OF_TORCH.has(name) ? `<class '${name}'>` : null);

/** Classes of torch that are named as they are defined. */
const OF_TORCH: ReadonlySet<string> = new Set(['torch.Tensor', 'torch.Size', 'torch.device', 'torch.dtype']);

/** Python's `repr(value)`. */
export function reprOf(value: Value, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null;
  switch (value.kind) {
    case 'int': return value.value?.value == null ? null : String(value.value.value);
    case 'float': return value.value === null ? null : floatRepr(value.value);
    case 'bool': return value.value === null ? null : value.value ? 'True' : 'False';
    case 'str': return value.value === null ? null : quote(value.value);
    case 'None': return 'None';
    case 'Ellipsis': return 'Ellipsis';
    case 'dtype': return `torch.${value.value}`;
    case 'tuple': case 'list': return sequenceRepr(value, depth);
    case 'dict': {
      if (value.open || value.typeName !== null) return null;
      return all([...value.entries.values()].flatMap((entry) => [reprOf(entry.key, depth + 1), reprOf(entry.value, depth + 1)]), (parts) => {
        const pairs = parts.flatMap((part, i) => (i % 2 === 0 ? [`${part}: ${parts[i + 1]!}`] : []));
        return `{${pairs.join(', ')}}`;
      });
    }
    case 'set': {
      // The order of a set's items depends on hashes, and those of strings change from run to run.
      if (!value.items || value.items.size > 1) return null;
      return value.items.size === 0 ? 'set()' : all([...value.items.values()].map((item) => reprOf(item, depth + 1)), (parts) => `{${parts[0]!}}`);
    }
    case 'slice': return all([value.start, value.stop, value.step].map((part) => reprOf(part, depth + 1)), (parts) => `slice(${parts.join(', ')})`);
    case 'class': return classText(value);
    case 'builtin': return builtinText(value.name);
    default: return null;
  }
}

function sequenceRepr(value: SequenceValue, depth: number): string | null {
  if (!value.items) return null;
  return all(value.items.map((item) => reprOf(item, depth + 1)), (parts) => {
    if (value.fields) return `${value.typeName ?? 'tuple'}(${parts.map((part, i) => `${value.fields![i]}=${part}`).join(', ')})`;
    if (value.typeName === 'torch.Size') return `torch.Size([${parts.join(', ')}])`;
    if (value.typeName === 'collections.deque') return `deque([${parts.join(', ')}])`;
    if (value.kind === 'list') return `[${parts.join(', ')}]`;
    return parts.length === 1 ? `(${parts[0]!},)` : `(${parts.join(', ')})`;
  });
}

function all(parts: readonly (string | null)[], build: (parts: string[]) => string): string | null {
  return parts.every((part) => part !== null) ? build(parts as string[]) : null;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string as Python writes it: in single quotes unless it holds some and no double ones. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === mark) out += `\\${mark}`;
    else if (ESCAPES[character] !== undefined) out += ESCAPES[character];
    else if (/[\p{C}\p{Z}]/u.test(character) && character !== ' ') {
      out += code <= 0xff ? `\\x${hex(code, 2)}` : code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
    } else out += character;
  }
  return out + mark;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
