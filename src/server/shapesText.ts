/** The shapes of a document as text, one line a variable: what two versions of it are compared by. */
import { seenText } from '../shapes/describe';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import type { TracedFile } from '../project/tracedFile';
import { holdsTensor } from './tensors';

/** Functions in the order of the source; parameters, then what is stored, in the order of the source. */
export function shapesText(file: TracedFile): string {
  const contexts = new Map<string, Recording[]>();
  const shown = [...file.analysis.recordings.values()].filter(isShown).sort((a, b) => a.node.start - b.node.start);
  for (const recording of shown) {
    const list = contexts.get(recording.context);
    if (list) list.push(recording);
    else contexts.set(recording.context, [recording]);
  }
  return [...contexts].map(([context, recordings]) => [`${context}:`, ...recordings.map((recording) => `    ${line(file, recording)}`)].join('\n')).join('\n\n') + '\n';
}

function isShown({ node, target, seen }: Recording): boolean {
  return (target || node.kind === 'arg') && node.kind !== 'Tuple' && node.kind !== 'List' && seen.some((each) => holdsTensor(each) || (each.type === 'value' && each.value.kind === 'unknown'));
}

function line({ analysis, document }: TracedFile, { node, seen, context }: Recording): string {
  const name = node.kind === 'arg' ? node.arg : document.source.slice(node.start, node.end).replace(/\s+/g, ' ');
  return `${name}: ${seen.map((each) => seenText(each, namesIn(analysis, context))).join(' then ')}`;
}
