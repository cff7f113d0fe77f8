/** Methods of str. Those that ask a known string for a known answer give it; the others give its type only. */
import { MAX_TEXT, bool, int, list, str, tuple, unknown } from '../../values/values';
import type { Value } from '../../values/values';
import { bind } from './call';
import type { BuiltinCall } from './call';
import { formatTemplate } from './format-template';
import type { MethodTable } from './method';
import { intFromNumber, knownInt } from './numbers';
import { itemsInOrder, openSequence } from './sequences';

function textOf(value: Value | undefined): string | null {
  return value?.kind === 'str' ? value.value : null;
}

/** A method of the text alone. */
function mapped(apply: (text: string) => string | null) {
  return (receiver: Value): Value => {
    const text = textOf(receiver);
    return str(text === null ? null : apply(text));
  };
}

function tested(test: (text: string) => boolean) {
  return (receiver: Value): Value => {
    const text = textOf(receiver);
    return bool(text === null ? null : test(text));
  };
}

/** Python counts characters, JavaScript UTF-16 units: answers that are positions are given for plain text only. */
function isSimple(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}

const SPACE = /\s/u;

function strip(sides: 'both' | 'left' | 'right') {
  return (receiver: Value, call: BuiltinCall): Value => {
    const text = textOf(receiver);
    const [set] = bind(call, ['chars'], 0);
    const characters = set === undefined || set.kind === 'None' ? null : textOf(set);
    if (text === null || (set && set.kind !== 'None' && characters === null)) return str(null);
    const all = [...text];
    const cut = (character: string): boolean => (characters === null ? SPACE.test(character) : characters.includes(character));
    let start = 0;
    let end = all.length;
    if (sides !== 'right') while (start < end && cut(all[start]!)) start++;
    if (sides !== 'left') while (end > start && cut(all[end - 1]!)) end--;
    return str(all.slice(start, end).join(''));
  };
}

function split(fromRight: boolean) {
  return (receiver: Value, call: BuiltinCall): Value => {
    const text = textOf(receiver);
    const [separator, most] = bind(call, ['sep', 'maxsplit'], 0);
    const limit = most === undefined ? -1 : knownInt(most);
    const mark = separator === undefined || separator.kind === 'None' ? null : textOf(separator);
    if (text === null || limit === null || (separator && separator.kind !== 'None' && mark === null)) return openSequence('list', str(null));
    if (mark === '') return call.interp.raise('ValueError', 'empty separator');
    const parts = mark === null ? splitSpace(text, limit, fromRight) : splitAt(text, mark, limit, fromRight);
    return list(parts.map(str));
  };
}

function splitAt(text: string, mark: string, limit: number, fromRight: boolean): string[] {
  const parts = text.split(mark);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - limit).join(mark), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

