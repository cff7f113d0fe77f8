/**
 * A module's text with room between the statements of its top level: an edit moves nothing but the statements that it
 * touches, so that nodes, and all that was found out about them, keep their places. Reading it so gives the same tree.
 */
import type { Comment, Module, Span, Stmt } from './ast';
import type { PythonParser } from './parser';

/** Whole lines with statements of the top level, and the comments before and behind them. */
interface Chunk {
  readonly text: string;
  /** Where it starts in the text with room. */
  readonly start: number;
  readonly statements: readonly Stmt[];
  readonly comments: readonly Comment[];
}

/** Where a stretch of the document is in the text with room. */
export interface LaidOut { readonly source: number; readonly document: number; readonly length: number }

/** Room that a chunk gets besides a quarter of its own length. */
const LEAST_ROOM = 400;
/** Pairs of a chunk and a text. */
const MAX_COMPARED = 1_000_000;

export class Layout {
  readonly module: Module;

  private constructor(private readonly chunks: readonly Chunk[], source: string, errors: Module['errors'] = []) {
    this.module = { kind: 'Module', source, body: chunks.flatMap(({ statements }) => statements), comments: chunks.flatMap(({ comments }) => comments), errors };
  }

  /** null: the text is not of the grammar, or is laid out in a way that lines do not tell. */
  static of(text: string, parser: PythonParser): Layout | null {
    if (/[\r\f\ufeff]/.test(text)) return null;
    const pieces = cut(text, parser.parse(text));
    if (!pieces) return null;
    let start = 0;
    const placed = pieces.map(({ text: piece }) => {
      const chunk = { text: piece, start, statements: [], comments: [] };
      start += piece.length + LEAST_ROOM + (piece.length >> 2);
      return chunk;
    });
    return Layout.read(placed, new Set(placed), parser);
  }

  private static read(chunks: readonly Chunk[], anew: ReadonlySet<Chunk>, parser: PythonParser): Layout | null {
    const source = spaced(chunks);
    const read: Chunk[] = [];
    for (const chunk of chunks) {
      const part = anew.has(chunk) ? parser.parsePart(source, { start: chunk.start, end: chunk.start + chunk.text.length }) : null;
      if (anew.has(chunk) && (!part || part.errors.length > 0)) return null;
      read.push(part ? { ...chunk, statements: part.body, comments: part.comments } : chunk);
    }
    return new Layout(read, source);
  }

  /** Something in one of the chunks is not of the grammar, which may change how those beside it are read; what is read as before stays. */
  private static readBroken(chunks: readonly Chunk[], anew: Chunk, parser: PythonParser): Layout {
    const source = spaced(chunks);
    const { body, comments, errors } = parser.parse(source);
    const read = chunks.map((chunk, i) => {
      const isOwn = ({ start }: Span): boolean => (i === 0 || start >= chunk.start) && start < (chunks[i + 1]?.start ?? Infinity);
      const own = { ...chunk, statements: body.filter(isOwn), comments: comments.filter(isOwn) };
      return chunk !== anew && !errors.some(isOwn) && isAlike(own.statements, chunk.statements) && isAlike(own.comments, chunk.comments) ? chunk : own;
    });
    return new Layout(read, source, errors);
  }

  /** Without the line breaks at the chunks' ends: what is in the room before one is at the end of its line. */
  get pieces(): LaidOut[] {
    let document = 0;
    return this.chunks.map(({ text, start }) => {
      const piece = { source: start, document, length: text.length - (text.endsWith('\n') ? 1 : 0) };
      document += text.length;
      return piece;
    });
  }

  /** Whether something in the text is not of the grammar. */
  get isBroken(): boolean {
    return this.module.errors.length > 0;
  }

  /** The text after an edit, with the statements that it does not touch as they are; null where all has to be read again. `changed`: the lines that are new. */
  edited(text: string, parser: PythonParser): { readonly layout: Layout; readonly changed: string } | null {
    const before = this.chunks.map((chunk) => chunk.text).join('');
    if (text === before) return { layout: this, changed: '' };
    if (/[\r\f\ufeff]/.test(text)) return null;
    const { start, end } = difference(before, text);
    const ends: number[] = [];
    for (const chunk of this.chunks) ends.push((ends.at(-1) ?? 0) + chunk.text.length);
    // What touches a chunk's edge may belong to both.
    const first = ends.findIndex((at) => at >= start);
    let last = ends.findIndex((at) => at > end);
    if (last < 0) last = ends.length - 1;
    const from = first === 0 ? 0 : ends[first - 1]!;
    const region = text.slice(from, text.length - (before.length - ends[last]!));
    const isTail = last === ends.length - 1;
    if (region !== '' && !isTail && !region.endsWith('\n')) return null;
    // Most edits are within a statement: it is read once, where it is.
    const [whole] = (first === last && region !== '' && this.place(region, first, last)) || [];
    if (whole) {
      const chunks = [...this.chunks.slice(0, first), whole, ...this.chunks.slice(last + 1)];
      const read = this.isBroken ? null : Layout.read(chunks, new Set([whole]), parser);
      if (!read) return { layout: Layout.readBroken(chunks, whole, parser), changed: text };
      if (cut(region, { body: read.chunks[first]!.statements, errors: [] }, whole.start)?.length === 1) return { layout: read, changed: region };
    }
    if (this.isBroken) return null;
    const pieces = region === '' ? [] : cut(region, parser.parse(region));
    if (!pieces) return null;
    const chunks = [...this.chunks];
    const placed: Chunk[] = [];
    // From behind, so that those before stay where they are.
    for (const { texts, from, to } of newStretches(this.chunks.slice(first, last + 1), pieces.map((piece) => piece.text)).reverse()) {
      const put = this.placeAll(texts, first + from, first + to - 1);
      if (!put) return null;
      chunks.splice(first + from, to - from, ...put);
      placed.unshift(...put);
    }
    if (chunks.length === 0) return null;
    const layout = Layout.read(chunks, new Set(placed), parser);
    return layout && { layout, changed: placed.map((chunk) => chunk.text).join('') };
  }

