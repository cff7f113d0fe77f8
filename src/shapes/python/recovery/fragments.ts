/** Parsing of a part of the source alone, with positions of the whole. */
import type { Expr, Span, Stmt, SyntaxFault } from '../ast';
import { Conversion } from '../convert/conversion';
import { statementsOf } from '../convert/suites';
import type { GrammarError, ParseText } from '../syntaxTree';

export interface Fragment {
  readonly statements: readonly Stmt[];
  readonly faults: readonly SyntaxFault[];
  /** Whether it has a `yield` outside functions. */
  readonly yields: boolean;
}

export class Fragments {
  constructor(
    private readonly parseText: ParseText,
    readonly source: string,
    /** The source as the grammar is given it, of the same length. */
    private readonly text: string,
  ) {}

  /**
   * The statements from `start` to `end` with `before` and `after` around: text that makes a whole of a part.
   *
   * @returns where the grammar fails, if it does
   */
  parse({ start, end }: Span, before = '', after = '\n'): Fragment | GrammarError {
    const offset = start - before.length;
    const tree = this.parseText(before + this.text.slice(start, end) + after);
    if (tree.error) return { start: tree.error.start + offset, end: tree.error.end + offset, missing: tree.error.missing };
    // What stands around lies outside the source, and is not asked for its text.
    const c = new Conversion(tree, this.source, offset);
    const statements = statementsOf(c, 0, true);
    return { statements, faults: c.faults, yields: c.yields };
  }

  /** The one expression from `start` to `end`; null if it is none. */
  expression(span: Span): (Fragment & { readonly value: Expr }) | null {
    const fragment = this.parse(span, '(', '\n)\n');
    if (!isFragment(fragment) || fragment.statements.length !== 1) return null;
    const statement = fragment.statements[0]!;
    // `a) + (b` is no expression, though it is one between parentheses.
    if (statement.kind !== 'Expr' || statement.value.start < span.start || statement.value.end > span.end) return null;
    return { ...fragment, value: statement.value };
  }

  /** The tuple without parentheses from `start` to `end`: the grammar knows `*[a], b` between parentheses only. */
  tuple(span: Span): (Fragment & { readonly value: Expr }) | null {
    const fragment = this.parse(span, '(', '\n)\n');
    if (!isFragment(fragment) || fragment.statements.length !== 1) return null;
    const statement = fragment.statements[0]!;
    if (statement.kind !== 'Expr' || statement.value.kind !== 'Tuple' || statement.value.start !== span.start - 1 || statement.value.elts.length === 0) return null;
    return { ...fragment, value: Object.freeze({ ...statement.value, ...trim(this.source, span) }) };
  }
}

/** Without the white space around. */
export function trim(source: string, { start, end }: Span): Span {
  const text = source.slice(start, end);
  return { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
}

export function isFragment(result: Fragment | GrammarError): result is Fragment {
  return 'statements' in result;
}