function splitSpace(text: string, limit: number, fromRight: boolean): string[] {
  const parts: string[] = [];
  let rest = fromRight ? text.trimEnd() : text.trimStart();
  while (rest !== '' && (limit < 0 || parts.length < limit)) {
    const match = fromRight ? /(?:^|\s)(\S+)$/u.exec(rest) : /^(\S+)/u.exec(rest);
    const word = match![1]!;
    parts.push(word);
    rest = fromRight ? rest.slice(0, rest.length - word.length).trimEnd() : rest.slice(word.length).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return fromRight ? parts.reverse() : parts;
}

function join(receiver: Value, call: BuiltinCall): Value {
  const [source] = bind(call, ['iterable'], 1);
  const text = textOf(receiver);
  const items = itemsInOrder(call.interp, source!, call.span);
  if (text === null || !items) return str(null);
  const wrong = items.findIndex((item) => ['int', 'float', 'bool', 'None', 'list', 'tuple', 'dict'].includes(item.kind));
  if (wrong >= 0) return call.interp.raise('TypeError', `sequence item ${wrong}: expected str instance, ${items[wrong]!.kind} found`);
  const parts = items.map(textOf);
  if (!parts.every((part) => part !== null)) return str(null);
  const length = parts.reduce((sum, part) => sum + part.length + text.length, 0);
  return str(length > MAX_TEXT ? null : parts.join(text));
}

function affix(test: (text: string, part: string) => boolean) {
  return (receiver: Value, call: BuiltinCall): Value => {
    const [part, ...bounds] = bind(call, ['prefix', 'start', 'end'], 1);
    const text = textOf(receiver);
    const options = part!.kind === 'tuple' ? part!.items?.map(textOf) : [textOf(part)];
    if (text === null || !options || options.includes(null) || bounds.some((bound) => bound !== undefined)) return bool(null);
    return bool(options.some((option) => test(text, option!)));
  };
}

function find(how: 'indexOf' | 'lastIndexOf', raises: boolean) {
  return (receiver: Value, call: BuiltinCall): Value => {
    const [part, ...bounds] = bind(call, ['sub', 'start', 'end'], 1);
    const [text, wanted] = [textOf(receiver), textOf(part)];
    if (text === null || wanted === null || !isSimple(text) || bounds.some((bound) => bound !== undefined)) return int(null);
    const at = text[how](wanted);
    return at < 0 && raises ? call.interp.raise('ValueError', 'substring not found') : intFromNumber(at);
  };
}

function count(receiver: Value, call: BuiltinCall): Value {
  const [part, ...bounds] = bind(call, ['sub', 'start', 'end'], 1);
  const [text, wanted] = [textOf(receiver), textOf(part)];
  if (text === null || wanted === null || bounds.some((bound) => bound !== undefined)) return int(null);
  return intFromNumber(wanted === '' ? [...text].length + 1 : text.split(wanted).length - 1);
}

function replace(receiver: Value, call: BuiltinCall): Value {
  const [from, to, most] = bind(call, ['old', 'new', 'count'], 2);
  const [text, old, fresh] = [textOf(receiver), textOf(from), textOf(to)];
  const limit = most === undefined ? -1 : knownInt(most);
  if (text === null || old === null || fresh === null || limit === null || (text.length + 1) * (fresh.length + 1) > 100 * MAX_TEXT) return str(null);
  if (limit < 0) return str(old === '' ? [fresh, ...[...text].flatMap((character) => [character, fresh])].join('') : text.split(old).join(fresh));
  if (old === '') return str(null);
  const parts = text.split(old);
  return str(parts.slice(1).reduce((done, part, i) => done + (i < limit ? fresh : old) + part, parts[0]!));
}

function padded(place: (missing: number, text: string) => number) {
  return (receiver: Value, call: BuiltinCall): Value => {
    const [width, fill] = bind(call, ['width', 'fillchar'], 1);
    const text = textOf(receiver);
    const wanted = knownInt(width);
    const character = fill === undefined ? ' ' : textOf(fill);
    if (text === null || wanted === null || character === null || wanted > 10_000) return str(null);
    const missing = Math.max(wanted - [...text].length, 0);
    const left = place(missing, text);
    return str(character.repeat(left) + text + character.repeat(missing - left));
  };
}

function partition(how: 'indexOf' | 'lastIndexOf') {
  return (receiver: Value, call: BuiltinCall): Value => {
    const [separator] = bind(call, ['sep'], 1);
    const [text, mark] = [textOf(receiver), textOf(separator)];
    if (text === null || mark === null) return tuple([str(null), str(null), str(null)]);
    const at = text[how](mark);
    if (at < 0) return tuple((how === 'indexOf' ? [text, '', ''] : ['', '', text]).map(str));
    return tuple([text.slice(0, at), mark, text.slice(at + mark.length)].map(str));
  };
}

function without(test: (text: string, part: string) => string) {
  return (receiver: Value, call: BuiltinCall): Value => {
    const [text, part] = [textOf(receiver), textOf(bind(call, ['affix'], 1)[0])];
    return str(text === null || part === null ? null : test(text, part));
  };
}

const titled = (text: string): string => text.replace(/\p{L}+/gu, (word) => [...word].map((character, i) => (i === 0 ? character.toUpperCase() : character.toLowerCase())).join(''));
const swapped = (text: string): string => [...text].map((character) => (character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase())).join('');

export const stringMethods: MethodTable = {
  format: (receiver, call) => {
    const template = textOf(receiver);
    return str(template === null ? null : formatTemplate(template, call));
  },
  join,
  split: split(false),
  rsplit: split(true),
  splitlines: (receiver, call) => {
    const text = textOf(receiver);
    if (text === null || call.args.length > 0 || call.keywords.size > 0) return openSequence('list', str(null));
    const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u);
    if (lines.at(-1) === '') lines.pop();
    return list(lines.map(str));
  },
  strip: strip('both'),
  lstrip: strip('left'),
  rstrip: strip('right'),
  startswith: affix((text, part) => text.startsWith(part)),
  endswith: affix((text, part) => text.endsWith(part)),
  replace,
  find: find('indexOf', false),
  rfind: find('lastIndexOf', false),
  index: find('indexOf', true),
  rindex: find('lastIndexOf', true),
  count,
  lower: mapped((text) => text.toLowerCase()),
  upper: mapped((text) => text.toUpperCase()),
  casefold: mapped((text) => (/^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : null)),
  title: mapped(titled),
  capitalize: mapped((text) => [...text].map((character, i) => (i === 0 ? character.toUpperCase() : character.toLowerCase())).join('')),
  swapcase: mapped(swapped),
  isdigit: tested((text) => /^\d+$/.test(text)),
  isdecimal: tested((text) => /^\d+$/.test(text)),
  isnumeric: tested((text) => /^\d+$/.test(text)),
  isalpha: tested((text) => /^\p{L}+$/u.test(text)),
  isalnum: tested((text) => /^[\p{L}\p{N}]+$/u.test(text)),
  isspace: tested((text) => /^\s+$/u.test(text)),
  islower: tested((text) => text !== text.toUpperCase() && text === text.toLowerCase()),
  isupper: tested((text) => text !== text.toLowerCase() && text === text.toUpperCase()),
  isidentifier: tested((text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)),
  zfill: (receiver, call) => {
    const text = textOf(receiver);
    const width = knownInt(bind(call, ['width'], 1)[0]);
    if (text === null || width === null || width > 10_000) return str(null);
    const sign = /^[+-]/.test(text) ? text[0]! : '';
    return str(sign + '0'.repeat(Math.max(width - [...text].length, 0)) + text.slice(sign.length));
  },
  ljust: padded(() => 0),
  rjust: padded((missing) => missing),
  // CPython puts the odd space left where the width is odd.
  center: padded((missing, text) => Math.floor(missing / 2) + (missing & (missing + [...text].length) & 1)),
  partition: partition('indexOf'),
  rpartition: partition('lastIndexOf'),
  removeprefix: without((text, part) => (text.startsWith(part) ? text.slice(part.length) : text)),
  removesuffix: without((text, part) => (part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text)),
  expandtabs: () => str(null),
  translate: () => str(null),
  format_map: () => str(null),
  encode: () => unknown('bytes are not traced'),
};
