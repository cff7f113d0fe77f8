/** `shapelens doctor`: what evaluation computes with, why nothing faster, and how to get it. */
import { diagnose, type Diagnosis } from '../evaluation/diagnosis';
import { packageRoot } from '../evaluation/locations';

const NAMES = { tensorflow: 'TensorFlow (native)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as const;

/** Prints to standard output. @returns the exit status: 0, or 3 where nothing can be evaluated at all */
export async function runDoctor({ json }: { readonly json: boolean }): Promise<number> {
  const diagnosis = await diagnose(packageRoot());
  process.stdout.write(json ? `${JSON.stringify(toJson(diagnosis), null, 2)}\n` : toText(diagnosis));
  return diagnosis.backend === null ? 3 : 0;
}

function toJson({ backend, notes, startMilliseconds, native, cache, requirements }: Diagnosis): unknown {
  return {
    schema: 1, backend, startMilliseconds, notes, cache,
    native: native.status === 'ready'
      ? { status: native.status, directory: native.directory, tensorflow: native.marker.tensorflow }
      : { status: native.status, directory: native.directory, reason: native.reason },
    requirements,
    provision: backend === 'tensorflow' || requirements.some(({ name, met }) => name === 'platform' && !met) ? null : 'shapelens provision',
    node: process.version,
  };
}

function toText({ backend, notes, startMilliseconds, native, cache, requirements }: Diagnosis): string {
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
    if (!unsupported) lines.push('', requirements.every(({ met }) => met) ? 'To get it: shapelens provision' : 'When all of this is there: shapelens provision');
  }
  lines.push('', `Cache: ${cache}`, `Node: ${process.version}`, '');
  return lines.join('\n');
}
