// The items of a printed output, in order: tensors, sizes, numbers, lists, and the text around them. A difference can be shown
// at the very number that differs.
import type { Span } from '../shapes/python/ast';
import type { OutputItem, ParsedOutput } from './printed/items';
import { endOfLine, isNote, readValue } from './printed/values';

export type { OutputItem, ParsedOutput, ScalarItem, SizeItem, TensorItem, TextItem } from './printed/items';

const word = /[\p{L}\p{N}_]/u;

/** Never throws: what is no value is text. @param base is added to every offset */
export function parseOutput(text: string, base = 0): ParsedOutput {
  const items: OutputItem[] = [];
  const shift = (start: number, end: number): Span => ({ start: base + start, end: base + end });
  let at = 0;
  let textStart = 0;

  const flush = (end: number): void => {
    const raw = text.slice(textStart, end);
    const trimmed = raw.trim();
    if (/[\p{L}\p{N}]/u.test(trimmed)) {
      const start = textStart + raw.indexOf(trimmed);
      items.push({ kind: 'text', range: shift(start, start + trimmed.length), text: trimmed });
    }
  };

  while (at < text.length) {
    const atWord = at > 0 && word.test(text[at - 1]!) && word.test(text[at]!);
    if (isNote(text, at)) {
      flush(at);
      at = textStart = endOfLine(text, at);
      continue;
    }
    if (text[at] === '\n') {
      flush(at);
      at = textStart = at + 1;
      continue;
    }
    const value = atWord ? null : readValue(text, at, textStart);
    if (value) {
      flush(at);
      items.push(value.make(shift));
      at = textStart = value.end;
    } else {
      at++;
    }
  }
  flush(text.length);
  return { items };
}
