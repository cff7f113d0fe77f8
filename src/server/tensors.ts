/** Which seen values are tensors, or hold some. */
import type { Seen } from '../shapes/interpreter/state/recorder';

export function isTensor(seen: Seen): boolean {
  return seen.type === 'Tensor';
}

export function holdsTensor(seen: Seen): boolean {
  if (seen.type === 'sequence') return seen.items?.some(holdsTensor) ?? false;
  return seen.type === 'Tensor' || (seen.type === 'union' && seen.options.some(holdsTensor));
}
