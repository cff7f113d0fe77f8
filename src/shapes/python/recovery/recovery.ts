/**
 * Reads source that has errors: cut into statements by its lines, each parsed alone; of one that fails, the header, the suite and the
 * clauses alone; so that what is broken costs no more than itself.
 */
import type { Expr, Module, Span, Stmt, SyntaxFault } from '../ast';
import { indentationFault } from '../convert/suites';
import { scanLines } from '../lines';
import type { LogicalLine } from '../lines';
import { normalize } from '../normalize';
import type { ParseText } from '../syntaxTree';
import { chunksOf, itemsOf } from './blocks';
import type { Chunk, Item } from './blocks';
import { assemble } from './assemble';
import { continued } from './continued';
import type { Part } from './assemble';
import { faultOf } from './faults';
import { Fragments, isFragment, trim } from './fragments';
import type { Fragment } from './fragments';
import { header, isReadable } from './headers';
import { brokenStatement } from './statements';

export function recover(source: string, parseText: ParseText): Module {
  const text = normalize(source);
  const r = new Recovery(new Fragments(parseText, source, text));
  const { lines, comments } = scanLines(text, (line) => isReadable(r, line));
  const body = r.block(itemsOf(text, lines), 'module');
  const errors = r.faults.sort((a, b) => a.start - b.start || a.end - b.end);
  return Object.freeze({
    kind: 'Module', source, body: Object.freeze(body), errors: Object.freeze(errors),
    comments: Object.freeze(comments.map((comment) => Object.freeze({ ...comment, text: source.slice(comment.start + 1, comment.end).trim() }))),
  });
}

/** Whose statements a block has: a module's may stand anywhere, those of `match` are its cases. */
type Owner = 'module' | 'match' | 'suite';

export class Recovery {
  readonly faults: SyntaxFault[] = [];
  /** As {@link Fragment.yields}, of what was read since it was last set. */
  yields = false;

  constructor(readonly fragments: Fragments) {}

  accept(fragment: Fragment): void {
    this.faults.push(...fragment.faults);
    this.yields ||= fragment.yields;
  }

  block(items: readonly Item[], owner: Owner): Stmt[] {
    const statements: Stmt[] = [];
    let before = -1;
    for (const chunk of chunksOf(this.fragments.source, items)) {
      const { line } = chunk.decorators[0] ?? chunk.main;
      const fault = before < 0 ? null : indentationFault(line.column, before, owner === 'module');
      if (fault) this.faults.push(faultOf({ start: line.start, end: Math.min(line.start + 1, line.end) }, fault));
      before = line.column;
      const whole = continued(this, statements.at(-1), line);
      if (whole) statements[statements.length - 1] = whole;
      else statements.push(...this.chunk(chunk, owner));
    }
    return statements;
  }

  private chunk(chunk: Chunk, owner: Owner): readonly Stmt[] {
    const { line } = chunk.decorators[0] ?? chunk.main;
    const end = (chunk.clauses[chunk.clauses.length - 1] ?? chunk.main).end;
    const whole = this.fragments.parse({ start: line.lineStart, end });
    if (isFragment(whole)) {
      this.accept(whole);
      return whole.statements;
    }
    return isCompound(chunk) ? this.compound(chunk, owner) : this.simple(chunk.main.line.start, chunk.main.line);
  }

  /** The statements of a line from `start` on, between its semicolons. */
  private simple(start: number, line: LogicalLine): Stmt[] {
    const ends = [...line.semicolons.filter((at) => at > start), line.end];
    return ends.flatMap((end, i) => this.piece({ start: i === 0 ? start : ends[i - 1]! + 1, end }, line));
  }

  private piece(untrimmed: Span, line: LogicalLine): readonly Stmt[] {
    const span = trim(this.fragments.source, untrimmed);
    if (span.start === span.end) return [];
    const fragment = this.fragments.parse(span);
    if (!isFragment(fragment)) return [brokenStatement(this, span, line)];
    this.accept(fragment);
    return fragment.statements;
  }

  private compound({ decorators, main, clauses }: Chunk, owner: Owner): readonly Stmt[] {
    const decoratorList = decorators.map(({ line }) => this.decorator(line));
    const outer = this.yields;
    const parts: Part[] = [];
    for (const item of [main, ...clauses]) {
      const { line } = item;
      const { statement, read } = header(this, line);
      // Prose that ends in a colon: what has neither a header nor a suite is no compound statement.
      if (!read && item.end === line.end && line.end <= line.colon + 1 && statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') {
        parts.push({ word: line.word, start: line.start, end: item.end, header: Object.freeze({ kind: 'ErrorStmt', start: line.start, end: line.end }), body: [], isGenerator: false });
        continue;
      }
      const isFunction = statement.kind === 'FunctionDef';
      if (isFunction) this.yields = false;
      const body = Object.freeze(this.suite(item));
      parts.push({ word: line.word, start: line.start, end: item.end, header: statement, body, isGenerator: isFunction && this.yields });
      if (isFunction) this.yields = outer;
    }
    return assemble(this, parts, Object.freeze(decoratorList), owner === 'match');
  }

  private suite(item: Item): Stmt[] {
    if (item.suite.length > 0) return this.block(item.suite, item.line.word === 'match' ? 'match' : 'suite');
    const { line } = item;
    const inline = line.colon >= 0 && line.colon < line.end - 1 ? this.simple(line.colon + 1, line) : [];
    if (inline.length === 0) this.faults.push(faultOf({ start: line.start, end: line.end }, `'${line.word}' has no statement in its suite: an indented one should follow the ':'`));
    return inline;
  }

  private decorator(line: LogicalLine): Expr {
    const span = trim(this.fragments.source, { start: line.start + 1, end: line.end });
    const read = this.fragments.expression(span);
    if (read) {
      this.accept(read);
      return read.value;
    }
    this.faults.push(faultOf(span, 'what follows the @ is no expression'));
    return Object.freeze({ kind: 'ErrorExpr', ...span });
  }
}

function isCompound({ main, clauses, decorators }: Chunk): boolean {
  return main.suite.length > 0 || clauses.length > 0 || decorators.length > 0 || main.line.colon >= 0;
}
