/** The lower lines of a hover: memory, where the symbols come from, what is assumed, and links to more. */
import type { Recording } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import type { Span } from '../shapes/python/ast';
import { symbolsOf } from '../shapes/symint/symint';
import type { SymbolInfo } from '../shapes/symint/symint';
import { render } from '../shapes/symint/render';
import { lastTensor } from '../project/evaluation';
import { rangeOf } from '../project/tracedFile';
import { bytesAt, bytesText } from './memory';
import { code, commandLink, escape, placeLink } from './markdown';
import { uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { t, translated } from './translation';

/** Client commands that links of hovers name; arguments uri, range and for WHY the dim. */
export const SHOW_STEPS_COMMAND = 'shapelens.showSteps';
export const SHOW_WHY_COMMAND = 'shapelens.showWhy';

/** Dims that have a link each. */
const MAX_DIMS = 8;
/** Origins that a hover lists. */
const MAX_ORIGINS = 4;

export function memoryText(file: OpenFile, recording: Recording): string | null {
  const bytes = bytesAt(file, recording);
  return bytes === null ? null : bytesText(bytes);
}

/** `B_, N: a dim of parameter x (line 13)`; the line is a link. */
export function originLine(file: OpenFile, recording: Recording): string | null {
  const names = namesIn(file.analysis, recording.context);
  const groups = new Map<string, { symbols: SymbolInfo[] }>();
  for (const symbol of symbolsIn(recording)) {
    const key = `${symbol.origin} ${symbol.range?.start}`;
    const group = groups.get(key);
    if (group) group.symbols.push(symbol);
    else groups.set(key, { symbols: [symbol] });
  }
  const shown = [...groups.values()].slice(0, MAX_ORIGINS).map(({ symbols }) => {
    const { origin, range } = symbols[0]!;
    const place = range && rangeOf(file, range);
    return `${symbols.map((symbol) => code(names(symbol))).join(', ')}: ${escape(translated(origin))}${place ? ` (${placeLink(t('line {0}', place.start.line + 1), uriAt(file, place), place)})` : ''}`;
  });
  return shown.length > 0 ? shown.join(' · ') : null;
}

function symbolsIn(recording: Recording): Set<SymbolInfo> {
  const symbols = new Set<SymbolInfo>();
  for (const dim of lastTensor(recording)?.shape.dims ?? []) for (const symbol of symbolsOf(dim)) symbols.add(symbol);
  return symbols;
}

/** What the shape rests on, and what has to hold for the expression to be run at all. @param value what was recorded, of a target what it was given */
export function assumptionLines(file: OpenFile, recording: Recording, value: Span | null): string[] {
  const { assumptions } = file.analysis;
  const indexes = new Set(recording.seen.flatMap((seen) => (seen.type === 'Tensor' ? seen.tensor.assumes : [])));
  const assumed = [...indexes].map((index) => {
    const assumption = assumptions[index];
    const place = assumption?.span && rangeOf(file, assumption.span);
    return `${t('≈ assumes {0}', escape(translated(assumption?.text ?? '')))}${place ? ` (${placeLink(t('line {0}', place.start.line + 1), uriAt(file, place), place)})` : ''}`;
  });
  const required = assumptions.filter(({ span }, index) => value && span?.start === value.start && span.end === value.end && !indexes.has(index));
  return [...assumed, ...required.map(({ text }) => t('Runs only where {0}', escape(text)))];
}

/** `Steps · Why B_ N C` */
export function linkLine(file: OpenFile, recording: Recording): string | null {
  const tensor = lastTensor(recording);
  if (!tensor || recording.node.kind === 'arg') return null;
  const range = rangeOf(file, recording.node);
  const names = namesIn(file.analysis, recording.context);
  const dims = tensor.shape.rest ? [] : tensor.shape.dims.slice(0, MAX_DIMS);
  const why = dims.map((dim, i) => commandLink(render(dim, names), t('Where this size comes from (dim {0})', i), SHOW_WHY_COMMAND, [file.uri, range, i]));
  return [
    commandLink(t('Steps'), t('The steps of this expression as a table'), SHOW_STEPS_COMMAND, [file.uri, range]),
    ...(why.length > 0 ? [t('Why {0}', why.join(' '))] : []),
  ].join(' · ');
}
