/** Results by graph and bindings: what is evaluated again is given again, as long as the worker holds it. */
import { createHash } from 'node:crypto';
import type { EvaluationResult, Handle } from './results';
import { bytesPerElement } from './elements';
import type { EvaluationRequest } from './messages';
import { numelOf } from './value';

/** Results that nobody uses at the moment are held up to so many, and so many bytes. */
const MAX_IDLE = 8;
const MAX_IDLE_BYTES = 256e6;

interface Held { readonly key: string; readonly result: EvaluationResult; readonly bytes: number; /** By handle. */ readonly users: Map<number, number> }

/** What decides of the values; null: a file does, which may change. */
export function keyOf({ cone, bindings, seed, training }: EvaluationRequest): string | null {
  const hash = createHash('sha256').update(JSON.stringify([cone, seed, training], (_, value: unknown) => (Object.is(value, -0) ? '-0' : value)));
  for (const [node, binding] of bindings) {
    if ('file' in binding) return null;
    hash.update(JSON.stringify([node, binding.shape, binding.dtype, binding.provenance])).update(Float64Array.from(binding.values));
  }
  return hash.digest('base64');
}

export class ResultCache {
  /** In the order of their last use. */
  private readonly held = new Map<string, Held>();
  private readonly byHandle = new Map<number, Held>();

  /** Another user of a result that is held; null where there is none. */
  take(key: string): EvaluationResult | null {
    const found = this.held.get(key);
    if (!found) return null;
    this.held.delete(key);
    this.held.set(key, found);
    for (const [handle, count] of found.users) found.users.set(handle, count + 1);
    return found.result;
  }

  /** The first user's result. */
  keep(key: string, result: EvaluationResult): void {
    const bytes = result.outputs.reduce((sum, { shape, dtype }) => sum + numelOf(shape) * bytesPerElement(dtype), 0);
    const held = { key, result, bytes, users: new Map(result.outputs.map(({ handle }) => [handle.id, 1])) };
    this.held.set(key, held);
    for (const handle of held.users.keys()) this.byHandle.set(handle, held);
  }

  /** A user has done with a value. @returns the values to be freed */
  release(handle: Handle): readonly number[] {
    const found = this.byHandle.get(handle.id);
    if (!found) return [handle.id];
    found.users.set(handle.id, Math.max(0, found.users.get(handle.id)! - 1));
    return this.dropped();
  }

  clear(): void {
    this.held.clear();
    this.byHandle.clear();
  }

  private dropped(): number[] {
    const idle = [...this.held.values()].filter(({ users }) => [...users.values()].every((count) => count === 0));
    let bytes = idle.reduce((sum, each) => sum + each.bytes, 0);
    const freed: number[] = [];
    for (let left = idle.length; left > MAX_IDLE || bytes > MAX_IDLE_BYTES; left--) {
      const oldest = idle.shift()!;
      bytes -= oldest.bytes;
      this.held.delete(oldest.key);
      for (const handle of oldest.users.keys()) {
        this.byHandle.delete(handle);
        freed.push(handle);
      }
    }
    return freed;
  }
}
