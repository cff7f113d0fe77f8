/** What a person waits for in a real VS Code: activation, the first hover, the hover after an edit; and what it costs when nobody does anything. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { runTests } from '@vscode/test-electron';
import { testExecutable } from '../scripts/host/executable.mjs';
import { percentile } from './benchmark';
import type { Benchmark, Row, Samples } from './benchmark';
import { EDITED_FILES } from './edits';
import type { Measurements, Plan } from './editor/measurements';

const MOST_ACTIVATION = 50;
const MOST_HOVER = 30;
/** A server that sleeps still looks every few seconds whether its client lives. */
const MOST_IDLE = 60;
const EDITS = 200;
const WARM_UP = 30;
const IDLE_SECONDS = 60;
/** Each activation needs a window of its own, and a window its time. */
const MAX_WINDOWS = 3;

const benchmark: Benchmark = {
  title: 'Shapelens in a real VS Code (built by `npm run build`)',
  goal: `activation in ${MOST_ACTIVATION} ms, from applyEdit to the hover that shows the new shape ${MOST_HOVER} ms at p95, no CPU time when idle`,
  async run(rounds) {
    const windows: Measurements[] = [];
    for (let n = 0; n < Math.min(rounds, MAX_WINDOWS); n++) windows.push(await measured(n === 0 ? { files: EDITED_FILES, idleSeconds: IDLE_SECONDS } : { files: [], idleSeconds: 0 }));
    const [{ edits, answered, idle }] = windows as [Measurements];
    const activations = windows.map(({ activation }) => activation);
    return [
      row('activation: bundle load and activate()', activations.map(({ load, call }) => load + call), MOST_ACTIVATION),
      row('  its bundle load', activations.map(({ load }) => load), null),
      row('  its activate()', activations.map(({ call }) => call), null),
      row('activation as another extension waits for it, with VS Code\'s own messages', activations.map(({ request }) => request), null),
      row('cold open → first hover', windows.map(({ firstHover }) => firstHover), null),
      ...Object.entries(edits).map(([name, times]) => row(`edit → hover, ${name}`, times, MOST_HOVER)),
      row('  of an extension that knows the answer: VS Code itself', answered, null),
      ...(idle ? [row(`idle for ${IDLE_SECONDS} s: CPU of the language server`, [idle.server], MOST_IDLE), row(`idle for ${IDLE_SECONDS} s: CPU of the whole extension host`, [idle.host], null)] : []),
    ];
  },
};

function row(name: string, times: readonly number[], most: number | null): Row {
  const ms = (value: number): Samples => ({ unit: 'ms', values: [value] });
  const p95 = percentile(times, 0.95);
  return { name, columns: { p50: ms(percentile(times, 0.5)), p95: ms(p95) }, meets: most === null ? null : p95 <= most };
}

/** One window, from its start to its end. */
async function measured(what: Pick<Plan, 'files' | 'idleSeconds'>): Promise<Measurements> {
  const outdir = path.resolve('artifacts', 'bench', 'editor');
  mkdirSync(outdir, { recursive: true });
  const report = path.join(outdir, 'report.json');
  rmSync(report, { force: true });
  writeFileSync(path.join(outdir, 'plan.json'), JSON.stringify({ ...what, report, edits: EDITS, warmUp: WARM_UP } satisfies Plan));
  await esbuild.build({ entryPoints: [path.join('bench', 'editor', 'index.ts')], outdir, bundle: true, external: ['vscode'], platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'shapelens-bench-'));
  try {
    await runTests({ vscodeExecutablePath: await testExecutable(), extensionDevelopmentPath: path.resolve('.'), extensionTestsPath: path.join(outdir, 'index.js'), launchArgs: [workspace] });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  return JSON.parse(readFileSync(report, 'utf8')) as Measurements;
}

export default benchmark;
