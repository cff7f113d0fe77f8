/** An Analysis as the command line's JSON. The form is a contract: scripts and other tools read it. */
import type { Analysis } from '../shapes/analysis';
import { unknownReason } from '../shapes/describe';
import { restText } from '../shapes/values/text';
import { namesIn } from '../shapes/naming';
import type { NameOf } from '../shapes/symint/render';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import type { Shape, TensorValue, Value } from '../shapes/values/values';
import type { Span } from '../shapes/python/ast';
import { render } from '../shapes/symint/render';
import type { SymbolInfo } from '../shapes/symint/symint';
import { relatedJson } from '../project/related';
import { documentRange, rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';

type JsonShape = (number | string)[] | null;

export function jsonShape(shape: Shape, nameOf: NameOf): JsonShape {
  const dims: (number | string)[] = shape.dims.map((dim) => dim.value ?? render(dim, nameOf));
  if (shape.rest) dims.splice(shape.rest.at, 0, restText(shape.rest));
  return dims;
}

export function fileJson(path: string, file: TracedFile): object {
  const { analysis, document } = file;
  const expressions = [...analysis.recordings.values()]
    .sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
  const ranged = (span: Span | null): object => (span ? { range: rangeOf(file, span) } : {});
  const alternatives = new Alternatives();
  return {
    path,
    expressions: expressions.map((recording) => ({ ...ranged(recording.node), ...expressionJson(recording, document.source, namesIn(analysis, recording.context), alternatives) })),
    diagnostics: analysis.findings.map((finding) => ({
      ...ranged(finding.span), code: finding.code, severity: finding.severity, message: finding.message,
      related: relatedJson(file, finding),
    })),
    symbols: [
      ...symbolNames(analysis).map(({ symbol, name }) => ({ name, hint: analysis.hints.of(symbol), origin: symbol.origin, ...ranged(symbol.range) })),
      ...alternatives.symbols(),
    ],
    assumptions: [
      ...analysis.assumptions.map((assumption) => ({ text: assumption.text, ...ranged(assumption.span) })),
      ...document.assumptions.map(({ text, range }) => ({ text, range: documentRange(file, range) })),
    ],
    ...(analysis.complete ? {} : { complete: false, notice: analysis.notice }),
  };
}

/** Each symbol under every name that the expressions give it. */
function symbolNames(analysis: Analysis): { symbol: SymbolInfo; name: string }[] {
  const contexts = new Set([...analysis.recordings.values()].map((recording) => recording.context));
  return analysis.symbols.flatMap((symbol) => [...new Set([...contexts].map((context) => namesIn(analysis, context)(symbol)))].map((name) => ({ symbol, name })));
}

function expressionJson(recording: Recording, source: string, nameOf: NameOf, alternatives: Alternatives): object {
  const { node, seen } = recording;
  const options = seen.flatMap((each) => (each.type === 'union' ? each.options : [each]));
  const tensors = seen.flatMap(tensorsIn);
  // Of several calls of what nothing in the document calls, none needs to occur either.
  const { otherwise = [] } = recording;
  const visits = (recording.isInferred ? [[...tensors, ...otherwise.flatMap(tensorsIn)]] : seen.map(tensorsIn)).map((visit) => alternatives.of(distinct(visit.map((tensor) => jsonShape(tensor.shape, nameOf))), otherwise.length > 0));
  const reason = seen.map(unknownReason).find((each) => each !== null) ?? null;
  const assumes = [...new Set(tensors.flatMap((tensor) => tensor.assumes))];
  // Any number of any dims, where it may be something else, says nothing.
  const isSure = reason === null && assumes.length === 0;
  const shapes = distinct(visits.flatMap((visit) => visit.shapes)).filter((shape) => isSure || shape?.length !== 1 || !isRun(shape[0]!));
  const either = visits.flatMap((visit) => visit.either);
  const dtypes = new Set(tensors.map((tensor) => tensor.dtype));
  // What may also be something that is not known has no one type.
  const types = new Set(options.map(typeOf));
  const complete = tensors.length === options.length && !recording.more;
  const single = options.length === 1 && otherwise.length === 0 ? options[0]! : null;
  return {
    kind: node.kind,
    text: source.slice(node.start, node.end),
    context: recording.context,
    ...(types.has(null) ? {} : types.size === 1 ? { type: [...types][0] } : types.size > 1 ? { type: 'mixed', types: [...types] } : {}),
    shape: shapes.length === 1 && complete ? shapes[0] : null,
    ...(tensors.length > 0 ? { shapes, ...(either.length > 0 ? { either } : {}), dtype: dtypes.size === 1 ? [...dtypes][0] : null } : {}),
    ...(single ? valueJson(single, nameOf) : {}),
    ...(reason !== null ? { unknown: reason } : {}),
    ...(assumes.length > 0 ? { certainty: 'assumed', assumes } : tensors.length > 0 ? { certainty: 'known' } : {}),
  };
}

function tensorsIn(seen: Seen): TensorValue[] {
  const options = seen.type === 'union' ? seen.options : [seen];
  return options.flatMap((option) => (option.type === 'Tensor' ? [option.tensor] : []));
}

/**
 * What one visit may be, by a condition that is not known, where the sizes are symbols or rest on the length of a default list:
 * no shape of these needs to occur, so what they share is told as the one that does, and all of them beside it.
 */
class Alternatives {
  private readonly runs = new Map<string, string>();
  private readonly sizes = new Map<string, { readonly name: string; readonly origin: string }>();

  /** The sizes that are one of several. */
  symbols(): object[] {
    return [...this.sizes.values()].map((size) => ({ ...size, hint: null }));
  }

  of(shapes: JsonShape[], restsOnLength: boolean): { readonly shapes: JsonShape[]; readonly either: JsonShape[] } {
    if (shapes.length < 2 || (!restsOnLength && !shapes.some((shape) => shape?.some((dim) => typeof dim === 'string')))) return { shapes, either: [] };
    const known = shapes.map((shape) => shape ?? []);
    if (known.every((shape) => shape.length === known[0]!.length && !shape.some(isRun))) return { shapes: [known[0]!.map((_, at) => this.sizeOf([...new Set(known.map((shape) => shape[at]!))]))], either: shapes };
    const least = Math.min(...known.map((shape) => shape.length));
    const front = agreeing(known, least, (shape, at) => shape[at]);
    const back = agreeing(known, least - front, (shape, at) => shape[shape.length - 1 - at]);
    const [first] = known as [(number | string)[]];
    return { shapes: [[...first.slice(0, front), this.runOf(known), ...first.slice(first.length - back)]], either: shapes };
  }

  /** The run of dims that is any of theirs: the same name for the same shapes. */
  private runOf(shapes: readonly (number | string)[][]): string {
    const key = JSON.stringify(shapes);
    let name = this.runs.get(key);
    if (name === undefined) this.runs.set(key, (name = `*${numbered(this.runs.size)}`));
    return name;
  }

  private sizeOf(sizes: readonly (number | string)[]): number | string {
    if (sizes.length === 1) return sizes[0]!;
    const origin = `one of ${sizes.join(', ')}`;
    let size = this.sizes.get(origin);
    if (!size) this.sizes.set(origin, (size = { name: numbered(this.sizes.size), origin }));
    return size.name;
  }
}

const numbered = (count: number): string => (count === 0 ? 'either' : `either_${count}`);
const isRun = (dim: number | string): boolean => String(dim).startsWith('*');

/** How many dims are the same in all, up to a run of any number of them. */
function agreeing(shapes: readonly (number | string)[][], most: number, dimOf: (shape: (number | string)[], at: number) => number | string | undefined): number {
  for (let at = 0; at < most; at++) {
    const dims = shapes.map((shape) => dimOf(shape, at));
    if (dims.some((dim) => dim === undefined || dim !== dims[0] || isRun(dim))) return at;
  }
  return most;
}

function distinct(shapes: JsonShape[]): JsonShape[] {
  const seen = new Set<string>();
  return shapes.filter((shape) => {
    const key = JSON.stringify(shape);
    return !seen.has(key) && seen.add(key);
  });
}

/** The type's name as the oracle names it; null where nothing is known. */
function typeOf(seen: Seen): string | null {
  if (seen.type === 'Tensor') return 'Tensor';
  if (seen.type === 'sequence') return seen.name;
  if (seen.type === 'union') return null;
  return valueType(seen.value);
}

function valueType(value: Value): string | null {
  switch (value.kind) {
    case 'int': case 'float': case 'bool': case 'str': case 'None': case 'complex': case 'dict': case 'set': case 'slice': return value.kind;
    case 'instance': return value.cls.mro.some((cls) => cls.qualname === 'Module') ? 'Module' : value.cls.name;
    case 'iterator': return value.typeName;
    case 'Ellipsis': return 'ellipsis';
    case 'dtype': return 'torch.dtype';
    case 'device': return 'torch.device';
    case 'unknown': return null;
    default: return value.kind;
  }
}

function valueJson(seen: Seen, nameOf: NameOf): object {
  const value = plain(seen, nameOf);
  if (seen.type === 'sequence' && seen.items?.some((item) => item.type === 'Tensor' || (item.type === 'sequence' && hasTensor(item)))) {
    return { items: seen.items.map((item) => itemJson(item, nameOf)) };
  }
  return value === undefined ? {} : { value };
}

/** An item's shape and dtype; for a sequence within a sequence its own items; null for what is neither. */
function itemJson(item: Seen, nameOf: NameOf): object | null {
  if (item.type === 'Tensor') return { shape: jsonShape(item.tensor.shape, nameOf), dtype: item.tensor.dtype };
  return item.type === 'sequence' && hasTensor(item) && item.items ? { items: item.items.map((each) => itemJson(each, nameOf)) } : null;
}

function hasTensor(seen: Seen): boolean {
  return seen.type === 'Tensor' || (seen.type === 'sequence' && (seen.items?.some(hasTensor) ?? false));
}

/** A known Python scalar, string, tuple or size as JSON; undefined where it is not one or not known. */
function plain(seen: Seen, nameOf: NameOf): unknown {
  if (seen.type === 'sequence') {
    const items = seen.items?.map((item) => plain(item, nameOf));
    return !items || seen.more || items.includes(undefined) ? undefined : items;
  }
  if (seen.type !== 'value') return undefined;
  const { value } = seen;
  switch (value.kind) {
    case 'int': return value.value === null ? undefined : value.value.value ?? render(value.value, nameOf);
    case 'float': return value.value === null ? undefined : Number.isFinite(value.value) ? value.value : String(value.value).replace('Infinity', 'inf').replace('NaN', 'nan');
    case 'bool': case 'str': return value.value ?? undefined;
    case 'None': return null;
    default: return undefined;
  }
}
