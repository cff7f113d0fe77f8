/** Values against torch's own time for the same code: the relative position biases of all blocks of a Swin-L. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import { EvaluationClient } from '../src/evaluation/client';
import type { Benchmark, Row } from './benchmark';
import { SWIN, SWIN_BLOCKS, SWIN_IN_TORCH } from './swin';
import { planned, WORKER } from './values';

const MOST_TIMES_TORCH = 1.5;
/** A Python that has torch, besides those that are looked for. */
const PYTHON = 'SHAPELENS_TORCH_PYTHON';
/** Runs of each side that do not count: engines compile, allocators learn. */
const WARM_UPS = 20;
/** A run takes a few milliseconds: of more runs the fastest says what no other program held up. */
const RUNS_A_ROUND = 8;

async function swinRow(client: EvaluationClient, rounds: number): Promise<Row> {
  const { cone } = await planned(SWIN, SWIN_BLOCKS);
  let seed = 0;
  const once = async (): Promise<number> => {
    const result = await client.evaluate({ cone, bindings: new Map(), seed: seed++, training: false });
    for (const { handle } of result.outputs) client.release(handle);
    return result.milliseconds;
  };
  const { name: backend } = await client.backend();
  const torch = await startTorch();
  try {
    for (let run = 0; run < WARM_UPS; run++) { await once(); await torch?.once(1); await torch?.once(0); }
    const own: number[] = [];
    // All its threads are faster where no other program runs, and much slower where they wait for each other.
    const [single, all] = [[] as number[], [] as number[]];
    for (let run = 0; run < rounds * RUNS_A_ROUND; run++) {
      own.push(await once());
      if (torch) single.push(await torch.once(1));
      if (torch) all.push(await torch.once(0));
    }
    const name = `indices, drawn tables and biases of Swin-L's ${SWIN_BLOCKS} blocks on ${backend}, after ${WARM_UPS} runs`;
    if (!torch) return { name: `${name} (no torch found: set ${PYTHON})`, columns: { own: { unit: 'ms', values: own } }, meets: null };
    const times = Math.min(...own) / Math.min(...single, ...all);
    const columns = { 'own': own, 'torch, one thread': single, 'torch, its threads': all };
    return {
      name, meets: times <= MOST_TIMES_TORCH,
      columns: { ...Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, { unit: 'ms' as const, values }])), 'fastest own / torch': { unit: '×', values: [times] } },
    };
  } finally {
    torch?.process.kill();
  }
}

/** Torch in a process of its own, which runs when it is asked to; null where no Python has torch. */
async function startTorch(): Promise<{ readonly process: ChildProcess; once(threads: number): Promise<number> } | null> {
  for (const python of [process.env[PYTHON], 'python3', 'python']) {
    if (!python) continue;
    const child = spawn(python, ['-c', SWIN_IN_TORCH], { stdio: ['pipe', 'pipe', 'ignore'] });
    const gone = Promise.race([once(child, 'exit'), once(child, 'error')]).then(() => null);
    // Python may be gone before it reads: that is seen by its end.
    child.stdin.on('error', () => undefined);
    const lines = readline.createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (threads: number): Promise<number | null> => {
      child.stdin.write(`${threads}\n`);
      const line = await Promise.race([lines.next(), gone]);
      return line === null || line.done === true ? null : Number(line.value);
    };
    if (await next(1) === null) continue;
    return {
      process: child,
      once: async (threads) => {
        const milliseconds = await next(threads);
        if (milliseconds === null) throw new Error('torch ended before its last run');
        return milliseconds;
      },
    };
  }
  return null;
}

const benchmark: Benchmark = {
  title: 'Values of all position biases of a Swin-L, modules and their initialization included on both sides, in turn with torch',
  goal: `at most ${MOST_TIMES_TORCH} × the time of torch, fastest run against fastest, where a Python has it`,
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
