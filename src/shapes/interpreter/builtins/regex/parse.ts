/**
 * Regular expressions of Python, read into functions that match: https://docs.python.org/3/library/re.html#regular-expression-syntax
 * Matching counts its steps, so that no pattern of a document can hold up the editor.
 */
import type { Node, Test } from './nodes';
import { alternatives, anchor, atomic, backreference, behind, captured, ahead, boundary, concatenation, repetition, single } from './nodes';

/** The pattern uses what is not read here, or is wrong. */
export class PatternError extends Error {}

export interface Flags { readonly ignoreCase: boolean; readonly multiline: boolean; readonly dotAll: boolean; readonly verbose: boolean }

export interface Pattern { readonly node: Node; readonly groups: number; readonly names: ReadonlyMap<string, number> }

/** @throws PatternError */
export function parsePattern(source: string, flags: Flags): Pattern {
  const parser = new Parser(source, flags);
  const node = parser.alternation();
  if (!parser.atEnd) throw new PatternError('unbalanced parenthesis');
  return { node, groups: parser.groups, names: parser.names };
}

const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) => isDigit(code) || code === 95 || /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
const isSpace: Test = (code) => (code >= 9 && code <= 13) || code === 32 || (code > 127 && /\s/.test(String.fromCharCode(code)));
const negated = (test: Test): Test => (code) => !test(code);
const CLASSES: Readonly<Record<string, Test>> = { d: isDigit, D: negated(isDigit), w: isWord, W: negated(isWord), s: isSpace, S: negated(isSpace) };
const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, 0: 0 };

class Parser {
  groups = 0;
  readonly names = new Map<string, number>();
  private at = 0;

  constructor(private readonly source: string, private flags: Flags) {}

  get atEnd(): boolean {
    return this.at >= this.source.length;
  }

  alternation(): Node {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? options[0]! : alternatives(options);
  }

  private sequence(): Node {
    const parts: Node[] = [];
    for (;;) {
      if (this.flags.verbose) this.skipBlanks();
      if (this.atEnd || this.source[this.at] === '|' || this.source[this.at] === ')') return concatenation(parts);
      const part = this.atom();
      if (part) parts.push(this.quantified(part));
    }
  }

