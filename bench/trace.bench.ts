/** A trace from nothing against reading the same file alone, and the time of an expression visit. */
import path from 'node:path';
import { readDocument } from '../src/documents/document';
import { trace } from '../src/project/tracedFile';
import { walk } from '../src/shapes/python/walk';
import { loadParser } from '../test/shapes/python/load';
import { ownDocuments } from '../test/robustness/corpus';
import { exactly, inTurn, median, quotients } from './benchmark';
import type { Benchmark, Row } from './benchmark';
import { functions, modules } from './model';

const MOST_TIMES_READING = 2;
const MOST_MICROSECONDS = 5;
const LINES = 5000;

const benchmark: Benchmark = {
  title: 'Cold trace of a file',
  goal: `at most ${MOST_TIMES_READING} × reading it (parse and one walk) where each function is entered once, else at most ${MOST_MICROSECONDS} µs an expression visit`,
  async run(rounds) {
    const parser = await loadParser();
    const documents = [
      ...ownDocuments().filter(({ name }) => name.startsWith('samples/')),
      { name: `${LINES} lines of functions`, language: 'python' as const, text: functions(LINES) },
      { name: `${LINES} lines of modules`, language: 'python' as const, text: modules(LINES) },
    ];
    return documents.map(({ name, language, text }): Row => {
      const read = (): void => {
        const tree = parser.parse(readDocument(text, language, parser).source);
        walk(tree, () => undefined);
      };
      let visits = 0;
      const traced = (): void => { ({ visits } = trace({ text, language, parser }).analysis); };
      const [reading, tracing] = inTurn(rounds, [read, traced]) as [number[], number[]];
      const ratio = quotients('×', tracing, reading);
      const visit = { unit: 'µs' as const, values: tracing.map((time, round) => Math.max(0, time - reading[round]!) * 1000 / visits) };
      return {
        name: path.basename(name),
        columns: { lines: exactly(text.split('\n').length), visits: exactly(visits), read: { unit: 'ms', values: reading }, trace: { unit: 'ms', values: tracing }, 'trace / read': ratio, visit },
        meets: median(ratio.values) <= MOST_TIMES_READING || median(visit.values) <= MOST_MICROSECONDS,
      };
    });
  },
};

export default benchmark;
