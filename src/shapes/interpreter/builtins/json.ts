/** json: texts that stand in the code. https://docs.python.org/3/library/json.html */
import { constant } from '../../symint/symint';
import { NONE, bool, float, int, list, str, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { dictOf } from './sequences';

function loads(call: BuiltinCall): Value {
  const [text] = bind(call, ['s'], 1);
  if (text!.kind !== 'str' || text!.value === null) return unknown('the text of the JSON is not known');
  try {
    // Whether a number has a decimal point tells an int from a float, which its value does not.
    return valueOf(JSON.parse(text!.value.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) => (/^"|^-?\d+$/.test(token) ? token : `{${JSON.stringify(FLOAT)}:${token}}`))) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return call.interp.raise('ValueError', 'the text is not valid JSON');
    throw error;
  }
}

/** Under which a float stands, as no text in code has it. */
const FLOAT = '\0float';

function valueOf(json: unknown): Value {
  if (json === null) return NONE;
  if (typeof json === 'string') return str(json);
  if (typeof json === 'boolean') return bool(json);
  if (typeof json === 'number') return int(Number.isSafeInteger(json) ? constant(json) : null);
  if (Array.isArray(json)) return list(json.map(valueOf));
  const members = Object.entries(json as Record<string, unknown>);
  return members.length === 1 && members[0]![0] === FLOAT ? float(Number(members[0]![1])) : dictOf(members.map(([name, value]) => [name, valueOf(value)] as const));
}

export const json: BuiltinTable = { 'json.loads': loads };
