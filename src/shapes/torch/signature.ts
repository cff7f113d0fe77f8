/**
 * Signatures of operations, parsed from the text that torch documents them with:
 * `sum(input, dim=None, keepdim=False, *, dtype=None)`. A type after a name (`other: Tensor`) tells overloads apart;
 * `*size` takes ints one by one or as one sequence; `**options` takes what every factory function takes, `**` with any
 * other name all further keywords, as a tuple of pairs.
 */
import { FALSE, NONE, TRUE, float, int, str, tuple } from '../values/values';
import type { Value } from '../values/values';
import { constant } from '../symint/symint';

export type ParameterType = 'Tensor' | 'int' | 'ints' | 'Number' | 'bool' | 'str' | 'dtype' | 'Tensors' | 'None';

export interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'keyword' | 'varargs' | 'keywords';
  /** null: the argument must be given. */
  readonly default: Value | null;
  /** null: any. */
  readonly types: readonly ParameterType[] | null;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** Whether the options of factory functions may be given. */
  readonly options: boolean;
}

/** Options that change neither shape nor dtype. */
export const OPTIONS: ReadonlySet<string> = new Set([
  'layout', 'device', 'pin_memory', 'requires_grad', 'memory_format', 'generator', 'names', 'non_blocking', 'copy', 'check_invariants',
]);

const parsed = new Map<string, Signature>();

export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const signature = parse(text);
  parsed.set(text, signature);
  return signature;
}

function parse(text: string): Signature {
  const inner = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
  const parameters: Parameter[] = [];
  let options = false;
  let keyword = false;
  for (const part of splitTop(inner)) {
    if (part === '*') keyword = true;
    else if (part === '**options') options = true;
    else if (part.startsWith('**')) parameters.push({ ...parameter(part.slice(2)), kind: 'keywords' });
    else if (part.startsWith('*')) {
      parameters.push({ ...parameter(part.slice(1)), kind: 'varargs' });
      keyword = true;
    } else parameters.push({ ...parameter(part), kind: keyword ? 'keyword' : 'positional' });
  }
  return { parameters, options };
}

function parameter(part: string): Omit<Parameter, 'kind'> {
  const [head, written] = part.split(/=(.*)/s) as [string, string | undefined];
  const [name, type] = head.split(':') as [string, string | undefined];
  return {
    name: name.trim(),
    default: written === undefined ? null : literal(written.trim()),
    types: type === undefined ? null : (type.split('|').map((each) => each.trim()) as ParameterType[]),
  };
}

/** At commas outside parentheses. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (i === text.length || (character === ',' && depth === 0)) {
      const part = text.slice(from, i).trim();
      if (part !== '') parts.push(part);
      from = i + 1;
    }
  }
  return parts;
}

function literal(text: string): Value {
  if (text === 'None') return NONE;
  if (text === 'True') return TRUE;
  if (text === 'False') return FALSE;
  if (/^-?\d+$/.test(text)) return int(constant(Number(text)));
  if (text.startsWith("'")) return str(text.slice(1, -1));
  if (text.startsWith('(')) return tuple(splitTop(text.slice(1, -1)).map(literal));
  const number = Number(text.replace('inf', 'Infinity'));
  if (Number.isNaN(number)) throw new Error(`a default that no signature may have: ${text}`);
  return float(number);
}
