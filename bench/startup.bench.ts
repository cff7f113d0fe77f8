/** The command line from its start to its end, as a process of its own, against Node that does nothing. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { inTurn, quotients } from './benchmark';
import type { Benchmark } from './benchmark';

const shapelens = path.join('bin', 'shapelens.mjs');
const commands: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['-e', '0'],
  'shapelens --help': [shapelens, '--help'],
  'trace a small file': [shapelens, 'trace', path.join('samples', 'systems', 'bias_table.py')],
  'trace a sample': [shapelens, 'trace', path.join('samples', 'window_attention.py')],
};

const benchmark: Benchmark = {
  title: 'Start of the command line (built by `npm run build`)',
  goal: 'none',
  run(rounds) {
    // By the wall clock: what a child computes is none of this process's own time.
    const times = inTurn(rounds, Object.values(commands).map((args) => () => {
      const { status, stderr, signal, error } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${error?.message ?? signal ?? `status ${status}`}: ${stderr}`);
    }), () => performance.now());
    return Promise.resolve(Object.keys(commands).map((name, i) => ({
      name, columns: { time: { unit: 'ms' as const, values: times[i]! }, 'of node alone': quotients('×', times[i]!, times[0]!) }, meets: null,
    })));
  },
};

export default benchmark;
