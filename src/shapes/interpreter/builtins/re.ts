/** re: https://docs.python.org/3/library/re.html. What is matched is told where pattern and text are known. */
import { constant } from '../../symint/symint';
import { NO_KEYWORDS } from '../interpreter';
import { NONE, builtin, contentOf, int, list, str, tuple, unknown } from '../../values/values';
import type { InstanceValue, Value } from '../../values/values';
import { bind, unknownFrom } from './call';
import type { BuiltinCall, BuiltinTable } from './call';
import { classWith, freshInstance } from './instances';
import { knownInt } from './numbers';
import { compilePattern, findAll, findMatch } from './regex/index';
import type { Found, How, Pattern } from './regex/index';
import { dictOf, iterator, openIterator, openSequence } from './sequences';
import { builtinClass } from './types';

const PATTERN_METHODS = ['match', 'fullmatch', 'search', 'sub', 'subn', 'split', 'findall', 'finditer'] as const;
const number = (n: number): Value => int(constant(n));

/** The class of matches, with `match[1]`. */
const matchClass = classWith('Match', new Map([['__getitem__', builtin('re.Match.__getitem__')]]));

function compile(call: BuiltinCall): Value {
  const [pattern, flags] = bind(call, ['pattern', 'flags'], 1);
  const source = contentOf(pattern!);
  if (source.kind === 'instance' && source.cls.builtin === 're.Pattern') return source;
  const bits = flags ? flagBits(flags) : 0;
  if (source.kind !== 'str' || source.value === null || bits === null) return unknownFrom([pattern, flags], 'the pattern is not known');
  const made = freshInstance(builtinClass('re.Pattern')!, [['pattern', source], ['flags', number(bits)]]);
  for (const name of PATTERN_METHODS) made.attributes.set(name, { kind: 'method', receiver: made, func: builtin(`re.${name}`) });
  return made;
}

function flagBits(value: Value): number | null {
  return knownInt(value.kind === 'instance' ? value.attributes.get('value') ?? value : value);
}

/** The pattern, text and other arguments of `re.search(pattern, text)` and `compiled.search(text)`; a reason where they are not known. */
function readArguments(call: BuiltinCall, names: readonly string[], required: number): { pattern: Pattern; text: string; values: (Value | undefined)[] } | Value {
  const ofPattern = call.args[0]?.kind === 'instance';
  const parameters = ofPattern ? names.filter((name) => name !== 'flags') : names;
  const values = bind(call, parameters, required);
  const compiled = compile({ ...call, args: [values[0]!, ...(ofPattern ? [] : [values[names.indexOf('flags')] ?? number(0)])], keywords: NO_KEYWORDS });
  const subject = values[names.indexOf('string')];
  const text = subject && contentOf(subject);
  if (compiled.kind !== 'instance') return compiled;
  if (text?.kind !== 'str' || text.value === null) return unknownFrom([subject], 'the text that is matched is not known');
  const { attributes } = compiled;
  const [source, flags] = [attributes.get('pattern')!, attributes.get('flags')!];
  const pattern = source.kind === 'str' && source.value !== null ? compilePattern(source.value, knownInt(flags) ?? 0) : null;
  return pattern ? { pattern, text: text.value, values } : unknown('the regular expression is not understood');
}

function matching(how: How) {
  return (call: BuiltinCall): Value => {
    const read = readArguments(call, ['pattern', 'string', 'flags'], 2);
    if ('kind' in read) return read;
    const found = findMatch(read.pattern, read.text, how);
    return found === undefined ? tooLong() : found ? matchOf(found, read.text, read.pattern, call) : NONE;
  };
}

const tooLong = (): Value => unknown('matching the regular expression takes too long');

function groupText(found: Found, index: number, text: string): string | null {
  const start = found[2 * index]!;
  return start < 0 ? null : text.slice(start, found[2 * index + 1]);
}

function groupValue(found: Found, index: number, text: string, missing: Value = NONE): Value {
  const group = groupText(found, index, text);
  return group === null ? missing : str(group);
}

