/** An Analysis as the command line's JSON. The form is a contract: scripts and other tools read it. */
import type { Analysis } from '../shapes/analysis';
import { restText, unknownReason } from '../shapes/describe';
import { namesIn } from '../shapes/naming';
import type { NameOf } from '../shapes/naming';
import type { Recording, Seen } from '../shapes/interpreter/recorder';
import type { Shape, Value } from '../shapes/interpreter/values';
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
  return {
    path,
    expressions: expressions.map((recording) => ({ ...ranged(recording.node), ...expressionJson(recording, document.source, namesIn(analysis, recording.context)) })),
    diagnostics: analysis.findings.map((finding) => ({
      ...ranged(finding.span), code: finding.code, severity: finding.severity, message: finding.message,
      related: relatedJson(file, finding),
    })),
    symbols: symbolNames(analysis).map(({ symbol, name }) => ({ name, hint: analysis.hints.of(symbol), origin: symbol.origin, ...ranged(symbol.range) })),
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

function expressionJson(recording: Recording, source: string, nameOf: NameOf): object {
  const { node, seen } = recording;
  const options = seen.flatMap((each) => (each.type === 'union' ? each.options : [each]));
  const tensors = options.flatMap((option) => (option.type === 'Tensor' ? [option.tensor] : []));
  const shapes = distinct(tensors.map((tensor) => jsonShape(tensor.shape, nameOf)));
  const dtypes = new Set(tensors.map((tensor) => tensor.dtype));
  // What may also be something that is not known has no one type.
  const types = new Set(options.map(typeOf));
  const reason = seen.map(unknownReason).find((each) => each !== null) ?? null;
  const complete = tensors.length === options.length && !recording.more;
  const single = options.length === 1 ? options[0]! : null;
  const assumes = [...new Set(tensors.flatMap((tensor) => tensor.assumes))];
  return {
    kind: node.kind,
    text: source.slice(node.start, node.end),
    context: recording.context,
    ...(types.has(null) ? {} : types.size === 1 ? { type: [...types][0] } : types.size > 1 ? { type: 'mixed', types: [...types] } : {}),
    shape: shapes.length === 1 && complete ? shapes[0] : null,
    ...(tensors.length > 0 ? { shapes, dtype: dtypes.size === 1 ? [...dtypes][0] : null } : {}),
    ...(single ? valueJson(single, nameOf) : {}),
    ...(reason !== null ? { unknown: reason } : {}),
    ...(assumes.length > 0 ? { certainty: 'assumed', assumes } : tensors.length > 0 ? { certainty: 'known' } : {}),
  };
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
