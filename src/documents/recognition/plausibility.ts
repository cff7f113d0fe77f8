// How much speaks for a statement of a post being code. "It parses" counts for nothing: a headline of one word, `a, b`, or a
// formula parses. What counts is structure that prose does not have, and names that the document or every Python text knows.
//
//   3 and more  code, whatever stands around it
//   1 or 2      code only if it stands directly beside code
//   0           no code
import type { Expr, Stmt } from '../../shapes/python/ast';
import type { Candidate } from './candidate';
import { anyKnown, expressionPlausibility, hasPattern, isKnown, isStructured, usesKnown } from './expressions';
import type { KnownNames } from './expressions';
import { boundNames, rootName, wellKnownNames } from './names';

export const certain = 3;
export const possible = 1;

export function plausibility(candidate: Candidate, known: KnownNames): number {
  if (candidate.kind === 'comment') return 0;
  // Whatever a parser makes of them after its recovery.
  if (twoWords.test(candidate.code.replace(keywords, ' , ')) && !definition.test(candidate.code.trim())) return 0;
  if (candidate.kind === 'broken') return brokenPlausibility(candidate.code.trim(), known);
  // A decorator is as good as the definition below it.
  if (candidate.code.trim().startsWith('@')) return 1;
  return Math.max(0, ...candidate.statements.map((statement) => statementPlausibility(statement, known)));
}

function statementPlausibility(statement: Stmt, known: KnownNames): number {
  switch (statement.kind) {
    case 'FunctionDef': case 'ClassDef': case 'ImportFrom':
      return 3;
    case 'Import':
      return statement.names.some(({ name, asname }) => asname !== null || wellKnownNames.has(name.split('.')[0]!)) ? 3 : 2;
    case 'Assign': case 'AugAssign':
      return assignmentPlausibility(statement, statement.value, known);
    case 'AnnAssign':
      // `Note: something` is an annotation without a value.
      return statement.value && isType(statement.annotation) ? assignmentPlausibility(statement, statement.value, known) : 0;
    case 'For': case 'If': case 'While': case 'With': case 'Match': case 'Assert': case 'Delete': case 'Raise':
      return anyKnown(statement, known) ? 3 : 1;
    case 'Try':
      return 1;
    case 'Return':
      return statement.value ? 1 : 0;
    case 'Expr':
      return expressionPlausibility(statement.value, known);
    default:
      // `pass`, `continue`, `global x`: words that only stand in a suite, which counts for them.
      return 0;
  }
}

function assignmentPlausibility(statement: Extract<Stmt, { kind: 'Assign' | 'AugAssign' | 'AnnAssign' }>, value: Expr, known: KnownNames): number {
  let score = 1;
  // `h = tanh(W * x)` is as often a formula: one known name among others is little.
  if (usesKnown(value, known) || hasPattern(value)) score += 2;
  else if (anyKnown(value, known) || targets(statement).some((target) => target.kind !== 'Name' && isKnown(rootName(target) ?? '', known))) score++;
  if (isStructured(value)) score++;
  if ([...boundNames([statement])].some((name) => known.wanted.has(name))) score += 2;
  return score;
}

/** `Note: x = 1` is prose, and what stands behind the colon of a printed label is no type either. */
function isType(annotation: Expr): boolean {
  if (annotation.kind === 'Name') return /^[A-Z]/.test(annotation.id) || ['int', 'float', 'bool', 'str', 'list', 'tuple', 'dict', 'set', 'object'].includes(annotation.id);
  return annotation.kind === 'Attribute' || annotation.kind === 'Subscript' || annotation.kind === 'BinOp';
}

function targets(statement: Extract<Stmt, { kind: 'Assign' | 'AugAssign' | 'AnnAssign' }>): readonly Expr[] {
  return statement.kind === 'Assign' ? statement.targets : [statement.target];
}

const definition = /^(?:async\s+)?(?:class|def)\s+[A-Za-z_]\w*\s*\(.*\)\s*(?:->[^:]*)?:/s;
const assignment = /^[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:\s*,\s*[A-Za-z_][\w.]*)*\s*(?:[-+*/@|&]|\/\/)?=(?!=)/;

const keywords = /\b(?:and|as|assert|async|await|case|class|def|del|elif|else|except|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|raise|return|while|with|yield)\b/g;
/** Two names in a row, which Python never has but every sentence. */
const twoWords = /[A-Za-z_]\w*[ \t]+[A-Za-z_]/;

/** Code that was cut off, or lost its line breaks: only lexical signs are left. */
function brokenPlausibility(code: string, known: KnownNames): number {
  if (definition.test(code)) return 3;
  // A bullet, a number, a quote.
  if (!/^[A-Za-z_@([{)\]}]/.test(code)) return 0;
  const uses = [...code.matchAll(/(?<![\w.])([A-Za-z_]\w*)\s*[.([]/g)].some(([, name]) => isKnown(name!, known) || name === 'print');
  if (assignment.test(code)) return uses ? 3 : /[[(]/.test(code) ? 1 : 0;
  if (/^[)\]}]/.test(code)) return 1;
  return uses && /[([]/.test(code) ? 1 : 0;
}