function matchOf(found: Found, text: string, pattern: Pattern, call: BuiltinCall): InstanceValue {
  const groups = Array.from({ length: pattern.groups + 1 }, (_, i) => groupValue(found, i, text));
  const made = freshInstance(matchClass, [
    ['string', str(text)], ['re', call.args[0]!], ['%groups', tuple(groups)], ['%spans', tuple(found.map(number))],
    ['%names', dictOf([...pattern.names].map(([name, index]) => [name, number(index)]))],
    ['lastindex', unknown('which group matched last')], ['lastgroup', unknown('which group matched last')],
  ]);
  for (const name of ['group', 'groups', 'groupdict', 'start', 'end', 'span', 'expand']) made.attributes.set(name, { kind: 'method', receiver: made, func: builtin(`re.Match.${name}`) });
  return made;
}

/** The groups of a match, its spans and the numbers of its named groups. */
function partsOf(call: BuiltinCall): { groups: Value[]; spans: Value[]; names: Map<string, number> } | null {
  const [self] = call.args;
  if (self?.kind !== 'instance') return null;
  const [groups, spans, names] = ['%groups', '%spans', '%names'].map((name) => self.attributes.get(name));
  if (groups?.kind !== 'tuple' || spans?.kind !== 'tuple' || names?.kind !== 'dict') return null;
  return { groups: groups.items!, spans: spans.items!, names: new Map([...names.entries.values()].map((entry) => [(entry.key as { value: string }).value, knownInt(entry.value)!])) };
}

/** The number of the group that is asked for; null where that is not known. @throws IndexError in the traced code */
function groupIndex(call: BuiltinCall, wanted: Value | undefined, names: ReadonlyMap<string, number>, count: number): number | null {
  if (wanted === undefined) return 0;
  const index = wanted.kind === 'str' && wanted.value !== null ? names.get(wanted.value) ?? -1 : knownInt(wanted);
  if (index !== null && (index < 0 || index >= count)) call.interp.raise('IndexError', 'no such group');
  return index;
}

function group(call: BuiltinCall): Value {
  const parts = partsOf(call);
  if (!parts) return unknown('a group of a match that is not known');
  const wanted = call.args.length > 1 ? call.args.slice(1) : [number(0)];
  const values = wanted.map((each) => {
    const index = groupIndex(call, each, parts.names, parts.groups.length);
    return index === null ? unknownFrom([each], 'which group is asked for is not known') : parts.groups[index]!;
  });
  return values.length === 1 ? values[0]! : tuple(values);
}

function groups(call: BuiltinCall): Value {
  const parts = partsOf(call);
  const [, missing] = call.args;
  return parts ? tuple(parts.groups.slice(1).map((each) => (each.kind === 'None' ? missing ?? NONE : each))) : unknown('the groups of a match that is not known');
}

function place(pick: (start: Value, end: Value) => Value) {
  return (call: BuiltinCall): Value => {
    const parts = partsOf(call);
    const index = parts && groupIndex(call, call.args[1], parts.names, parts.groups.length);
    return parts && index !== null ? pick(parts.spans[2 * index]!, parts.spans[2 * index + 1]!) : unknown('the place of a match that is not known');
  };
}

/** What findall gives for one match: the text, its only group, or all of its groups. */
function foundItem(found: Found, text: string, pattern: Pattern): Value {
  const values = Array.from({ length: pattern.groups }, (_, i) => groupValue(found, i + 1, text, str('')));
  return values.length === 0 ? groupValue(found, 0, text) : values.length === 1 ? values[0]! : tuple(values);
}

function findall(call: BuiltinCall): Value {
  const read = readArguments(call, ['pattern', 'string', 'flags'], 2);
  const all = 'kind' in read ? undefined : findAll(read.pattern, read.text);
  return 'kind' in read || !all ? openSequence('list', unknown('what was found')) : list(all.map((found) => foundItem(found, read.text, read.pattern)));
}

function finditer(call: BuiltinCall): Value {
  const read = readArguments(call, ['pattern', 'string', 'flags'], 2);
  const all = 'kind' in read ? undefined : findAll(read.pattern, read.text);
  return 'kind' in read || !all ? openIterator('iterator', unknown('what was found')) : iterator('iterator', all.map((found) => matchOf(found, read.text, read.pattern, call)));
}

