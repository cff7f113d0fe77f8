/** Values against torch's own time for the same code: the relative position biases of all blocks of a Swin-L. */
import { execFileSync } from 'node:child_process';
import { EvaluationClient } from '../src/evaluation/client';
import { median, quotients } from './benchmark';
import type { Benchmark, Row } from './benchmark';
import { SWIN, SWIN_BLOCKS, SWIN_IN_TORCH } from './swin';
import { planned, WORKER } from './values';

const MOST_TIMES_TORCH = 1.5;
/** A Python that has torch, besides those that are looked for. */
const PYTHON = 'SHAPELENS_TORCH_PYTHON';

async function swinRow(client: EvaluationClient, rounds: number): Promise<Row> {
  const { cone } = await planned(SWIN, SWIN_BLOCKS);
  const own: number[] = [];
  let backend = '';
  for (let round = 0; round <= rounds; round++) {
    const result = await client.evaluate({ cone, bindings: new Map(), seed: round, training: false });
    for (const { handle } of result.outputs) client.release(handle);
    backend = result.backend;
    // The first run compiles.
    if (round > 0) own.push(result.milliseconds);
  }
  const torch = torchTimes(rounds);
  const name = `the biases of Swin-L's ${SWIN_BLOCKS} blocks on ${backend}`;
  if (!torch) return { name: `${name} (no torch found: set ${PYTHON})`, columns: { own: { unit: 'ms', values: own } }, meets: null };
  const times = quotients('×', own, torch);
  return { name, columns: { 'own': { unit: 'ms', values: own }, 'torch': { unit: 'ms', values: torch }, 'own / torch': times }, meets: median(times.values) <= MOST_TIMES_TORCH };
}

/** null where no Python has torch. */
function torchTimes(rounds: number): number[] | null {
  for (const python of [process.env[PYTHON], 'python3', 'python']) {
    if (!python) continue;
    try {
      return execFileSync(python, ['-c', SWIN_IN_TORCH(rounds)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n').map(Number);
    } catch {
      // The next one may have it; the row says so where none has.
    }
  }
  return null;
}

const benchmark: Benchmark = {
  title: 'Values of all position biases of a Swin-L',
  goal: `at most ${MOST_TIMES_TORCH} × the time of torch, where a Python has it`,
  async run(rounds) {
    const client = new EvaluationClient({ ...WORKER, backend: 'auto' });
    try {
      return [await swinRow(client, rounds)];
    } finally {
      client.dispose();
    }
  },
};

export default benchmark;
