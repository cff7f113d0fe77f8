/**
 * The forms in which people write a shape: `(B, N, C)`, `[4, 1]`, `Wh*Ww, nH`, `B Ph*Pw C`, `BxCxHxW`, `NCHW`. These
 * functions say what a text would be as a shape; whether it is meant as one is for `plausibility.ts`.
 */
import { readSize } from './sizes';
import type { CommentNames, SizePhrase } from './sizes';
import { closing, splitCommas } from './text';

export type ShapeForm = 'brackets' | 'commas' | 'spaces' | 'crosses' | 'letters';

/** Offsets in the comment's text, brackets included. */
export interface ShapePhrase {
  readonly start: number;
  readonly end: number;
  readonly form: ShapeForm;
  readonly sizes: readonly SizePhrase[];
  /** The two sizes that it may be as well: `[N x 4]`. */
  readonly crossed?: readonly SizePhrase[];
  /** Written as Python writes a tuple of one: `(3,)`. */
  readonly tuple?: boolean;
  /** The bracket at its end, as ASCII. */
  readonly closing?: ')' | ']';
}

/** The bracket at `at` as a shape. */
export function bracketedShape(text: string, at: number, names: CommentNames): ShapePhrase | null {
  if (text[at] !== '(' && text[at] !== '[') return null;
  const close = closing(text, at);
  if (close < 0) return null;
  const parts = splitCommas(text, at + 1, close);
  const tuple = parts.length === 2 && parts[1]!.text.trim() === '';
  if (parts[parts.length - 1]!.text.trim() === '') parts.pop();
  // `[bs x num_patches x d]`: the sizes are parted by crosses.
  const cross = parts.length === 1 ? crossedShape(text, at + 1 + /^\s*/.exec(parts[0]!.text)![0].length, names) : null;
  const crossed = cross && text.slice(cross.end, close).trim() === '' ? cross : null;
  if (crossed && crossed.sizes.length > 2) return { ...crossed, start: at, end: close + 1 };
  const sizes = parts.map((part) => readSize(part.text, part.start, names));
  return sizes.every((size) => size !== null) ? { start: at, end: close + 1, form: 'brackets', sizes, tuple, closing: text[close] as ')' | ']', ...(crossed && { crossed: crossed.sizes }) } : null;
}

const OPERAND = /\s*(?:\d+[A-Za-z_][\w.]*|\d+(?![\d.]*\.\d)|[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*'?|\?|…|\.\.\.)/y;
const OPERATOR = /\s*(?:\*\*|\/\/|->|[-+*/^×·])/y;

/** Where the size expression at `at` ends; prose behind it is left out. -1: none starts here. */
function expressionEnd(text: string, at: number): number {
  let end = operandEnd(text, at);
  while (end >= 0) {
    OPERATOR.lastIndex = end;
    const operator = OPERATOR.exec(text);
    if (operator === null || operator[0].trim() === '->') return end;
    const next = operandEnd(text, OPERATOR.lastIndex);
    if (next < 0) return end;
    end = next;
  }
  return end;
}

function operandEnd(text: string, at: number): number {
  OPERAND.lastIndex = at;
  if (OPERAND.test(text)) return OPERAND.lastIndex;
  const open = /\s*\(/y;
  open.lastIndex = at;
  const bracket = open.exec(text);
  if (bracket === null) return -1;
  const close = closing(text, open.lastIndex - 1);
  if (close < 0) return -1;
  const inner = expressionEnd(text, open.lastIndex);
  return inner >= 0 && text.slice(inner, close).trim() === '' ? close + 1 : -1;
}

/** Sizes between commas without brackets; the last ends where its expression does. */
export function commaShape(text: string, at: number, names: CommentNames): ShapePhrase | null {
  const sizes: SizePhrase[] = [];
  for (let from = at; ;) {
    const end = expressionEnd(text, from);
    const size = end < 0 ? null : readSize(text.slice(from, end), from, names);
    if (size === null) return null;
    sizes.push(size);
    const comma = /\s*,/y;
    comma.lastIndex = end;
    if (!comma.test(text) || expressionEnd(text, comma.lastIndex) < 0) break;
    from = comma.lastIndex;
  }
  return sizes.length < 2 ? null : shapeOf('commas', sizes);
}

/** `B Ph*Pw C`, up to an arrow or the end. */
export function spacedShape(text: string, at: number, names: CommentNames): ShapePhrase | null {
  const arrow = ARROW.exec(text.slice(at));
  const end = arrow ? at + arrow.index : text.length;
  const sizes: SizePhrase[] = [];
  for (const match of text.slice(at, end).matchAll(/\(([^()]*)\)|\S+/g)) {
    // einops writes a product as `(h d)`.
    const product = match[1]?.trim().split(/\s+/).join('*');
    const start = at + match.index;
    const size = /^[xX]$/.test(match[0]) ? null : readSize(product ?? match[0], start, names);
    if (size === null) return null;
    sizes.push(product === undefined ? size : { ...size, end: start + match[0].length, text: match[0] });
  }
  return sizes.length < 2 ? null : shapeOf('spaces', sizes);
}

export const ARROW = /-+>|=+>|[→⇒⟶➔➜—]>?/;
const PART = '(?:\\d+|[A-Za-z_]\\w*?|\\?)';
/** A product may stand in brackets: `(b*h) x n x d`. */
const FACTOR = `(?:${PART}|\\([^()]*\\))`;
const PRODUCT = `${FACTOR}(?:\\s*[*/]\\s*${FACTOR})*`;
const SPACED_CROSSES = new RegExp(`${PRODUCT}(?:\\s+[xX×]\\s+${PRODUCT})+(?!\\w)`, 'y');
const TIGHT_CROSSES = /(?:\d+|[A-Z][a-z]?\d?|[a-z])(?:[xX×](?:\d+|[A-Z][a-z]?\d?|[a-wyz]))+(?![\w])/y;

/** `2 x 3 x 4`, `BxCxHxW`, `7×7`. */
export function crossedShape(text: string, at: number, names: CommentNames): ShapePhrase | null {
  for (const pattern of [TIGHT_CROSSES, SPACED_CROSSES]) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const sizes: SizePhrase[] = [];
    for (const part of match[0].matchAll(pattern === TIGHT_CROSSES ? /[^xX×]+/g : /(?:(?!\s+[xX×]\s).)+(?:\s+[xX×]\s+)?/g)) {
      const size = readSize(part[0].replace(/\s+[xX×]\s+$/, ''), at + part.index, names);
      if (size === null) return null;
      sizes.push(size);
    }
    return sizes.length < 2 ? null : shapeOf('crosses', sizes);
  }
  return null;
}

const LETTERS = /[BNTCHWDLSKGMPEFQ]{2,6}(?!\w)/y;

/** `NCHW`: one size a letter. */
export function letterShape(text: string, at: number, names: CommentNames): ShapePhrase | null {
  LETTERS.lastIndex = at;
  const match = LETTERS.exec(text);
  if (match === null || new Set(match[0]).size !== match[0].length) return null;
  return shapeOf('letters', [...match[0]].map((letter, i) => readSize(letter, at + i, names)!));
}

function shapeOf(form: ShapeForm, sizes: readonly SizePhrase[]): ShapePhrase {
  return { start: sizes[0]!.start, end: sizes[sizes.length - 1]!.end, form, sizes };
}
