/** The worker and the backends that tests can have on this machine. */
import * as path from 'node:path';
import { EvaluationClient, type EvaluationClientOptions } from '../../src/evaluation/client';
import { findInstallation } from '../../src/evaluation/provision/installation';
import type { BackendName } from '../../src/evaluation/messages';

/** The worker from its source, so that tests need no build. */
export const WORKER = {
  workerPath: path.join(__dirname, '..', '..', 'src', 'evaluation', 'worker.ts'),
  execArgv: ['--import', 'tsx'],
};

export function startClient(backend: BackendName, options: Partial<EvaluationClientOptions> = {}): EvaluationClient {
  return new EvaluationClient({ ...WORKER, backend, ...options });
}

/** null where the backend can be used; else why not. */
export async function whyNot(backend: BackendName): Promise<string | null> {
  if (backend !== 'tensorflow') return null;
  const installation = await findInstallation();
  return installation.status === 'ready' ? null : installation.reason;
}
