/** String literals: adjacent ones are one, f-strings are taken apart. */
import type { Constant, ErrorExpr, FormattedValue, JoinedStr, Span } from '../ast';
import { NONE } from '../syntaxTree';
import type { Conversion } from './conversion';
import { decode } from './escapes';
import { expression } from './expressions';

const PREFIX = /^(?:|r|u|b|br|rb|f|fr|rf|t|tr|rt)$/i;

interface Literal {
  readonly node: number;
  readonly prefix: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
}

interface Piece extends Span { readonly text: string }

/** @param node a `string` or a `concatenated_string` */
export function stringLiteral(c: Conversion, node: number): Constant | JoinedStr | ErrorExpr {
  const literals: Literal[] = [];
  for (const part of c.kind(node) === 'string' ? [node] : c.named(node)) {
    const literal = readLiteral(c, part);
    if (typeof literal === 'string') return c.errorExpr(c.span(part), literal);
    literals.push(literal);
  }
  const span = c.span(node);
  const bytes = literals.filter(({ prefix }) => /b/i.test(prefix));
  if (bytes.length > 0) {
    if (bytes.length < literals.length) return c.errorExpr(span, 'bytes and text stand side by side here; they cannot be joined');
    return Object.freeze({ kind: 'Constant', ...span, value: Object.freeze({ type: 'bytes' }) });
  }
  if (!literals.some(({ prefix }) => isFormat(prefix))) {
    const value = literals.map((literal) => decode(c.source.slice(literal.start, literal.end), isRaw(literal.prefix), false)).join('');
    return Object.freeze({ kind: 'Constant', ...span, value: Object.freeze({ type: 'str', value }) });
  }
  return joined(span, literals.flatMap((literal) => formatParts(c, literal)));
}

const isFormat = (prefix: string): boolean => /[ft]/i.test(prefix);
const isRaw = (prefix: string): boolean => /r/i.test(prefix);

function readLiteral(c: Conversion, node: number): Literal | string {
  const opening = c.child(node, 'string_start');
  const closing = c.child(node, 'string_end');
  if (opening === NONE || closing === NONE) return 'this string is not closed';
  const [, prefix, quote] = /^([a-z]*)(.*)$/is.exec(c.text(opening))!;
  if (quote === '`') return "text between ` is Python 2's repr; Python 3 writes repr(…)";
  if (!PREFIX.test(prefix!)) return `'${prefix}' is no prefix of a string`;
  // Backslashes right before the closing quote of a raw string are in its token.
  const literal = { node, prefix: prefix!, start: c.end(opening), end: c.end(closing) - quote!.length };
  if (quote!.length === 1 && hasBareNewline(c, literal)) return 'this string goes over the end of its line; one that does has three quotes';
  return literal;
}

/** The grammar lets a line end right after a quote or a closing brace. */
function hasBareNewline(c: Conversion, literal: Literal): boolean {
  return gaps(c, literal).some(({ start, end }) => start < end && /^\r?\n/.test(c.source.slice(start, Math.min(end, start + 2))));
}

/** The stretches of a literal that are no replacement fields. */
function gaps(c: Conversion, literal: Literal): Span[] {
  const found: Span[] = [];
  let start = literal.start;
  for (let child = c.first(literal.node); child !== NONE; child = c.next(child)) {
    if (c.kind(child) !== 'interpolation') continue;
    found.push({ start, end: c.start(child) });
    start = c.end(child);
  }
  found.push({ start, end: literal.end });
  return found;
}

function formatParts(c: Conversion, literal: Literal): (Piece | FormattedValue)[] {
  const format = isFormat(literal.prefix);
  const pieces = gaps(c, literal).map((gap) => ({ ...gap, text: decode(c.source.slice(gap.start, gap.end), isRaw(literal.prefix), format) }));
  const fields = c.children(literal.node).filter((child) => c.kind(child) === 'interpolation');
  return pieces.flatMap((piece, i) => (i < fields.length ? [piece, replacementField(c, fields[i]!, isRaw(literal.prefix))] : [piece]));
}

function joined(span: Span, parts: readonly (Piece | FormattedValue)[]): JoinedStr {
  const values: (Constant | FormattedValue)[] = [];
  let piece: Piece | null = null;
  const flush = (): void => {
    if (piece) values.push(Object.freeze({ kind: 'Constant', start: piece.start, end: piece.end, value: Object.freeze({ type: 'str', value: piece.text }) }));
    piece = null;
  };
  for (const part of parts) {
    if ('kind' in part) {
      flush();
      values.push(part);
    } else if (part.text !== '') {
      // Of literals side by side, what ends one and what begins the next is a single text.
      const before: Piece | null = piece;
      piece = before ? { start: (before as Piece).start, end: part.end, text: (before as Piece).text + part.text } : part;
    }
  }
  flush();
  return Object.freeze({ kind: 'JoinedStr', start: span.start, end: span.end, values: Object.freeze(values) });
}

/** @param node an `interpolation`: `{value=!r:spec}` */
function replacementField(c: Conversion, node: number, raw: boolean): FormattedValue {
  const span = c.span(node);
  const inner = c.field(node, 'expression');
  const specNode = c.field(node, 'format_specifier');
  const conversionNode = c.field(node, 'type_conversion');
  const equals = c.child(node, "'='");
  const close = c.end(c.last(node)) - 1;
  let formatSpec = specNode === NONE ? null : formatSpecification(c, specNode, close, raw);
  let valueNode = inner;
  if (c.kind(inner) === 'named_expression') {
    // `{x:=5}`: outside parentheses the colon begins the specification.
    valueNode = c.first(inner);
    const start = c.end(valueNode) + c.source.slice(c.end(valueNode), close).indexOf(':') + 1;
    formatSpec = joined({ start, end: close }, [{ start, end: close, text: decode(c.source.slice(start, close), raw, false) }]);
  }
  let conversion = conversionNode === NONE ? null : c.text(conversionNode).slice(1);
  if (conversion !== null && !/^[rsa]$/.test(conversion)) c.fault(c.span(conversionNode), `'!${conversion}' is no conversion; those are !r, !s and !a`);
  let debugText: string | null = null;
  if (equals !== NONE) {
    debugText = c.source.slice(span.start + 1, c.start(c.next(equals)));
    if (conversion === null && formatSpec === null) conversion = 'r';
  }
  return Object.freeze({ kind: 'FormattedValue', ...span, value: expression(c, valueNode), conversion, formatSpec, debugText });
}

/** @param close where the brace that ends the field stands */
function formatSpecification(c: Conversion, node: number, close: number, raw: boolean): JoinedStr {
  const parts: (Piece | FormattedValue)[] = [];
  const span = { start: c.start(node) + 1, end: close };
  let start = span.start;
  const literal = (end: number): void => { parts.push({ start, end, text: decode(c.source.slice(start, end), raw, false) }); };
  for (const field of c.children(node)) {
    if (c.kind(field) !== 'format_expression') continue;
    literal(c.start(field));
    parts.push(replacementField(c, field, raw));
    start = c.end(field);
  }
  literal(close);
  return joined(span, parts);
}
