/**
 * Logical lines, found without the grammar: strings, comments, brackets, indentation and `\` only. Where source is broken, this says
 * how far a broken statement reaches: an open bracket or string ends before a line that it cannot contain (see boundaries.ts).
 */
import type { Comment, Span, SyntaxFault } from './ast';
import { bracketEndsBefore, OPERATOR_WORDS } from './boundaries';
import { isBlank, width } from './columns';
import { TokenScanner } from './tokens';
import type { Open } from './tokens';

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

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER = /(?:\d|\.\d)(?:[eE][+-]\d|[\w.])*/y;
const PREFIX = /^(?:[rubft]|[bft]r|r[bft])$/i;
const SUITES: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class', 'match', 'case']);
/** How far a bracket is followed to see whether the statement is valid with it: a longer one is taken for unclosed. */
const LOOKAHEAD = 20_000;

class LineScanner extends TokenScanner {
  private readonly comments: Comment[] = [];
  private word = '';
  private colon = -1;
  private lambdas = 0;
  private semicolons: number[] = [];
  private assignments: Span[] = [];
  private cutting = true;

  constructor(source: string, private readonly accepts: Accepts, suspectsStrings: boolean, limit = source.length) {
    super(source, suspectsStrings, limit);
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
      else return this.line(lineStart, start, true);
    }
  }

  /** @param cutting whether an open bracket may end before a line that it cannot contain */
  private line(lineStart: number, start: number, cutting: boolean): LogicalLine {
    this.at = start;
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
    this.cutting = cutting;
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
    else if (character === ')' || character === ']' || character === '}') this.close(character, top);
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
    const ahead = new LineScanner(this.source, this.accepts, this.suspectsStrings, Math.min(this.limit, start + LOOKAHEAD));
    const whole = ahead.line(lineStart, start, false);
    const isWhole = ahead.at < ahead.limit || ahead.limit === this.limit;
    if (whole.fault || !isWhole || !this.accepts(whole)) return false;
    this.cutting = false;
    return true;
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
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
