/** Finds a pip that runs. */
import { ProvisionError } from './errors';
import { runProcess } from './process';

export interface Pip { readonly command: string; readonly args: readonly string[] }

const CANDIDATES: readonly Pip[] = [
  { command: 'python3', args: ['-m', 'pip'] },
  { command: 'python', args: ['-m', 'pip'] },
  { command: 'pip3', args: [] },
  { command: 'pip', args: [] },
];

/** @throws ProvisionError `no-pip` with the line to type */
export async function findPip(candidates: readonly Pip[] = CANDIDATES): Promise<Pip> {
  for (const pip of candidates) {
    const result = await runProcess(pip.command, [...pip.args, '--version'], { milliseconds: 20_000 });
    if (result.code === 0 && /^pip \d/.test(result.stdout)) return pip;
  }
  throw new ProvisionError('no-pip', 'the TensorFlow library is fetched with pip, and no working pip was found (tried python3 -m pip, python -m pip, pip3, pip)',
    'install Python 3 with pip (Debian and Ubuntu: sudo apt-get install python3-pip)');
}
