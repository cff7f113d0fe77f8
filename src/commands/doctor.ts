/** `shapelens doctor`: what evaluation computes with, why nothing faster, and how to get it. */
import { diagnose, type Diagnosis } from '../evaluation/diagnosis';
import { diagnosisLines } from '../evaluation/diagnosisText';
import { packageRoot } from '../evaluation/locations';

/** Prints to standard output. @returns the exit status: 0, or 3 where nothing can be evaluated at all */
export async function runDoctor({ json }: { readonly json: boolean }): Promise<number> {
  const diagnosis = await diagnose(packageRoot());
  process.stdout.write(json ? `${JSON.stringify(toJson(diagnosis), null, 2)}\n` : `${diagnosisLines(diagnosis, 'shapelens provision').join('\n')}\n`);
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
