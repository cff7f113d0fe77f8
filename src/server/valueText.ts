/** What an expression was, as hovers, lenses and hints say it: in the names of the function at hand and the reader's language. */
import type { Analysis } from '../shapes/analysis';
import { seenText } from '../shapes/describe';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import { render } from '../shapes/symint/render';
import type { NameOf } from '../shapes/symint/render';
import { shapeText } from '../shapes/values/text';
import { loneSymbol } from '../shapes/symint/symint';
import type { SymInt } from '../shapes/symint/symint';
import { t } from './translation';

/** Sizes of one dim that a text lists before it leaves out those between. */
const MAX_SIZES = 3;

/** The values that the expression had one after the other: `(2, 3) then (2, 4) float32`, with each its dtype where they differ. */
export function valuesText(analysis: Analysis, recording: Recording, most = Infinity): string {
  const values = distinctValues(recording).slice(0, most);
  const dtypes = new Set(values.map((seen) => (seen.type === 'Tensor' ? seen.tensor.dtype : null)));
  const names = namesIn(analysis, recording.context);
  const last = values.length - 1;
  const isAlike = dtypes.size === 1 && !dtypes.has(null);
  return values.map((seen, i) => (isAlike && i < last && seen.type === 'Tensor' ? shapeText(seen.tensor.shape, names) : valueText(analysis, recording, seen))).join(t(' then '));
}

/**
 * What an expression in code that nothing calls was by way of several callers, without what differs by the caller's symbols
 * alone: `(b, l)` of one and of another.
 */
export function distinctValues({ seen, isInferred }: Recording): readonly Seen[] {
  return isInferred ? seen.filter((each, i) => !seen.slice(0, i).some((other) => differsByCaller(other, each))) : seen;
}

function differsByCaller(a: Seen, b: Seen): boolean {
  if (a.type !== 'Tensor' || b.type !== 'Tensor') return false;
  const [x, y] = [a.tensor.shape, b.tensor.shape];
  const isDtype = a.tensor.dtype === b.tensor.dtype || a.tensor.dtype === null || b.tensor.dtype === null;
  return isDtype && x.dims.length === y.dims.length && x.rest?.at === y.rest?.at && x.dims.every((size, i) => size.key === y.dims[i]!.key || isNamedAlike(size, y.dims[i]!));
}

function isNamedAlike(a: SymInt, b: SymInt): boolean {
  const [x, y] = [loneSymbol(a), loneSymbol(b)];
  return x !== null && y !== null && x.name === y.name;
}

/** Each distinct value that counts; tensors that differ in sizes only are one text: `(128|96, 784) float32`. */
export function valueTexts(analysis: Analysis, recording: Recording, counts: (seen: Seen) => boolean = () => true): string[] {
  const values = distinctValues(recording).filter(counts);
  const inOne = sizesText(values, namesIn(analysis, recording.context));
  return inOne === null ? values.map((seen) => valueText(analysis, recording, seen)) : [inWords(inOne)];
}

/** As `valueTexts`, of tensors without their dtypes: `(128|96, 784)`. */
export function shapesText(analysis: Analysis, recording: Recording): string {
  const names = namesIn(analysis, recording.context);
  const isTensor = recording.seen.every(({ type }) => type === 'Tensor');
  const inOne = isTensor ? sizesText(distinctValues(recording), names, false) : null;
  return inOne ?? [...new Set(recording.seen.map((seen) => (seen.type === 'Tensor' ? shapeText(seen.tensor.shape, names) : seenText(seen, names))))].join(t(' then '));
}

function sizesText(values: readonly Seen[], nameOf: NameOf, withDtype = true): string | null {
  const [first] = values;
  if (!first || values.length < 2) return null;
  if (first.type === 'sequence') {
    const alike = values.flatMap((seen) => (seen.type === 'sequence' && seen.name === 'tuple' && seen.items?.length === first.items?.length && !seen.more ? [seen.items!] : []));
    if (alike.length < values.length) return null;
    const items = alike[0]!.map((_, i) => {
      const texts = [...new Set(alike.map((each) => seenText(each[i]!, nameOf)))];
      return texts.length === 1 ? texts[0]! : sizesText(alike.map((each) => each[i]!), nameOf);
    });
    return items.length > 1 && !items.includes(null) ? `(${items.join(', ')})` : null;
  }
  const tensors = values.flatMap((seen) => (seen.type === 'Tensor' ? [seen.tensor] : []));
  if (first.type !== 'Tensor' || tensors.length < values.length) return null;
  const { shape: { dims }, dtype } = first.tensor;
  if (dims.length === 0 || tensors.some((each) => each.shape.rest || each.shape.dims.length !== dims.length || each.dtype !== dtype)) return null;
  const sizes = dims.map((_, i) => alternatives([...new Set(tensors.map(({ shape }) => render(shape.dims[i]!, nameOf)))]));
  const shape = `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
  return withDtype ? `${shape} ${dtype ?? 'of unknown dtype'}` : shape;
}

function alternatives(sizes: readonly string[]): string {
  return (sizes.length > MAX_SIZES ? [...sizes.slice(0, MAX_SIZES - 1), '…', sizes.at(-1)!] : sizes).join('|');
}

export function valueText(analysis: Analysis, { context }: Recording, seen: Seen): string {
  return inWords(seenText(seen, namesIn(analysis, context)));
}

function inWords(text: string): string {
  return text.replace(/(?<=^|[(, ])unknown(?=$|[), ])(?! dtype| length)/g, t('unknown')).replaceAll('of unknown dtype', t('of unknown dtype')).replaceAll('of unknown length', t('of unknown length')).replaceAll(' or ', t(' or '));
}
