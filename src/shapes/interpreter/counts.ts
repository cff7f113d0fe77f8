/** Parameters that are ints whatever their function is for: how many, how often, from where to where. */
import { Parameter } from './parameters';
import type { Value } from './values';

/** What takes several sizes takes each as an int. */
const SIZES: ReadonlySet<string> = new Set(['size', 'shape', 'sizes', 'repeats', 'output_size', 'split_size_or_sections', 'kernel_size']);
/** Numbers of what there is, or of what is made. */
const COUNTS: ReadonlySet<string> = new Set([
  'torch.eye(n)', 'torch.eye(m)', 'torch.randperm(n)', 'torch.linspace(steps)', 'torch.logspace(steps)', 'torch.topk(k)', 'torch.kthvalue(k)', 'torch.chunk(chunks)',
  'torch.multinomial(num_samples)', 'torch.nn.functional.one_hot(num_classes)',
]);

/** An int is needed. */
export function demandInt(value: Value): void {
  const options = value.kind === 'union' ? value.options : [value];
  for (const option of options) if (option.kind === 'unknown' && option.parameter instanceof Parameter && option.parameter.kind === 'outside') option.parameter.become('int');
}

/** An operation takes the value under that name. */
export function demandCounts(operation: string, name: string, value: Value): void {
  const items = SIZES.has(name) && (value.kind === 'tuple' || value.kind === 'list') ? value.items ?? [] : [];
  if (items.length > 1) items.forEach(demandInt);
  else if (COUNTS.has(`${operation}(${name})`)) demandInt(value);
}
