// Offsets to lines and back. Lines and characters are counted as VS Code and Python's tokenizer do: from 0, in UTF-16
// units, `\r\n`, `\n` and a lone `\r` end a line, and a byte order mark takes no column.

export interface Position {
  /** From 0. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly character: number;
}

export const byteOrderMark = '\uFEFF';

export class LineIndex {
  /** The offset at which each line starts; that of line 0 is behind a byte order mark. */
  readonly #starts: number[];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#starts = [text.startsWith(byteOrderMark) ? 1 : 0];
    for (const match of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(match.index + match[0].length);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The offset at which a line starts; behind the last line, the length of the text. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** The offset at which a line's text ends, its line break excluded. */
  lineEnd(line: number): number {
    let end = line + 1 < this.#starts.length ? this.lineStart(line + 1) : this.#text.length;
    if (line + 1 < this.#starts.length) {
      if (this.#text[end - 1] === '\n') end--;
      if (this.#text[end - 1] === '\r' && end > this.lineStart(line)) end--;
    }
    return end;
  }

  lineText(line: number): string {
    return this.#text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** The line that an offset lies in; offsets outside the text count as its ends. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: Math.max(0, Math.min(offset, this.#text.length) - this.lineStart(line)) };
  }

  /** The offset of a position; a character behind the line's end counts as the end. */
  offset(position: Position): number {
    return Math.min(this.lineStart(position.line) + position.character, this.lineEnd(position.line));
  }
}
