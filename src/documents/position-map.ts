// The way from the module text that the engine reads back to the document, and the other way. The module text is made of
// pieces copied from the document, in any order; what stands between them was inserted and has no width in the document.
import type { Span } from '../shapes/python/ast';

export interface Piece {
  /** Where the piece starts in the module text. */
  readonly source: number;
  /** Where it starts in the document. */
  readonly document: number;
  readonly length: number;
}

/** The last piece whose start, read by `start`, is not behind `offset`. */
function lastAt(pieces: readonly Piece[], offset: number, start: (piece: Piece) => number): Piece | null {
  return pieces[indexAt(pieces, offset, start)] ?? null;
}

/** Where it stands among them; -1 if all are behind. */
function indexAt(pieces: readonly Piece[], offset: number, start: (piece: Piece) => number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(pieces[middle]!) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const sourceOf = (piece: Piece): number => piece.source;
const documentOf = (piece: Piece): number => piece.document;

export class PositionMap {
  readonly pieces: readonly Piece[];
  readonly #byDocument: readonly Piece[];

  readonly #all: readonly Piece[];

  /** @param beyond stretches of the document that are no code, but have offsets behind those of the module text */
  constructor(pieces: readonly Piece[], beyond: readonly Piece[] = []) {
    this.pieces = pieces.filter((piece) => piece.length > 0).sort((a, b) => a.source - b.source);
    this.#all = [...this.pieces, ...beyond];
    this.#byDocument = [...this.pieces].sort((a, b) => a.document - b.document);
  }

  /** All of a text, from `document` on (1 behind a byte order mark). */
  static identity(length: number, document = 0): PositionMap {
    return new PositionMap([{ source: 0, document, length }]);
  }

  /** The document's offset of the character at `offset`; for inserted text the place where it was inserted. */
  toDocument(offset: number): number {
    const piece = lastAt(this.#all, offset, sourceOf);
    if (!piece) return this.pieces[0]?.document ?? 0;
    return piece.document + Math.min(offset - piece.source, piece.length);
  }

  /** The module text's offset of the document's character at `offset`; null where the document is not code. */
  toSource(offset: number): number | null {
    const piece = lastAt(this.#byDocument, offset, documentOf);
    if (!piece || offset >= piece.document + piece.length) return this.#endAt(offset);
    return piece.source + offset - piece.document;
  }

  /** A cursor right behind the last character of a piece still belongs to it. */
  #endAt(offset: number): number | null {
    const piece = lastAt(this.#byDocument, offset - 1, documentOf);
    return piece && offset === piece.document + piece.length ? piece.source + piece.length : null;
  }

  /** The parts of a span of the module text that are copied from the document, `source` counted from its start. */
  piecesOf({ start, end }: Span): Piece[] {
    const found: Piece[] = [];
    for (let at = Math.max(0, indexAt(this.pieces, start, sourceOf)); at < this.pieces.length && this.pieces[at]!.source < end; at++) {
      const { source, document, length } = this.pieces[at]!;
      const [from, to] = [Math.max(start, source), Math.min(end, source + length)];
      if (from < to) found.push({ source: from - start, document: document + from - source, length: to - from });
    }
    return found;
  }

  /** The end is that of the last character within, so that a span never reaches into what follows in the document. */
  spanToDocument(span: Span): Span {
    const start = this.toDocument(span.start);
    if (span.end <= span.start) return { start, end: start };
    return { start, end: Math.max(start, this.#endToDocument(span.end)) };
  }

  #endToDocument(end: number): number {
    const piece = lastAt(this.#all, end - 1, sourceOf);
    return piece ? piece.document + Math.min(end - piece.source, piece.length) : this.toDocument(end);
  }

  /** The module text between the two ends of a span of the document; null if an end is not code. */
  spanToSource(span: Span): Span | null {
    const start = this.toSource(span.start);
    if (start === null) return null;
    if (span.end <= span.start) return { start, end: start };
    const last = this.toSource(span.end - 1);
    return last === null || last < start ? null : { start, end: last + 1 };
  }
}
