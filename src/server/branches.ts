/** Where a value has several shapes: which condition, or which call, leads to which. */
import { argsOf, placedStatements } from '../shapes/evidence/places';
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { FunctionDef, Span, Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import type { OpenFile } from './openFile';
import { t } from './translation';
import { valueText } from './valueText';
import { argumentFor, calls } from './whySize';

export interface Case {
  /** `if mask is not None`, `else`, `called as net(x)`. */
  readonly when: string;
  readonly value: string;
  readonly span: Span;
}

/** Empty where the value is one, or what leads to which is not certain. */
export function casesOf(file: OpenFile, recording: Recording): Case[] {
  const { node, seen } = recording;
  const options = seen.reduce((count, each) => count + (each.type === 'union' ? each.options.length : 1), 0);
  if (options < 2 || recording.more) return [];
  if (node.kind === 'arg') return callCases(file, recording);
  return node.kind === 'Name' && !recording.target ? branchCases(file, node.id, node) : [];
}

/** The last `if` before the use, in a block around it, that stores into the name. */
function branchCases(file: OpenFile, name: string, use: Span): Case[] {
  const before = placedStatements(file.analysis.tree).filter(({ statement, block, index }) => statement.kind === 'If' && statement.end <= use.start && block.slice(index + 1).some((later) => later.start <= use.start && use.end <= later.end));
  const branch = before.filter(({ statement }) => lastStore(file, name, statement) !== null).at(-1)?.statement;
  if (branch?.kind !== 'If') return [];
  const taken = lastStoreIn(file, name, branch.body);
  const other = lastStoreIn(file, name, branch.orelse) ?? storedBefore(file, name, branch);
  const test = textOf(file, branch.test);
  const cases = [taken && caseOf(file, t('if {0}', test), taken, branch.test), other && caseOf(file, taken ? t('else') : t('if not ({0})', test), other, branch.test)];
  return cases.every((each) => each !== null && each !== undefined) ? (cases as Case[]) : [];
}

function caseOf(file: OpenFile, when: string, recording: Recording, span: Span): Case | null {
  return recording.seen.length === 1 ? { when, value: valueText(file.analysis, recording, recording.seen[0]!), span } : null;
}

function lastStore(file: OpenFile, name: string, statement: Stmt): Recording | null {
  let found: Recording | null = null;
  walk(statement, (node) => {
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef' || node.kind === 'Lambda') return node === statement;
    const recording = node.kind === 'Name' && node.id === name ? file.analysis.recordings.get(node) : undefined;
    if (recording?.target) found = recording;
    return true;
  });
  return found;
}

function lastStoreIn(file: OpenFile, name: string, block: readonly Stmt[]): Recording | null {
  return block.map((statement) => lastStore(file, name, statement)).filter((found) => found !== null).at(-1) ?? null;
}

/** What the name was when neither side stores into it: stored earlier in the block, or a parameter. */
function storedBefore(file: OpenFile, name: string, branch: Stmt): Recording | null {
  const place = placedStatements(file.analysis.tree).find(({ statement }) => statement === branch)!;
  const stored = lastStoreIn(file, name, place.block.slice(0, place.index));
  const parameter = place.within && argsOf(place.within.args).find((arg) => arg.arg === name);
  return stored ?? (parameter && file.analysis.recordings.get(parameter)) ?? null;
}

/** Each call in the document with what it gives for the parameter. */
function callCases(file: OpenFile, { node, context }: Recording): Case[] {
  const { recordings, tree } = file.analysis;
  const func = placedStatements(tree).map(({ statement }) => statement).filter((each): each is FunctionDef => each.kind === 'FunctionDef' && argsOf(each.args).some((arg) => arg === node)).at(-1);
  if (!func || node.kind !== 'arg') return [];
  const cases: Case[] = [];
  for (const recording of recordings.values()) {
    if (recording.node.kind !== 'Call' || recording.context === context || !calls(recordings.get(recording.node.func), func)) continue;
    const given = argumentFor(recording.node, func, node.arg);
    const value = given && recordings.get(given);
    if (value?.seen.length !== 1) continue;
    cases.push({ when: t('called as {0}', textOf(file, recording.node)), value: valueText(file.analysis, value, value.seen[0]!), span: recording.node });
  }
  return new Set(cases.map(({ value }) => value)).size > 1 ? cases : [];
}

function textOf(file: OpenFile, span: Span): string {
  const text = file.document.source.slice(span.start, span.end).replace(/\s+/g, ' ');
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
