/** `shapelens coverage`: how many tensor expressions have a shape, and the first cause of each unknown. */
import { expandPaths, UnreadableFile } from '../node/files';
import { unknownReason } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import { traceReadable } from './options';
import type { TraceOptions } from './options';

interface FileCoverage { readonly path: string; readonly known: number; readonly unknown: number }

export async function runCoverage(paths: readonly string[], options: TraceOptions & { json?: boolean }, write: (text: string) => void): Promise<number> {
  const files: FileCoverage[] = [];
  const causes = new Map<string, number>();
  let status = 0;
  for (const path of expandPaths(paths)) {
    const file = await traceReadable(path, options);
    if (file instanceof UnreadableFile) {
      process.stderr.write(`shapelens: ${file.message}\n`);
      status = 2;
      continue;
    }
    let [known, unknown] = [0, 0];
    for (const recording of file.analysis.recordings.values()) {
      const reason = recording.seen.map(unknownReason).find((each) => each !== null);
      if (reason !== undefined && reason !== null) {
        unknown++;
        causes.set(reason, (causes.get(reason) ?? 0) + 1);
      } else if (isTensor(recording)) known++;
    }
    files.push({ path, known, unknown });
  }
  const ranked = [...causes].sort((a, b) => b[1] - a[1]);
  const total = files.reduce((sum, file) => ({ known: sum.known + file.known, unknown: sum.unknown + file.unknown }), { known: 0, unknown: 0 });
  if (options.json) write(`${JSON.stringify({ schema: 1, ...total, files, causes: ranked.map(([reason, count]) => ({ reason, count })) })}\n`);
  else {
    for (const file of files) write(`${file.path}: ${share(file)}\n`);
    write(`all: ${share(total)}\n`);
    for (const [reason, count] of ranked.slice(0, 40)) write(`${String(count).padStart(6)}  ${reason}\n`);
  }
  return status;
}

function share({ known, unknown }: { known: number; unknown: number }): string {
  const all = known + unknown;
  return all === 0 ? 'no tensor expressions' : `${known} of ${all} have a shape (${((100 * known) / all).toFixed(1)} %)`;
}

function isTensor(recording: Recording): boolean {
  const holds = (seen: Seen): boolean => seen.type === 'Tensor' || (seen.type === 'union' && seen.options.some(holds));
  return recording.seen.some(holds);
}
