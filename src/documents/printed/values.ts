// The value that starts at a place of a printed text: a tensor, a size, brackets of numbers, a number.
import type { Span } from '../../shapes/python/ast';
import type { OutputItem, TensorItem } from './items';
import { readLoneNumber, readNumber } from './number';
import { readSequence } from './sequence';
import type { PrintedSequence } from './sequence';

/** A `#` at the start of a line or behind white space begins a note that the author added. */
export function isNote(text: string, at: number): boolean {
  return text[at] === '#' && (at === 0 || /\s/.test(text[at - 1]!));
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The end of the value that starts at `at`; null if none does. @param textStart where text that may label it starts */
export function readItem(text: string, at: number, textStart: number): number | null {
  return readValue(text, at, textStart)?.end ?? null;
}

export type Shift = (start: number, end: number) => Span;
export interface ReadValue { readonly end: number; readonly make: (shift: Shift) => OutputItem }

const parameterHead = /Parameter containing:[ \t]*(?:#[^\n]*)?\s*(?=tensor\()/y;
const named = /(tensor|array)\s*\(\s*/y;
const sizeHead = /torch\.Size\s*\(\s*(?=\[)/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function readValue(text: string, at: number, textStart: number): ReadValue | null {
  const parameter = match(parameterHead, text, at);
  const tensorAt = at + (parameter?.[0].length ?? 0);
  const head = match(named, text, tensorAt);
  if (head) return readTensor(text, at, tensorAt + head[0].length, head[1] as 'tensor' | 'array', parameter !== null);
  const size = match(sizeHead, text, at);
  if (size) return readSize(text, at, at + size[0].length);
  if (text[at] === '[' || text[at] === '(') return readBare(text, at);
  return readScalar(text, at, textStart);
}

function tensorItem(sequence: PrintedSequence, form: TensorItem['form'], start: number, end: number, tail: Tail, isParameter: boolean): (shift: Shift) => TensorItem {
  return (shift) => ({
    kind: 'tensor', form, range: shift(start, end), shape: tail.shape ?? sequence.shape, values: sequence.values, decimals: sequence.decimals,
    numberRanges: sequence.ranges.map((range) => shift(range.start, range.end)), positions: sequence.positions, summarized: sequence.summarized,
    dtype: tail.dtype, requiresGrad: tail.requiresGrad, gradFn: tail.gradFn, isParameter,
  });
}

interface Tail { readonly end: number; readonly dtype: string | null; readonly requiresGrad: boolean; readonly gradFn: string | null; readonly shape: readonly number[] | null }
const noTail: Tail = { end: 0, dtype: null, requiresGrad: false, gradFn: null, shape: null };

const tailPart = /\s*,\s*(?:(dtype)=([\w.]+)|(requires_grad)=(True|False)|(grad_fn)=(<[^>\n]*>)|(device)=(?:'[^'\n]*'|"[^"\n]*")|(size)=\(([\d,\s]*)\)|(names|layout|shape)=(?:\([^)\n]*\)|[\w.]+))/y;

/** What stands behind the numbers, to the closing parenthesis; text that was cut off before it is accepted. */
function readTail(text: string, from: number): Tail {
  const tail = { end: from, dtype: null as string | null, requiresGrad: false, gradFn: null as string | null, shape: null as number[] | null };
  for (let part = match(tailPart, text, tail.end); part; part = match(tailPart, text, tail.end)) {
    tail.end = tailPart.lastIndex;
    if (part[1]) tail.dtype = part[2]!;
    if (part[3]) tail.requiresGrad = part[4] === 'True';
    if (part[5]) tail.gradFn = part[6]!;
    if (part[8]) tail.shape = (part[9]!.match(/\d+/g) ?? []).map(Number);
  }
  const close = match(/\s*,?\s*\)/y, text, tail.end);
  if (close) tail.end += close[0].length;
  return tail;
}

function readTensor(text: string, start: number, from: number, form: 'tensor' | 'array', isParameter: boolean): ReadValue | null {
  const sequence = text[from] === '[' ? readSequence(text, from) : readZeroDim(text, from);
  if (!sequence) return null;
  const tail = readTail(text, sequence.end);
  return { end: tail.end, make: tensorItem(sequence, form, start, tail.end, tail, isParameter) };
}

function readZeroDim(text: string, at: number): PrintedSequence | null {
  const number = readNumber(text, at);
  if (!number) return null;
  return { end: number.end, shape: [], values: [number.value], decimals: [number.decimals], ranges: [{ start: at, end: number.end }], positions: [[]], summarized: false };
}

function readSize(text: string, start: number, from: number): ReadValue | null {
  const sequence = readSequence(text, from);
  const dims = sequence?.values.filter((value) => typeof value === 'number') ?? [];
  if (!sequence || dims.length !== sequence.values.length || (sequence.shape && sequence.shape.length !== 1)) return null;
  const close = match(/\s*\)/y, text, sequence.end);
  const end = sequence.end + (close?.[0].length ?? 0);
  return { end, make: (shift) => ({ kind: 'size', range: shift(start, end), dims, numberRanges: sequence.ranges.map((range) => shift(range.start, range.end)) }) };
}

/** Brackets that hold nothing but numbers. `(3)` is a number in parentheses, part of a sentence. */
function readBare(text: string, at: number): ReadValue | null {
  const sequence = readSequence(text, at);
  if (!sequence || sequence.values.length === 0) return null;
  if (text[at] === '(' && sequence.values.length === 1 && !/,\s*\)$/.test(text.slice(at, sequence.end))) return null;
  return { end: sequence.end, make: tensorItem(sequence, text[at] === '(' ? 'tuple' : 'list', at, sequence.end, noTail, false) };
}

/** A number is a value only if it fills the line, or what stands before it ends in `:` or `=`; else it belongs to the text. */
function readScalar(text: string, at: number, textStart: number): ReadValue | null {
  const number = readLoneNumber(text, at) ?? (text.startsWith('None', at) ? { end: at + 4, value: null, decimals: null } : null);
  if (!number || (number.end < text.length && /[\p{L}\p{N}_.%]/u.test(text[number.end]!))) return null;
  const before = text.slice(textStart, at).trim();
  if (before !== '' && !/[:=,]$/.test(before) && !/^[\])},]+$/.test(before)) return null;
  const after = text.slice(number.end, endOfLine(text, number.end));
  if (before === '' && !/^\s*(?:$|[,#;]|-?[\d.]|nan|inf|True|False|tensor\(|torch\.Size|\[|\()/.test(after)) return null;
  return { end: number.end, make: (shift) => ({ kind: 'scalar', range: shift(at, number.end), value: number.value, decimals: number.decimals }) };
}
