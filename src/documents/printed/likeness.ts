// How much a printed item looks like what a part of a statement prints.
import type { OutputItem, TensorItem } from './items';

/** What is known of a value before it is computed. */
export type PrintedValue =
  | {
    readonly kind: 'tensor';
    /** Null where it is not known. */
    readonly shape: readonly (number | null)[] | null;
    readonly dtype?: string | null;
    readonly isParameter?: boolean;
  }
  | { readonly kind: 'size'; readonly dims: readonly (number | null)[] | null }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'scalar'; readonly type?: 'int' | 'float' | 'bool' | 'None'; /** Of an int, where it is known. */ readonly value?: number | null }
  /** A list or tuple whose values are printed one after the other. */
  | { readonly kind: 'several'; readonly values: readonly PrintedValue[] }
  /** Nothing that could be an item: an object, a module. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown' };

/** `near`: the item stands in the first output behind the statement; `own`: in a session, where nothing else can have printed it. */
export type Nearness = 'far' | 'near' | 'own';

/** @returns 0 if the two have nothing in common */
export function likeness(value: PrintedValue, item: OutputItem, near: Nearness): number {
  switch (value.kind) {
    case 'tensor':
      if (item.kind === 'tensor') return tensorLikeness(value, item, near);
      if (item.kind === 'scalar') return value.shape?.length === 0 ? 1.5 : 0;
      return 0;
    case 'size':
      if (item.kind === 'size') return dimsLikeness(value.dims, item.dims, near);
      if (item.kind === 'tensor' && (item.form === 'tuple' || item.form === 'list') && item.shape?.length === 1) {
        return 0.75 * dimsLikeness(value.dims, item.values.map(Number), near);
      }
      return 0;
    case 'text':
      return item.kind === 'text' ? textLikeness(value.text, item.text) : 0;
    case 'scalar':
      if (item.kind !== 'scalar' || !isOfType(item.value, value.type)) return 0;
      // Of several numbers in a line not all may stand where they can be told from the text.
      return value.value == null || value.value === item.value ? 2 : 1.2;
    case 'unknown':
      return item.kind === 'text' ? 0.1 : 0.4;
    case 'several': case 'other':
      return 0;
  }
}

/** A number is not printed as a boolean, nor either as None. */
function isOfType(printed: number | boolean | null, type: Extract<PrintedValue, { kind: 'scalar' }>['type']): boolean {
  if (type === undefined) return true;
  return type === 'None' ? printed === null : typeof printed === (type === 'bool' ? 'boolean' : 'number');
}

function tensorLikeness(value: Extract<PrintedValue, { kind: 'tensor' }>, item: TensorItem, near: Nearness): number {
  if (!dtypeFits(value.dtype ?? null, item)) return 0;
  const parameter = value.isParameter !== undefined && value.isParameter === item.isParameter ? 0.1 : 0;
  const named = item.form === 'tensor' || item.form === 'array' ? 1 : 0.75;
  return named * dimsLikeness(value.shape, item.shape, near === 'own' ? 'own' : 'far') + parameter;
}

/** Booleans, integers and floats are told apart by how they are printed. */
function dtypeFits(dtype: string | null, item: TensorItem): boolean {
  if (dtype === null || item.values.length === 0) return true;
  const isBool = item.values.every((value) => typeof value === 'boolean');
  if (dtype === 'bool' || isBool) return dtype === 'bool' && isBool;
  return /^(?:u?int|long|short)/.test(dtype) === item.decimals.every((decimals) => decimals === null);
}

/** @param near a printed size of which one number differs is then a mistake of the author's; a tensor of another shape is another tensor */
function dimsLikeness(known: readonly (number | null)[] | null, printed: readonly (number | null)[] | null, near: Nearness): number {
  if (known === null || printed === null) return 1;
  const mistaken = near === 'own' ? 0.3 : 0;
  if (known.length !== printed.length) return mistaken;
  const different = known.filter((dim, index) => dim !== null && printed[index] !== null && dim !== printed[index]).length;
  if (different === 0) return known.includes(null) || printed.includes(null) ? 3 : 4;
  return near !== 'far' && different === 1 ? 0.6 : mistaken;
}

function textLikeness(text: string, printed: string): number {
  const [a, b] = [normalized(text), normalized(printed)];
  if (a === b) return 2;
  return a.length >= 2 && b.length >= 2 && (a.includes(b) || b.includes(a)) ? 1 : 0;
}

const normalized = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
