/** How much of a document is known, by function, and why the rest is not. */
import { unknownReason } from '../shapes/describe';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import type { FileCoverage, FunctionCoverage } from './messages';
import { holdsTensor } from './tensors';
import { translated } from './translation';

/** Expressions that are listed for one cause. */
const MAX_PLACES = 50;
const MAX_EXPRESSION = 60;

export function coverageOf(file: TracedFile): FileCoverage {
  const contexts = new Map<string, Recording[]>();
  for (const recording of file.analysis.recordings.values()) {
    const list = contexts.get(recording.context);
    if (list) list.push(recording);
    else contexts.set(recording.context, [recording]);
  }
  const functions = [...contexts].map(([name, recordings]) => functionCoverage(file, name, recordings)).filter(({ known, unknown }) => known + unknown > 0);
  const total = (count: (each: FunctionCoverage) => number): number => functions.reduce((sum, each) => sum + count(each), 0);
  return { known: total(({ known }) => known), unknown: total(({ unknown }) => unknown), functions };
}

function functionCoverage(file: TracedFile, name: string, recordings: readonly Recording[]): FunctionCoverage {
  const causes = new Map<string, Recording[]>();
  let [known, unknown] = [0, 0];
  for (const recording of recordings) {
    const reason = recording.seen.map(unknownReason).find((each) => each !== null);
    if (reason != null) {
      unknown++;
      causes.set(reason, [...(causes.get(reason) ?? []), recording]);
    } else if (recording.seen.some(holdsTensor)) known++;
  }
  return {
    name, known, unknown, range: rangeOf(file, recordings[0]!.node),
    causes: [...causes].sort((a, b) => b[1].length - a[1].length).map(([reason, found]) => ({ reason: translated(reason), places: found.slice(0, MAX_PLACES).map((each) => placeOf(file, each)) })),
  };
}

function placeOf(file: TracedFile, { node }: Recording): FunctionCoverage['causes'][number]['places'][number] {
  const text = file.document.source.slice(node.start, node.end).replace(/\s+/g, ' ');
  return { expression: text.length > MAX_EXPRESSION ? `${text.slice(0, MAX_EXPRESSION - 1)}…` : text, range: rangeOf(file, node) };
}
