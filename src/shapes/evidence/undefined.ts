/** What the author says of names that no code defines: in comments and texts between the statements, and in the text around the code. */
import type { Expr, Module, Span, Stmt } from '../python/ast';
import { walk } from '../python/walk';
import { contains } from '../python/spans';
import { readPhrases } from './phrase';
import { isDocstring, lineStart } from './places';
import type { ProseLine } from './prose';
import type { ShapePhrase } from './shapes';

export interface NameClaim {
  readonly shape: ShapePhrase;
  readonly from: 'comment' | 'text';
  readonly span: Span;
}

/** Words that say a shape of variables which they name. */
interface Saying { readonly text: string; readonly span: Span; /** Before which of the code's names it speaks. */ readonly at: number; readonly from: NameClaim['from'] }

const SENTENCE = /[^。;;!!??\n]+/g;
/** Longer texts are read in part. */
const MAX_LINES = 2000;

/** Reads the document once for all names. */
export class NameClaims {
  private readonly said: readonly (readonly [name: string, at: number, claim: NameClaim])[];

  constructor(private readonly tree: Module, prose: readonly ProseLine[]) {
    const sayings = [...textsOf(tree), ...prose.slice(0, MAX_LINES).flatMap(ofProse)];
    this.said = [...sayings.flatMap(named), ...askedShapes(tree)];
  }

  /** What is said of it first, before the code gives it another value. @param isTarget the first statement that does is the one that takes it from what nothing defines */
  of(name: string, isTarget: boolean): NameClaim | null {
    let until: number | null = null;
    for (const [said, at, claim] of this.said) {
      if (said !== name) continue;
      until ??= boundFrom(this.tree, name, isTarget ? 1 : 0);
      if (at < until) return claim;
    }
    return null;
  }
}

function named({ text, span, at, from }: Saying): (readonly [string, number, NameClaim])[] {
  return readPhrases(text).flatMap(({ shapes: [shape, ...others], subjects, becomes }) => (others.length > 0 || becomes ? [] : subjects.map((name) => [name, at, { shape: shape!, from, span }] as const)));
}

/** Comments outside of functions and classes, and texts that are statements. */
function textsOf(tree: Module): Saying[] {
  const definitions = tree.body.filter(({ kind }) => kind === 'FunctionDef' || kind === 'ClassDef');
  const comments = tree.comments.filter((comment) => !definitions.some((definition) => contains(definition, comment)));
  return [
    ...comments.map((comment): Saying => ({ text: comment.text, span: comment, at: comment.start, from: 'comment' })),
    ...tree.body.filter(isDocstring).flatMap((statement) => tree.source.slice(statement.start, statement.end).split('\n').map((text): Saying => ({ text: text.replace(/^[ru]*["']+/i, ''), span: statement, at: statement.start, from: 'text' }))),
  ];
}

function ofProse({ text, start, code }: ProseLine): Saying[] {
  // Names and shapes stand between marks of code, or of what is emphasised.
  return [...text.matchAll(SENTENCE)].map((sentence) => ({ text: sentence[0].replace(/`|\*\*/g, (mark) => ' '.repeat(mark.length)), span: { start: start + sentence.index, end: start + sentence.index + sentence[0].length }, at: code ? code.end : 0, from: 'text' }));
}

/** `print(x.shape)  # torch.Size([64, 3])` */
function askedShapes(tree: Module): (readonly [string, number, NameClaim])[] {
  return tree.body.flatMap((statement) => {
    const name = statement.kind === 'Expr' ? askedOf(statement.value) : null;
    const comment = name && tree.comments.find(({ start }) => start >= statement.end && lineStart(tree.source, start) === lineStart(tree.source, statement.start));
    if (!name || !comment) return [];
    const [phrase, ...others] = readPhrases(comment.text);
    return phrase?.shapes.length === 1 && others.length === 0 ? [[name, statement.start, { shape: phrase.shapes[0]!, from: 'comment', span: comment }] as const] : [];
  });
}

/** `x` of `x.shape`, `x.size()`, alone or printed. */
function askedOf(node: Expr): string | null {
  if (node.kind === 'Attribute') return node.attr === 'shape' && node.value.kind === 'Name' ? node.value.id : null;
  if (node.kind !== 'Call') return null;
  const { func, args } = node;
  if (func.kind === 'Name') return func.id === 'print' && args.length === 1 ? askedOf(args[0]!) : null;
  return func.kind === 'Attribute' && func.attr === 'size' && args.length === 0 && func.value.kind === 'Name' ? func.value.id : null;
}

/** Where the statement of the top level begins that gives the name a value, after so many others. */
function boundFrom(tree: Module, name: string, after: number): number {
  return tree.body.filter((statement) => binds(statement, name))[after]?.start ?? Infinity;
}

function binds(statement: Stmt, name: string): boolean {
  let found = false;
  const isTarget = (target: Expr | null): void => {
    if (target) walk(target, (node) => { if (node.kind === 'Name' && node.id === name) found = true; return node.kind !== 'Subscript' && node.kind !== 'Attribute'; });
  };
  walk(statement, (node) => {
    if (node.kind === 'Assign') node.targets.forEach(isTarget);
    else if (node.kind === 'For' || node.kind === 'NamedExpr' || node.kind === 'AnnAssign') isTarget(node.target);
    else if (node.kind === 'With') node.items.forEach(({ optionalVars }) => isTarget(optionalVars));
    return !found && node.kind !== 'FunctionDef' && node.kind !== 'ClassDef';
  });
  return found;
}
