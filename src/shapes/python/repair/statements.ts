/** The statements of a reading: where each stands in the text, line by line, and which comments go before it. */
import type { Span } from '../ast';
import type { Joint } from './prices';
import type { Event, Reading } from './search';

export interface RestoredStatement extends Span {
  /** Its physical lines, a comment behind it included. */
  readonly lines: readonly Span[];
  /** Comments on lines of their own before it. */
  readonly comments: readonly Span[];
  /** A compound statement's header, which a suite must follow. */
  readonly isHeader: boolean;
  /** It stands on the line of the header before it. */
  readonly isInline: boolean;
}

export interface CutText { readonly statements: readonly RestoredStatement[]; /** Comments behind the last. */ readonly rest: readonly Span[] }

export function cutStatements(text: string, reading: Reading, joint: Joint): CutText {
  const cutter = new Cutter(text, joint);
  for (const event of reading.events) cutter.take(event);
  return cutter.end();
}

interface Draft { start: number; end: number; lines: Span[]; comments: Span[]; isHeader: boolean; isInline: boolean }

class Cutter {
  private readonly statements: Draft[] = [];
  private comments: Span[] = [];
  /** The statement that is being read; null in a comment on a line of its own. */
  private current: Draft | null = null;
  /** Where the line that is being read starts. */
  private from = 0;
  private inComment = false;
  private nextIsInline = false;

  constructor(private readonly text: string, private readonly joint: Joint) {
    this.begin(this.skip(0));
  }

  take({ at, mark }: Event): void {
    switch (mark) {
      case 'break': case 'code':
        this.finish(at);
        this.inComment = false;
        return this.begin(at);
      case 'wrap':
        this.finish(at);
        this.from = this.skip(at);
        return;
      case 'header': return this.header(at);
      case 'comment': return this.comment(at);
    }
  }

  end(): CutText {
    this.finish(this.text.length);
    return { statements: this.statements.filter((statement) => statement.end > statement.start), rest: this.comments };
  }

  private skip(at: number): number {
    let next = at;
    while (next < this.text.length && /\s/.test(this.text[next]!)) next++;
    return next;
  }

  private begin(at: number): void {
    this.current = { start: at, end: at, lines: [], comments: this.comments, isHeader: false, isInline: this.nextIsInline };
    this.statements.push(this.current);
    this.comments = [];
    this.from = at;
    this.nextIsInline = false;
  }

  /** Ends the line that is being read. */
  private finish(at: number): void {
    const end = this.from + this.text.slice(this.from, at).trimEnd().length;
    if (end <= this.from) return;
    if (this.current) this.current.lines.push({ start: this.from, end });
    else this.comments.push(...this.commentLines(end));
    if (this.current && !this.inComment && !this.current.isHeader) this.current.end = end;
  }

  /** Comments on lines of their own, one behind the other. */
  private commentLines(end: number): Span[] {
    const lines: Span[] = [];
    for (const { 0: { length } } of this.text.slice(this.from, end).matchAll(/#+(?:(?!(?<=\S)# ).)*/g)) {
      const start = lines.at(-1)?.end ?? this.from;
      lines.push({ start, end: start + length });
    }
    return lines;
  }

  private header(at: number): void {
    this.current!.isHeader = true;
    this.current!.end = at;
    const next = this.skip(at);
    if (next >= this.text.length || this.text[next] === '#') return;
    this.finish(at);
    this.nextIsInline = this.joint === 'glued' && next > at;
    this.begin(next);
  }

  private comment(at: number): void {
    const { current } = this;
    const isEmpty = current === null || current.start === at;
    const isOwn = isEmpty || (this.joint === 'glued' && !/\s/.test(this.text[at - 1]!));
    if (current && !isEmpty && !current.isHeader) current.end = current.start + this.text.slice(current.start, at).trimEnd().length;
    this.inComment = true;
    if (!isOwn) return;
    if (isEmpty) {
      this.comments = current ? this.statements.pop()!.comments : this.comments;
    } else {
      this.inComment = false;
      this.finish(at);
      this.inComment = true;
    }
    this.current = null;
    this.from = at;
  }
}
