/** `shapelens provision`: fetches, checks and builds the native backend, with progress. */
import { packageRoot, workerLocation } from '../evaluation/locations';
import { ProvisionError } from '../evaluation/provision/errors';
import { probeInstallation } from '../evaluation/provision/probe';
import { provision, type ProvisionProgress, type ProvisionStep } from '../evaluation/provision/provision';

export interface ProvisionCommand {
  readonly json: boolean;
  readonly signal?: AbortSignal;
  /** Where progress goes; default: standard error. */
  readonly progress?: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** @returns the exit status: 0 ready, 3 not to be had (evaluation goes on with a slower backend) */
export async function runProvision({ json, signal, progress = process.stderr }: ProvisionCommand): Promise<number> {
  const { workerPath: path, execArgv } = workerLocation();
  const show = progressPrinter(progress);
  try {
    const { directory, marker } = await provision({
      packageRoot: packageRoot(), signal, onProgress: show.report,
      probe: (made) => probeInstallation(made, { path, execArgv }),
    });
    show.end();
    process.stdout.write(json ? `${JSON.stringify({ schema: 1, status: 'ready', directory, tensorflow: marker.tensorflow })}\n` : `TensorFlow ${marker.tensorflow} is ready in ${directory}\n`);
    return 0;
  } catch (error) {
    show.end();
    if (!(error instanceof ProvisionError)) throw error;
    if (json) process.stdout.write(`${JSON.stringify({ schema: 1, error: { code: error.code, message: error.message, remedy: error.remedy } })}\n`);
    else process.stderr.write(`The native backend is not available: ${error.message}.\n${error.remedy ? `${capitalized(error.remedy)}.\n` : ''}Values are evaluated with WebAssembly instead.\n`);
    return 3;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One line that is rewritten on a terminal; elsewhere a line a step and a tenth. */
export function progressPrinter(out: NodeJS.WritableStream & { readonly isTTY?: boolean }): { report(progress: ProvisionProgress): void; end(): void } {
  let last: { step: ProvisionStep; tenth: number } | null = null;
  let open = false;
  return {
    report({ step, message, fraction }) {
      const tenth = fraction === null ? 0 : Math.floor(fraction * 10);
      if (out.isTTY) {
        out.write(`\r\u001b[K  ${step.padEnd(9)} ${message}`);
        open = true;
      } else if (last?.step !== step || tenth !== last.tenth) out.write(`  ${step.padEnd(9)} ${message}\n`);
      last = { step, tenth };
    },
    end() {
      if (open) out.write('\n');
      open = false;
    },
  };
}
