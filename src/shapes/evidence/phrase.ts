/**
 * Shape phrases in a comment: `(2,16,1)-(2,1,16)`, `Wh*Ww, nH where …`, `q: [B, N, C] -> [B, C, N]`, in English or
 * Chinese wording. What is prose is not read.
 */
import { isPlausible } from './plausibility';
import { bracketedShape, commaShape, crossedShape, letterShape, spacedShape } from './shapes';
import type { ShapePhrase } from './shapes';
import { CommentNames } from './sizes';
import { labelOf } from './subject';
import { closing, toAscii } from './text';

export type Connector = '->' | '=' | '+' | '-' | '*' | '/' | '@' | '==';

/** Shapes that one claim joins, `connectors[i]` between the shapes i and i + 1. Offsets in the comment's text. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly shapes: readonly ShapePhrase[];
  readonly connectors: readonly Connector[];
  /** The variables that it says it is about, as in `q, k: (B, N, C)`; empty where it does not say. */
  readonly subjects: readonly string[];
  /** Whether it says what becomes of them, which may be another expression. */
  readonly becomes: boolean;
}

/** All shape phrases of a comment's text, in order. Their names are alike where they are written alike. */
export function readPhrases(comment: string): Phrase[] {
  // Something was pasted.
  if (comment.length > MAX_LENGTH) return [];
  const text = toAscii(comment);
  const names = new CommentNames();
  const bare = barePhrase(text, names);
  const phrases = bare ? [bare] : [];
  for (let at = bare?.end ?? 0; at < text.length; at++) {
    if (text[at] !== '(' && text[at] !== '[') continue;
    const chain = chainAt(text, at, [bracketedShape], names);
    const phrase = chain && plausiblePhrase(text, chain);
    if (phrase) phrases.push(phrase);
    // A bracket that is no shape may hold one; the arguments of a call are none.
    if (phrase) at = phrase.end - 1;
    else if (isCall(text, at)) at = Math.max(at, closing(text, at));
  }
  return phrases;
}

function isCall(text: string, at: number): boolean {
  return /[A-Za-z0-9_]$/.test(text.slice(0, at)) && !/(?:Size|Tensor)$/.test(text.slice(0, at));
}

const MAX_LENGTH = 1000;
const LABEL = /^[\s#]*(?:[A-Za-z_][\w.]*(?:\s*[,/&]\s*[A-Za-z_][\w.]*)*\s*:\s*|[^,;:([]*?(?:[Ss]hapes?|形状|维度|size\(\))\s*(?:is|are|为|是|:|=)*\s*)?/;

type Reader = (text: string, at: number, names: CommentNames) => ShapePhrase | null;
type Chain = Pick<Phrase, 'shapes' | 'connectors'>;

/** `(2*H-1)*(2*W-1), nH` begins with a bracket and is a list without. */
const listOrBrackets: Reader = (text, at, names) => {
  const brackets = bracketedShape(text, at, names);
  return brackets !== null && brackets.sizes.length > 1 ? brackets : commaShape(text, at, names) ?? brackets;
};
const BARE: readonly (readonly Reader[])[] = [[spacedShape], [letterShape], [crossedShape, listOrBrackets], [listOrBrackets, crossedShape]];

/** The phrase that a comment begins with, if any shape in it has no brackets. */
function barePhrase(text: string, names: CommentNames): Phrase | null {
  for (const at of new Set([LABEL.exec(text)![0].length, /^[\s#]*/.exec(text)![0].length])) {
    for (const readers of BARE) {
      const chain = chainAt(text, at, readers, names);
      if (chain === null || chain.shapes.every(({ form }) => form === 'brackets')) continue;
      if (chain.shapes.length > 1 && chain.shapes[0]!.form === 'spaces' && !shareNames(chain.shapes)) continue;
      const phrase = plausiblePhrase(text, chain);
      if (phrase) return phrase;
    }
  }
  return null;
}

const CONNECTOR = /\s*(->|-{2,}>|=+>|→>?|⇒|⟶|➔|➜|—>|==|=|\+|-|\*|\/|@|×|x(?=\s|\())\s*(?=\S)/y;
const ARROWS = /^(?:.*>|→|⇒|⟶|➔|➜)$/;

function chainAt(text: string, at: number, readers: readonly Reader[], names: CommentNames): Chain | null {
  const shapes: ShapePhrase[] = [];
  const connectors: Connector[] = [];
  for (let from = at; ;) {
    const shape = firstOf(readers, text, from, names);
    if (shape === null) break;
    shapes.push(shape);
    CONNECTOR.lastIndex = shape.end;
    const match = CONNECTOR.exec(text);
    if (match === null) break;
    connectors.push(connectorOf(match[1]!));
    from = CONNECTOR.lastIndex;
  }
  return shapes.length === 0 ? null : { shapes, connectors: connectors.slice(0, shapes.length - 1) };
}

function firstOf(readers: readonly Reader[], text: string, at: number, names: CommentNames): ShapePhrase | null {
  for (const read of readers) {
    const shape = read(text, at, names);
    if (shape !== null) return shape;
  }
  return null;
}

function connectorOf(text: string): Connector {
  if (ARROWS.test(text)) return '->';
  return text === '×' || text === 'x' ? '*' : (text as Connector);
}

function plausiblePhrase(text: string, { shapes, connectors }: Chain): Phrase | null {
  const first = shapes[0]!;
  const last = shapes[shapes.length - 1]!;
  const label = labelOf(text.slice(0, first.start));
  const joined = shapes.length > 1;
  const plausible = shapes.every((shape, i) => isPlausible(shape, {
    before: i > 0 ? '' : text.slice(0, label.called || label.subjects.length > 0 ? label.start : first.start),
    adjacent: i === 0 && /[A-Za-z0-9_]$/.test(text.slice(0, first.start)),
    after: shape === last ? text.slice(last.end) : ` ${connectors[i]}`,
    called: label.called,
    joined,
  }));
  if (!plausible || (joined && shapes.every(({ sizes }) => sizes.length < 2))) return null;
  return { start: first.start, end: last.end, shapes, connectors, subjects: label.subjects, becomes: label.becomes };
}

function shareNames([first, ...others]: readonly ShapePhrase[]): boolean {
  const known = new Set(first!.sizes.flatMap(({ names }) => names));
  return others.every(({ sizes }) => sizes.some(({ names }) => names.some((name) => known.has(name))));
}
