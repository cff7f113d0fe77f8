/** CodeLens: above each function what it makes of what, above each top-level block what it defines. */
import type { CodeLens } from 'vscode-languageserver';
import { unknownReason } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import type { ClassDef, FunctionDef } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { lastTensor } from '../project/evaluation';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import { flopsOfFunction, parametersOfClass, returnsOf } from './moduleCost';
import { isHere } from './openFile';
import type { OpenFile } from './openFile';
import { holdsTensor, isTensor } from './tensors';
import { choiceText } from './traceWith';
import { t } from './translation';
import { distinctValues, valueText, valueTexts } from './valueText';

/** Names that a block's lens lists. */
const MAX_NAMES = 4;
/** Characters of the choice that a lens repeats. */
const MAX_CHOICE = 40;
/** The client's command that evaluates what a lens stands for: arguments uri and range. */
export const EVALUATE_COMMAND = 'shapelens.evaluateExpression';

/** The client's command that asks what to trace with: argument uri. */
export const CHOOSE_COMMAND = 'shapelens.traceWith';
/** Clears the choice again: argument uri. */
export const STOP_COMMAND = 'shapelens.stopTraceWith';

/** For the chosen sizes where there are some. @param commands whether the client has the commands of lenses */
export function codeLenses(file: OpenFile, commands: boolean): CodeLens[] {
  const shown = file.chosen ?? file;
  return [...definitionLenses(file, shown, commands), ...blockLenses(file.uri, shown, commands)].filter(({ range }) => isHere(file, range));
}

function definitionLenses(own: OpenFile, file: TracedFile, commands: boolean): CodeLens[] {
  const lenses: CodeLens[] = [];
  walk(file.analysis.tree, (node) => {
    if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') return true;
    const title = node.kind === 'ClassDef' ? classTitle(file, node) : functionTitle(file, node);
    if (!title) return true;
    const { start } = rangeOf(file, node.nameSpan);
    const range = { start, end: start };
    lenses.push({ range, command: { title, command: '' } });
    if (commands && node.kind === 'FunctionDef') lenses.push(...evaluateLens(own, file, node, range), ...choiceLenses(own, range));
    return true;
  });
  return lenses;
}

/** `27,936 parameters · 43.5 M FLOPs`; null where neither is known. */
export function classTitle(file: TracedFile, node: ClassDef): string | null {
  const forward = node.body.find((statement): statement is FunctionDef => statement.kind === 'FunctionDef' && statement.name === 'forward');
  const parts = [parametersOfClass(file, node), forward ? flopsOfFunction(file, forward) : null].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' · ') : null;
}

/** Of what the function returns last, where all its sizes are numbers. */
function evaluateLens({ uri }: OpenFile, file: TracedFile, node: FunctionDef, range: CodeLens['range']): CodeLens[] {
  const value = returnsOf(node).at(-1);
  const recording = value && file.analysis.recordings.get(value);
  const tensor = recording && lastTensor(recording);
  if (!value || !tensor || !tensor.node || tensor.shape.rest || tensor.shape.dims.some((dim) => dim.value === null)) return [];
  return [{ range, command: { title: t('evaluate'), command: EVALUATE_COMMAND, arguments: [uri, rangeOf(file, value)] } }];
}

function choiceLenses({ uri, choice }: OpenFile, range: CodeLens['range']): CodeLens[] {
  if (!choice) return [{ range, command: { title: t('trace with…'), command: CHOOSE_COMMAND, arguments: [uri] } }];
  const text = choiceText(choice);
  return [
    { range, command: { title: t('traced with {0}', text.length > MAX_CHOICE ? `${text.slice(0, MAX_CHOICE - 1)}…` : text), command: CHOOSE_COMMAND, arguments: [uri] } },
    { range, command: { title: t('stop'), command: STOP_COMMAND, arguments: [uri] } },
  ];
}

/** `x (256, 49, 96) → (256, 49, 96)`, `→ (49, 49)` of what takes no tensor; null where no tensor goes in or out. */
export function functionTitle(file: TracedFile, node: FunctionDef): string | null {
  const { recordings } = file.analysis;
  const parameters = [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs].flatMap((arg) => {
    const texts = textsOf(file, recordings.get(arg), isTensor);
    return texts.length > 0 ? [`${arg.arg} ${joined(texts)}`] : [];
  });
  const returned = returnsOf(node).flatMap((value) => textsOf(file, recordings.get(value), holdsTensor));
  if (parameters.length === 0 && returned.length === 0) return null;
  return `${parameters.length === 0 ? '' : `${parameters.join(', ')} `}→ ${returned.length > 0 ? joined(returned) : isLost(file, node) ? t('unknown') : t('no tensor')}`;
}

/** Whether something that it returns may be a tensor, and is not known. */
function isLost({ analysis: { recordings } }: TracedFile, node: FunctionDef): boolean {
  return returnsOf(node).some((value) => recordings.get(value)?.seen.some((seen) => unknownReason(seen) !== null));
}

/** Above each cell of a post: what its statements make of what. */
function blockLenses(uri: string, file: TracedFile, commands: boolean): CodeLens[] {
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
    const title = `${used.size > 0 ? `${named(file, used)} → ` : ''}${named(file, made)}`;
    return [
      { range: { start: range.start, end: range.start }, command: { title, command: '' } },
      ...(commands ? [{ range: { start: range.start, end: range.start }, command: { title: t('evaluate'), command: EVALUATE_COMMAND, arguments: [uri, rangeOf(file, last.node)] } }] : []),
    ];
  });
}

function named(file: TracedFile, recordings: ReadonlyMap<string, Recording>): string {
  const all = [...recordings];
  const shown = all.slice(-MAX_NAMES).map(([name, recording]) => `${name} ${joined([valueText(file.analysis, recording, distinctValues(recording).filter(isTensor).at(-1)!)])}`);
  return `${shown.join(', ')}${all.length > MAX_NAMES ? t(' and {0} more', all.length - MAX_NAMES) : ''}`;
}

function textsOf({ analysis }: TracedFile, recording: Recording | undefined, accepts: (seen: Seen) => boolean): string[] {
  return recording ? valueTexts(analysis, recording, accepts) : [];
}

function joined(texts: readonly string[]): string {
  return [...new Set(texts)].slice(0, 3).join(t(' or ')).replace(/ float32/g, '').replaceAll(` ${t('of unknown dtype')}`, '');
}
