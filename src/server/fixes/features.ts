/** A layer that was made for another number of features: the number in its constructor is changed. */
import { expressionOf, tensorAt, textOf } from './candidate';
import type { Candidate, Family } from './candidate';
import type { Call, Expr, Span } from '../../shapes/python/ast';
import { expressionsWithin } from '../../shapes/evidence/nodes';
import type { TracedFile } from '../../project/tracedFile';
import { t } from '../translation';

/** What the constructors of torch.nn call the size that the input must have. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(Lazy)?Linear$/, 'in_features'], [/Conv/, 'in_channels'], [/^LayerNorm$|^RMSNorm$/, 'normalized_shape'], [/BatchNorm|InstanceNorm/, 'num_features'],
  [/^(RNN|LSTM|GRU)(Cell)?$/, 'input_size'], [/^GroupNorm$/, 'num_channels'],
];
/** GroupNorm(num_groups, num_channels) */
const POSITIONS: Readonly<Record<string, number>> = { num_channels: 1 };

export const changeFeatures: Family = (file, finding) => {
  const call = expressionOf(file, finding.span);
  const input = call?.kind === 'Call' ? tensorAt(file, call.args[0]!) : null;
  if (!input || input.shape.rest) return [];
  // Features are last, channels behind the batch.
  const numbers = new Set([input.shape.dims.at(-1), input.shape.dims[1], input.shape.dims[0]].flatMap((dim) => (dim?.value != null ? [dim.value] : [])));
  return finding.related.flatMap(({ span }) => {
    const made = constructorAt(file, span);
    return made ? [...numbers].flatMap((number) => changed(file, made, number)) : [];
  });
};

function constructorAt({ analysis }: TracedFile, span: Span): Call | null {
  const calls = expressionsWithin(analysis.recordings, span).filter((node): node is Call => node.kind === 'Call');
  return calls.find((node) => node.start === span.start && node.end === span.end && nameOf(node) !== null) ?? null;
}

function nameOf({ func }: Call): { name: string; parameter: string } | null {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  const parameter = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return parameter ? { name, parameter } : null;
}

function changed(file: TracedFile, call: Call, number: number): Candidate[] {
  const { name, parameter } = nameOf(call)!;
  const given: Expr | undefined = call.keywords.find(({ arg }) => arg === parameter)?.value ?? call.args[POSITIONS[parameter] ?? 0];
  // Sizes that are computed are right elsewhere: only a number is replaced.
  if (given?.kind !== 'Constant' || textOf(file, given) === String(number)) return [];
  return [{ title: t('Change {0} of {1}: {2} → {3}', parameter, name, textOf(file, given), number), edits: [{ span: { start: given.start, end: given.end }, text: String(number) }] }];
}
