/** Why code is not run: the condition that never holds, the loop without a round, the `return` before it. */
import { expressionsWithin } from '../shapes/evidence/nodes';
import { blocksOf } from '../shapes/evidence/places';
import { isExpression } from '../shapes/incremental/places';
import { contains } from '../shapes/python/spans';
import type { Expr, If, Module, Span, Stmt } from '../shapes/python/ast';
import { children, walk } from '../shapes/python/walk';
import type { AnyNode } from '../shapes/python/walk';
import { rangeOf } from '../project/tracedFile';
import type { DocumentRange, TracedFile } from '../project/tracedFile';
import { sourceOffset } from '../project/find';
import { oneLine, placeLink } from './markdown';
import { uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { t } from './translation';

/** Longer conditions are cut. */
const MAX_TEXT = 48;

export interface Unreached {
  /** The outermost code around the place that is not run. */
  readonly node: AnyNode;
  /** What is assumed where it is shown all the same, as Markdown. */
  readonly assumes: string;
}

/** null where something of the innermost code around the place is run. */
export function unreachedAt(file: OpenFile, place: Span): Unreached | null {
  let parent: AnyNode | Module = file.analysis.tree;
  for (;;) {
    const node: AnyNode | undefined = [...children(parent)].find((each) => contains(each, place));
    if (!node) return null;
    if (!isReached(file, node) && canBeSeen(node)) return { node, assumes: assumption(file, parent, node) };
    parent = node;
  }
}

/** The expression at a place in code that nothing comes to, where no other trace has seen any of that. */
export function untracedAt(file: OpenFile, position: DocumentRange['start']): Expr | null {
  const offset = sourceOffset(file, position);
  const piece = offset === null ? null : unreachedAt(file, { start: offset, end: offset })?.node;
  if (offset === null || !piece || [file.supposed?.made, file.alone?.made].some((other) => other && isReached(other, piece))) return null;
  let found: Expr | null = null;
  walk(piece, (node) => {
    if (offset < node.start || node.end < offset) return false;
    if (isExpression(node)) found = node;
    return true;
  });
  return found;
}

const isReached = (file: TracedFile, span: Span): boolean => expressionsWithin(file.analysis.recordings, span).length > 0;

/** Whether there is anything in it of which a trace keeps the value. */
function canBeSeen(node: AnyNode): boolean {
  let found = false;
  walk(node, ({ kind }) => {
    if (kind === 'Name' || kind === 'Constant') found = true;
    return !found && kind !== 'Import' && kind !== 'ImportFrom';
  });
  return found;
}

function assumption(file: OpenFile, parent: AnyNode | Module, node: AnyNode): string {
  const leaving = parent.kind === 'Module' ? null : leavesBefore(file, parent, node);
  if (leaving?.within) return side(file, leaving.within.test, !leaving.isThen);
  if (leaving) return t('≈ assumes that {0} does not leave before; here it always does', link(file, leaving.node, t('line {0}', rangeOf(file, leaving.node).start.line + 1)));
  switch (parent.kind) {
    case 'If': case 'While': return side(file, parent.test, (parent.body as readonly AnyNode[]).includes(node));
    case 'IfExp': return side(file, parent.test, node === parent.body);
    case 'BoolOp': return side(file, { start: parent.start, end: parent.values[parent.values.indexOf(node as never) - 1]?.end ?? parent.end }, parent.op === 'and');
    case 'Assert': return side(file, parent.test, false);
    case 'For': return item(file, parent.iter);
    case 'ListComp': case 'SetComp': case 'GeneratorExp': case 'DictComp': return item(file, parent.generators[0]!.iter);
    case 'Match': return t('≈ assumes that this case matches; here it never does');
    default:
      if (node.kind === 'ExceptHandler') return t('≈ assumes that {0} is raised; here it never is', node.type ? link(file, node.type) : t('an exception'));
      return t('≈ assumes that this code is run: nothing in the document comes to it');
  }
}

function side(file: OpenFile, test: Span, holds: boolean): string {
  return holds ? t('≈ assumes that {0} holds; here it never does', link(file, test)) : t('≈ assumes that {0} does not hold; here it always does', link(file, test));
}

const item = (file: OpenFile, iter: Span): string => t('≈ assumes that {0} has an item; here it has none', link(file, iter));

function link(file: OpenFile, span: Span, text = oneLine(file.document.source.slice(span.start, span.end))): string {
  const range = rangeOf(file, span);
  return placeLink(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text, uriAt(file, range), range);
}

interface Leaving {
  readonly node: Span;
  /** The condition that leads to it, and on which side of it. */
  readonly within: If | null;
  readonly isThen: boolean;
}

/** What ends the block before the statement comes: the last `return`, `raise`, `break` or `continue` that is run. */
function leavesBefore(file: TracedFile, parent: AnyNode, node: AnyNode): Leaving | null {
  const block = blocksOf(parent as Stmt).find((each) => (each as readonly AnyNode[]).includes(node)) ?? [];
  let found: Leaving | null = null;
  const visit = (statement: Stmt, within: If | null, isThen: boolean): void => {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return;
    const leaves = statement.kind === 'Return' || statement.kind === 'Raise' || statement.kind === 'Break' || statement.kind === 'Continue';
    if (leaves && (!within || isReached(file, statement))) found = { node: statement, within, isThen };
    for (const suite of blocksOf(statement)) for (const each of suite) visit(each, statement.kind === 'If' ? statement : within, statement.kind === 'If' ? suite === statement.body : isThen);
  };
  for (const statement of block.slice(0, (block as readonly AnyNode[]).indexOf(node))) visit(statement, null, false);
  return found;
}
