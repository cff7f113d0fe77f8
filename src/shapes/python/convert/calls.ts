/** Calls, and the bases of a class, which are written like arguments. */
import type { Expr, Keyword, Span } from '../ast';
import type { Conversion } from './conversion';
import { expression } from './expressions';

export interface CallArguments { readonly args: readonly Expr[]; readonly keywords: readonly Keyword[] }

export function call(c: Conversion, node: number, { start, end }: Span, func: Expr): Expr {
  return Object.freeze({ kind: 'Call', start, end, func, ...callArguments(c, c.last(node)) });
}

/** @param node an `argument_list`, or the generator that is the sole argument and shares its parentheses with the call */
export function callArguments(c: Conversion, node: number): CallArguments {
  if (c.kind(node) === 'generator_expression') return { args: Object.freeze([expression(c, node)]), keywords: NO_KEYWORDS };
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  for (const child of c.named(node)) {
    const kind = c.kind(child);
    if (kind === 'keyword_argument') keywords.push(keyword(c, child, c.identifier(c.first(child))));
    else if (kind === 'dictionary_splat') keywords.push(keyword(c, child, null));
    else {
      const previous = keywords[keywords.length - 1];
      if (previous && kind !== 'list_splat') c.fault(c.span(child), `a positional argument cannot follow ${previous.arg === null ? "one unpacked with '**'" : `the keyword argument '${previous.arg}'`}`);
      args.push(expression(c, child));
    }
  }
  return { args: Object.freeze(args), keywords: keywords.length === 0 ? NO_KEYWORDS : Object.freeze(keywords) };
}

const NO_KEYWORDS: readonly Keyword[] = Object.freeze([]);

function keyword(c: Conversion, node: number, arg: string | null): Keyword {
  return Object.freeze({ kind: 'keyword', start: c.start(node), end: c.end(node), arg, value: expression(c, c.last(node)) });
}
