/** Records of what real torch saw (record.py makes them), and what a trace says at the same places. */
import fs from 'node:fs';
import path from 'node:path';
import type { Analysis } from '../../src/shapes/analysis';
import type { Recording } from '../../src/shapes/interpreter/state/recorder';
import type { TensorValue } from '../../src/shapes/values/values';

/** An expression of a file: its line from 1, characters from 0, and the class of Python's `ast`. */
export interface Observed {
  readonly place: string;
  readonly shapes: readonly (readonly number[])[];
  readonly dtypes: readonly string[];
  /** Whether it was something else than a tensor as well. */
  readonly mixed: boolean;
}

export interface Recorded {
  readonly name: string;
  readonly source: string;
  readonly observed: readonly Observed[];
}

/** The files of a folder that have a record. */
export function recorded(sources: string, records: string): Recorded[] {
  return fs.readdirSync(records).filter((file) => file.endsWith('.json')).map((file) => {
    const name = file.slice(0, -'.json'.length);
    const entries = JSON.parse(fs.readFileSync(path.join(records, file), 'utf8')) as Record<string, string>;
    return { name, source: fs.readFileSync(path.join(sources, `${name}.py`), 'utf8'), observed: Object.entries(entries).map(([place, seen]) => observation(place, seen)) };
  });
}

function observation(place: string, seen: string): Observed {
  const [shapes, dtypes, ...others] = seen.split(' ') as [string, string, ...string[]];
  return { place, shapes: shapes.split('|').map((shape) => (shape === '[]' ? [] : shape.split(',').map(Number))), dtypes: dtypes.split('|'), mixed: others.length > 0 };
}

/** What was traced, by place. */
export function byPlace(source: string, analysis: Analysis): Map<string, Recording> {
  const starts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  const point = (offset: number): [number, number] => {
    const after = starts.findIndex((start) => start > offset);
    const line = after < 0 ? starts.length : after;
    return [line, offset - starts[line - 1]!];
  };
  return new Map([...analysis.recordings.values()].map((recording) => {
    const [[line, from], [last, to]] = [point(recording.node.start), point(recording.node.end)];
    return [`${line}:${from}-${line === last ? '' : `${last}:`}${to} ${recording.node.kind}`, recording];
  }));
}

/** The tensors that an expression was, whether it was something else as well, and whether all of it is known. */
export function tensorsOf(recording: Recording): { tensors: TensorValue[]; mixed: boolean; complete: boolean } {
  const options = recording.seen.flatMap((each) => (each.type === 'union' ? each.options : [each]));
  const tensors = options.flatMap((option) => (option.type === 'Tensor' ? [option.tensor] : []));
  const unknown = options.some((option) => option.type === 'value' && option.value.kind === 'unknown');
  return { tensors, mixed: tensors.length < options.length, complete: !unknown && !recording.more };
}
