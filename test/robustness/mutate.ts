/** Changes a text at random as accidents do: each kind of damage is a row of the table. The same seed gives the same text. */

type Random = () => number;
type Damage = (text: string, random: Random) => string;

const below = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)]!;

/** Damage to the list of lines. */
const ofLines = (change: (lines: string[], at: number, random: Random) => void): Damage => (text, random) => {
  const lines = text.split('\n');
  change(lines, below(random, lines.length), random);
  return lines.join('\n');
};

/** Damage to one match of a pattern; a text without one stays as it is. */
const ofMatch = (pattern: RegExp, change: (found: string, text: string, random: Random) => string): Damage => (text, random) => {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { index, 0: found } = pick(random, matches);
  return text.slice(0, index) + change(found, text, random) + text.slice(index + found.length);
};

const inserted = (pieces: readonly string[]): Damage => (text, random) => {
  const at = below(random, text.length + 1);
  return text.slice(0, at) + pick(random, pieces) + text.slice(at);
};

const NAME = /[A-Za-z_]\w*/g;
const TOKEN = /[A-Za-z_]\w*|\d+(?:\.\d+)?|[-+*/%@<>=!&|^~]+|[()[\]{},.:;]/g;
const KEYWORDS = ['if', 'else', 'for', 'while', 'return', 'yield', 'lambda', 'def', 'class', 'with', 'try:', 'except', 'finally:', 'in', 'not', 'del', 'raise', 'await', 'global', 'assert', 'match x:', 'case _:', 'import', 'from', 'pass', 'None', 'self', 'super()', '@', ':=', '**', '*', '->', '...', '-1', '0', '10**100', '1e400', '0x', "f'{"];
const UNICODE = ['\uFEFF', '\u0000', '\uD800', '\uDC00', '在', '😀', '\u202E', '\u00A0', '\u2028', '\u3000', '\u200B', 'é', '“', '‘', '（', '：', '，', '\u0085', '\f', '\v', '\x1b', '𝒙'];

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'line deleted': ofLines((lines, at) => void lines.splice(at, 1)),
  'line doubled': ofLines((lines, at) => void lines.splice(at, 0, lines[at]!)),
  'line moved': ofLines((lines, at, random) => {
    const [line] = lines.splice(at, 1);
    lines.splice(below(random, lines.length + 1), 0, line!);
  }),
  'lines deleted': ofLines((lines, at, random) => void lines.splice(at, 1 + below(random, 12))),
  'line cut': ofLines((lines, at, random) => { lines[at] = lines[at]!.slice(0, below(random, lines[at]!.length + 1)); }),
  'file cut at the end': (text, random) => text.slice(0, below(random, text.length + 1)),
  'file cut at the start': (text, random) => text.slice(below(random, text.length + 1)),
  'newline lost': ofMatch(/\n[ \t]*/g, () => ''),
  'newlines lost': (text, random) => {
    const lines = text.split('\n');
    const at = below(random, lines.length);
    const end = at + 2 + below(random, 8);
    return [...lines.slice(0, at), lines.slice(at, end).map((line) => line.trim()).join(''), ...lines.slice(end)].join('\n');
  },
  'newline added': inserted(['\n', '\n\n', '\r', '\r\n', '\\\n', ';']),
  'indentation wrong': ofLines((lines, at, random) => { lines[at] = pick(random, ['', ' ', '   ', '\t', '    ', '            ', ' \t ']) + lines[at]!.trimStart(); }),
  'block indented': ofLines((lines, at, random) => {
    const shift = pick(random, [' ', '    ', '\t', '-']);
    for (let i = at; i < Math.min(lines.length, at + 1 + below(random, 20)); i++) lines[i] = shift === '-' ? lines[i]!.replace(/^ {1,4}/, '') : shift + lines[i]!;
  }),
  'tokens swapped': (text, random) => {
    const matches = [...text.matchAll(TOKEN)];
    if (matches.length < 2) return text;
    const at = below(random, matches.length - 1);
    const [a, b] = [matches[at]!, matches[Math.min(matches.length - 1, at + 1 + below(random, 3))]!];
    return text.slice(0, a.index) + b[0] + text.slice(a.index + a[0].length, b.index) + (a === b ? '' : a[0]) + text.slice(b.index + b[0].length);
  },
  'token deleted': ofMatch(TOKEN, () => ''),
  'token doubled': ofMatch(TOKEN, (found) => `${found} ${found}`),
  'token replaced': ofMatch(TOKEN, (_found, text, random) => pick(random, text.match(TOKEN)!)),
  'keyword added': inserted(KEYWORDS.map((word) => ` ${word} `)),
  'number changed': ofMatch(/\d+/g, (found, _text, random) => pick(random, ['0', '1', '-1', '2', '7', `${found}0`, '1000000007', '9007199254740993', '1'.repeat(400), '1e308', '0.5', '""', 'None'])),
  'bracket added': inserted(['(', ')', '[', ']', '{', '}', '([{', ')]}', '('.repeat(50), '[[[[[[[[']),
  'bracket deleted': ofMatch(/[()[\]{}]/g, () => ''),
  'quote added': inserted(["'", '"', "'''", '"""', "f'", 'r"', "b'", '`', '```\n', '#', '>>> ', '... ']),
  'quote deleted': ofMatch(/"""|'''|["'`#]/g, () => ''),
  'unicode added': inserted(UNICODE),
  'name changed': ofMatch(NAME, (_found, text, random) => pick(random, [...text.match(NAME)!.slice(0, 50), 'torch', 'self', 'nn', 'x', 'print', 'type', 'object', '__init__', '__class__', 'undefined'])),
  'name changed everywhere': (text, random) => {
    const names = [...new Set(text.match(NAME) ?? [])];
    if (names.length === 0) return text;
    const [from, to] = [pick(random, names), pick(random, [...names, 'fresh', '名'])];
    return text.replace(NAME, (name) => (name === from ? to : name));
  },
  'piece copied': (text, random) => {
    const at = below(random, text.length + 1);
    const to = below(random, text.length + 1);
    return text.slice(0, to) + text.slice(at, at + below(random, 200)) + text.slice(to);
  },
};

const kinds = Object.keys(DAMAGES);

export interface Mutation {
  readonly text: string;
  /** What was done, in order. */
  readonly damages: readonly string[];
}

/** One to four damages. */
export function mutate(text: string, random: Random): Mutation {
  const damages = Array.from({ length: 1 + below(random, 4) }, () => pick(random, kinds));
  return { text: damages.reduce((changed, kind) => DAMAGES[kind]!(changed, random), text), damages };
}
