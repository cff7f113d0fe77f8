/** The shapes that a trace saw at an expression, as a claim can be held against them. */
import type { RecordedNode, Recording, Seen } from '../interpreter/state/recorder';
import type { Shape } from '../values/values';
import type { SymInt } from '../symint/symint';

export type Recordings = ReadonlyMap<RecordedNode, Recording>;

/** Every shape that it had (of a list of tensors: those of its items); null where one is not known or it is no tensor. */
export function shapesAt(recordings: Recordings, node: RecordedNode): Shape[] | null {
  const recording = recordings.get(node);
  if (!recording || recording.more) return null;
  const shapes: Shape[] = [];
  for (const seen of recording.seen) if (!collect(seen, shapes)) return null;
  return shapes.length > 0 ? shapes : null;
}

/** Whether something there is a tensor, even if not all is known. */
export function isTensorAt(recordings: Recordings, node: RecordedNode): boolean {
  return recordings.get(node)?.seen.some(hasTensor) ?? false;
}

export function isUnknownAt(recordings: Recordings, node: RecordedNode): boolean {
  return recordings.get(node)?.seen.some(hasUnknown) ?? false;
}

/** The ints that were seen there; null where anything else was. */
export function intsAt(recordings: Recordings, node: RecordedNode): SymInt[] | null {
  const options = recordings.get(node)?.seen.flatMap((seen) => (seen.type === 'union' ? seen.options : [seen])) ?? [];
  const ints = options.map((seen) => (seen.type === 'value' && seen.value.kind === 'int' ? seen.value.value : null));
  return ints.length > 0 && ints.every((int) => int !== null) ? ints : null;
}

function collect(seen: Seen, shapes: Shape[]): boolean {
  switch (seen.type) {
    case 'Tensor':
      // What rests on a guess proves nothing.
      if (seen.tensor.assumes.length > 0) return false;
      shapes.push(seen.tensor.shape);
      return true;
    case 'sequence': {
      if (seen.items === null || seen.more) return false;
      if (seen.name !== 'torch.Size') return seen.items.length > 0 && seen.items.every((item) => collect(item, shapes));
      const dims = seen.items.map((item) => (item.type === 'value' && item.value.kind === 'int' ? item.value.value : null));
      if (!dims.every((dim) => dim !== null)) return false;
      shapes.push({ dims, rest: null });
      return true;
    }
    case 'union': return seen.options.every((option) => isNone(option) || collect(option, shapes));
    case 'value': return false;
  }
}

const isNone = (seen: Seen): boolean => seen.type === 'value' && seen.value.kind === 'None';

function hasTensor(seen: Seen): boolean {
  if (seen.type === 'Tensor') return true;
  if (seen.type === 'sequence') return seen.name === 'torch.Size' || (seen.items?.some(hasTensor) ?? false);
  return seen.type === 'union' && seen.options.some(hasTensor);
}

function hasUnknown(seen: Seen): boolean {
  switch (seen.type) {
    case 'Tensor': return seen.tensor.assumes.length > 0;
    case 'sequence': return seen.items === null || seen.more || seen.items.some(hasUnknown);
    case 'union': return seen.options.some(hasUnknown);
    case 'value': return seen.value.kind === 'unknown';
  }
}
