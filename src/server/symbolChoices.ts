/** The symbols that a reader may give sizes for, each with the number that the document itself suggests. */
import { shapeClaims } from '../shapes/evidence/comments';
import { shapesAt } from '../shapes/evidence/seen';
import { namesIn } from '../shapes/naming';
import type { Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { loneSymbol } from '../shapes/symint/symint';
import type { SymbolInfo } from '../shapes/symint/symint';
import type { TracedFile } from '../project/tracedFile';
import type { SymbolChoice } from './messages';
import { translated } from './translation';

/** Larger numbers in a text are years or identifiers rather than sizes. */
const MAX_HINT = 1e6;

export function symbolChoices(file: TracedFile): SymbolChoice[] {
  const { analysis, document } = file;
  const claimed = hintsOfComments(file);
  const texts: readonly (readonly [string, string])[] = [
    ['docstring', docstringsOf(file)],
    ['comment', analysis.tree.comments.map((comment) => comment.text).join('\n')],
    ['text', document.prose.map((span) => document.text.slice(span.start, span.end)).join('\n')],
  ];
  const choices = new Map<string, SymbolChoice>();
  for (const symbol of choosable(file)) {
    const before = choices.get(symbol.name);
    const names = [...new Set([...(before?.shownAs ?? []), ...shownNames(file, symbol)])];
    const stated = texts.flatMap(([from, text]) => [symbol.name, ...names].map((name) => [statedIn(text, name), from] as const));
    const hints: readonly (readonly [number | null, string | null])[] = [[before?.hint ?? null, before?.hintFrom ?? null], [symbol.hint, 'default'], [claimed.get(symbol) ?? null, 'comment'], ...stated];
    const [hint, hintFrom] = hints.find(([each]) => each !== null) ?? [null, null];
    choices.set(symbol.name, { name: symbol.name, shownAs: names, hint, hintFrom, origin: before?.origin ?? translated(symbol.origin) });
  }
  return [...choices.values()];
}

/** Sizes by the symbols' own names, where a reader calls them as they are shown in one function. */
export function sizesByName(file: TracedFile, sizes: Readonly<Record<string, number>>): Map<string, number> {
  const own = new Set(choosable(file).map(({ name }) => name));
  return new Map(Object.entries(sizes).map(([name, size]) => {
    const symbol = own.has(name) ? null : choosable(file).find((each) => shownNames(file, each).includes(name));
    return [symbol?.name ?? name, size];
  }));
}

/** Only a parameter's size is at least 1; other symbols come from data, as how many elements a mask selects. */
function choosable({ analysis }: TracedFile): SymbolInfo[] {
  return analysis.symbols.filter(({ positive }) => positive);
}

/** What functions call a symbol besides its own name. */
function shownNames({ analysis }: TracedFile, symbol: SymbolInfo): string[] {
  const contexts = new Set([...analysis.recordings.values()].map(({ context }) => context));
  const names = [...contexts].map((context) => namesIn(analysis, context)(symbol));
  return [...new Set(names)].filter((name) => name !== symbol.name && name !== symbol.label);
}

/** `# (256, 49, 96)` beside what is `(B_, N, C)` by the trace. */
function hintsOfComments({ analysis }: TracedFile): Map<SymbolInfo, number> {
  const hints = new Map<SymbolInfo, number>();
  for (const { phrase, readings, place } of shapeClaims(analysis.tree, analysis.recordings)) {
    if (place !== 'beside' || readings.length === 0) continue;
    phrase.shapes.forEach((claimed, i) => {
      const node = readings[0]![i];
      const [shape] = (node && shapesAt(analysis.recordings, node)) ?? [];
      if (!shape || shape.rest || shape.dims.length !== claimed.sizes.length) return;
      shape.dims.forEach((dim, at) => {
        const symbol = loneSymbol(dim);
        const size = claimed.sizes[at]!.readings[0]?.value;
        if (symbol && size != null && size > 0 && !hints.has(symbol)) hints.set(symbol, size);
      });
    });
  }
  return hints;
}

function docstringsOf({ analysis }: TracedFile): string {
  const texts: string[] = [];
  const add = ([first]: readonly Stmt[]): void => {
    if (first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str') texts.push(first.value.value.value);
  };
  add(analysis.tree.body);
  walk(analysis.tree, (node) => {
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') add(node.body);
    return true;
  });
  return texts.join('\n');
}

/** `dim = 96`, `dim: 96`, `dim is 96`, `dim (int): … Default: 96`. */
function statedIn(text: string, name: string): number | null {
  const word = `(?<![\\p{L}\\p{N}_.])${name.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}(?![\\p{L}\\p{N}_])[\`'"]?`;
  const stated = [`${word}\\s*(?:=|:|is|of|为|是)\\s*(\\d+)(?![\\p{L}\\p{N}_]|\\.\\d)`, `${word}[^\\n]*?\\b[Dd]efaults?(?: is| to|:)?\\s*\`?(\\d+)(?![\\p{L}\\p{N}_]|\\.\\d)`];
  for (const pattern of stated) {
    const number = Number(new RegExp(pattern, 'u').exec(text)?.[1] ?? NaN);
    if (number > 0 && number <= MAX_HINT) return number;
  }
  return null;
}
