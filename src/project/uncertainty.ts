/**
 * How far a computed value may be from what the author's run computed: the post shows its inputs rounded, and memory
 * that nothing was written to held whatever it held.
 */
import type { Cone } from '../shapes/graph/graph';
import type { Bindings, BoundValues } from './evaluation';
import type { Compute, ComputedValue } from './compute';

const UNINITIALIZED = /^torch\.(?:Tensor\.)?(?:new_)?empty(?:_like|_strided|_permuted)?$/;
/** What takes the place of memory that nothing was written to: nothing that a computation comes by. */
const FILL = 12345.678;
/** Other values that round to what was printed. */
const TRIES = 4;
/** A few random values come near the farthest: by how much more it may be. */
const MARGIN = 2;

export function isUninitialized(op: string): boolean {
  return UNINITIALIZED.test(op);
}

/** Whether elements of the result are memory that nothing was written to. */
export async function showsMemory(cone: Cone, bindings: Bindings, computed: ComputedValue, compute: Compute): Promise<boolean> {
  const empty = cone.nodes.filter((node) => isUninitialized(node.op) && !bindings.has(node.id));
  if (empty.length === 0) return false;
  const filled = new Map(bindings);
  for (const node of empty) {
    const [output] = node.outputs;
    const dtype = output!.dtype;
    const size = output!.shape.reduce((product, dim) => product * dim, 1);
    const value = dtype === 'bool' ? 1 : dtype.startsWith('float') ? FILL : Math.trunc(FILL) % 100;
    filled.set(node.id, { values: new Array<number>(size).fill(value), shape: output!.shape, dtype, provenance: 'memory' });
  }
  const [other] = await compute(cone, filled);
  return other!.values.length !== computed.values.length || Array.from(computed.values).some((value, i) => !Object.is(value, other!.values[i]));
}

/** By how much each element of the result changes with inputs that were printed alike; null where none of them was rounded. */
export async function spread(cone: Cone, bindings: Bindings, computed: ComputedValue, compute: Compute): Promise<Float64Array | null> {
  if (![...bindings.values()].some(({ halves }) => halves?.some((half) => half > 0))) return null;
  const farthest = new Float64Array(computed.values.length);
  const next = signs();
  for (let i = 0; i < TRIES; i++) {
    const [other] = await compute(cone, new Map([...bindings].map(([id, bound]) => [id, nudged(bound, next)])));
    for (let j = 0; j < farthest.length; j++) farthest[j] = Math.max(farthest[j]!, MARGIN * Math.abs(other!.values[j]! - computed.values[j]!));
  }
  return farthest;
}

function nudged(bound: BoundValues, next: () => number): BoundValues {
  return bound.halves ? { ...bound, values: bound.values.map((value, i) => value + next() * bound.halves![i]!) } : bound;
}

/** 1 or -1, the same row in each run. */
function signs(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 31 ? 1 : -1;
  };
}
