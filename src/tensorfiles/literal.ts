/** Python literals as numpy writes them into headers: dicts, lists, tuples, texts, whole numbers, True, False, None. Nothing else. */
import { TensorFileError } from './bytes';

export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

const MAX_DEPTH = 20;

/** @throws TensorFileError where the text is anything else than one literal, such as code */
export function parseLiteral(text: string): Literal {
  const parser = new LiteralParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class LiteralParser {
  private at = 0;
  constructor(private readonly text: string) {}

  value(depth: number): Literal {
    if (depth > MAX_DEPTH) throw new TensorFileError(`the header nests deeper than ${MAX_DEPTH}`, this.at);
    this.space();
    switch (this.text[this.at]) {
      case '{': return this.dict(depth);
      case '(': return this.sequence(')', depth);
      case '[': return this.sequence(']', depth);
      case "'": case '"': return this.string();
      default: return this.word();
    }
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) throw this.unexpected();
  }

  private dict(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>();
    for (this.at++; !this.takes('}'); ) {
      this.space();
      const key = this.string();
      if (!this.takes(':')) throw this.unexpected();
      entries.set(key, this.value(depth + 1));
      if (!this.takes(',') && this.peek() !== '}') throw this.unexpected();
    }
    return entries;
  }

  private sequence(close: string, depth: number): Literal[] {
    const items: Literal[] = [];
    for (this.at++; !this.takes(close); ) {
      items.push(this.value(depth + 1));
      if (!this.takes(',') && this.peek() !== close) throw this.unexpected();
    }
    return items;
  }

  private string(): string {
    const match = /'((?:[^'\\\n])*)'|"((?:[^"\\\n])*)"/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (!found) throw this.unexpected();
    this.at = match.lastIndex;
    return found[1] ?? found[2]!;
  }

  private word(): Literal {
    // Python 2 wrote long numbers with an L.
    const match = /(-?\d{1,19})L?(?![\w.(])|(True|False|None)(?![\w.(])/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (!found) throw this.unexpected();
    this.at = match.lastIndex;
    return found[1] !== undefined ? Number(found[1]) : found[2] === 'None' ? null : found[2] === 'True';
  }

  private takes(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private peek(): string | undefined {
    this.space();
    return this.text[this.at];
  }

  private space(): void {
    while (/[ \n\t]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private unexpected(): TensorFileError {
    const found = this.text.slice(this.at, this.at + 20);
    return new TensorFileError(found === '' ? 'the header ends in the middle of a literal' : `the header is no plain literal: it has ${JSON.stringify(found)} at character ${this.at}, and nothing of it is executed`);
  }
}
