/** What a regular expression is made of, as functions that match and call what must match behind them. */

export type Test = (code: number) => boolean;
type Next = (at: number) => boolean;

/** A pattern took too long on a text. */
export class MatchTooLong extends Error {}

/** One attempt to match: the text, where groups began and ended (-1: not at all), and the steps left. */
export interface Attempt { readonly text: string; groups: number[]; steps: number }

export interface Node {
  run(attempt: Attempt, at: number, next: Next): boolean;
  /** The number of characters that it takes, where that is always the same. */
  readonly width: number | null;
  /** Of what takes one character: which. */
  readonly test?: Test;
}

function step(attempt: Attempt): void {
  if (--attempt.steps < 0) throw new MatchTooLong();
}

export function single(test: Test): Node {
  return { width: 1, test, run: (attempt, at, next) => at < attempt.text.length && test(attempt.text.charCodeAt(at)) && next(at + 1) };
}

export function concatenation(parts: readonly Node[]): Node {
  const from = (i: number, attempt: Attempt, at: number, next: Next): boolean => {
    step(attempt);
    return i === parts.length ? next(at) : parts[i]!.run(attempt, at, (end) => from(i + 1, attempt, end, next));
  };
  if (parts.length === 1) return parts[0]!;
  return { width: sum(parts.map((part) => part.width)), run: (attempt, at, next) => from(0, attempt, at, next) };
}

function sum(widths: readonly (number | null)[]): number | null {
  return widths.reduce((total, width) => (total === null || width === null ? null : total + width), 0);
}

export function alternatives(options: readonly Node[]): Node {
  const [first] = options;
  return {
    width: options.every((option) => option.width === first!.width) ? first!.width : null,
    run: (attempt, at, next) => options.some((option) => {
      step(attempt);
      return option.run(attempt, at, next);
    }),
  };
}

export function repetition(part: Node, min: number, max: number, lazy: boolean): Node {
  const width = min === max && part.width !== null ? part.width * min : null;
  const { test } = part;
  if (test) return { width, run: (attempt, at, next) => repeatTest(test, min, max, lazy, attempt, at, next) };
  const more = (count: number, attempt: Attempt, at: number, next: Next): boolean => {
    step(attempt);
    const again = (): boolean => {
      if (count >= max) return false;
      const groups = attempt.groups.slice();
      // A round that takes nothing would be repeated for ever.
      if (part.run(attempt, at, (end) => (end === at && count >= min ? false : more(count + 1, attempt, end, next)))) return true;
      attempt.groups = groups;
      return false;
    };
    if (count < min) return again();
    return lazy ? next(at) || again() : again() || next(at);
  };
  return { width, run: (attempt, at, next) => more(0, attempt, at, next) };
}

/** Of single characters, without a call for each. */
function repeatTest(test: Test, min: number, max: number, lazy: boolean, attempt: Attempt, at: number, next: Next): boolean {
  const { text } = attempt;
  let end = at;
  const most = Math.min(text.length, at + max);
  const fits = (): boolean => end < most && test(text.charCodeAt(end));
  for (; end < at + min; end++) if (!fits()) return false;
  if (lazy) {
    for (;;) {
      step(attempt);
      if (next(end)) return true;
      if (!fits()) return false;
      end++;
    }
  }
  while (fits()) end++;
  for (; end >= at + min; end--) {
    step(attempt);
    if (next(end)) return true;
  }
  return false;
}

export function captured(part: Node, index: number): Node {
  return {
    width: part.width,
    run: (attempt, at, next) => {
      const [start, end] = [attempt.groups[2 * index]!, attempt.groups[2 * index + 1]!];
      const done = part.run(attempt, at, (stop) => {
        const [innerStart, innerEnd] = [attempt.groups[2 * index]!, attempt.groups[2 * index + 1]!];
        attempt.groups[2 * index] = at;
        attempt.groups[2 * index + 1] = stop;
        if (next(stop)) return true;
        attempt.groups[2 * index] = innerStart;
        attempt.groups[2 * index + 1] = innerEnd;
        return false;
      });
      if (!done) {
        attempt.groups[2 * index] = start;
        attempt.groups[2 * index + 1] = end;
      }
      return done;
    },
  };
}

/** Matches without coming back to it where what follows does not match. */
export function atomic(part: Node): Node {
  return {
    width: part.width,
    run: (attempt, at, next) => {
      let end = -1;
      if (!part.run(attempt, at, (stop) => { end = stop; return true; })) return false;
      return next(end);
    },
  };
}

export function ahead(part: Node, wanted: boolean): Node {
  return {
    width: 0,
    run: (attempt, at, next) => {
      const groups = attempt.groups.slice();
      const found = part.run(attempt, at, () => true);
      if (!found || !wanted) attempt.groups = groups;
      return found === wanted && next(at);
    },
  };
}

export function behind(part: Node, width: number, wanted: boolean): Node {
  return { width: 0, run: (attempt, at, next) => (at >= width && part.run(attempt, at - width, (end) => end === at)) === wanted && next(at) };
}

export function backreference(index: number, ignoreCase: boolean): Node {
  const form = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  return {
    width: null,
    run: (attempt, at, next) => {
      const [start, end] = [attempt.groups[2 * index]!, attempt.groups[2 * index + 1]!];
      if (start === undefined || start < 0) return false;
      const text = attempt.text.slice(start, end);
      return form(attempt.text.slice(at, at + text.length)) === form(text) && next(at + text.length);
    },
  };
}

export function anchor(where: 'start' | 'end' | 'line start' | 'line end' | 'last line end'): Node {
  const holds = (text: string, at: number): boolean => {
    switch (where) {
      case 'start': return at === 0;
      case 'end': return at === text.length;
      case 'line start': return at === 0 || text[at - 1] === '\n';
      case 'line end': return at === text.length || text[at] === '\n';
      default: return at === text.length || (at === text.length - 1 && text[at] === '\n');
    }
  };
  return { width: 0, run: (attempt, at, next) => holds(attempt.text, at) && next(at) };
}

export function boundary(isWord: Test, wanted: boolean): Node {
  const word = (text: string, at: number): boolean => at >= 0 && at < text.length && isWord(text.charCodeAt(at));
  return { width: 0, run: (attempt, at, next) => (word(attempt.text, at - 1) !== word(attempt.text, at)) === wanted && next(at) };
}
