/** Reads strings, with what f-strings have in their braces, and brackets: the part of the scan that knows what is open. */
import type { SyntaxFault } from './ast';
import { stringEndsBefore } from './boundaries';
import { isBlank, width } from './columns';

/** What is open: a bracket; an f-string, by its quotes; a replacement field in one; the format specification of that. */
export interface Open { readonly kind: 'bracket' | 'string' | 'field' | 'spec'; readonly text: string; readonly at: number }

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What was read last, for the question whether two operands stand side by side. */
export type Previous = 'operand' | 'string' | 'operator';

export abstract class TokenScanner {
  protected at = 0;
  /** Whether a string runs to the end of the source. */
  protected openString = false;
  protected stack: Open[] = [];
  protected previous: Previous = 'operator';
  /** The end of the last token. */
  protected last = 0;
  /** Of the statement that is being read. */
  protected column = 0;
  protected fault: SyntaxFault | null = null;

  /** @param suspectsStrings whether a string over several lines may be one that is not closed */
  constructor(protected readonly source: string, protected readonly suspectsStrings: boolean, protected readonly limit: number) {}

  protected token(length: number, previous: Previous): void {
    this.at += length;
    this.last = this.at;
    this.previous = previous;
  }

  protected open(kind: Open['kind'], text: string, length: number): void {
    this.stack.push({ kind, text, at: this.at });
    this.token(length, 'operator');
  }

  protected close(character: string, top: Open | undefined): void {
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

  protected blame(at: number, message: string): void {
    this.fault ??= Object.freeze({ start: at, end: at + 1, message });
  }

  /** @param prefix the letters before the quotes, at which the scanner stands */
  protected string(prefix: string): void {
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
  protected formatText(top: Open): boolean {
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
  protected specification(): boolean {
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

  protected skipBlank(from: number): number {
    let at = from;
    while (at < this.limit && isBlank(this.source.charCodeAt(at))) at++;
    return at;
  }

  protected lineEnd(from: number): number {
    let at = from;
    for (; at < this.limit; at++) {
      const code = this.source.charCodeAt(at);
      if (code === 10 || code === 13) break;
    }
    return at;
  }
}