  private skipBlanks(): void {
    const blank = /(?:\s|#[^\n]*)*/y;
    blank.lastIndex = this.at;
    blank.exec(this.source);
    this.at = blank.lastIndex;
  }

  private quantified(part: Node): Node {
    let node = part;
    for (;;) {
      if (this.flags.verbose) this.skipBlanks();
      const found = this.match(/([*+?])|\{(\d*)(,?)(\d*)\}/y);
      if (!found) return node;
      if (found[1] === undefined && found[2] === '' && found[4] === '') {
        this.at -= found[0].length;
        return node;
      }
      const min = found[1] === undefined ? Number(found[2] || 0) : found[1] === '+' ? 1 : 0;
      const max = found[1] === undefined ? (found[3] ? (found[4] ? Number(found[4]) : Infinity) : min) : found[1] === '?' ? 1 : Infinity;
      const lazy = this.take('?');
      const possessive = !lazy && this.take('+');
      node = repetition(node, min, max, lazy);
      if (possessive) node = atomic(node);
    }
  }

  /** null for what matches nothing by itself: a comment, flags. */
  private atom(): Node | null {
    const char = this.source[this.at++]!;
    switch (char) {
      case '.': return single(this.flags.dotAll ? () => true : (code) => code !== 10);
      case '^': return anchor(this.flags.multiline ? 'line start' : 'start');
      case '$': return anchor(this.flags.multiline ? 'line end' : 'last line end');
      case '[': return single(this.folded(this.set()));
      case '(': return this.group();
      case '\\': return this.escape();
      case '*': case '+': case '?': throw new PatternError('nothing to repeat');
      default: return this.literal(char.charCodeAt(0));
    }
  }

  private literal(code: number): Node {
    return single(this.folded((other) => other === code));
  }

  private folded(test: Test): Test {
    if (!this.flags.ignoreCase) return test;
    return (code) => {
      const char = String.fromCharCode(code);
      return test(code) || test(char.toLowerCase().charCodeAt(0)) || test(char.toUpperCase().charCodeAt(0));
    };
  }

  private group(): Node | null {
    if (!this.take('?')) return this.capture(++this.groups);
    const named = this.match(/P?<([A-Za-z_]\w*)>/y);
    if (named) {
      this.names.set(named[1]!, ++this.groups);
      return this.capture(this.groups);
    }
    const reference = this.match(/P=(\w+)\)/y);
    if (reference) return backreference(this.names.get(reference[1]!) ?? unsupported(`unknown group name ${reference[1]}`), this.flags.ignoreCase);
    if (this.match(/#[^)]*\)/y)) return null;
    const sign = this.match(/<?[=!]/y)?.[0];
    if (sign) {
      const inner = this.enclosed();
      const wanted = sign.endsWith('=');
      if (!sign.startsWith('<')) return ahead(inner, wanted);
      return behind(inner, inner.width ?? unsupported('look-behind requires fixed-width pattern'), wanted);
    }
    if (this.take('>')) return atomic(this.enclosed());
    const { flags } = this;
    const switches = this.match(/([aiLmsux]*)(?:-([imsx]+))?([:)])/y) ?? unsupported('an extension that is not read');
    this.flags = {
      ignoreCase: switched(flags.ignoreCase, switches, 'i'), multiline: switched(flags.multiline, switches, 'm'),
      dotAll: switched(flags.dotAll, switches, 's'), verbose: switched(flags.verbose, switches, 'x'),
    };
    // Flags without a body hold for all of the pattern.
    if (switches[3] === ')') return null;
    const inner = this.enclosed();
    this.flags = flags;
    return inner;
  }

  private capture(index: number): Node {
    return captured(this.enclosed(), index);
  }

  private enclosed(): Node {
    const inner = this.alternation();
    if (!this.take(')')) throw new PatternError('missing ), unterminated subpattern');
    return inner;
  }

  private escape(): Node {
    const reference = this.match(/[1-9]\d?/y);
    if (reference) return backreference(Number(reference[0]), this.flags.ignoreCase);
    const char = this.source[this.at] ?? unsupported('bad escape (end of pattern)');
    if (char === 'A' || char === 'Z' || char === 'b' || char === 'B') {
      this.at++;
      return char === 'A' ? anchor('start') : char === 'Z' ? anchor('end') : boundary(isWord, char === 'b');
    }
    const escaped = this.escaped();
    return typeof escaped === 'number' ? this.literal(escaped) : single(escaped);
  }

  /** What stands behind a backslash, in a set or outside: a character or a class of them. */
  private escaped(): number | Test {
    const code = this.match(/x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})/y);
    if (code) return parseInt(code[1] ?? code[2]!, 16);
    const char = this.source[this.at++] ?? unsupported('bad escape (end of pattern)');
    if (Object.hasOwn(CLASSES, char)) return CLASSES[char]!;
    if (Object.hasOwn(ESCAPES, char)) return ESCAPES[char]!;
    return /[A-Za-z0-9]/.test(char) ? unsupported(`bad escape \\${char}`) : char.charCodeAt(0);
  }

  private set(): Test {
    const negative = this.take('^');
    const tests: Test[] = [];
    for (let first = true; first || this.source[this.at] !== ']'; first = false) {
      const low = this.member();
      if (typeof low === 'number' && this.source[this.at] === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length) {
        this.at++;
        const high = this.member();
        if (typeof high !== 'number' || high < low) throw new PatternError('bad character range');
        tests.push((code) => code >= low && code <= high);
      } else tests.push(typeof low === 'number' ? (code) => code === low : low);
    }
    this.at++;
    const any: Test = (code) => tests.some((test) => test(code));
    return negative ? negated(any) : any;
  }

  private member(): number | Test {
    const char = this.source[this.at++] ?? unsupported('unterminated character set');
    if (char === '\\') return this.take('b') ? 8 : this.escaped();
    return char.charCodeAt(0);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }
}

function switched(before: boolean, switches: RegExpExecArray, letter: string): boolean {
  return switches[1]!.includes(letter) || (before && !switches[2]?.includes(letter));
}

function unsupported(why: string): never {
  throw new PatternError(why);
}
