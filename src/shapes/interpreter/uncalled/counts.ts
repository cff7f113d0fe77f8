/** Parameters that are ints whatever their function is for: how many, how often, from where to where. */
import { Parameter } from './parameters';
import type { Value } from '../../values/values';

/** Several of them are ints; one alone may be all sizes at once. */
const SIZES: ReadonlySet<string> = new Set(['size', 'sizes', 'shape', 'repeats', 'output_size', 'split_size_or_sections', 'kernel_size']);
/** Numbers of what there is, or of what a result has along a dim. */
const COUNTS: ReadonlySet<string> = new Set(['steps', 'num_classes', 'num_samples', 'chunks', 'k', 'length']);
/** Such numbers under names that say something else elsewhere. */
const COUNTS_OF: ReadonlyMap<string, readonly string[]> = new Map([['torch.eye', ['n', 'm']], ['torch.randperm', ['n']]]);

/** An int is needed. */
export function demandInt(value: Value): void {
  for (const option of value.kind === 'union' ? value.options : [value]) parameterIn(option)?.become('int');
}

/** @param bound the arguments of an operation, by the names that it has for them */
export function demandCounts(operation: string, bound: ReadonlyMap<string, Value>): void {
  for (const [name, value] of bound) {
    if (SIZES.has(name)) demandSeveral(value);
    else if (COUNTS.has(name) || COUNTS_OF.get(operation)?.includes(name)) demandInt(value);
  }
  // What a pattern of einops calls by a name has a length.
  for (const pair of itemsOf(bound.get('axes_lengths'))) itemsOf(pair).slice(1).forEach(demandInt);
  if (operation === 'torch.arange') demandBounds(['start', 'end', 'step'].flatMap((name) => bound.get(name) ?? []));
}

const itemsOf = (value: Value | undefined): readonly Value[] => ((value?.kind === 'tuple' || value?.kind === 'list') && value.items) || [];

function demandSeveral(value: Value): void {
  if ((value.kind !== 'tuple' && value.kind !== 'list') || value.items === null) return;
  const [only, ...others] = value.items;
  if (others.length > 0) value.items.forEach(demandInt);
  else if (only?.kind === 'tuple' || only?.kind === 'list') only.items?.forEach(demandInt);
}

/** Bounds beside ints are counted with; a float would be given a step of its kind. */
function demandBounds(bounds: readonly Value[]): void {
  if (bounds.every((value) => value.kind === 'int' || parameterIn(value))) bounds.forEach(demandInt);
}

const parameterIn = (value: Value): Parameter | null => (value.kind === 'unknown' && value.parameter instanceof Parameter ? value.parameter : null);
