// The first of the mutations that `npm run mutations` runs by the thousand.
import assert from 'node:assert/strict';
import { skip } from '../skip';
import { POSTS, ownDocuments, posts } from './corpus';
import { runMutations } from './run';
import type { CorpusDocument } from './corpus';

async function traced(documents: readonly CorpusDocument[], count: number): Promise<void> {
  const { failures } = await runMutations(documents, 1, count);
  assert.deepEqual(failures.map(({ seed, document, damages, what }) => `seed ${seed}, ${document}, ${damages.join(', ')}: ${what}`), []);
}

describe('damaged documents', () => {
  it('are traced without an exception and in time', async function () {
    this.timeout(120_000);
    await traced(ownDocuments(), 300);
  });

  it('are traced so: posts', async function () {
    this.timeout(120_000);
    if (posts().length === 0) skip(this, `the posts of ${POSTS} are not here`);
    await traced(posts(), 60);
  });
});
