/** Every kernel against what real torch computed, on each backend that this machine has. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Cone } from '../../src/shapes/graph/graph';
import type { Dtype } from '../../src/shapes/values/dtype';
import { clientOfSuite, PLACES } from './backends';
import { request } from './cones';
import { assertClose, type Recorded } from './expectations';

interface Case { readonly name: string; readonly cone: Cone; readonly expected: readonly { readonly shape: readonly number[]; readonly dtype: Dtype; readonly values: readonly Recorded[] }[] }

const CASES = ['cases.json', 'einops.json'].flatMap((file) => JSON.parse(fs.readFileSync(path.join(__dirname, 'fixtures', file), 'utf8')) as readonly Case[]);

for (const place of PLACES) {
  describe(`kernels on ${place}`, function () {
    this.timeout(60_000);
    const client = clientOfSuite(place);

    for (const { name, cone, expected } of CASES) {
      it(name, async () => {
        const { outputs } = await client().evaluate(request(cone));
        assert.equal(outputs.length, expected.length);
        for (const [i, output] of outputs.entries()) {
          const wanted = expected[i] as Case['expected'][number];
          assert.deepEqual(output.shape, wanted.shape);
          assert.equal(output.dtype, wanted.dtype);
          const { values } = await client().read(output.handle, { type: 'flat', offset: 0, length: wanted.values.length });
          assertClose(values, wanted.values, wanted.dtype);
          client().release(output.handle);
        }
      });
    }
  });
}
