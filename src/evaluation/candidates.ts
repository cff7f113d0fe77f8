/** Which backends are to be tried, in which order, and why a faster one is not among them. Nothing is loaded here. */
import { cacheDirectory } from './provision/cacheDirectory';
import { findInstallation } from './provision/installation';
import type { BackendCandidate, BackendPreference } from './messages';

export interface ChosenBackends {
  readonly candidates: readonly BackendCandidate[];
  readonly notes: readonly string[];
}

/** TensorFlow is a candidate only where its installation is whole. */
export async function chooseCandidates(preference: BackendPreference, cache: string = cacheDirectory()): Promise<ChosenBackends> {
  const slower: BackendCandidate[] = [{ name: 'wasm' }, { name: 'cpu' }];
  if (preference === 'wasm' || preference === 'cpu') return { candidates: slower.filter(({ name }) => name === preference), notes: [] };
  const installation = await findInstallation(cache);
  const native: BackendCandidate[] = installation.status === 'ready' ? [{ name: 'tensorflow', directory: installation.directory }] : [];
  const notes = installation.status === 'ready' ? [] : [`tensorflow: ${installation.reason}`];
  return { candidates: preference === 'tensorflow' ? native : [...native, ...slower], notes };
}
