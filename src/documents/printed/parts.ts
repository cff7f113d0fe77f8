// What a printed expression puts on the page, piece by piece: literal text, and values whose text the run decides.
import type { Expr, JoinedStr, Span } from '../../shapes/python/ast';

export type PrintedPart =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | {
    readonly kind: 'value';
    readonly expr: Expr;
    readonly span: Span;
    /** As `repr` or as `str` shows it. A zero-dim tensor within an f-string is printed as a number. */
    readonly as: 'repr' | 'str' | 'formatted';
    /** `.4f` of `{x:.4f}`. */
    readonly spec: string | null;
  };

/** Displays of several values (`(a, b)`, `{x}`), f-strings, `%`, `.format` and `+` of strings are taken apart. */
export function partsOf(expression: Expr, as: 'repr' | 'str'): PrintedPart[] {
  switch (expression.kind) {
    case 'Constant':
      if (expression.value.type === 'str') return [text(expression.value.value, expression)];
      return [value(expression, as)];
    case 'JoinedStr':
      return formatted(expression);
    case 'Tuple': case 'List': case 'Set':
      // A list of numbers prints as one thing; anything else as the values in it.
      if (expression.elts.length === 0 || expression.elts.every(isNumber)) return [value(expression, as)];
      return expression.elts.flatMap((element) => partsOf(element, 'repr'));
    case 'BinOp':
      if (expression.op === '+' && isText(expression)) return [...partsOf(expression.left, as), ...partsOf(expression.right, as)];
      if (expression.op === '%' && expression.left.kind === 'Constant' && expression.left.value.type === 'str') {
        const values = expression.right.kind === 'Tuple' ? expression.right.elts : [expression.right];
        return filled(expression.left.value.value, /%[-+ #0]*\d*(?:\.\d+)?[sdrfegxi]/g, values, expression.left);
      }
      return [value(expression, as)];
    case 'Call':
      if (expression.func.kind === 'Name' && (expression.func.id === 'str' || expression.func.id === 'repr') && expression.args.length === 1) return [value(expression.args[0]!, 'str')];
      if (expression.func.kind === 'Attribute' && expression.func.attr === 'format' && expression.func.value.kind === 'Constant' && expression.func.value.value.type === 'str' && expression.keywords.length === 0) {
        return filled(expression.func.value.value.value, /\{(?::[^{}]*)?\}/g, expression.args, expression.func.value);
      }
      return [value(expression, as)];
    default:
      return [value(expression, as)];
  }
}

const text = (content: string, span: Span): PrintedPart => ({ kind: 'text', text: content, span: { start: span.start, end: span.end } });
const value = (expr: Expr, as: 'repr' | 'str' | 'formatted', spec: string | null = null): PrintedPart => ({ kind: 'value', expr, span: { start: expr.start, end: expr.end }, as, spec });

function formatted(string: JoinedStr): PrintedPart[] {
  return string.values.flatMap((part): PrintedPart[] => {
    if (part.kind === 'Constant') return part.value.type === 'str' ? [text(part.value.value, part)] : [];
    const spec = part.formatSpec?.values.map((each) => (each.kind === 'Constant' && each.value.type === 'str' ? each.value.value : '')).join('') ?? null;
    const inner = part.value.kind === 'Constant' || part.value.kind === 'JoinedStr' ? partsOf(part.value, 'str') : [value(part.value, 'formatted', spec)];
    return part.debugText === null ? inner : [text(part.debugText, part), ...inner];
  });
}

/** A template's own text and the values in its gaps, in turn. */
function filled(template: string, gap: RegExp, values: readonly Expr[], span: Span): PrintedPart[] {
  const parts: PrintedPart[] = [];
  template.split(gap).forEach((between, index) => {
    if (index > 0 && values[index - 1]) parts.push(value(values[index - 1]!, 'formatted'));
    if (between !== '') parts.push(text(between, span));
  });
  return parts;
}

function isNumber(expression: Expr): boolean {
  if (expression.kind === 'UnaryOp') return isNumber(expression.operand);
  return expression.kind === 'Constant' && expression.value.type !== 'str';
}

/** A sum that has a string in it. */
function isText(expression: Expr): boolean {
  if (expression.kind === 'BinOp' && expression.op === '+') return isText(expression.left) || isText(expression.right);
  if (expression.kind === 'Call') return expression.func.kind === 'Name' && (expression.func.id === 'str' || expression.func.id === 'repr');
  return expression.kind === 'JoinedStr' || (expression.kind === 'Constant' && expression.value.type === 'str');
}
