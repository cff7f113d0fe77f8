/** Inlay hints: the shape behind what an assignment stores into, or behind every tensor expression. `≈`: assumed, `?`: not known. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { InlayHintKind } from 'vscode-languageserver';
import { unknownReason } from '../shapes/describe';
import { expressionsWithin } from '../shapes/evidence/nodes';
import { placedStatements } from '../shapes/evidence/places';
import { contains } from '../shapes/python/spans';
import type { RecordedNode, Recording } from '../shapes/interpreter/state/recorder';
import type { Assign } from '../shapes/python/ast';
import { rangeOf } from '../project/tracedFile';
import type { ServerSettings } from './messages';
import { isHere, numbersBeside } from './openFile';
import type { OpenFile } from './openFile';
import { holdsTensor } from './tensors';
import { t, translated } from './translation';
import { valueTexts } from './valueText';

/** Longer texts are cut: a hint must not push the code away. */
const MAX_LENGTH = 60;
/** Characters of hints that the editor shows on a line, by its own setting. */
const ROOM = 43;

export function inlayHints(file: OpenFile, range: Range, mode: ServerSettings['inlayHints']): InlayHint[] {
  if (mode === 'off') return [];
  const hints: InlayHint[] = [];
  const isLost = lossesOf(file);
  const returned = returnedValues(file);
  const alike = alikeTargets(file);
  for (const recording of file.analysis.recordings.values()) {
    const place = rangeOf(file, recording.node);
    const parts = alike.get(recording.node);
    if (parts === 'part' || !isHere(file, place) || place.end.line < range.start.line || place.start.line > range.end.line) continue;
    const shown = isShown(recording, mode, returned) ? known(file, recording, parts === 'last') : isLost(recording) ? lost(recording) : null;
    if (shown) hints.push({ position: place.end, kind: InlayHintKind.Type, paddingRight: true, ...shown });
  }
  const onLine = new Map<number, number>();
  for (const { position: { line } } of hints) onLine.set(line, (onLine.get(line) ?? 0) + 1);
  return hints.map((hint) => shortened(onLine.get(hint.position.line)! > 1 ? withoutDtype(hint) : hint));
}

/** @param isEach whether it stands for all targets of a tuple */
function known(file: OpenFile, recording: Recording, isEach: boolean): Pick<InlayHint, 'label' | 'tooltip'> {
  const text = isEach ? t('each {0}', hintText(file, recording)) : hintText(file, recording);
  const assumed = [...new Set(recording.seen.flatMap((seen) => (seen.type === 'Tensor' ? seen.tensor.assumes : [])))].map((index) => file.analysis.assumptions[index]?.text ?? '');
  const label = `${assumed.length > 0 ? ' ≈ ' : ': '}${text}`;
  return assumed.length > 0 ? { label, tooltip: assumed.map((each) => t('≈ assumes {0}', translated(each))).join('\n') } : { label };
}

function lost({ seen }: Recording): Pick<InlayHint, 'label' | 'tooltip'> {
  const reason = seen.map(unknownReason).find((each) => each !== null) ?? '';
  return { label: ': ?', tooltip: t('Not known: {0}.', translated(reason)) };
}

/** Where several stand on a line, there is room for the shapes of all. */
function withoutDtype(hint: InlayHint): InlayHint {
  return { ...hint, label: (hint.label as string).replace(/\) \w+$/, ')') };
}

/** What is usual goes first: where nothing else stands beside it, as soon as the editor would cut it. */
function shortened(hint: InlayHint): InlayHint {
  const whole = hint.label as string;
  const room = /\) (?!float32\b)[a-z]+\d*\b/.test(whole) ? MAX_LENGTH : ROOM;
  const label = whole.length > room ? whole.replaceAll(') float32', ')') : whole;
  return label.length > MAX_LENGTH ? { ...hint, label: `${label.slice(0, MAX_LENGTH - 1)}…` } : { ...hint, label };
}

/** Beside numbers there is no room for a dtype. */
function hintText(file: OpenFile, recording: Recording): string {
  const numbers = numbersBeside(file, recording);
  const text = valueTexts(file.analysis, recording).join(' → ').replaceAll(` ${t('of unknown dtype')}`, '');
  return numbers ? `${text.replace(/\) \w+\b/g, ')')} = ${numbers}` : text;
}

function isShown(recording: Recording, mode: ServerSettings['inlayHints'], returned: ReadonlySet<RecordedNode>): boolean {
  if (!recording.seen.some((seen) => holdsTensor(seen))) return false;
  if (recording.target) return recording.node.kind !== 'Tuple' && recording.node.kind !== 'List';
  if (mode === 'assignments') return recording.node.kind === 'arg' || returned.has(recording.node);
  return recording.node.kind !== 'Name';
}

/** What functions return and no assignment has shown before. */
function returnedValues({ analysis: { tree } }: OpenFile): Set<RecordedNode> {
  return new Set(placedStatements(tree).flatMap(({ statement }) => (statement.kind === 'Return' && statement.value && statement.value.kind !== 'Name' ? [statement.value] : [])));
}

/** Targets of `q, k, v = …` that are all alike: behind the last stands what each of them is. */
function alikeTargets(file: OpenFile): ReadonlyMap<RecordedNode, 'part' | 'last'> {
  const found = new Map<RecordedNode, 'part' | 'last'>();
  const { recordings } = file.analysis;
  for (const { node, target } of recordings.values()) {
    if (!target || node.kind !== 'Tuple' || node.elts.length < 2) continue;
    const parts = node.elts.map((each) => recordings.get(each));
    const [first] = parts;
    if (!first?.target || !parts.every((part) => part?.target && part.node.kind === 'Name' && part.seen.some(holdsTensor))) continue;
    if (new Set(parts.map((part) => hintText(file, part!))).size === 1) parts.forEach((part, i) => found.set(part!.node, i === parts.length - 1 ? 'last' : 'part'));
  }
  return found;
}

/** Whether a tensor goes into what is assigned, and what comes out is not known; of other unknown values there is no end. */
function lossesOf({ analysis: { tree, recordings } }: OpenFile): (recording: Recording) => boolean {
  let assignments: Assign[] | null = null;
  return ({ node, target, seen }) => {
    if (!target || !seen.some((each) => unknownReason(each) !== null)) return false;
    assignments ??= placedStatements(tree).map(({ statement }) => statement).filter((statement): statement is Assign => statement.kind === 'Assign');
    const statement = assignments.filter((each) => contains(each, node)).at(-1);
    return statement !== undefined && expressionsWithin(recordings, statement.value).some((each) => recordings.get(each)!.seen.some(holdsTensor));
  };
}
