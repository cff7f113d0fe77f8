// What marks lines of code on a page: numbers, on the lines or between them, signs of a difference or of a quoted mail, dashes
// of a list, bars of a table.
/** Lines, from one on, of which each has a mark; empty where there are none. */
export type Reader = (from: number, text: (line: number) => string | null) => Marked[];

export interface Marked {
  /** Where the mark ends; null: the line is left out. */
  readonly end: number | null;
  readonly line: string;
  /** Where a mark behind the code begins. */
  readonly behind?: number;
}

const LEAST_NUMBERED = 3;
/** Numbers right before the code: `12import torch`. */
const LEAST_GLUED = 4;
/** Numbers on lines of their own, which printed values may be too. */
const LEAST_BETWEEN = 5;
const LEAST_QUOTED = 2;
/** Added lines of a difference without a header. */
const LEAST_ADDED = 3;
/** Lines of a list or table, which text has as well. */
const LEAST_LISTED = 4;
/** Lines without a number among numbered ones. */
const WIDEST_GAP = 2;

/** What the first of marked lines looks like. */
export const MARK = /^(?:[ \t\u00A0]*\d|[-+@>d])|\|[ \t]*$/;
const numbered = /^[ \t\u00A0]*(\d{1,5})([ \t\u00A0]*[.:)|│])?/;

export function readNumbers(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  let [count, glued] = [0, false];
  let [next, punctuation]: [number | null, string] = [null, ''];
  let gap = 0;
  for (let at = from; ; at++) {
    const line = text(at);
    if (line === null) break;
    const match = numbered.exec(line);
    const sign = match?.[2]?.trim() ?? '';
    const rest = match ? line.slice(match[0].length) : '';
    if (!match || (next !== null && (Number(match[1]) !== next || sign !== punctuation)) || /^\d/.test(rest)) {
      if (line.trim() !== '' || next === null || ++gap > WIDEST_GAP) break;
      found.push({ end: 0, line });
      continue;
    }
    [next, punctuation, gap] = [Number(match[1]) + 1, sign, 0];
    glued ||= sign === '' && /^\S/.test(rest);
    count++;
    found.push({ end: match[0].length, line });
  }
  return count >= (glued ? LEAST_GLUED : LEAST_NUMBERED) ? found.slice(0, found.length - gap) : [];
}

const header = /^(?:@@ |diff --git |index [0-9a-f]{4}|--- |\+\+\+ |\\ No newline)/;

export function readDifference(from: number, text: (line: number) => string | null): Marked[] {
  const isFenced = /^\s*(?:`{3,}|~{3,})diff\b/.test(text(from - 1) ?? '');
  if (!isFenced && !/^(?:\+|-(?!-)|@@ |diff --git )/.test(text(from) ?? '')) return [];
  const found: Marked[] = [];
  let [added, headers] = [0, isFenced ? 1 : 0];
  for (let at = from; ; at++) {
    const line = text(at);
    if (line === null || (line !== '' && !/^[+\- ]/.test(line) && !header.test(line))) break;
    if (header.test(line)) headers++;
    else if (line.startsWith('+')) added++;
    found.push({ end: header.test(line) || line.startsWith('-') ? null : Math.min(1, line.length), line });
  }
  while (found.at(-1)?.line.trim() === '') found.pop();
  return added >= (headers > 0 ? 1 : LEAST_ADDED) ? found : [];
}

export function readQuoted(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  for (let at = from; /^>(?!>)/.test(text(at) ?? ''); at++) found.push({ end: 1, line: text(at)! });
  return found.length >= LEAST_QUOTED ? found : [];
}

/** What only code has: a list of expressions is one of examples. */
const DEFINITION = /^\s*(?:import\s+\w|from\s+[\w.]+\s+import\s|(?:def|class)\s+\w+.*[(:,]\s*$)/;

/** A line of code behind the number of each, as pages have it that set numbers and code as the cells of a table. */
export function readNumbersBetween(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  const isNumber = (line: string | null, number: number): boolean => line?.trim() === String(number);
  const first = Number(/^[ \t]*(\d{1,4})[ \t]*$/.exec(text(from) ?? '')?.[1] ?? NaN);
  let at = from;
  let number = first;
  for (; isNumber(text(at), number); number++) {
    found.push({ end: null, line: text(at)! });
    const line = text(++at);
    if (line === null || isNumber(line, number + 1)) continue;
    found.push({ end: 0, line });
    at++;
  }
  return number - first >= LEAST_BETWEEN ? found : [];
}

/** Each line of code an item of a list. */
export function readListed(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  for (let at = from; /^-(?: |$)/.test(text(at) ?? ''); at++) found.push({ end: Math.min(2, text(at)!.length), line: text(at)! });
  return ofDefinitions(found);
}

/** Each line of code the last cell of a table's row, with the bars of its other cells behind it or on lines of their own. */
export function readTable(from: number, text: (line: number) => string | null): Marked[] {
  const found: Marked[] = [];
  for (let at = from; ; at++) {
    const line = text(at);
    const bars = line === null ? null : /[ \t\u00A0]*\|(?:[ \t\u00A0]*\|)*[ \t]*$/.exec(line);
    if (!bars || /^[ \t]*\|[ \t]*[^|\s]/.test(line!)) break;
    found.push(bars.index === 0 ? { end: null, line: line! } : { end: 0, line: line!, behind: bars.index });
  }
  return ofDefinitions(found);
}

function ofDefinitions(marked: Marked[]): Marked[] {
  const code = marked.flatMap(({ end, line, behind }) => (end === null ? [] : [line.slice(end, behind)]));
  return code.length >= LEAST_LISTED && code.some((line) => DEFINITION.test(line)) ? marked : [];
}
