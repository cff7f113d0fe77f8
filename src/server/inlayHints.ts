/** Inlay hints: the shape behind what an assignment stores into, or behind every tensor expression. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { InlayHintKind } from 'vscode-languageserver';
import { seenText } from '../shapes/describe';
import type { Recording } from '../shapes/interpreter/recorder';
import { namesIn } from '../shapes/naming';
import { rangeOf } from '../project/tracedFile';
import type { ServerSettings } from './messages';
import { isHere, numbersBeside } from './openFile';
import type { OpenFile } from './openFile';
import { holdsTensor } from './tensors';
import { t } from './translation';

/** Longer texts are cut: a hint must not push the code away. */
const MAX_LENGTH = 60;

export function inlayHints(file: OpenFile, range: Range, mode: ServerSettings['inlayHints']): InlayHint[] {
  if (mode === 'off') return [];
  const hints: InlayHint[] = [];
  for (const recording of file.analysis.recordings.values()) {
    if (!isShown(recording, mode)) continue;
    const place = rangeOf(file, recording.node);
    if (!isHere(file, place) || place.end.line < range.start.line || place.start.line > range.end.line) continue;
    const text = hintText(file, recording);
    const assumed = recording.seen.some((seen) => seen.type === 'Tensor' && seen.tensor.assumes.length > 0);
    hints.push({
      position: place.end,
      label: `${assumed ? ' ≈ ' : ': '}${text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text}`,
      kind: InlayHintKind.Type,
      paddingRight: true,
    });
  }
  return hints;
}

/** The editor cuts hints at about 40 characters: beside numbers there is no room for a dtype. */
function hintText(file: OpenFile, recording: Recording): string {
  const numbers = numbersBeside(file, recording);
  const text = recording.seen.map((seen) => seenText(seen, namesIn(file.analysis, recording.context))).join(' → ').replaceAll(' of unknown dtype', '').replaceAll('of unknown length', t('of unknown length'));
  return numbers ? `${text.replace(/\) \w+\b/g, ')')} = ${numbers}` : text;
}

function isShown(recording: Recording, mode: ServerSettings['inlayHints']): boolean {
  if (!recording.seen.some((seen) => holdsTensor(seen))) return false;
  if (recording.target) return recording.node.kind !== 'Tuple' && recording.node.kind !== 'List';
  if (mode === 'assignments') return recording.node.kind === 'arg';
  return recording.node.kind !== 'Name';
}
