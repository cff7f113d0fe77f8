/** `str.format`: https://docs.python.org/3/library/string.html#format-string-syntax */
import { int, str } from '../../values/values';
import type { Value } from '../../values/values';
import { constant } from '../../symint/symint';
import type { BuiltinCall } from './call';
import { textOf } from './conversions';
import { formatValue } from './format';

/** null where a part is not known or the template is malformed. */
export function formatTemplate(template: string, call: BuiltinCall): string | null {
  return expand(template, call, { next: 0 }, 0);
}

function expand(template: string, call: BuiltinCall, counter: { next: number }, depth: number): string | null {
  if (depth > 2) return null;
  let out = '';
  for (let at = 0; at < template.length; at++) {
    const character = template[at]!;
    if (character !== '{' && character !== '}') out += character;
    else if (template[at + 1] === character && depth === 0) {
      out += character;
      at++;
    } else if (character === '}') return null;
    else {
      const end = closing(template, at);
      const text = end === null ? null : field(template.slice(at + 1, end), call, counter, depth);
      if (text === null) return null;
      out += text;
      at = end!;
    }
  }
  return out;
}

function closing(template: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === '{') depth++;
    else if (template[at] === '}' && --depth === 0) return at;
  }
  return null;
}

function field(text: string, call: BuiltinCall, counter: { next: number }, depth: number): string | null {
  const match = /^([^!:{}[\].]*)((?:\.[^.[\]!:{}]+|\[[^\]]+\])*)(?:!([rsa]))?(?::([^]*))?$/.exec(text);
  if (!match) return null;
  const [, name = '', path = '', conversion = null, specText = ''] = match;
  let value = name === '' || /^\d+$/.test(name) ? call.args[name === '' ? counter.next++ : Number(name)] : call.keywords.get(name);
  if (!value) return null;
  for (const [, attribute, key] of path.matchAll(/\.([^.[\]]+)|\[([^\]]+)\]/g)) {
    value = attribute !== undefined
      ? call.interp.getAttribute(value, attribute, call.span)
      : call.interp.getItem(value, keyOf(key!), call.span);
  }
  const spec = specText.includes('{') ? expand(specText, call, counter, depth + 1) : specText;
  if (spec === null) return null;
  if (value.kind === 'instance' && spec === '') {
    const shown = textOf(call, value, conversion === 'r' ? 'repr' : 'str');
    return shown.kind === 'str' ? shown.value : null;
  }
  return formatValue(value, spec, conversion);
}

function keyOf(text: string): Value {
  return /^\d+$/.test(text) ? int(constant(Number(text))) : str(text);
}
