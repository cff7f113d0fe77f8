/** Which lines of a document are code whose line breaks were lost, and what they are with them. */
import type { PythonParser } from '../parser';
import { gatherNames } from './names';
import { LONGEST, restoreLine } from './restore';
import type { Restored } from './restore';

export interface RestoredRun { /** Of the lines that were given. */ readonly line: number; readonly restored: Restored }

/**
 * What no line of Python has, though not all of it is certain: a statement right behind a bracket, a colon, a number, a string; a
 * word that ends in `self.` or a keyword; behind white space, a statement after a complete one.
 */
const SIGNS: readonly RegExp[] = [
  /[)\]}][A-Za-z_]\w*(?:\.\w+|\[[^\]]{0,80}\])*(?:\s*(?:[-+*/@]|\/\/)?=(?!=)|\s*[.([,:])/,
  /[)\]}\w"'](?:return|raise|def|class|import|from|with|while|for|if|elif)\s[^)]/,
  /[\w)\]}"']self\.\w|[)\]}\w"'](?:else|try|finally)\s*:|[\w)\]]super\(/,
  /:(?:[A-Za-z_]\w*(?:\.\w+)*\s*(?:=|\()|return\b|pass|raise\b|def\s|class\s|for\s|if\s|with\s|self\.|r?"""|r?''')/,
  /\d[A-Za-z_]\w*(?:\.\w+)*\s=\s/,
  /\bimport\s+[\w.]+\s(?:\w+\s)?=\s/,
  /[)\]}"']\s+print\(/,
  /\w(?:@[A-Za-z_.]+(?:\([^)]*\))?def\s)/,
  /:\s+(?:def|class|import|from)\s\S|[)\]}\w]\s+(?:self\.\w+\s*=|return\s|def\s+\w+\s*\(|(?:[a-z_]\w*)\s=\s\S.*\s=\s)/,
];
/** Shorter ones hold no two statements that could be told from a slip. */
const SHORTEST = 16;
/** Longer statements are lists of data, which show no signs. */
const LONGEST_STATEMENT = 1000;
/** For all lines of a document together; a page of run-together code has a tenth of it. */
const MOST_CHARACTERS = 60_000;

/**
 * @param lines of the document, without line breaks
 * @param others text that names what the code may use; the lines themselves are counted anyway
 */
export function findRuns(lines: readonly string[], parser: PythonParser): RestoredRun[] {
  const suspects = suspiciousLines(lines, parser);
  if (suspects.length === 0) return [];
  const texts = suspects.map((line) => lines[line]!);
  const others = lines.filter((_, line) => !suspects.includes(line)).join('\n');
  const names = gatherNames(texts, others);
  const runs: RestoredRun[] = [];
  let left = MOST_CHARACTERS;
  for (const line of suspects) {
    const text = lines[line]!;
    left -= text.length;
    if (left < 0) break;
    const restored = restoreLine(text, names, parser, isMethod(lines, line)) ?? restoreBehindProse(text, names, parser);
    if (restored) runs.push({ line, restored });
  }
  return runs;
}

/** A sentence in another script, whose line break before the code was lost too. */
const BEHIND_PROSE = /(?<=^[^#=]{0,400}?[^\x00-\x7F][\s:.]*)(?:import\s+[A-Za-z_]|from\s+[\w.]+\s+import\s|class\s+\w+\s*[(:]|def\s+\w+\s*\(|torch\.\w+(?:\.\w+)*\()/;

function restoreBehindProse(text: string, names: ReturnType<typeof gatherNames>, parser: PythonParser): Restored | null {
  const start = BEHIND_PROSE.exec(text)?.index;
  const restored = start === undefined ? null : restoreLine(text.slice(start), names, parser, false);
  if (start === undefined || !restored) return null;
  const moved = <T extends { readonly start: number; readonly end: number }>(part: T): T => ({ ...part, start: part.start + start, end: part.end + start });
  return { lines: [{ start: 0, end: start, indent: '' }, ...restored.lines.map(moved)], assumptions: restored.assumptions.map(moved) };
}

/** Lines that show a sign of lost breaks and that Python cannot read, or reads as little more than a comment. */
function suspiciousLines(lines: readonly string[], parser: PythonParser): number[] {
  const found: number[] = [];
  lines.forEach((text, line) => {
    if (text.length >= SHORTEST && text.length <= LONGEST && mayBeRun(text) && (hasGluedComment(text) || hasSuiteInSuite(text) || !isPython(text, parser))) found.push(line);
  });
  return found;
}

/** A comment in which statements follow: Python reads it, and nothing of what it swallowed. */
function hasGluedComment(text: string): boolean {
  const comment = /#.*$/.exec(withoutStrings(text));
  return comment !== null && mayBeRun(comment[0].slice(1));
}

/** `def f(): if x: y`, which a parser may let pass. */
function hasSuiteInSuite(text: string): boolean {
  return /^\s*(?:class|def|if|elif|else|for|while|with|try|except|finally)\b.*:\s*(?:if|for|while|with|def|class|try)\b.*:/.test(withoutStrings(text).replace(/#.*$/, ''));
}

function withoutStrings(text: string): string {
  return text.replace(/(["'])(?:\\.|(?!\1).)*\1/g, '""');
}

/** Cheap: no parsing. */
export function mayBeRun(text: string): boolean {
  return !/^\s*(?:>>>|\.\.\.\s|```|~~~|\||<)/.test(text) && SIGNS.some((sign) => sign.test(text));
}

function isPython(text: string, parser: PythonParser): boolean {
  if (text.length > LONGEST_STATEMENT || !closes(text)) return false;
  const code = text.trim();
  const header = /:\s*(?:#.*)?$/.test(code) ? '\n pass\n' : '\n';
  const before = /^(?:elif|else)\b/.test(code) ? 'if True: pass\n' : /^(?:except|finally)\b/.test(code) ? 'try: pass\n' : '';
  return parser.parse(`${before}${code}${header}`).errors.length === 0;
}

/** Whether all brackets do: cheaper to ask than the parser, which looks for what might have been meant. */
function closes(text: string): boolean {
  const open: string[] = [];
  for (const [bracket] of withoutStrings(text).replace(/#.*$/, '').matchAll(/[()[\]{}]/g)) {
    if ('([{'.includes(bracket)) open.push(bracket);
    else if (open.pop() !== '([{'[')]}'.indexOf(bracket)]) return false;
  }
  return open.length === 0;
}

/** Functions with `self` that stand in no class, below a line that has one. */
function isMethod(lines: readonly string[], line: number): boolean {
  return /^(?:@[\w.]+(?:\([^)]*\))?\s*)?(?:async\s+)?def\s+\w+\s*\(\s*(?:self|cls)\b/.test(lines[line]!) && lines.slice(0, line).some((each) => /^\s*(?:@.*)?class\s+\w+.*:/.test(each));
}
