/**
 * Each expression of operators/*.py and of whole systems in systems/*.py, traced and evaluated as a user's file is, against what real torch computed for it (see
 * record_operators.py); and how many of torch's operations that covers.
 */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EvaluationClient } from '../../src/evaluation/client';
import { planTensors } from '../../src/project/evaluation';
import type { Plan } from '../../src/project/evaluation';
import { trace } from '../../src/project/tracedFile';
import type { TracedFile } from '../../src/project/tracedFile';
import type { Seen } from '../../src/shapes/interpreter/state/recorder';
import type { TensorValue } from '../../src/shapes/values/values';
import type { Dtype } from '../../src/shapes/values/dtype';
import { ROWS } from '../../src/shapes/torch/operators/index';
import { loadParser } from '../shapes/python/load';
import { skip } from '../skip';
import { clientOfSuite, PLACES, type Place } from './backends';
import { request } from './cones';
import { assertClose, type Recorded } from './expectations';
import { NOT_EVALUABLE } from './notEvaluable';

interface Case { readonly code: string; readonly results: readonly (readonly [Dtype, readonly number[], readonly Recorded[]])[] }

const PRELUDE = fs.readFileSync(path.join(__dirname, 'operators', 'prelude.txt'), 'utf8');
const RECORDED = Object.assign({}, ...['operators.json', 'systems.json'].map((file) => JSON.parse(fs.readFileSync(path.join(__dirname, 'fixtures', file), 'utf8')) as object)) as Readonly<Record<string, readonly Case[]>>;

/** What each case computes, by its code. */
function plansOf(file: TracedFile): Map<string, Plan> {
  const plans = new Map<string, Plan>();
  for (const statement of file.analysis.tree.body) {
    if (statement.kind !== 'Expr') continue;
    for (const expression of statement.value.kind === 'Tuple' ? statement.value.elts : [statement.value]) {
      const seen = file.analysis.recordings.get(expression)?.seen.at(-1);
      const tensors = seen ? tensorsOf(seen) : [];
      const plan: Plan = tensors.length > 0 ? planTensors(file, tensors, new Map()) : { ok: false, code: 'no-tensor', message: 'the trace has no tensor there', needs: [] };
      plans.set(file.document.source.slice(expression.start, expression.end), plan);
    }
  }
  return plans;
}

function tensorsOf(seen: Seen): TensorValue[] {
  if (seen.type === 'Tensor') return [seen.tensor];
  return seen.type === 'sequence' ? (seen.items ?? []).flatMap(tensorsOf) : [];
}

async function evaluate(client: EvaluationClient, plan: Plan, results: Case['results']): Promise<readonly string[]> {
  assert.ok(plan.ok, plan.ok ? '' : plan.message);
  const { outputs } = await client.evaluate(request(plan.cone));
  assert.equal(outputs.length, results.length, `${outputs.length} tensors`);
  for (const [i, output] of outputs.entries()) {
    const [dtype, shape, values] = results[i] as Case['results'][number];
    assert.deepEqual(output.shape, shape);
    assert.equal(output.dtype, dtype);
    const tile = await client.read(output.handle, { type: 'flat', offset: 0, length: values.length });
    assertClose(tile.values, values, dtype);
    client.release(output.handle);
  }
  return plan.cone.nodes.map(({ op }) => op);
}

/** The operations of the cases that came out the same, and of those that did not, by backend. */
const same = new Map<Place, Set<string>>();
const differing = new Map<Place, Set<string>>();

describe('operators', function () {
  this.timeout(60_000);
  const plans = new Map<string, Map<string, Plan>>();
  before(async () => {
    const parser = await loadParser();
    for (const name of Object.keys(RECORDED)) {
      const source = fs.readFileSync(path.join(__dirname, name), 'utf8');
      plans.set(name, plansOf(trace({ text: `${PRELUDE}\n${source}`, language: 'python', parser })));
    }
  });

  for (const place of PLACES) {
    describe(place, () => {
      const client = clientOfSuite(place);

      for (const [name, cases] of Object.entries(RECORDED)) {
        describe(name, () => {
          for (const { code, results } of cases) {
            it(code, async () => {
              const plan = plans.get(name)?.get(code);
              assert.ok(plan, 'the file no longer has this: run record_operators.py');
              const into = (sets: Map<Place, Set<string>>, ops: readonly string[]): void => ops.forEach((op) => sets.set(place, (sets.get(place) ?? new Set()).add(op)));
              try {
                into(same, await evaluate(client(), plan, results));
              } catch (error) {
                into(differing, plan.ok ? plan.cone.nodes.slice(-1).map(({ op }) => op) : []);
                throw error;
              }
            });
          }
        });
      }
    });
  }

  describe('the table of operations', () => {
    it('has a case for each whose values can be checked, and a reason for each that has none', function () {
      // Plain JavaScript is there on every machine.
      const some = same.get('cpu');
      if (!some) skip(this, 'no case ran');
      const drawn = ROWS.filter(({ name, random }) => random && !some.has(name));
      for (const [backend, ops] of same) {
        const counted = ROWS.filter(({ name }) => ops.has(name)).length;
        console.log(`      operators on ${backend}: ${counted} same, ${differing.get(backend)?.size ?? 0} differ, ${drawn.length} random (not checked), ${ROWS.length - counted - drawn.length} not evaluable`);
      }
      const reasons = new Map<string, string[]>();
      for (const [name, reason] of Object.entries(NOT_EVALUABLE)) reasons.set(reason, [...reasons.get(reason) ?? [], name.replace(/^torch\./, '')]);
      for (const [reason, names] of reasons) console.log(`      not evaluable, ${reason}: ${names.join(' ')}`);
      const missing = ROWS.filter(({ name, random }) => !some.has(name) && !(name in NOT_EVALUABLE) && !random).map(({ name }) => name);
      assert.equal(missing.join(' '), '', 'no case and no reason');
      const needless = Object.keys(NOT_EVALUABLE).filter((name) => some.has(name));
      assert.equal(needless.join(' '), '', 'evaluated after all');
    });
  });
});
