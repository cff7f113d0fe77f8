/**
 * Logical lines, found without the grammar: strings, comments, brackets, indentation and `\` only. Where source is broken, this says
 * how far a broken statement reaches: an open bracket or string ends before a line that it cannot contain (see boundaries.ts).
 */
import type { Comment, Span, SyntaxFault } from './ast';
import { bracketEndsBefore, OPERATOR_WORDS, stringEndsBefore } from './boundaries';
import { isBlank, width } from './columns';

export interface LogicalLine extends Span {
  /** Where its first physical line starts; `start` and `end` are of its tokens. */
  readonly lineStart: number;
  readonly column: number;
  /** Its first word, `async` left out; '' if it begins with none. */
  readonly word: string;
  /** Where the `:` stands that begins a suite, or -1. */
  readonly colon: number;
  /** Where `;` stand between statements. */
  readonly semicolons: readonly number[];
  /** The `=`, `+=` … that stand outside brackets. */
  readonly assignments: readonly Span[];
  /** What is wrong with its brackets and strings. */
  readonly fault: SyntaxFault | null;
}

export interface ScannedLines { readonly lines: readonly LogicalLine[]; readonly comments: readonly Comment[] }

/** Asks whether a logical line is valid as it is; asked only where a bracket might be unclosed. */
export type Accepts = (line: LogicalLine) => boolean;

export function scanLines(source: string, accepts: Accepts): ScannedLines {
  const scanned = new LineScanner(source, accepts, false).scan();
  // An unclosed ''' makes text of code and code of text, up to the end: it has to be looked for from the start.
  return scanned.openString ? new LineScanner(source, accepts, true).scan() : scanned;
}

/** What is open: a bracket; an f-string, by its quotes; a replacement field in one; the format specification of that. */
interface Open { readonly kind: 'bracket' | 'string' | 'field' | 'spec'; readonly text: string; readonly at: number }

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER = /(?:\d|\.\d)(?:[eE][+-]\d|[\w.])*/y;
const PREFIX = /^(?:[rubft]|[bft]r|r[bft])$/i;
const SUITES: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class', 'match', 'case']);
/** How far a bracket is followed to see whether the statement is valid with it: a longer one is taken for unclosed. */
const LOOKAHEAD = 20_000;

/** What was read last, for the question whether two operands stand side by side. */
export type Previous = 'operand' | 'string' | 'operator';

class LineScanner {
  private at = 0;
  private limit: number;
  private readonly comments: Comment[] = [];
  private openString = false;
  private stack: Open[] = [];
  private previous: Previous = 'operator';
  /** The end of the last token. */
  private last = 0;
  private column = 0;
  private word = '';
  private colon = -1;
  private lambdas = 0;
  private semicolons: number[] = [];
  private assignments: Span[] = [];
  private fault: SyntaxFault | null = null;
  private cutting = true;

  constructor(private readonly source: string, private readonly accepts: Accepts, private readonly suspectsStrings: boolean) {
    this.limit = source.length;
  }

  scan(): ScannedLines & { readonly openString: boolean } {
    const lines: LogicalLine[] = [];
    for (let line = this.next(); line; line = this.next()) lines.push(line);
    return { lines, comments: this.comments, openString: this.openString };
  }

  private next(): LogicalLine | null {
    for (;;) {
      const lineStart = this.at;
      const start = this.skipBlank(lineStart);
      if (start >= this.limit) return null;
      this.at = start;
      const code = this.source.charCodeAt(start);
      if (code === 35) this.comment();
      else if (code === 10 || code === 13) this.at++;
      else return this.line(lineStart, start);
    }
  }

  private line(lineStart: number, start: number): LogicalLine {
    this.stack = [];
    this.previous = 'operator';
    this.last = start;
    this.column = width(this.source, lineStart, start);
    this.word = '';
    this.colon = -1;
    this.lambdas = 0;
    this.semicolons = [];
    this.assignments = [];
    this.fault = null;
    this.cutting = true;
    while (this.at < this.limit && this.step(lineStart, start));
    const open = this.stack.find(({ kind }) => kind === 'bracket' || kind === 'string');
    if (open) this.blame(open.at, open.kind === 'bracket' ? `'${open.text}' is never closed` : 'this string is not closed');
    if (this.at >= this.limit && open?.kind === 'string') this.openString = true;
    return Object.freeze({
      start, end: this.last, lineStart, column: this.column, word: this.word, colon: this.colon, semicolons: this.semicolons, assignments: this.assignments, fault: this.fault,
    });
  }

