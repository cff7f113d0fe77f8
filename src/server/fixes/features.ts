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
  const factors = given ? factorsOf(given) : null;
  if (!given || !factors || factors.reduce((product, { value }) => product * value, 1) === number) return [];
  const made = (changes: readonly Factor[]): Candidate => {
    const edits = changes.map(({ node: { start, end }, value }) => ({ span: { start, end }, text: String(value) }));
    let shown = '';
    let done = given.start;
    for (const { span, text } of edits) {
      shown += textOf(file, { start: done, end: span.start }) + text;
      done = span.end;
    }
    shown += textOf(file, { start: done, end: given.end });
    return { title: t('Change {0} of {1}: {2} → {3}', parameter, name, textOf(file, given), shown), edits };
  };
  return [...otherSquare(factors, number), ...otherFactor(factors, number), ...(factors.length > 1 ? [[{ node: given, value: number }]] : [])].map(made);
}

interface Factor { readonly node: Span; readonly value: number }

/** The numbers of `32 * 7 * 7`; null: sizes that are computed are right elsewhere. */
function factorsOf(node: Expr): Factor[] | null {
  if (node.kind === 'Constant') return node.value.type === 'int' && node.value.value !== null ? [{ node, value: Number(node.value.value) }] : null;
  if (node.kind !== 'BinOp' || node.op !== '*') return null;
  const [left, right] = [factorsOf(node.left), factorsOf(node.right)];
  return left && right && [...left, ...right];
}

/** The two sides of a picture, `4 * 4`, that are as long as each other and get another length together. */
function otherSquare(factors: readonly Factor[], product: number): Factor[][] {
  const twice = factors.filter(({ value }) => factors.filter((other) => other.value === value).length === 2);
  if (twice.length !== 2) return [];
  const rest = factors.filter((factor) => !twice.includes(factor)).reduce((all, { value }) => all * value, 1);
  const side = Math.sqrt(product / rest);
  return Number.isInteger(side) ? [twice.map(({ node }) => ({ node, value: side }))] : [];
}

/** The first factor of which another number makes the product right. */
function otherFactor(factors: readonly Factor[], product: number): Factor[][] {
  const others = factors.map(({ node }, i) => ({ node, value: product / factors.reduce((rest, factor, at) => (at === i ? rest : rest * factor.value), 1) }));
  return others.filter(({ value }) => Number.isInteger(value)).slice(0, 1).map((other) => [other]);
}
