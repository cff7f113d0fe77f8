/**
 * Where an open bracket or string must have ended: before a line that it cannot contain. What decides, the surest first:
 * - a word that only begins statements (`def`, `return`, `import` …), in any column;
 * - a header (`def f(x:`) whose line ends with ':' and is followed by a deeper line;
 * and, for lines that are indented no further than the statement with the bracket:
 * - a header (`if …:`, `for … in …:`), `else:`, a decorator;
 * - an operand after an operand with no operator or comma between, which no bracket can contain;
 * - an assignment to an attribute or an item, or an augmented one;
 * - an assignment to a name. That may be a keyword argument, so the statement is first tried with the bracket as it is.
 */
import type { Previous } from './tokens';

export interface LineInBracket {
  /** The physical line, from its first token on. */
  readonly text: string;
  readonly column: number;
  /** The column of the statement that has the bracket. */
  readonly indentation: number;
  /** What ends the line before, and its last character. */
  readonly previous: Previous;
  readonly before: string;
  readonly bracket: string;
  /** Whether the statement is one that has a suite. */
  readonly header: boolean;
}

/** Words between operands. After them a line goes on, and they may go on a line. */
export const OPERATOR_WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'async', 'await', 'lambda', 'yield', 'from', 'as']);

const STATEMENT = /^(?:(?:async\s+)?def\s+\w|class\s+\w+\s*[:([]|import\s+\w|from\s+[\w.]+\s+import\b|(?:return|raise|del|pass|break|continue|global|nonlocal|assert|while|try|with|elif|except|finally)\b)/;
const HEADER = /^(?:if\b.*|for\b.*\bin\b.*|else\s*|async\s+(?:for|with)\b.*):\s*(?:#.*)?$/;
const DECORATOR = /^@[A-Za-z_][\w.]*\s*(?:\(.*)?$/;
const CERTAIN_ASSIGNMENT = /^[A-Za-z_]\w*(?:(?:\.\w+|\[[^\]]*\])+\s*(?:[-+*/%@&|^]|\*\*|\/\/|<<|>>)?=(?!=)|\s*(?:[-+*/%@&|^]|\*\*|\/\/|<<|>>)=)/;
/** With a space before `=`: keyword arguments are written without. */
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*(?:\s+=\s|\s*:\s*[\w.[\], ]+=\s)/;
const TRAILING_COMMA = /,\s*(?:#.*)?$/;

export function bracketEndsBefore(line: LineInBracket): 'yes' | 'maybe' | 'no' {
  const { text, bracket } = line;
  if (STATEMENT.test(text)) return 'yes';
  if (line.column > line.indentation) return line.header && line.before === ':' && bracket !== '{' ? 'yes' : 'no';
  if (HEADER.test(text) || (line.previous !== 'operand' && DECORATOR.test(text))) return 'yes';
  if (juxtaposed(line) || CERTAIN_ASSIGNMENT.test(text)) return 'yes';
  return ASSIGNMENT.test(text) && !TRAILING_COMMA.test(text) ? 'maybe' : 'no';
}

/** `f(a` and on the next line `b`: strings alone may stand side by side. */
function juxtaposed({ text, previous }: LineInBracket): boolean {
  if (previous === 'operator') return false;
  const word = /^[\p{ID_Start}_]\p{ID_Continue}*/u.exec(text)?.[0];
  const quote = /^(?:[rubft]{0,2})["']/i.test(text);
  if (quote) return previous === 'operand';
  return word !== undefined ? !OPERATOR_WORDS.has(word) : /^\d/.test(text);
}

/** Of a file with an unclosed ''': the definitions inside a string that are indented no further than it are code. */
export function stringEndsBefore(text: string, column: number, indentation: number): boolean {
  return column <= indentation && /^(?:(?:async\s+)?def\s+\w+\s*\(.*|class\s+\w+\s*(?:\(.*\))?\s*:\s*(?:#.*)?$|@[A-Za-z_][\w.]*(?:\(.*\))?\s*$)/.test(text);
}