function split(call: BuiltinCall): Value {
  const read = readArguments(call, ['pattern', 'string', 'maxsplit', 'flags'], 2);
  const all = 'kind' in read ? undefined : findAll(read.pattern, read.text);
  if ('kind' in read || !all) return openSequence('list', str(null));
  const limit = read.values[2] ? knownInt(read.values[2]) : 0;
  if (limit === null) return openSequence('list', str(null));
  const parts: Value[] = [];
  let last = 0;
  for (const found of limit > 0 ? all.slice(0, limit) : all) {
    parts.push(str(read.text.slice(last, found[0])), ...Array.from({ length: read.pattern.groups }, (_, i) => groupValue(found, i + 1, read.text)));
    last = found[1]!;
  }
  return list([...parts, str(read.text.slice(last))]);
}

/** The text with the matches replaced, and their number; null where one of the replacements is not known. */
function substituted(call: BuiltinCall): { text: string; count: number } | null {
  const read = readArguments(call, ['pattern', 'repl', 'string', 'count', 'flags'], 3);
  const all = 'kind' in read ? undefined : findAll(read.pattern, read.text);
  if ('kind' in read || !all) return null;
  const limit = read.values[3] ? knownInt(read.values[3]) : 0;
  if (limit === null) return null;
  const used = limit > 0 ? all.slice(0, limit) : all;
  let text = '';
  let last = 0;
  for (const found of used) {
    const replacement = replaced(call, read.values[1]!, found, read.text, read.pattern);
    if (replacement === null) return null;
    text += read.text.slice(last, found[0]) + replacement;
    last = found[1]!;
  }
  return { text: text + read.text.slice(last), count: used.length };
}

function replaced(call: BuiltinCall, by: Value, found: Found, text: string, pattern: Pattern): string | null {
  const template = contentOf(by);
  if (template.kind === 'str') return template.value === null ? null : expanded(template.value, found, text, pattern);
  const result = contentOf(call.interp.call(by, [matchOf(found, text, pattern, call)], NO_KEYWORDS, call.span));
  return result.kind === 'str' ? result.value : null;
}

/** A template with `\1`, `\g<name>` and escapes; null where it has what is not read. */
function expanded(template: string, found: Found, text: string, pattern: Pattern): string | null {
  let isRead = true;
  const result = template.replace(/\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g, (_whole, name: string | undefined, digits: string | undefined, escape: string | undefined) => {
    if (escape !== undefined) {
      const at = 'ntrfva\\'.indexOf(escape);
      if (at < 0) isRead = isRead && !/[A-Za-z]/.test(escape);
      return at < 0 ? `\\${escape}` : '\n\t\r\f\v\x07\\'[at]!;
    }
    const index = digits !== undefined ? Number(digits) : /^\d/.test(name!) ? Number(name) : pattern.names.get(name!) ?? -1;
    if (index < 0 || index > pattern.groups || digits?.startsWith('0')) isRead = false;
    return isRead ? groupText(found, index, text) ?? '' : '';
  });
  return isRead ? result : null;
}

export const re: BuiltinTable = {
  're.compile': compile,
  're.match': matching('match'),
  're.fullmatch': matching('fullmatch'),
  're.search': matching('search'),
  're.findall': findall,
  're.finditer': finditer,
  're.split': split,
  're.sub': (call) => str(substituted(call)?.text ?? null),
  're.subn': (call) => {
    const result = substituted(call);
    return tuple([str(result?.text ?? null), result ? number(result.count) : int(null)]);
  },
  're.escape': (call) => {
    const [pattern] = bind(call, ['pattern'], 1);
    return str(pattern!.kind === 'str' && pattern!.value !== null ? pattern!.value.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&') : null);
  },
  're.purge': () => NONE,
  're.Match.group': group,
  're.Match.__getitem__': group,
  're.Match.groups': groups,
  're.Match.groupdict': (call) => {
    const parts = partsOf(call);
    return parts ? dictOf([...parts.names].map(([name, index]) => [name, parts.groups[index]!])) : unknown('the groups of a match that is not known');
  },
  're.Match.start': place((start) => start),
  're.Match.end': place((_start, end) => end),
  're.Match.span': place((start, end) => tuple([start, end])),
};
