/**
 * Shapes in annotations: `Float[Tensor, "batch seq dim"]` of [jaxtyping](https://docs.kidger.site/jaxtyping/api/array/),
 * `TensorType["batch", 3]` of torchtyping; alone, optional, or `None` beside it.
 */
import type { Expr } from '../python/ast';
import { DTYPES } from '../values/dtype';
import type { Dtype } from '../values/dtype';
import type { ParameterClaim } from './claim';
import { readSize } from './sizes';
import type { CommentNames, SizePhrase } from './sizes';

/** The names of jaxtyping, with the dtype where the name says exactly one. */
const JAXTYPING: ReadonlyMap<string, Dtype | null> = new Map<string, Dtype | null>([
  ...['Shaped', 'Num', 'Real', 'Inexact', 'Float', 'Complex', 'Integer', 'Int', 'UInt', 'Key'].map((name) => [name, null] as const),
  ['Bool', 'bool'], ['BFloat16', 'bfloat16'], ['Float16', 'float16'], ['Float32', 'float32'], ['Float64', 'float64'],
  ['Int8', 'int8'], ['Int16', 'int16'], ['Int32', 'int32'], ['Int64', 'int64'], ['UInt8', 'uint8'], ['Complex64', 'complex64'], ['Complex128', 'complex128'],
]);
/** Of torchtyping: Python's own types are torch's for them. */
const ELEMENTS: ReadonlyMap<string, Dtype> = new Map<string, Dtype>([...DTYPES.map((name) => [name, name] as const), ['float', 'float32'], ['int', 'int64']]);
const TORCHTYPING = 'TensorType';

export function readAnnotation(annotation: Expr, names: CommentNames): ParameterClaim | null {
  const read = tensorType(annotation, names);
  return read && { shape: { sizes: read.sizes, form: 'brackets' }, type: 'tensor', dtype: read.dtype, from: 'annotation', span: annotation };
}

interface TensorAnnotation { readonly sizes: readonly SizePhrase[]; readonly dtype: Dtype | null }

function tensorType(node: Expr, names: CommentNames): TensorAnnotation | null {
  if (node.kind === 'BinOp' && node.op === '|') return isNone(node.right) ? tensorType(node.left, names) : isNone(node.left) ? tensorType(node.right, names) : null;
  if (node.kind !== 'Subscript') return null;
  const name = lastName(node.value);
  const items = node.slice.kind === 'Tuple' ? node.slice.elts : [node.slice];
  if (name === 'Optional' && items.length === 1) return tensorType(items[0]!, names);
  if (name === TORCHTYPING) return ofItems(items, names);
  const [array, sizes] = items;
  if (name === null || !JAXTYPING.has(name) || items.length !== 2 || !/^(?:Tensor|Parameter)$/.test(lastName(array!) ?? '') || !sizes) return null;
  const read = textOf(sizes) === null ? null : ofWords(sizes.start, textOf(sizes)!, names);
  return read && { sizes: read, dtype: JAXTYPING.get(name)! };
}

/** Sizes between spaces: a number, a name, an expression; `*name` and `...` are any number of dims, `_` is any size. */
function ofWords(start: number, text: string, names: CommentNames): readonly SizePhrase[] | null {
  const sizes = [...text.matchAll(/\S+/g)].map((word) => sizeOf(word[0], start + 1 + word.index, names));
  return sizes.every((size) => size !== null) && sizes.filter(({ kind }) => kind === 'rest').length < 2 ? sizes : null;
}

function sizeOf(word: string, start: number, names: CommentNames): SizePhrase | null {
  // `#n` is n or 1; `?n` may be another in each leaf of a tree; `{self.n}` is known where the code runs; `n=3` only names it.
  if (/^\*[#?]?_?\w*$/.test(word)) return { start, end: start + word.length, text: word, kind: 'rest', readings: [], names: [] };
  if (/^(?:[#?]|_)|[{}]/.test(word)) return { start, end: start + word.length, text: word, kind: 'any', readings: [], names: [] };
  return readSize(word.replace(/^[A-Za-z_]\w*=/, ''), start, names);
}

/** `TensorType["batch", 3, ..., "time": 8, float]` */
function ofItems(items: readonly Expr[], names: CommentNames): TensorAnnotation | null {
  const sizes: SizePhrase[] = [];
  let dtype: Dtype | null = null;
  for (const item of items) {
    const known = ELEMENTS.get(lastName(item) ?? '');
    const word = wordOf(item);
    const size = word === null ? null : sizeOf(word, item.start, names);
    if (known) dtype = known;
    else if (size) sizes.push(size);
    // Details of layout, or what cannot be read: a number of dims nonetheless is not known.
    else return null;
  }
  return sizes.filter(({ kind }) => kind === 'rest').length < 2 ? { sizes, dtype } : null;
}

function wordOf(item: Expr): string | null {
  if (item.kind === 'Constant' && item.value.type === 'Ellipsis') return '...';
  if (item.kind === 'Constant' && item.value.type === 'int') return String(item.value.value);
  if (item.kind === 'UnaryOp') return '_';
  if (item.kind === 'Slice') return item.upper ? wordOf(item.upper) : null;
  return item.kind === 'Name' ? item.id : textOf(item);
}

function textOf(node: Expr): string | null {
  if (node.kind === 'Constant' && node.value.type === 'str') return node.value.value;
  // What is filled in stands for itself alone.
  if (node.kind === 'JoinedStr') return node.values.map((part) => (part.kind === 'FormattedValue' ? '{}' : part.value.type === 'str' ? part.value.value : '')).join('');
  return null;
}

function lastName(node: Expr): string | null {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : null;
}

const isNone = (node: Expr): boolean => node.kind === 'Constant' && node.value.type === 'None';
