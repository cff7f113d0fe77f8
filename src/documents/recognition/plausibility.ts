// How much speaks for a statement of a post being code. "It parses" counts for nothing: a headline of one word, `a, b`, or a
// formula parses. What counts is structure that prose does not have, and names that the document or every Python text knows.
//
//   3 and more  code, whatever stands around it
//   1 or 2      code only if it stands directly beside code
//   0           no code
import type { Expr, Stmt } from '../../shapes/python/ast';
import type { Candidate } from './candidate';
import { builtinNames, boundNames, namesIn, nodesOf, rootName, wellKnownNames } from './names';

export const certain = 3;
export const possible = 1;

export interface KnownNames {
  /** Bound by code further up. */
  readonly defined: ReadonlySet<string>;
  /** Read by code further down, and bound by nothing that was found to be code so far. */
  readonly wanted: ReadonlySet<string>;
}

export function plausibility(candidate: Candidate, known: KnownNames): number {
  if (candidate.kind === 'comment') return 0;
  if (candidate.kind === 'broken') return brokenPlausibility(candidate.code.trim(), known);
  return Math.max(0, ...candidate.statements.map((statement) => statementPlausibility(statement, known)));
}

const isKnown = (name: string, known: KnownNames): boolean => known.defined.has(name) || wellKnownNames.has(name);
const anyKnown = (node: Stmt | Expr, known: KnownNames): boolean => [...namesIn(node)].some((name) => isKnown(name, known) || builtinNames.has(name));

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
      return statement.value && !isPrinted(statement.annotation) ? assignmentPlausibility(statement, statement.value, known) : 0;
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

function assignmentPlausibility(statement: Stmt, value: Expr, known: KnownNames): number {
  let score = 1;
  if (anyKnown(statement, known)) score += 2;
  if (isStructured(value)) score++;
  if ([...boundNames([statement])].some((name) => known.wanted.has(name))) score += 2;
  return score;
}

/** What stands behind the colon of a printed label: no type is the result of a call. */
function isPrinted(annotation: Expr): boolean {
  return annotation.kind === 'Call' || annotation.kind === 'Constant' && annotation.value.type !== 'str' && annotation.value.type !== 'None';
}

/** A method, a keyword argument or a slice: nobody writes them in a formula. */
function isStructured(value: Expr): boolean {
  for (const node of nodesOf(value)) {
    if (node.kind === 'keyword' || node.kind === 'Slice') return true;
    if (node.kind === 'Call' && (node['func'] as Expr).kind === 'Attribute') return true;
  }
  return false;
}

function expressionPlausibility(value: Expr, known: KnownNames): number {
  const names = [...namesIn(value)];
  const allKnown = names.length > 0 && names.every((name) => isKnown(name, known) || builtinNames.has(name));
  const anyDefined = names.some((name) => known.defined.has(name));
  switch (value.kind) {
    case 'Call': {
      const root = rootName(value);
      if (root !== null && isKnown(root, known)) return 3;
      if (root === 'print' || (root !== null && builtinNames.has(root) && allKnown && (anyDefined || names.length > 1))) return 3;
      return (root !== null && builtinNames.has(root)) || anyDefined || isStructured(value) ? 1 : 0;
    }
    case 'Subscript': case 'Attribute': {
      // A module's attribute (`nn.Linear`) is as often a headline.
      const root = rootName(value);
      return root !== null && known.defined.has(root) ? (value.kind === 'Subscript' ? 3 : 2) : 0;
    }
    case 'BinOp': case 'Compare': case 'BoolOp': case 'UnaryOp':
      return allKnown && anyDefined ? (isStructured(value) ? 3 : 2) : 0;
    case 'Name':
      return known.defined.has(value.id) ? 1 : 0;
    case 'Tuple': case 'List':
      return allKnown && anyDefined ? 1 : 0;
    case 'ListComp': case 'DictComp': case 'SetComp':
      return allKnown ? 3 : 1;
    default:
      return 0;
  }
}

const definition = /^(?:async\s+)?(?:class|def)\s+[A-Za-z_]\w*\s*\(.*\)\s*(?:->[^:]*)?:/s;
const assignment = /^[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:\s*,\s*[A-Za-z_][\w.]*)*\s*(?:[-+*/@|&]|\/\/)?=(?!=)/;

const keywords = /\b(?:and|as|assert|async|await|class|def|del|elif|else|except|for|from|global|if|import|in|is|lambda|not|or|raise|return|while|with|yield)\b/g;
/** Two names in a row, which Python never has but every sentence. */
const twoWords = /[A-Za-z_]\w*[ \t]+[A-Za-z_]/;

/** Code that was cut off, or lost its line breaks: only lexical signs are left. */
function brokenPlausibility(code: string, known: KnownNames): number {
  if (definition.test(code)) return 3;
  if (twoWords.test(code.replace(keywords, ' , '))) return 0;
  const uses = [...code.matchAll(/(?<![\w.])([A-Za-z_]\w*)\s*[.([]/g)].some(([, name]) => isKnown(name!, known) || name === 'print');
  if (assignment.test(code)) return uses ? 3 : /[[(]/.test(code) ? 1 : 0;
  if (/^[)\]}]/.test(code)) return 1;
  return uses && /[([]/.test(code) ? 1 : 0;
}
