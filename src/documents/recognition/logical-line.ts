// Python's lexical structure, as far as it takes to say where a statement that starts on a line ends: brackets, strings
// (an f-string may be broken over lines within its braces), comments, backslashes. Works on any text, code or not.

export interface LogicalLine {
  /** Lines taken, at least one. */
  readonly lines: number;
  /** Nothing is left open at its end. */
  readonly complete: boolean;
  /** The text with strings and comments blanked, same length. */
  readonly code: string;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

interface OpenString { readonly quote: string; readonly formatted: boolean; /** Depth of the brackets that the string lies in. */ readonly depth: number }

/** @param lines the texts of the lines from the statement's first on, without their line breaks @param longest lines to read at most */
export function readLogicalLine(lines: (line: number) => string | null, longest: number): LogicalLine {
  const brackets: string[] = [];
  const strings: OpenString[] = [];
  const code: string[] = [];

  for (let count = 0; count < longest; count++) {
    const line = lines(count);
    if (line === null) return { lines: Math.max(1, count), complete: false, code: code.join('\n') };
    const state = scan(line, brackets, strings);
    code.push(state.code);
    if (state.wrong) return { lines: count + 1, complete: false, code: code.join('\n') };
    if (brackets.length === 0 && strings.length === 0 && !state.continued) return { lines: count + 1, complete: true, code: code.join('\n') };
  }
  return { lines: longest, complete: false, code: code.join('\n') };
}

/** Reads one line; `wrong` if a bracket or a string cannot be closed any more. */
function scan(line: string, brackets: string[], strings: OpenString[]): { code: string; wrong: boolean; continued: boolean } {
  let code = '';
  let at = 0;
  const blank = (count: number): void => {
    code += ' '.repeat(count);
    at += count;
  };
  while (at < line.length) {
    const string = strings.at(-1);
    if (string && brackets.length === string.depth) {
      // Inside the text of a string; inside the braces of an f-string the loop falls through to the reading of code.
      if (line[at] === '\\') blank(Math.min(2, line.length - at));
      else if (line.startsWith(string.quote, at)) {
        strings.pop();
        blank(string.quote.length);
      } else if (string.formatted && line[at] === '{') {
        if (line[at + 1] === '{') blank(2);
        else {
          brackets.push('}');
          blank(1);
        }
      } else blank(1);
      continue;
    }
    if (line[at] === '#' && !string) {
      blank(line.length - at);
      break;
    }
    const start = /^([rbfuRBFU]{0,2})('''|"""|'|")/.exec(line.slice(at, at + 5));
    if (start && !/[\p{L}\p{N}_]$/u.test(line.slice(0, at))) {
      // The quote of the f-string around ends it, even within its braces.
      if (string && start[1] === '' && start[2] === string.quote) {
        strings.pop();
        brackets.length = string.depth;
        blank(string.quote.length);
        continue;
      }
      strings.push({ quote: start[2]!, formatted: /f/i.test(start[1]!), depth: brackets.length });
      blank(start[0].length);
      continue;
    }
    const closer = closers[line[at]!];
    if (closer) brackets.push(closer);
    else if (/[)\]}]/.test(line[at]!)) {
      if (brackets.pop() !== line[at]) return { code: code + line.slice(at), wrong: true, continued: false };
    }
    code += line[at]!;
    at++;
  }
  const string = strings.at(-1);
  const open = string !== undefined && brackets.length === string.depth && string.quote.length === 1;
  const backslash = line.endsWith('\\');
  if (open && !backslash) return { code, wrong: true, continued: false };
  return { code, wrong: false, continued: backslash };
}
