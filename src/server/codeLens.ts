/** CodeLens: above each function what it makes of what, above each top-level block what it defines. */
import type { CodeLens } from 'vscode-languageserver';
import { seenText } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/recorder';
import type { Expr, FunctionDef } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';

/** Names that a block's lens lists. */
const MAX_NAMES = 4;
/** The client's command that evaluates what a lens stands for: arguments uri and range. */
export const EVALUATE_COMMAND = 'shapelens.evaluateExpression';

export function codeLenses(uri: string, file: TracedFile): CodeLens[] {
  return [...functionLenses(file), ...blockLenses(uri, file)];
}

function functionLenses(file: TracedFile): CodeLens[] {
  const lenses: CodeLens[] = [];
  walk(file.analysis.tree, (node) => {
    if (node.kind === 'FunctionDef') {
      const title = functionTitle(file, node);
      const start = rangeOf(file, node.nameSpan).start;
      if (title) lenses.push({ range: { start, end: start }, command: { title, command: '' } });
    }
    return true;
  });
  return lenses;
}

/** `x (256, 49, 96) → (256, 49, 96)`; null where no tensor goes in or out. */
function functionTitle(file: TracedFile, node: FunctionDef): string | null {
  const { recordings } = file.analysis;
  const parameters = [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs].flatMap((arg) => {
    const seen = recordings.get(arg)?.seen.filter(isTensor) ?? [];
    return seen.length > 0 ? [`${arg.arg} ${texts(seen)}`] : [];
  });
  const returned = returnsOf(node).flatMap((value) => recordings.get(value)?.seen.filter(holdsTensor) ?? []);
  if (parameters.length === 0 && returned.length === 0) return null;
  return `${parameters.join(', ') || 'no tensor'} → ${returned.length > 0 ? texts(returned) : 'no tensor'}`;
}

function returnsOf(node: FunctionDef): Expr[] {
  const values: Expr[] = [];
  walk(node, (each) => {
    if (each !== node && (each.kind === 'FunctionDef' || each.kind === 'ClassDef' || each.kind === 'Lambda')) return false;
    if (each.kind === 'Return' && each.value) values.push(each.value);
    return true;
  });
  return values;
}

/** Above each cell of a post: what its statements make of what. */
function blockLenses(uri: string, file: TracedFile): CodeLens[] {
  const byCell = file.document.cells.map((cell) => ({ cell, made: new Map<string, Recording>(), used: new Map<string, Recording>() }));
  for (const recording of file.analysis.recordings.values()) {
    if (recording.context !== '<module>' || recording.node.kind !== 'Name' || !recording.seen.some(isTensor)) continue;
    const block = byCell.find(({ cell }) => recording.node.start >= cell.source.start && recording.node.end <= cell.source.end);
    if (!block) continue;
    if (recording.target) block.made.set(recording.node.id, recording);
    else if (!block.made.has(recording.node.id) && !block.used.has(recording.node.id)) block.used.set(recording.node.id, recording);
  }
  return byCell.flatMap(({ cell, made, used }) => {
    if (made.size === 0) return [];
    const range = rangeOf(file, cell.source);
    const last = [...made.values()].at(-1)!;
    const title = `${used.size > 0 ? `${named(used)} → ` : ''}${named(made)}`;
    return [
      { range: { start: range.start, end: range.start }, command: { title, command: '' } },
      { range: { start: range.start, end: range.start }, command: { title: 'evaluate', command: EVALUATE_COMMAND, arguments: [uri, rangeOf(file, last.node)] } },
    ];
  });
}

function named(recordings: ReadonlyMap<string, Recording>): string {
  const all = [...recordings];
  const shown = all.slice(-MAX_NAMES).map(([name, recording]) => `${name} ${texts(recording.seen.filter(isTensor).slice(-1))}`);
  return `${all.length > MAX_NAMES ? `${all.length - MAX_NAMES} more, ` : ''}${shown.join(', ')}`;
}

function texts(seen: readonly Seen[]): string {
  return [...new Set(seen.map((each) => seenText(each)))].slice(0, 3).join(' or ').replace(/ (float32|of unknown dtype)/g, '');
}

function isTensor(seen: Seen): boolean {
  return seen.type === 'Tensor';
}

function holdsTensor(seen: Seen): boolean {
  if (seen.type === 'sequence') return seen.items?.some(holdsTensor) ?? false;
  return seen.type === 'Tensor' || (seen.type === 'union' && seen.options.some(holdsTensor));
}
