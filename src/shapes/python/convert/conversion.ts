/** What the conversion of one concrete tree carries along: the tree, where it lies in the source, and what was found wrong. */
import type { ErrorExpr, ErrorStmt, FunctionDef, Name, Span, SyntaxFault } from '../ast';
import { NONE } from '../syntaxTree';
import type { SyntaxTree } from '../syntaxTree';

/** CPython stops at 200 nested parentheses (https://github.com/python/cpython/blob/3.11/Parser/tokenizer.c, MAXLEVEL); a level takes up to ten calls here. */
const DEPTH_LIMIT = 300;

/** A function whose body is read when it is first asked for. */
export interface Deferred { readonly end: number; readonly isGenerator: () => boolean; readonly body: () => FunctionDef['body'] }

export class Conversion {
  readonly faults: SyntaxFault[] = [];
  /** Whether a `yield` of the function being converted was met, not one of a function inside it. */
  yields = false;
  private depth = 0;

  /**
   * @param source the whole module
   * @param offset what to add to the tree's positions to get the source's
   * @param deferred what is not in the tree of a function, by where the function and its body start
   */
  constructor(readonly tree: SyntaxTree, readonly source: string, private readonly offset: number, readonly deferred: (start: number, body: number) => Deferred | null = () => null) {}

  kind(node: number): string {
    return this.tree.kinds[node]!;
  }

  start(node: number): number {
    return this.tree.starts[node]! + this.offset;
  }

  end(node: number): number {
    return this.tree.ends[node]! + this.offset;
  }

  span(node: number): Span {
    return { start: this.start(node), end: this.end(node) };
  }

  text(node: number): string {
    return this.source.slice(this.start(node), this.end(node));
  }

  first(node: number): number {
    return this.tree.firstChild[node]!;
  }

  next(node: number): number {
    return this.tree.nextSibling[node]!;
  }

  children(node: number): number[] {
    const found: number[] = [];
    for (let child = this.first(node); child !== NONE; child = this.next(child)) found.push(child);
    return found;
  }

  last(node: number): number {
    let last = NONE;
    for (let child = this.first(node); child !== NONE; child = this.next(child)) last = child;
    return last;
  }

  /** The first child of that kind, or NONE. */
  child(node: number, kind: string): number {
    for (let child = this.first(node); child !== NONE; child = this.next(child)) if (this.kind(child) === kind) return child;
    return NONE;
  }

  /** The first child in that field, or NONE. */
  field(node: number, name: string): number {
    for (let child = this.first(node); child !== NONE; child = this.next(child)) if (this.tree.fields[child] === name) return child;
    return NONE;
  }

  /** The children that are no tokens of punctuation or keywords. */
  named(node: number): number[] {
    return this.children(node).filter((child) => this.isNamed(child));
  }

  isNamed(node: number): boolean {
    return this.kind(node).charCodeAt(0) !== 39;
  }

  name(node: number): Name {
    return Object.freeze({ kind: 'Name', start: this.start(node), end: this.end(node), id: this.identifier(node) });
  }

  /** Python compares names after NFKC normalization (https://docs.python.org/3.11/reference/lexical_analysis.html#identifiers). */
  identifier(node: number): string {
    const text = this.text(node);
    return isAscii(text) ? text : text.normalize('NFKC');
  }

  fault(span: Span, message: string): void {
    this.faults.push(Object.freeze({ start: span.start, end: span.end, message }));
  }

  errorExpr(span: Span, message: string): ErrorExpr {
    this.fault(span, message);
    return Object.freeze({ kind: 'ErrorExpr', start: span.start, end: span.end });
  }

  errorStmt(span: Span, message: string): ErrorStmt {
    this.fault(span, message);
    return Object.freeze({ kind: 'ErrorStmt', start: span.start, end: span.end });
  }

  /** Goes one level down, and says whether there is room; without, nothing is to be converted and {@link leave} not called. */
  enter(): boolean {
    if (this.depth >= DEPTH_LIMIT) return false;
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }
}

export const TOO_DEEP = `this is nested more than ${DEPTH_LIMIT} levels deep, too deep to be read`;

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
