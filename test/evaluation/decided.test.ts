/** Sizes and branches that data decides are computed first, against what real torch ended with (see record_decided.py). */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BACKENDS } from '../../src/evaluation/messages';
import { planWithData } from '../../src/project/data';
import { lastTensor, planTensors } from '../../src/project/evaluation';
import type { AnyBinding, Plan } from '../../src/project/evaluation';
import { trace } from '../../src/project/tracedFile';
import type { TracedFile } from '../../src/project/tracedFile';
import type { Dtype } from '../../src/shapes/values/dtype';
import { loadParser } from '../shapes/python/load';
import { clientOfSuite } from './backends';
import { request } from './cones';
import { assertClose, type Recorded } from './expectations';

const SOURCE = fs.readFileSync(path.join(__dirname, 'decided.py'), 'utf8');
const RECORDED = JSON.parse(fs.readFileSync(path.join(__dirname, 'fixtures', 'decided.json'), 'utf8')) as Readonly<Record<string, readonly [Dtype, readonly number[], readonly Recorded[]]>>;

/** What the name was last given. */
function planOf(file: TracedFile, name: string): Plan {
  const stored = [...file.analysis.recordings.values()].filter(({ node, target }) => target && node.kind === 'Name' && node.id === name);
  const tensors = stored.map(lastTensor).filter((tensor) => tensor !== null);
  return tensors.length === 0 ? { ok: false, code: 'no-tensor', message: `${name} is no tensor`, needs: [] } : planTensors(file, [tensors.at(-1)!], new Map());
}

describe('what data decides', function () {
  this.timeout(60_000);
  let file: TracedFile;
  before(async () => {
    file = trace({ text: SOURCE, language: 'python', parser: await loadParser() });
  });

  it('is not known of the code alone', () => {
    const plan = planOf(file, 'picked');
    assert.ok(!plan.ok);
    assert.match(plan.message, /needs a number|not known/);
  });

  for (const backend of BACKENDS) {
    describe(backend, () => {
      const client = clientOfSuite(backend);

      async function valuesOf(plan: Extract<Plan<AnyBinding>, { ok: true }>): Promise<{ values: ArrayLike<number>; shape: readonly number[]; dtype: Dtype }> {
        const { outputs: [output] } = await client().evaluate(request(plan.cone));
        const { values } = await client().read(output!.handle, { type: 'flat', offset: 0, length: output!.shape.reduce((numel, size) => numel * size, 1) });
        client().release(output!.handle);
        return { values, shape: output!.shape, dtype: output!.dtype };
      }

      for (const [name, [dtype, shape, values]] of Object.entries(RECORDED)) {
        it(name, async () => {
          const plan = await planWithData(file, (traced) => planOf(traced, name), () => ({ bindings: new Map(), sizes: new Map() }), async (question) => (await valuesOf(question.plan)).values);
          assert.ok(plan.ok, plan.ok ? '' : plan.message);
          const computed = await valuesOf(plan);
          assert.deepEqual(computed.shape, shape);
          assert.equal(computed.dtype, dtype);
          assertClose(computed.values, values, dtype);
        });
      }
    });
  }
});
