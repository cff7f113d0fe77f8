/** A diagnosis in words, for the command line's doctor and the editor's. */
import type { Diagnosis } from './diagnosis';

const NAMES = { tensorflow: 'TensorFlow (native)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as const;

/** @param provision what the reader does to get the native backend: a command line, or a command of the editor */
export function diagnosisLines({ backend, notes, startMilliseconds, native, cache, requirements }: Diagnosis, provision: string): string[] {
  const lines: string[] = [];
  lines.push(backend === null ? 'Values cannot be evaluated.' : `Values are evaluated with ${NAMES[backend]}, ready in ${startMilliseconds} ms.`);
  if (native.status === 'ready') lines.push(`TensorFlow ${native.marker.tensorflow} is provisioned in ${native.directory}.`);
  for (const note of notes) lines.push(`  ${note}`);
  if (requirements.length > 0) {
    lines.push('', 'What the native backend needs:');
    for (const { name, met, detail, remedy } of requirements) {
      lines.push(`  ${met ? 'ok     ' : 'missing'}  ${name}: ${detail}`);
      if (remedy) lines.push(`           ${remedy}`);
    }
    const unsupported = requirements.some(({ name, met }) => name === 'platform' && !met);
    if (!unsupported) lines.push('', requirements.every(({ met }) => met) ? `To get it: ${provision}` : `When all of this is there: ${provision}`);
  }
  lines.push('', `Cache: ${cache}`, `Node: ${process.version}`);
  return lines;
}
