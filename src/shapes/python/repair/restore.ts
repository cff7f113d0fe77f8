/**
 * Restores the line breaks of code that a page has run together on one line: statements, their suites, comments that swallowed
 * code. Positions stay those of the line: what is restored is a list of its pieces, each with the indentation to put before it.
 */
import type { Span } from '../ast';
import type { PythonParser } from '../parser';
import { factsOf } from './facts';
import type { Facts } from './facts';
import type { Names } from './names';
import type { Joint } from './prices';
import { readStatements } from './search';
import type { Reading } from './search';
import { cutStatements } from './statements';
import type { CutText, RestoredStatement } from './statements';
import { nest } from './suites';

/** A line of restored code: a piece of the text, and what is put before it. */
export interface RestoredLine extends Span { readonly indent: string }

/** What the text does not decide. */
export interface RepairAssumption extends Span { readonly text: string }

export interface Restored {
  readonly lines: readonly RestoredLine[];
  readonly assumptions: readonly RepairAssumption[];
}

/** Longer lines are left as they are: data, minified pages. Reading takes some 20 µs a character. */
export const LONGEST = 30_000;
/** Of a line; the search for suites takes longer than the reading from here on. */
const MOST_STATEMENTS = 1500;
/** Below this, nobody needs to look for another reading. */
const USUAL_PRICE = 0.75;
/** Below this many statements a price says little. */
const FEWEST = 2;
/** Code costs about half a nat a character; prose that happens to be read as code is far above. */
const HIGHEST_PRICE = 1.25;
/** One of so many statements may do nothing. */
const MOST_IDLE = 12;
const UNIT = '    ';

/**
 * @param text one line, without its line break
 * @param isMethod its functions are those of a class that stands elsewhere: give them its indentation
 * @returns null where the line is no run of statements, or is not certainly one
 */
export function restoreLine(text: string, names: Names, parser: PythonParser, isMethod = false): Restored | null {
  if (text.length > LONGEST) return null;
  let best: { restored: Restored; price: number } | null = null;
  for (const joint of ['glued', 'spaced'] as const) {
    const reading = readStatements(text, names, joint);
    if (!reading || (best && reading.price >= best.price)) continue;
    const restored = assemble(text, reading, joint, parser, isMethod);
    if (restored) best = { restored, price: reading.price };
    // A comment may have swallowed, at a low price, what begins behind white space.
    if (best && best.price / text.length < USUAL_PRICE && !reading.events.some(({ mark }) => mark === 'comment')) break;
  }
  return best?.restored ?? null;
}

function assemble(text: string, reading: Reading, joint: Joint, parser: PythonParser, isMethod: boolean): Restored | null {
  const cut = cutStatements(text, reading, joint);
  const { statements } = cut;
  if (statements.length < FEWEST || statements.length > MOST_STATEMENTS || reading.price / text.length > HIGHEST_PRICE) return null;
  const facts = statements.map((statement) => factsOf(text.slice(statement.start, statement.end), statement.isHeader, parser));
  if (!facts.some(isTelling) || facts.filter(({ isIdle }) => isIdle).length * MOST_IDLE > facts.length) return null;
  const { depths, assumptions } = nest(facts, statements.map(({ isHeader }) => isHeader), statements.map(({ isInline }) => isInline));
  const space = /^\s*/.exec(text)![0];
  const base = isMethod && space === '' ? UNIT : space.replace(/[^ \t]/g, ' ');
  const restored: Restored = {
    lines: layOut(cut, depths, base),
    assumptions: assumptions.map(({ header, next, reason }) => ({ ...placeOf(statements[next ?? header]!), text: assumptionText('line breaks were lost', (index) => text.slice(statements[index]!.start, statements[index]!.end), header, next, reason) })),
  };
  return isCertain(text, restored, reading, parser) ? restored : null;
}

/** Statements that prose does not have. */
export function isTelling(facts: Facts): boolean {
  return facts.word === 'import' || facts.word === 'from' || (facts.writes.size > 0 && /=|^(?:async\s+)?(?:def|class|for)\b/.test(facts.text));
}

/** Python reads all of what was restored; of a text that was cut off, all but its end. */
function isCertain(text: string, restored: Restored, reading: Reading, parser: PythonParser): boolean {
  const errors = parser.parse(dedented(restoredText(text, restored))).errors.length;
  return errors === 0 || (reading.isCutOff && errors === 1 && restored.lines.length > 4);
}

/** The restored code as text. */
export function restoredText(text: string, { lines }: Restored): string {
  return lines.map(({ indent, start, end }) => `${indent}${text.slice(start, end)}`).join('\n');
}

function dedented(text: string): string {
  return /^[ \t]/.test(text) ? `if True:\n${text}\n` : `${text}\n`;
}

function layOut({ statements, rest }: CutText, depths: readonly number[], base: string): RestoredLine[] {
  const lines: RestoredLine[] = [];
  const add = (span: Span, indent: string): void => void lines.push({ start: span.start, end: span.end, indent });
  statements.forEach((statement, index) => {
    const indent = base + UNIT.repeat(depths[index]!);
    for (const comment of statement.comments) add(comment, indent);
    const [first, ...others] = statement.lines;
    if (statement.isInline && first) {
      // It stays on the line of its header.
      const header = lines.pop()!;
      add({ start: header.start, end: first.end }, header.indent);
    } else if (first) add(first, indent);
    for (const line of others) add(line, indent + UNIT + UNIT);
  });
  for (const comment of rest) add(comment, base + UNIT.repeat(depths.at(-1) ?? 0));
  return lines;
}

function placeOf({ start, end }: RestoredStatement): Span {
  return { start, end };
}

/** @param lost what the text has no more @param statement its text */
export function assumptionText(lost: string, statement: (index: number) => string, header: number, next: number | null, reason: string): string {
  const shown = (index: number): string => {
    const text = statement(index).replace(/\s+/g, ' ');
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  };
  if (next === null) return `${lost}: the suite of '${shown(header)}' is taken to reach to the end`;
  return `${lost}: the suite of '${shown(header)}' is taken to end before '${shown(next)}'${reason === '' ? '' : `: ${reason}`}`;
}
