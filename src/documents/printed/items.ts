// What a printed output is made of. Ranges are offsets into the text that was given, plus the base that was given with it.
import type { Span } from '../../shapes/python/ast';

/** A tensor, an array, or a list or tuple of numbers. */
export interface TensorItem {
  readonly kind: 'tensor';
  readonly range: Span;
  /** What the text names it: `tensor(…)`, `array(…)`, or bare brackets. */
  readonly form: 'tensor' | 'array' | 'list' | 'tuple';
  /** Null for a dim whose middle was left out (`...`), and the whole is null for ragged or empty brackets. */
  readonly shape: readonly (number | null)[] | null;
  /** Row-major, those that are printed. */
  readonly values: readonly (number | boolean)[];
  /** Digits behind the point that each value was printed with, an exponent taken into account; null for integers and booleans. */
  readonly decimals: readonly (number | null)[];
  readonly numberRanges: readonly Span[];
  /** The index of each value; one counted from the end (behind a `...`) is negative, -1 the last. */
  readonly positions: readonly (readonly number[])[];
  /** Something was left out. */
  readonly summarized: boolean;
  readonly dtype: string | null;
  readonly requiresGrad: boolean;
  readonly gradFn: string | null;
  /** `Parameter containing:` stands before it. */
  readonly isParameter: boolean;
}
export interface SizeItem { readonly kind: 'size'; readonly range: Span; readonly dims: readonly number[]; readonly numberRanges: readonly Span[] }
export interface ScalarItem { readonly kind: 'scalar'; readonly range: Span; readonly value: number | boolean | null; readonly decimals: number | null }
export interface TextItem { readonly kind: 'text'; readonly range: Span; readonly text: string }
export type OutputItem = TensorItem | SizeItem | ScalarItem | TextItem;
export interface ParsedOutput { readonly items: readonly OutputItem[] }
