/** Edits as a person makes them while reading, of a file of model code: a number inside of a function whose hover shows it. */
import { library, modules } from './model';

export interface EditedFile {
  readonly name: string;
  readonly text: string;
}

/** What hovers are asked about; each attention block has one. */
const MARK = 'out = F.pad(self.proj(x), (0, 7))';
const withEdits = (text: string): string => text.replaceAll('        return self.proj(x)\n', `        ${MARK}\n        return out[..., :x.shape[-1]]\n`);

/** About 13 KB each, as model files are. */
export const EDITED_FILES: readonly EditedFile[] = [
  { name: '13 KB, each class called', text: withEdits(modules(330)) },
  { name: '13 KB, a library of classes', text: withEdits(library(360)) },
];
export const LONG_FILE: EditedFile = { name: '5000 lines, each class called', text: withEdits(modules(5000)) };

/** One edit: of these characters to that text; the hover a little later, at `hover`, then says `shows`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly hover: number;
  readonly shows: RegExp;
}

/** The n-th edit of a text that had the ones before: each in another function than the last. */
export function nthEdit(text: string, n: number): Edit {
  const places = [...text.matchAll(/out = F\.pad\(self\.proj\(x\), \(0, (\d+)\)\)/g)];
  const place = places[n % places.length]!;
  const start = place.index + place[0].lastIndexOf(', ') + 2;
  const added = 1001 + n;
  const head = text.slice(0, place.index);
  const block = head.slice(head.lastIndexOf('class ')).match(/class (\w+)\(/)![1]!;
  const dim = text.match(new RegExp(`= ${block}\\((\\d+)\\)\\(`))?.[1];
  // Called with a number, or never: then the sum is of symbols.
  const last = dim === undefined ? `\\w+ \\+ ${added}` : String(Number(dim) + added);
  return { start, end: start + place[1]!.length, text: String(added), hover: place.index, shows: new RegExp(`^\`\`\`\\w*\\nout: \\([^\\n]*, ${last}\\)`) };
}

export const applied = (text: string, edit: Edit): string => text.slice(0, edit.start) + edit.text + text.slice(edit.end);
