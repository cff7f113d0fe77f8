/**
 * Whether a text that could be a shape is meant as one. Prose has lists too: coordinates, ranges, arguments, references.
 * A shape that is missed costs a check, one that is read where none is costs the reader's trust: in doubt it is none.
 */
import { ATTENTION, isKeyword, likenessOf } from './names';
import type { ShapePhrase } from './shapes';
import type { SizePhrase } from './sizes';
import { ARROW } from './shapes';

export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** Called a shape in so many words. */
  readonly called: boolean;
  /** A word ends right before it. */
  readonly adjacent: boolean;
  /** What joins it to another shape, `->` or an operator. */
  readonly joined: boolean;
}

/** Nothing but a label stands before it. */
const isFirst = ({ before }: Surroundings): boolean => /^[\s#:;,.\-–*]*$/.test(before);

/** What a list behind these words is instead of a shape. */
const NO_SHAPE_AHEAD = new RegExp(
  '(?:\\b(?:dims?|dimensions?|axis|axes|transpose[ds]?|permut\\w*|swap\\w*|index|indices|idx|indexes|pixels?|positions?|coords?|coordinates?|offsets?|kernels?|strides?|paddings?|dilations?|eqn?|equations?|fig|figures?|sec|sections?|'
  + 'tables?|versions?|ranges?|intervals?|between|within|from|in|at|values?|list|labels?|ids?|e\\.?g|i\\.?e|like|see|refs?|mean|std|scale|ratios?|return|returns|assert|if|sizes?|window|patch|group|image|img|grid|resolution|spatial|point|tuple|args?|arguments?|keys?|betas?|lr|sizes)\\.?:?|'
  + '范围|区间|坐标|索引|位置|例如|比如|如|步长|卷积核|窗口|尺寸|大小|取值|参数|[=!<>]=|=|\\$|\\\\)\\s*$', 'i');
const OF_SIZE = /\b(?:tensor|array|matrix|mask|batch|output)s? of size\s*$/i;
/** Behind a shape these continue code, not a sentence. */
const CODE_BEHIND = /^(?:[\w([]|\.[A-Za-z_]|-\w|['"`])/;
/** One of several shapes, or that of another time: none can be held against the code. */
const ALTERNATIVE_BEHIND = /^\)?\s*(?:\([^()]*\)\s*)?(?:or\b(?!\s+None)|或|\||[!<>=]=|\/\s*[([]|\?|(?:in|input|previously|originally|earlier)\b)/;
const ALTERNATIVE_AHEAD = /(?:\b(?:or|either|both|could be|can be|may be|might be|not|if|instead of|than|from|without|was|were|been|(?:ha(?:ve|s|d)|needs?|ought) to(?: be)?(?: of(?: shape)?)?|before|previously|originally|formerly)|或者?|不是|原来是?|原本是?|!=)\s*$/i;
const JOINING_WORDS = /^\s*(?:and|or|are|is|of|to|for|as|in|on|will|can|must|should|do|does|vs|=(?!>))(?![\w])/;
/** Sizes that come first in a shape. */
const LEADING = /^(?:[BNTLSRMKDC]\w?_?$|n[A-Z]|b$|n$|t$|l$|s$|bsz?$|batch|num_|\d|\?|\.)/;
/** `1 - G`: where a range begins. */
const LOWER_BOUND = /^(?:-|\d+\s*-\s*[A-Za-z])/;

export function isPlausible(shape: ShapePhrase, around: Surroundings): boolean {
  const { sizes } = shape;
  if (sizes.some(({ text }) => LOWER_BOUND.test(text) && text !== '-1')) return false;
  if (isProgression(sizes)) return false;
  // `[(T), (H), W]`: dims that may be missing.
  if (shape.form === 'brackets' && sizes.some(({ text }) => /^\(\s*[A-Za-z_]\w*\s*\)$/.test(text))) return false;
  if (ALTERNATIVE_BEHIND.test(around.after) || ALTERNATIVE_AHEAD.test(around.before)) return false;
  if (shape.form === 'brackets' && CODE_BEHIND.test(around.after)) return false;
  // A call or an index, unless the word is `shape` itself.
  if (shape.form === 'brackets' && around.adjacent && !(around.called && sizes.length > 1) && !/\bTensor$/.test(around.before)) return false;
  if (shape.form !== 'brackets' && !/^(?:$|[\s;.()#]|[^\p{ASCII}]|->|=>)/u.test(around.after)) return false;
  if (around.called && (shape.form === 'brackets' || shape.form === 'crosses')) return sizes.every(isNoKeyword) && (sizes.length !== 1 || shape.closing !== ')' || shape.tuple === true);
  if (sizes.some(isZero)) return false;
  if (!around.joined && NO_SHAPE_AHEAD.test(around.before) && !OF_SIZE.test(around.before)) return false;
  switch (shape.form) {
    case 'brackets': return bracketsPlausible(shape, around);
    case 'commas': return commasPlausible(sizes, around);
    case 'spaces': return spacesPlausible(sizes, around);
    case 'crosses': return crossesPlausible(sizes, around);
    case 'letters': return around.joined;
  }
}

function bracketsPlausible(shape: ShapePhrase, around: Surroundings): boolean {
  const { sizes } = shape;
  const first = isFirst(around);
  const kinds = likenesses(sizes);
  if (sizes.length === 0 || kinds.includes('word')) return false;
  const dims = kinds.filter((kind) => kind === 'dim').length;
  if (sizes.length === 1) {
    if (!around.joined && (!first || (isNumber(sizes[0]!) && !shape.tuple && around.after.trim() !== ''))) return false;
    // `(2)` and `(N)` are asides; nobody writes `(3,)` for anything but a shape.
    return shape.closing === ')' && !shape.tuple ? around.joined && dims > 0 : dims > 0 || isNumber(sizes[0]!);
  }
  if (allNumbers(sizes)) {
    if (around.joined) return true;
    if (sizes.some(({ kind }) => kind === 'any') && sizes.length < 3) return false;
    return first ? !JOINING_WORDS.test(around.after) : sizes.length >= 4 && shape.closing === ']';
  }
  if (onlyAttention(sizes)) return false;
  if (around.joined) return true;
  if (first) return dims > 0 || sizes.length >= 3 || sizes.some(isNumber);
  return dims > 0 && !(sizes.length === 2 && sizes.every(isSpatial));
}

/** `(H, W)` in a sentence is the size of a picture, not the shape of a batch of them. */
const isSpatial = ({ names }: SizePhrase): boolean => names.length > 0 && names.every((name) => /^(?:k|n|p)?_?(?:h|w|height|width)(?:_?\w)?$/i.test(name));

function commasPlausible(sizes: readonly SizePhrase[], around: Surroundings): boolean {
  if (!isFirst(around) && !around.joined) return false;
  if (/^\s*[,:=](?!>)/.test(around.after) && !/^\s*,\s*where\b/.test(around.after)) return false;
  // `B, C (num_heads * V), H`: it goes on behind an aside.
  if (/^\s*\([^()]*\)\s*,/.test(around.after)) return false;
  const kinds = likenesses(sizes);
  if (kinds.includes('word') || allNumbers(sizes) || onlyAttention(sizes)) return false;
  if (sizes.some((size) => isComposite(size) && size.names.some((name) => likenessOf(name) === 'dim'))) return true;
  // Without an operator a list may be of anything (`V, U`, `P_l, P_r`): the first size decides.
  if (JOINING_WORDS.test(around.after) || !LEADING.test(sizes[0]!.text)) return false;
  const dims = kinds.filter((kind) => kind === 'dim').length;
  if (dims >= 2 || (dims === 1 && sizes.length >= 3)) return true;
  return dims === 1 ? sizes.some(isNumber) || around.joined : sizes.length >= 3;
}

function spacesPlausible(sizes: readonly SizePhrase[], around: Surroundings): boolean {
  const kinds = likenesses(sizes);
  if (kinds.includes('word') || allNumbers(sizes)) return false;
  if (around.joined) return sizes.every(({ text }) => text.length <= 3 || !/^[a-z]+$/.test(text));
  return isFirst(around) && sizes.length >= 3 && around.after.trim() === '' && /^[BNTL]/.test(sizes[0]!.text)
    && sizes.every((size) => isNumber(size) || isComposite(size) || (size.text.length <= 3 && /[A-Z]/.test(size.text)));
}

function crossesPlausible(sizes: readonly SizePhrase[], around: Surroundings): boolean {
  if (likenesses(sizes).includes('word')) return false;
  const behind = around.after.trim();
  if (!around.joined && (!isFirst(around) || (behind !== '' && !ARROW.test(behind.slice(0, 3)) && !/^[;(#]/.test(behind)))) return false;
  // `3x3x3` is a kernel, `7x7` a window.
  return sizes.length >= 3 && new Set(sizes.map(({ text }) => text)).size > 1;
}

/** `[hw, hw/2, hw/4, ...]`: one after the other. */
function isProgression(sizes: readonly SizePhrase[]): boolean {
  const others = sizes.slice(0, -1);
  return sizes.at(-1)?.kind === 'rest' && others.length >= 3 && others.every(({ names }) => names.length === 1 && names[0] === others[0]!.names[0]);
}

function likenesses(sizes: readonly SizePhrase[]): ('dim' | 'perhaps' | 'word')[] {
  return sizes.flatMap(({ names }) => names.map(likenessOf));
}

const isNumber = (size: SizePhrase): boolean => size.kind === 'size' && size.names.length === 0;
const allNumbers = (sizes: readonly SizePhrase[]): boolean => sizes.every((size) => isNumber(size) || size.text === '-1');
const isZero = (size: SizePhrase): boolean => size.text === '0';
const isComposite = ({ text }: SizePhrase): boolean => /[\w)]\s*[-+*/^×·]|^\d+[A-Za-z]/.test(text);
const isNoKeyword = ({ names }: SizePhrase): boolean => !names.some(isKeyword);
const onlyAttention = (sizes: readonly SizePhrase[]): boolean => sizes.every(({ text }) => ATTENTION.has(text));