  /** Reads one token. @returns false where the logical line ends */
  private step(lineStart: number, start: number): boolean {
    const top = this.stack[this.stack.length - 1];
    if (top?.kind === 'string') return this.formatText(top);
    if (top?.kind === 'spec') return this.specification();
    const code = this.source.charCodeAt(this.at);
    if (code === 10 || code === 13) return this.newline(lineStart, start);
    if (isBlank(code)) {
      this.at++;
      return true;
    }
    const character = this.source[this.at]!;
    if (character === '#') this.comment();
    else if (character === '\\') this.continuation();
    else if (character === '"' || character === "'") this.string('');
    else if (character === '(' || character === '[' || character === '{') this.open('bracket', character, 1);
    else if (character in CLOSING) this.close(character, top);
    else if (!this.wordOrNumber(start)) this.operator(character, top);
    return true;
  }

  private newline(lineStart: number, start: number): boolean {
    this.at++;
    const top = this.stack[this.stack.length - 1];
    if (!top) return false;
    if (!this.cutting) return true;
    let next = this.at;
    let text = this.skipBlank(next);
    // Blank lines and comments decide nothing.
    while (text < this.limit && /[#\r\n]/.test(this.source[text]!)) {
      const end = this.lineEnd(text);
      next = Math.min(end + 1, this.limit);
      text = this.skipBlank(next);
    }
    if (text >= this.limit) return true;
    const boundary = bracketEndsBefore({
      text: this.source.slice(text, this.lineEnd(text)), column: width(this.source, next, text), indentation: this.column, previous: this.previous,
      before: this.source.slice(Math.max(start, this.last - 1), this.last), bracket: top.text, header: SUITES.has(this.word),
    });
    if (boundary === 'no' || (boundary === 'maybe' && this.acceptsWhole(lineStart, start))) return true;
    return false;
  }

  /** Whether the logical line is valid if no bracket is cut short. */
  private acceptsWhole(lineStart: number, start: number): boolean {
    const ahead = new LineScanner(this.source, this.accepts, this.suspectsStrings);
    ahead.limit = Math.min(this.limit, start + LOOKAHEAD);
    const whole = ahead.whole(lineStart, start);
    if (whole.fault || ahead.at >= ahead.limit && ahead.limit < this.limit || !this.accepts(whole)) return false;
    this.cutting = false;
    return true;
  }

  private whole(lineStart: number, start: number): LogicalLine {
    this.at = start;
    this.stack = [];
    this.column = width(this.source, lineStart, start);
    this.cutting = false;
    this.last = start;
    while (this.at < this.limit && this.step(lineStart, start));
    const open = this.stack[0];
    if (open) this.blame(open.at, `'${open.text}' is never closed`);
    return { start, end: this.last, lineStart, column: this.column, word: this.word, colon: this.colon, semicolons: this.semicolons, assignments: this.assignments, fault: this.fault };
  }

  private comment(): void {
    const end = this.lineEnd(this.at);
    this.comments.push(Object.freeze({ start: this.at, end, text: this.source.slice(this.at + 1, end).trim() }));
    this.at = end;
  }

  /** A backslash joins the next line to this one; elsewhere it is an error that the grammar reports. */
  private continuation(): void {
    this.at++;
    if (this.source[this.at] === '\r') this.at++;
    if (this.source[this.at] === '\n') this.at++;
  }

  private wordOrNumber(start: number): boolean {
    const text = match(NUMBER, this.source, this.at);
    if (text) {
      this.token(text.length, 'operand');
      return true;
    }
    const word = match(WORD, this.source, this.at);
    if (!word) return false;
    const quote = this.source[this.at + word.length];
    if ((quote === '"' || quote === "'") && PREFIX.test(word)) {
      this.string(word);
      return true;
    }
    if (this.at === start || (this.word === 'async' && this.source.slice(start, this.at).trim() === 'async')) this.word = word;
    if (word === 'lambda' && this.stack.length === 0) this.lambdas++;
    this.token(word.length, OPERATOR_WORDS.has(word) ? 'operator' : 'operand');
    return true;
  }

  private operator(character: string, top: Open | undefined): void {
    const depth = this.stack.length;
    const next = this.source[this.at + 1];
    if (top?.kind === 'field' && character === ':') {
      this.open('spec', ':', 1);
    } else if (depth === 0 && character === ':' && next !== '=') {
      if (this.lambdas > 0) this.lambdas--;
      else if (this.colon < 0 && SUITES.has(this.word)) this.colon = this.at;
      this.token(1, 'operator');
    } else if (depth === 0 && character === ';') {
      this.semicolons.push(this.at);
      this.token(1, 'operator');
    } else {
      const operator = match(/\*\*=?|\/\/=?|<<=?|>>=?|[-+*/%@&|^=!<>:]=|->|\.\.\.|[^]/y, this.source, this.at);
      if (depth === 0 && /^(?:[-+*/%@&|^]|\*\*|\/\/|<<|>>)?=$/.test(operator)) this.assignments.push(Object.freeze({ start: this.at, end: this.at + operator.length }));
      this.token(operator.length, operator === '...' ? 'operand' : 'operator');
    }
  }

  private token(length: number, previous: Previous): void {
    this.at += length;
    this.last = this.at;
    this.previous = previous;
  }

  private open(kind: Open['kind'], text: string, length: number): void {
    this.stack.push({ kind, text, at: this.at });
    this.token(length, 'operator');
  }

  private close(character: string, top: Open | undefined): void {
    const at = this.at;
    this.token(1, 'operand');
    if (top?.kind === 'field' && character === '}') {
      this.stack.pop();
      return;
    }
    const opening = CLOSING[character]!;
    for (let i = this.stack.length - 1; i >= 0 && this.stack[i]!.kind === 'bracket'; i--) {
      if (this.stack[i]!.text !== opening) continue;
      const inner = this.stack[i + 1];
      if (inner) this.blame(inner.at, `'${inner.text}' is not closed before '${character}'`);
      this.stack.length = i;
      return;
    }
    this.blame(at, top?.kind === 'bracket' ? `'${character}' does not close '${top.text}'` : `'${character}' closes nothing`);
  }

  private blame(at: number, message: string): void {
    this.fault ??= Object.freeze({ start: at, end: at + 1, message });
  }

  /** @param prefix the letters before the quotes, at which the scanner stands */
  private string(prefix: string): void {
    const opening = this.at + prefix.length;
    const single = this.source[opening]!;
    const quotes = this.source.startsWith(single.repeat(3), opening) ? single.repeat(3) : single;
    if (/[ft]/i.test(prefix)) {
      this.open('string', quotes, prefix.length + quotes.length);
      return;
    }
    const at = this.at;
    this.at = opening + quotes.length;
    if (!this.stringText(quotes)) {
      this.blame(at, 'this string is not closed');
      if (quotes.length === 3 && this.at >= this.limit) this.openString = true;
    }
    this.last = this.at;
    this.previous = 'string';
  }

  /** Reads up to the closing quotes, and over them. @returns false if the string ends without */
  private stringText(quotes: string): boolean {
    for (; this.at < this.limit; this.at++) {
      const character = this.source[this.at]!;
      if (character === '\\') {
        this.at += this.source.startsWith('\r\n', this.at + 1) ? 2 : 1;
      } else if (character === quotes[0] && this.source.startsWith(quotes, this.at)) {
        this.at += quotes.length;
        return true;
      } else if (character === '\n' || character === '\r') {
        if (quotes.length === 1 || this.stringIsCut()) return false;
      }
    }
    this.at = this.limit;
    return false;
  }

  private stringIsCut(): boolean {
    if (!this.suspectsStrings) return false;
    const next = this.at + 1;
    const text = this.skipBlank(next);
    return stringEndsBefore(this.source.slice(text, this.lineEnd(text)), width(this.source, next, text), this.column);
  }

  /** The text of an f-string, up to a field or the end. */
  private formatText(top: Open): boolean {
    for (; this.at < this.limit; this.at++) {
      const character = this.source[this.at]!;
      if (character === '\\') {
        if (this.source[this.at + 1] !== '{') this.at += this.source.startsWith('\r\n', this.at + 1) ? 2 : 1;
      } else if (character === '{') {
        if (this.source[this.at + 1] === '{') this.at++;
        else {
          this.open('field', '{', 1);
          return true;
        }
      } else if (character === top.text[0] && this.source.startsWith(top.text, this.at)) {
        this.stack.pop();
        this.token(top.text.length, 'string');
        return true;
      } else if ((character === '\n' || character === '\r') && (top.text.length === 1 || this.stringIsCut())) {
        this.unclosedString(top);
        return true;
      }
    }
    this.at = this.limit;
    this.last = this.at;
    return true;
  }

  /** The format specification in a field, up to a field in it or the end of the outer one. */
  private specification(): boolean {
    const string = [...this.stack].reverse().find(({ kind }) => kind === 'string')!;
    for (; this.at < this.limit; this.at++) {
      const character = this.source[this.at]!;
      if (character === '{') {
        this.open('field', '{', 1);
        return true;
      }
      if (character === '}') {
        this.stack.length -= 2;
        this.token(1, 'operator');
        return true;
      }
      if (((character === '\n' || character === '\r') && string.text.length === 1) || this.source.startsWith(string.text, this.at)) {
        this.unclosedString(string);
        return true;
      }
    }
    return true;
  }

  private unclosedString(string: Open): void {
    this.blame(string.at, 'this string is not closed');
    this.stack.length = this.stack.indexOf(string);
    if (this.source.startsWith(string.text, this.at)) this.at += string.text.length;
    this.last = this.at;
    this.previous = 'string';
  }

  private skipBlank(from: number): number {
    let at = from;
    while (at < this.limit && isBlank(this.source.charCodeAt(at))) at++;
    return at;
  }

  private lineEnd(from: number): number {
    let at = from;
    for (; at < this.limit; at++) {
      const code = this.source.charCodeAt(at);
      if (code === 10 || code === 13) break;
    }
    return at;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
