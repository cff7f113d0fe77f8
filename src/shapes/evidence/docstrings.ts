/**
 * What a docstring says of parameters, as Google, NumPy and Sphinx style write it, or as people do: `x: features of shape
 * (B, N, C)`. Only an entry that begins with the parameter's name speaks of it; other prose is not read.
 */
import type { ClassDef, FunctionDef, Span } from '../python/ast';
import type { ParameterClaim } from './claim';
import { readPhrases } from './phrase';
import type { ShapePhrase } from './shapes';
import { toAscii } from './text';

/** What an entry says of one parameter. */
interface Entry { readonly names: readonly string[]; readonly type: string; readonly text: string; readonly start: number; readonly end: number }

/** Longer ones are manuals. */
const MAX_LINES = 400;
/** More lines than an entry has. */
const MAX_CONTINUED = 8;

/** By the parameter's name. `input`: what `Input: (N, C, L)` speaks of. */
export function docstringClaims(def: FunctionDef | ClassDef, source: string, parameters: ReadonlySet<string>, input: string | null): Map<string, ParameterClaim> {
  const found = new Map<string, ParameterClaim>();
  for (const entry of entriesOf(def, source)) {
    for (const written of entry.names) {
      const name = parameters.has(written) ? written : input !== null && /^[Ii]nput$/.test(written) ? input : null;
      if (name === null) continue;
      const claim = claimOf(entry);
      const before = found.get(name);
      // `:type x: Tensor` and `:param x: …` are two entries of one parameter.
      found.set(name, before ? { ...before, shape: before.shape ?? claim.shape, type: before.type ?? claim.type } : claim);
    }
  }
  return found;
}

/** `List[torch.Tensor]`, `tuple of tensors`: a shape said of it is that of each. */
const SEVERAL = /^[\s(`]*(?:[Ll]ist|[Tt]uple|[Ss]equence|[Ii]terable|[Dd]ict)\b/;

function claimOf({ type, text, start, end }: Entry): ParameterClaim {
  const phrases = shapesOf(type).length > 0 ? shapesOf(type) : shapesOf(text);
  const plain = typeOf(type) ?? typeOf(text);
  const shape = new Set(phrases.map((phrase) => phrase.sizes.map((size) => size.text).join())).size === 1 && (plain === null || plain === 'tensor') && !SEVERAL.test(type.trim() || text) ? phrases[0]! : null;
  return { shape, type: plain ?? (shape && isTensorShape(shape, `${type} ${text}`) ? 'tensor' : null), dtype: null, from: 'docstring', span: { start, end } };
}

/** What a text that stands elsewhere says of a tensor's shape, as a docstring would say it. */
export function shapeClaim(text: string, span: Span): ParameterClaim | null {
  const [shape, ...others] = shapesOf(text);
  return shape && others.length === 0 ? { shape, type: 'tensor', dtype: null, from: 'docstring', span } : null;
}

function shapesOf(text: string): ShapePhrase[] {
  // Markup around a shape says nothing.
  return readPhrases(text.replaceAll('`', ' ')).flatMap(({ shapes }) => (shapes.length === 1 ? shapes : []));
}

/** A pair of sizes may as well be what the parameter is. */
const isTensorShape = (shape: ShapePhrase, text: string): boolean => shape.sizes.length > 2 || /\b(?:shape|[Tt]ensor|layout)\b|形状|张量|维度/.test(text);

const TYPES: readonly [ParameterClaim['type'], RegExp][] = [
  ['tuple', /^(?:\(?\s*)?(?:[Tt]uple|[Ll]ist|[Ss]equence)\s*(?:\[\s*int|\(\s*int|of\s+ints?\b)/],
  ['int', /^int(?:eger)?\b(?!\s*(?:\||or\b|\/|,?\s*(?:tuple|list)|[Tt]ensor))/],
  ['float', /^float\b(?!\s*(?:\||or\b|\/|,?\s*(?:tuple|list)|[Tt]ensor|,\s*int))/],
  ['tensor', /^(?:`|:class:)*~?(?:torch\.)?(?:\w*Tensor|张量)/],
];

function typeOf(text: string): ParameterClaim['type'] {
  return TYPES.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? null;
}

const NAME = String.raw`[*\x60]*([A-Za-z_]\w*(?:\s*[,/&]\s*[*\x60]*[A-Za-z_]\w*)*)[*\x60]*`;
const HEADS: readonly { readonly pattern: RegExp; readonly parts: readonly ['name' | 'type', 'name' | 'type'] }[] = [
  { pattern: new RegExp(String.raw`^[:@]type\s+${NAME}\s*:\s*`), parts: ['name', 'type'] },
  { pattern: new RegExp(String.raw`^[:@]param\s+(?:([\w.\[\], ]+?)\s+)?${NAME}\s*:\s*`), parts: ['type', 'name'] },
  { pattern: new RegExp(String.raw`^[-*+•]?\s*${NAME}\s*(?:\(((?:[^()]|\([^()]*\))*)\))?\s*(?::(?!:)|--?\s|–)\s*`), parts: ['name', 'type'] },
];

/** The lines that begin with a name and a colon, with those that are indented below. */
function entriesOf(def: FunctionDef | ClassDef, source: string): Entry[] {
  const lines = docstringLines(def, source);
  return lines.flatMap((line, i) => {
    for (const { pattern, parts } of HEADS) {
      const match = pattern.exec(line.text.trimStart());
      if (!match) continue;
      const [names, type] = parts[0] === 'name' ? [match[1]!, match[2]] : [match[2]!, match[1]];
      const first = line.text.trimStart().slice(match[0].length);
      const isType = /^[:@]type/.test(match[0]);
      return [{ names: names.split(/\s*[,/&]\s*/).map((name) => name.replace(/[*`]/g, '')), type: isType ? first : type ?? '', text: [isType ? '' : first, ...continued(lines, i)].join(' '), start: line.start, end: line.end }];
    }
    return [];
  });
}

interface Line { readonly text: string; readonly indent: number; readonly start: number; readonly end: number }

function continued(lines: readonly Line[], at: number): string[] {
  const found: string[] = [];
  for (const line of lines.slice(at + 1, at + 1 + MAX_CONTINUED)) {
    if (line.text.trim() === '' || line.indent <= lines[at]!.indent) break;
    found.push(line.text.trim());
  }
  return found;
}

function docstringLines({ body }: FunctionDef | ClassDef, source: string): Line[] {
  const [first] = body;
  if (first?.kind !== 'Expr' || first.value.kind !== 'Constant' || first.value.value.type !== 'str') return [];
  const found: Line[] = [];
  let start = first.start;
  for (const raw of source.slice(first.start, first.end).replace(/^[rRuU]*("""|'''|"|')/, (open) => ' '.repeat(open.length)).replace(/("""|'''|"|')$/, '').split('\n').slice(0, MAX_LINES)) {
    const indent = /^\s*/.exec(raw)![0].length;
    found.push({ text: plain(raw), indent, start: start + indent, end: start + raw.trimEnd().length });
    start += raw.length + 1;
  }
  return found;
}

/** Without the marks of reStructuredText and LaTeX. */
function plain(text: string): string {
  return toAscii(text).replace(/:(?:math|class|obj|attr|code):(?=`)/g, '').replace(/`/g, ' ').replace(/\\text\{([^{}]*)\}/g, '$1').replace(/_\{\s*(\w+)\s*\}/g, '_$1').replace(/\\(?:times|cdot)\b/g, '*');
}
