/** `npm run mutations -- --count 10000 --seed 1`: damaged documents by the thousand. A failure's text is written to artifacts/. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { POSTS, ownDocuments, posts } from './corpus';
import { runMutations } from './run';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const documents = [...ownDocuments(), ...posts()];
  console.log(`${count} mutations of ${documents.length} documents, seeds ${seed} to ${seed + count - 1}`);
  if (posts().length === 0) console.log(`the posts of ${POSTS} are not here: only the project's own documents are damaged`);
  const start = performance.now();
  const { failures, cut, slowest } = await runMutations(documents, seed, count, (done, failure) => {
    if (failure) {
      const file = path.join('artifacts', 'mutations', `${failure.seed}${path.extname(failure.document)}`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, failure.text);
      console.log(`seed ${failure.seed}: ${failure.document} (${failure.damages.join(', ')}), kept as ${file}\n  ${failure.what}`);
    }
    if (done % 1000 === 0) console.log(`${done} done, ${Math.round((performance.now() - start) / 1000)} s`);
  });
  console.log(`slowest: seed ${slowest.seed}, ${slowest.document}, ${Math.round(slowest.milliseconds)} ms (undamaged ${Math.round(slowest.clean)} ms)`);
  console.log(`${cut} ended by a budget, with what they had; ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
