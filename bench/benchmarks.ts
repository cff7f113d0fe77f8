/** `npm run bench -- [NAME…] [--rounds N] [--json]`: runs the benchmarks of this folder and prints a table of each. */
import fs from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { median } from './benchmark';
import type { Benchmark, Row, Samples } from './benchmark';

const ENDING = '.bench.ts';

/** The median, and the smallest and largest in brackets. */
function text({ unit, values }: Samples): string {
  const shown = (value: number): string => (unit === '' ? String(value) : value.toFixed(value < 100 ? (value < 10 ? 2 : 1) : 0));
  const middle = `${shown(median(values))}${unit && ` ${unit}`}`;
  return values.length === 1 ? middle : `${middle} [${shown(Math.min(...values))}–${shown(Math.max(...values))}]`;
}

function table(rows: readonly Row[]): string {
  const names = Object.keys(rows[0]!.columns);
  const cells = [['', ...names, 'goal'], ...rows.map(({ name, columns, meets }) => [name, ...names.map((column) => text(columns[column]!)), meets === null ? '' : meets ? 'kept' : 'missed'])];
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)));
  return cells.map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')).join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } } });
  const known = fs.readdirSync('bench').filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
  const names = positionals.length > 0 ? positionals : known;
  for (const name of names) if (!known.includes(name)) throw new Error(`"${name}" is no benchmark: there are ${known.join(', ')}`);
  const results: (Omit<Benchmark, 'run'> & { readonly name: string; readonly rows: readonly Row[] })[] = [];
  for (const name of names) {
    const { default: benchmark } = await import(`./${name}.bench.ts`) as { default: Benchmark };
    const { title, goal } = benchmark;
    const rows = await benchmark.run(Number(values.rounds));
    results.push({ name, title, goal, rows });
    if (!values.json) console.log(`${title}\n  goal: ${goal}\n\n${table(rows).replace(/^/gm, '  ')}\n`);
  }
  const machine = { node: process.version, cpu: os.cpus()[0]?.model ?? 'unknown', cpus: os.cpus().length, load: os.loadavg().map((each) => Number(each.toFixed(2))) };
  if (values.json) console.log(JSON.stringify({ machine, benchmarks: results }));
  else console.log(`Median [smallest–largest] of ${values.rounds}, on ${machine.cpu} × ${machine.cpus}, Node ${machine.node}; load ${machine.load.join(' ')}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