  /** Each in the place of one chunk, if they are as many and there is room; else as one. */
  private placeAll(texts: readonly string[], first: number, last: number): Chunk[] | null {
    if (texts.length === 0) return [];
    const each = texts.length === last - first + 1 ? texts.map((text, i) => this.place(text, first + i, first + i)) : [null];
    return each.every((chunk) => chunk !== null) ? each.flat() : this.place(texts.join(''), first, last);
  }

  /** Where the text of the chunks from `first` to `last` goes, or if there are none, one between. */
  private place(text: string, first: number, last: number): Chunk[] | null {
    const next = this.chunks[last + 1]?.start ?? Infinity;
    let start = this.chunks[first]?.start ?? 0;
    if (first > last) {
      const previous = this.chunks[first - 1];
      const behind = previous ? previous.start + previous.text.length : 0;
      start = next === Infinity ? behind + LEAST_ROOM : behind + Math.max(0, (next - behind - text.length) >> 1);
    }
    return start + text.length <= next ? [{ text, start, statements: [], comments: [] }] : null;
  }
}

/** Texts and the chunks, from `from` until before `to`, whose place they take. */
interface Stretch { readonly texts: readonly string[]; readonly from: number; readonly to: number }

/** What is new, between the chunks whose text is as it was; in order. */
function newStretches(chunks: readonly Chunk[], texts: readonly string[]): Stretch[] {
  const common = commonLengths(chunks, texts);
  const found: Stretch[] = [];
  let [from, first] = [0, 0];
  const add = (to: number, end: number): void => { if (from < to || first < end) found.push({ texts: texts.slice(first, end), from, to }); };
  let [i, k] = [0, 0];
  while (i < chunks.length && k < texts.length) {
    if (chunks[i]!.text === texts[k]) {
      add(i, k);
      [from, first] = [++i, ++k];
    } else if (common(i + 1, k) >= common(i, k + 1)) {
      i++;
    } else {
      k++;
    }
  }
  add(chunks.length, texts.length);
  return found;
}

/** How many texts from one place on can be kept as chunks from another one on; of very many nothing is kept. */
function commonLengths(chunks: readonly Chunk[], texts: readonly string[]): (chunk: number, text: number) => number {
  const width = texts.length + 1;
  if (width * chunks.length > MAX_COMPARED) return () => 0;
  const lengths = new Int32Array(width * (chunks.length + 1));
  for (let i = chunks.length - 1; i >= 0; i--) {
    for (let k = texts.length - 1; k >= 0; k--) {
      lengths[i * width + k] = chunks[i]!.text === texts[k] ? lengths[(i + 1) * width + k + 1]! + 1 : Math.max(lengths[(i + 1) * width + k]!, lengths[i * width + k + 1]!);
    }
  }
  return (chunk, text) => lengths[chunk * width + text]!;
}

function isAlike(nodes: readonly (Span & { readonly kind?: string })[], others: readonly (Span & { readonly kind?: string })[]): boolean {
  return nodes.length === others.length && nodes.every(({ kind, start, end }, i) => kind === others[i]!.kind && start === others[i]!.start && end === others[i]!.end);
}

/** The text with the room filled: by spaces at the ends of lines, where they mean nothing. */
function spaced(chunks: readonly Chunk[]): string {
  let joined = '';
  const first = chunks[0]?.start ?? 0;
  if (first > 0) joined = `${' '.repeat(first - 1)}\n`;
  chunks.forEach(({ text, start }, i) => {
    const next = chunks[i + 1]?.start;
    const room = next === undefined ? 0 : next - start - text.length;
    joined += text.endsWith('\n') ? `${text.slice(0, -1)}${' '.repeat(room)}\n` : text + ' '.repeat(room);
  });
  return joined;
}

/** Behind the line that each statement of the top level ends in; null where statements are not at the start of their lines, or something is wrong with them. @param offset what the positions of the statements are ahead of the text's */
function cut(text: string, { body, errors }: Pick<Module, 'body' | 'errors'>, offset = 0): { text: string }[] | null {
  if (errors.length > 0) return null;
  const pieces: { text: string }[] = [];
  let start = 0;
  for (const [i, statement] of body.entries()) {
    const next = body[i + 1] && body[i + 1]!.start - offset;
    const lineEnd = text.indexOf('\n', statement.end - offset);
    if (next !== undefined && lineEnd >= 0 && next < lineEnd) continue;
    if (next !== undefined && (lineEnd < 0 || text[next - 1] !== '\n' || text[lineEnd - 1] === '\\')) return null;
    if (next === undefined) break;
    pieces.push({ text: text.slice(start, lineEnd + 1) });
    start = lineEnd + 1;
  }
  const leading = body[0] ? body[0].start - offset : 0;
  if (leading > 0 && text[leading - 1] !== '\n') return null;
  if (start < text.length) pieces.push({ text: text.slice(start) });
  return pieces;
}

/** The stretch of `before` that is something else in `after`. */
function difference(before: string, after: string): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, end: before.length - tail };
}
