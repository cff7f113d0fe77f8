/** The worker and the backends that tests can have on this machine. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { EvaluationClient, type EvaluationClientOptions } from '../../src/evaluation/client';
import { findInstallation } from '../../src/evaluation/provision/installation';
import { BACKENDS, type BackendName } from '../../src/evaluation/messages';
import { skip } from '../skip';

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

/** Where values are computed: on each backend all that it can, however small; `here` nothing, as values too small for a backend are. */
export const PLACES = [...BACKENDS, 'here'] as const;
export type Place = (typeof PLACES)[number];

/** A client for all tests of the suite at hand, which is skipped where the machine lacks the backend. */
export function clientOfSuite(place: Place): () => EvaluationClient {
  const backend = place === 'here' ? 'cpu' : place;
  let client: EvaluationClient;
  before(async function () {
    const reason = await whyNot(backend);
    if (reason !== null) skip(this, reason);
    client = startClient(backend, { fewestOnBackend: place === 'here' ? Infinity : 0 });
    assert.equal((await client.backend()).name, backend);
  });
  after(() => client?.dispose());
  return () => client;
}
