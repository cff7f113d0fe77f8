/** Code that lost its indentation but kept its lines: which suite each statement belongs to. */
import type { PythonParser } from '../parser';
import { factsOf } from './facts';
import { assumptionText, isTelling } from './restore';
import { nest } from './suites';

/** A statement as it stands in the document, without the white space around it. */
export interface FlatStatement {
  readonly text: string;
  /** A compound statement whose suite must follow on lines of its own. */
  readonly isHeader: boolean;
}

export interface Indented {
  /** For each statement, in how many suites it is. */
  readonly depths: readonly number[];
  /** What the text does not decide, by the statement that it is about. */
  readonly assumptions: readonly { readonly statement: number; readonly text: string }[];
}

/** More than this is a file, which nobody pastes without its indentation. */
const MOST_STATEMENTS = 1500;

/** Null where the statements are too few, or none of prose could not be read so. */
export function indent(statements: readonly FlatStatement[], parser: PythonParser): Indented | null {
  if (statements.length < 2 || statements.length > MOST_STATEMENTS) return null;
  const facts = statements.map(({ text, isHeader }) => factsOf(text, isHeader, parser));
  if (!facts.some(isTelling)) return null;
  const { depths, assumptions } = nest(facts, statements.map(({ isHeader }) => isHeader), statements.map(() => false));
  const shown = (index: number): string => statements[index]!.text;
  return { depths, assumptions: assumptions.map(({ header, next, reason }) => ({ statement: next ?? header, text: assumptionText('the indentation was lost', shown, header, next, reason) })) };
}
